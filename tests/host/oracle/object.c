// SPDX-License-Identifier: GPL-2.0
/*
 * object.c - an ELF file of 32-bit ARM, as it is on the disc
 *
 * Not klp-build's reader: that one is what is being checked.
 */
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "object.h"

static void unreadable(const struct object *object)
{
	errx(2, "%s: %s", object->path, elf_errmsg(-1));
}

static void read_section(struct object *object, Elf_Scn *scn, size_t names)
{
	struct object_section *section = &object->section[elf_ndxscn(scn)];
	const Elf32_Shdr *header = elf32_getshdr(scn);
	const Elf_Data *data;
	const char *name;

	if (!header) {
		unreadable(object);
		return;
	}
	name = elf_strptr(object->elf, names, header->sh_name);
	section->name = name ? name : "";
	section->type = header->sh_type;
	section->flags = header->sh_flags;
	section->address = header->sh_addr;
	section->size = header->sh_size;
	section->align = header->sh_addralign ? header->sh_addralign : 1;
	section->info = header->sh_info;
	data = elf_getdata(scn, NULL);
	if (header->sh_type != SHT_NOBITS && data &&
	    data->d_size >= header->sh_size)
		section->data = data->d_buf;
}

static void read_sections(struct object *object)
{
	size_t count, names;
	Elf_Scn *scn = NULL;

	if (elf_getshdrnum(object->elf, &count) ||
	    elf_getshdrstrndx(object->elf, &names))
		unreadable(object);
	object->sections = (u32)count;
	object->section = calloc(count + 1, sizeof(*object->section));
	if (!object->section)
		err(2, "%s", object->path);
	object->section[0].name = "";
	while ((scn = elf_nextscn(object->elf, scn)))
		read_section(object, scn, names);
}

static void read_symbol(struct object *object, const Elf32_Sym *from, u32 index,
			u32 names)
{
	struct object_symbol *symbol = &object->symbol[index];
	const char *name = elf_strptr(object->elf, names, from->st_name);

	symbol->name = name ? name : "";
	symbol->value = from->st_value;
	symbol->size = from->st_size;
	symbol->section = from->st_shndx;
	symbol->type = ELF32_ST_TYPE(from->st_info);
	symbol->bind = ELF32_ST_BIND(from->st_info);
	if (symbol->type == STT_FILE)
		symbol->file = index;
	else if (index && symbol->bind == STB_LOCAL)
		symbol->file = symbol[-1].file;
}

static void read_symbols(struct object *object)
{
	Elf_Scn *scn = NULL;

	while ((scn = elf_nextscn(object->elf, scn))) {
		const Elf32_Shdr *header = elf32_getshdr(scn);
		const Elf_Data *data;
		u32 i;

		if (header->sh_type != SHT_SYMTAB)
			continue;
		data = elf_getdata(scn, NULL);
		if (!data) {
			unreadable(object);
			return;
		}
		object->symbols = (u32)(data->d_size / sizeof(Elf32_Sym));
		object->symbol =
			calloc(object->symbols + 1, sizeof(*object->symbol));
		if (!object->symbol)
			err(2, "%s", object->path);
		for (i = 0; i < object->symbols; i++)
			read_symbol(object, (const Elf32_Sym *)data->d_buf + i,
				    i, header->sh_link);
		return;
	}
	errx(2, "%s has no symbols", object->path);
}

void object_open(struct object *object, const char *path)
{
	const Elf32_Ehdr *header;

	memset(object, 0, sizeof(*object));
	object->path = path;
	elf_version(EV_CURRENT);
	object->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (object->fd < 0)
		err(2, "%s", path);
	object->elf = elf_begin(object->fd, ELF_C_READ_MMAP, NULL);
	header = object->elf ? elf32_getehdr(object->elf) : NULL;
	if (!header || header->e_machine != EM_ARM)
		errx(2, "%s is no ELF file of 32-bit ARM", path);
	read_sections(object);
	read_symbols(object);
}

void object_close(struct object *object)
{
	free(object->section);
	free(object->symbol);
	elf_end(object->elf);
	close(object->fd);
}

u32 object_offset(const struct object_symbol *symbol)
{
	return symbol->type == STT_FUNC ? symbol->value & ~1U : symbol->value;
}

bool object_is_atom(const struct object *object,
		    const struct object_symbol *symbol)
{
	return (symbol->type == STT_FUNC || symbol->type == STT_OBJECT) &&
	       symbol->size && symbol->section &&
	       symbol->section < object->sections;
}

const struct object_symbol *object_atom_at(const struct object *object,
					   u32 section, u32 offset)
{
	const struct object_symbol *ends = NULL;
	u32 i;

	for (i = 1; i < object->symbols; i++) {
		const struct object_symbol *symbol = &object->symbol[i];
		u32 start = object_offset(symbol);

		if (symbol->section != section ||
		    !object_is_atom(object, symbol))
			continue;
		if (offset - start < symbol->size)
			return symbol;
		if (offset - start == symbol->size)
			ends = symbol;
	}
	return ends;
}
