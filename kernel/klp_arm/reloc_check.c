// SPDX-License-Identifier: GPL-2.0
/*
 * reloc_check.c - refuse a livepatch whose relocations cannot be right.
 *
 * The file is checked while the module loader has all of it, before the livepatch
 * core reads any: the core looks up the symbol of each relocation before it asks for
 * the relocation to be written, and uses the sections for a module whenever that
 * comes. A livepatch that is damaged is refused itself, then, and not the module.
 */

#define pr_fmt(fmt) "klp_arm: " fmt

#include <linux/elf.h>
#include <linux/module.h>

#include "reloc_field.h"
#include "reloc_slot.h"

/* Every field is as large as this. */
#define FIELD_SIZE sizeof(u32)

static const char *section_flaw(const struct elf32_shdr *sechdrs,
				unsigned int count,
				const struct elf32_shdr *sec)
{
	const struct elf32_shdr *target;

	if (sec->sh_type != SHT_RELA)
		return "is marked as livepatch relocations, and has none";
	if (!(sec->sh_flags & SHF_ALLOC))
		return "would be gone when it is needed";
	if (sec->sh_info >= count)
		return "relocates a section that does not exist";
	target = &sechdrs[sec->sh_info];
	if (!(target->sh_flags & SHF_ALLOC))
		return "relocates what is not loaded";
	if (target->sh_type == SHT_RELA)
		return "relocates relocations";

	return NULL;
}

static const char *rela_flaw(const struct elf32_rela *rela,
			     unsigned int symbol_count, unsigned int size)
{
	if (!klp_arm_reloc_is_known(ELF32_R_TYPE(rela->r_info)))
		return "is of an unknown type";
	if (ELF32_R_SYM(rela->r_info) >= symbol_count)
		return "has no symbol";
	if (size < FIELD_SIZE || rela->r_offset > size - FIELD_SIZE)
		return "is not in the section that it is for";

	return NULL;
}

static unsigned int count_symbols(const struct elf32_shdr *sechdrs,
				  unsigned int count)
{
	unsigned int i;

	for (i = 1; i < count; i++)
		if (sechdrs[i].sh_type == SHT_SYMTAB)
			return sechdrs[i].sh_size / sizeof(struct elf32_sym);

	return 0;
}

static int check_section(const char *name, const struct elf32_shdr *sechdrs,
			 unsigned int count, unsigned int secidx)
{
	const struct elf32_shdr *sec = &sechdrs[secidx];
	const struct elf32_rela *rela = (void *)sec->sh_addr;
	const char *flaw = section_flaw(sechdrs, count, sec);
	unsigned int symbol_count, i;

	if (flaw) {
		pr_err("%s: section %u %s, build the livepatch again\n", name,
		       secidx, flaw);
		return -ENOEXEC;
	}

	symbol_count = count_symbols(sechdrs, count);
	for (i = 0; i < sec->sh_size / sizeof(*rela); i++) {
		flaw = rela_flaw(&rela[i], symbol_count,
				 sechdrs[sec->sh_info].sh_size);
		if (!flaw)
			continue;
		pr_err("%s: section %u, relocation %u of type %u, symbol %u, %s, build the livepatch again\n",
		       name, secidx, i, ELF32_R_TYPE(rela[i].r_info),
		       ELF32_R_SYM(rela[i].r_info), flaw);
		return -ENOEXEC;
	}

	return 0;
}

/**
 * klp_arm_check_relocs() - check the livepatch relocations of a module
 * @name: of the module, for messages
 * @sechdrs: its section headers, whose sh_addr is where they are now
 * @count: how many there are
 *
 * Return: 0, or after the log has told why -ENOEXEC.
 * Since: 1.0
 */
int klp_arm_check_relocs(const char *name, const struct elf32_shdr *sechdrs,
			 unsigned int count)
{
	unsigned int i;
	int err = 0;

	for (i = 1; !err && i < count; i++)
		if (sechdrs[i].sh_flags & SHF_RELA_LIVEPATCH)
			err = check_section(name, sechdrs, count, i);

	return err;
}
