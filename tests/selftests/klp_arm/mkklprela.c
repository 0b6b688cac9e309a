// SPDX-License-Identifier: GPL-2.0
/*
 * mkklprela.c - makes a module's prepared section a livepatch relocation
 * section, as a build tool for livepatches would emit it. Runs on the host.
 *
 * mkklprela MODULE SECTION
 */
#include <err.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* include/uapi/linux/elf.h */
#define SHF_RELA_LIVEPATCH 0x00100000

static Elf_Scn *find_section(Elf *elf, const char *name, GElf_Shdr *header)
{
	Elf_Scn *section = NULL;
	size_t names;

	if (elf_getshdrstrndx(elf, &names))
		errx(1, "%s", elf_errmsg(-1));
	while ((section = elf_nextscn(elf, section))) {
		if (!gelf_getshdr(section, header))
			errx(1, "%s", elf_errmsg(-1));
		if (!strcmp(elf_strptr(elf, names, header->sh_name), name))
			return section;
	}
	errx(1, "no section '%s'", name);
}

int main(int argc, char **argv)
{
	Elf_Scn *section, *symbols, *text;
	GElf_Shdr header, other;
	Elf *elf;
	int fd;

	if (argc != 3)
		errx(2, "usage: mkklprela MODULE SECTION");
	fd = open(argv[1], O_RDWR);
	if (fd < 0)
		err(1, "%s", argv[1]);

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_RDWR, NULL);
	if (!elf)
		errx(1, "%s: %s", argv[1], elf_errmsg(-1));
	/* Everything stays where it is; only a header changes. */
	elf_flagelf(elf, ELF_C_SET, ELF_F_LAYOUT);

	symbols = find_section(elf, ".symtab", &other);
	text = find_section(elf, ".text", &other);
	section = find_section(elf, argv[2], &header);

	header.sh_type = SHT_RELA;
	header.sh_flags |= SHF_RELA_LIVEPATCH;
	header.sh_link = elf_ndxscn(symbols);
	header.sh_info = elf_ndxscn(text);
	header.sh_entsize = sizeof(Elf32_Rela);
	if (!gelf_update_shdr(section, &header) ||
	    elf_update(elf, ELF_C_WRITE) < 0)
		errx(1, "%s: %s", argv[1], elf_errmsg(-1));

	elf_end(elf);
	close(fd);
	return 0;
}
