// SPDX-License-Identifier: GPL-2.0
/*
 * elf32.c - an object file of 32-bit ARM, read and checked
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "elf32.h"

/* Bytes. No object of a kernel has more; padding is made, and counted, by it. */
#define MOST_ALIGN 65536

static bool check_header(struct elf32 *elf, struct fault *fault)
{
	const Elf32_Ehdr *header;

	if (elf_kind(elf->elf) != ELF_K_ELF)
		return fault_set(fault, "%s: not an ELF file", elf->path);
	header = elf32_getehdr(elf->elf);
	if (!header)
		return fault_set(fault, "%s: not a 32-bit ELF file", elf->path);
	if (header->e_ident[EI_DATA] != ELFDATA2LSB ||
	    header->e_machine != EM_ARM)
		return fault_set(fault,
				 "%s: not a little-endian file for 32-bit ARM",
				 elf->path);
	if (header->e_type != ET_REL)
		return fault_set(fault, "%s: not a relocatable object",
				 elf->path);
	elf->flags = header->e_flags;
	return true;
}

static bool read_section(struct elf32 *elf, size_t index, size_t names,
			 struct fault *fault)
{
	struct elf32_section *section = &elf->section[index];
	Elf_Scn *scn = elf_getscn(elf->elf, index);
	const Elf32_Shdr *header = scn ? elf32_getshdr(scn) : NULL;
	const Elf_Data *data;

	section->name = "";
	if (!header)
		return fault_set(fault, "%s: section %zu: %s", elf->path, index,
				 elf_errmsg(-1));
	if (index == 0)
		return true;
	section->name = elf_strptr(elf->elf, names, header->sh_name);
	if (!section->name)
		return fault_set(fault, "%s: section %zu has no name",
				 elf->path, index);
	section->type = header->sh_type;
	section->flags = header->sh_flags;
	section->size = header->sh_size;
	section->align = header->sh_addralign;
	section->entry = header->sh_entsize;
	section->link = header->sh_link;
	if (section->align > MOST_ALIGN ||
	    (section->align & (section->align - 1)))
		return fault_set(fault, "%s: section %s is aligned to %u",
				 elf->path, section->name, section->align);
	if (section->type == SHT_NOBITS || section->size == 0)
		return true;
	data = elf_rawdata(scn, NULL);
	if (!data || !data->d_buf || data->d_size != section->size)
		return fault_set(fault,
				 "%s: section %s is beyond the file's end",
				 elf->path, section->name);
	section->data = data->d_buf;
	return true;
}

static bool read_sections(struct elf32 *elf, struct fault *fault)
{
	size_t names;
	size_t i;

	if (elf_getshdrnum(elf->elf, &elf->sections) != 0 ||
	    elf_getshdrstrndx(elf->elf, &names) != 0 || elf->sections == 0) {
		elf->sections = 0;
		return fault_set(fault, "%s: no usable section table",
				 elf->path);
	}
	if (elf->sections >= SHN_LORESERVE) {
		elf->sections = 0;
		return fault_set(fault, "%s: more sections than are supported",
				 elf->path);
	}
	elf->section = array_new(elf->sections, sizeof(*elf->section));
	for (i = 0; i < elf->sections; i++) {
		if (!read_section(elf, i, names, fault))
			return false;
	}
	return true;
}

static size_t first_rel_at(const struct elf32 *elf,
			   const struct elf32_section *section, uint32_t offset)
{
	size_t low = section->first_rel;
	size_t high = low + section->rels;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (elf->rel[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct elf32_rel *elf32_rels(const struct elf32 *elf, uint32_t section,
				   uint32_t offset, uint32_t size,
				   size_t *count)
{
	const struct elf32_section *of = &elf->section[section];
	size_t first = first_rel_at(elf, of, offset);

	*count = first_rel_at(elf, of, offset + size) - first;
	return elf->rel + first;
}

int elf32_compare_places(uint32_t section, uint32_t offset,
			 uint32_t other_section, uint32_t other_offset)
{
	if (section != other_section)
		return section < other_section ? -1 : 1;
	return (offset > other_offset) - (offset < other_offset);
}

bool elf32_in_section(const struct elf32 *elf,
		      const struct elf32_symbol *symbol)
{
	return symbol->section != SHN_UNDEF && symbol->section < elf->sections;
}

char elf32_mapping(const struct elf32_symbol *symbol)
{
	const char *name = symbol->name;

	if (symbol->type != STT_NOTYPE || name[0] != '$' ||
	    (name[1] != 'a' && name[1] != 't' && name[1] != 'd'))
		return 0;
	if (name[2] != '\0' && name[2] != '.')
		return 0;
	return name[1];
}

static bool check_symbol(const struct elf32 *elf,
			 const struct elf32_symbol *symbol, struct fault *fault)
{
	uint32_t size;

	if (symbol->section >= elf->sections && symbol->section != SHN_ABS &&
	    symbol->section != SHN_COMMON)
		return fault_set(fault, "%s: symbol %s is in no section",
				 elf->path, symbol->name);
	if (!elf32_in_section(elf, symbol))
		return true;
	/* Section anchors may lie behind it, and nothing is read there. */
	if (symbol->size == 0 && !elf32_mapping(symbol))
		return true;
	size = elf->section[symbol->section].size;
	if (symbol->value > size || symbol->size > size - symbol->value)
		return fault_set(fault,
				 "%s: symbol %s is beyond the end of its"
				 " section",
				 elf->path, symbol->name);
	return true;
}

static bool read_symbol(struct elf32 *elf, const Elf32_Sym *entry,
			size_t strings, struct elf32_symbol *symbol,
			struct fault *fault)
{
	const char *name = elf_strptr(elf->elf, strings, entry->st_name);

	symbol->name = name ? name : "";
	symbol->value = entry->st_value;
	symbol->size = entry->st_size;
	symbol->section = entry->st_shndx;
	symbol->type = ELF32_ST_TYPE(entry->st_info);
	symbol->bind = ELF32_ST_BIND(entry->st_info);
	if (symbol->type == STT_FUNC && (symbol->value & 1)) {
		symbol->thumb = true;
		symbol->value &= ~1U;
	}
	if (!name)
		return fault_set(fault, "%s: a symbol has no name", elf->path);
	if (symbol->type == STT_SECTION && elf32_in_section(elf, symbol))
		symbol->name = elf->section[symbol->section].name;
	return check_symbol(elf, symbol, fault);
}

static bool read_symbols(struct elf32 *elf, size_t index, struct fault *fault)
{
	Elf_Scn *scn = elf_getscn(elf->elf, index);
	const Elf32_Shdr *header = elf32_getshdr(scn);
	const Elf_Data *data = elf_getdata(scn, NULL);
	const Elf32_Sym *entry = data ? data->d_buf : NULL;
	const char *file = "";
	size_t i;

	if (!header || !entry)
		return fault_set(fault, "%s: no usable symbol table",
				 elf->path);
	elf->symbols = data->d_size / sizeof(*entry);
	elf->symbol = array_new(elf->symbols, sizeof(*elf->symbol));
	for (i = 0; i < elf->symbols; i++) {
		struct elf32_symbol *symbol = &elf->symbol[i];

		symbol->file = "";
		if (!read_symbol(elf, &entry[i], header->sh_link, symbol,
				 fault))
			return false;
		if (symbol->type == STT_FILE)
			file = symbol->name;
		if (symbol->bind == STB_LOCAL)
			symbol->file = file;
	}
	return true;
}

static bool find_symbols(struct elf32 *elf, struct fault *fault)
{
	size_t i;

	for (i = 1; i < elf->sections; i++) {
		if (elf->section[i].type == SHT_SYMTAB)
			return read_symbols(elf, i, fault);
	}
	return fault_set(fault, "%s: no symbol table", elf->path);
}

static bool read_rel(struct elf32 *elf, const struct elf32_section *section,
		     const Elf32_Rel *entry, struct fault *fault)
{
	struct elf32_rel *rel;
	size_t size;

	elf->rel = array_more(elf->rel, elf->rels, sizeof(*elf->rel));
	rel = &elf->rel[elf->rels];
	rel->type = reloc_type(ELF32_R_TYPE(entry->r_info));
	rel->offset = entry->r_offset;
	rel->symbol = ELF32_R_SYM(entry->r_info);
	rel->addend = 0;
	if (!rel->type)
		return fault_set(
			fault,
			"%s: %s+0x%x has a relocation of type %u, which"
			" klp-diff does not know",
			elf->path, section->name, entry->r_offset,
			(unsigned int)ELF32_R_TYPE(entry->r_info));
	size = reloc_size(rel->type);
	if (rel->symbol >= elf->symbols || rel->offset > section->size ||
	    size > section->size - rel->offset || (size && !section->data))
		return fault_set(fault,
				 "%s: %s+0x%x has a relocation beyond the end"
				 " of its section or its symbols",
				 elf->path, section->name, entry->r_offset);
	if (size)
		rel->addend = reloc_decode(
			rel->type,
			reloc_load(rel->type, section->data + rel->offset));
	elf->rels++;
	return true;
}

static int compare_rels(const void *left, const void *right)
{
	const struct elf32_rel *a = left;
	const struct elf32_rel *b = right;

	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return (a->type->type > b->type->type) -
	       (a->type->type < b->type->type);
}

static bool read_rels(struct elf32 *elf, size_t index, struct fault *fault)
{
	Elf_Scn *scn = elf_getscn(elf->elf, index);
	const Elf32_Shdr *header = elf32_getshdr(scn);
	struct elf32_section *section;
	const Elf_Data *data;
	const Elf32_Rel *entry;
	size_t i;

	if (!header || header->sh_info >= elf->sections)
		return fault_set(fault, "%s: %s relocates no section",
				 elf->path, elf->section[index].name);
	section = &elf->section[header->sh_info];
	if (!(section->flags & SHF_ALLOC) || elf->section[index].size == 0)
		return true;
	if (header->sh_type == SHT_RELA || section->rels)
		return fault_set(fault,
				 "%s: %s is not what compilers for 32-bit ARM"
				 " make",
				 elf->path, elf->section[index].name);
	data = elf_getdata(scn, NULL);
	entry = data ? data->d_buf : NULL;
	if (!entry)
		return fault_set(fault, "%s: %s cannot be read", elf->path,
				 elf->section[index].name);
	section->first_rel = elf->rels;
	for (i = 0; i < data->d_size / sizeof(*entry); i++) {
		if (!read_rel(elf, section, &entry[i], fault))
			return false;
	}
	section->rels = elf->rels - section->first_rel;
	if (section->rels)
		qsort(&elf->rel[section->first_rel], section->rels,
		      sizeof(*elf->rel), compare_rels);
	return true;
}

static bool read_all(struct elf32 *elf, struct fault *fault)
{
	size_t i;

	if (!check_header(elf, fault) || !read_sections(elf, fault) ||
	    !find_symbols(elf, fault))
		return false;
	for (i = 1; i < elf->sections; i++) {
		if ((elf->section[i].type == SHT_REL ||
		     elf->section[i].type == SHT_RELA) &&
		    !read_rels(elf, i, fault))
			return false;
	}
	return true;
}

bool elf32_open(struct elf32 *elf, const char *path, struct fault *fault)
{
	memset(elf, 0, sizeof(*elf));
	elf->path = path;
	elf->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (elf->fd < 0)
		return fault_set(fault, "%s: %s", path, strerror(errno));
	elf_version(EV_CURRENT);
	elf->elf = elf_begin(elf->fd, ELF_C_READ, NULL);
	if (!elf->elf)
		return fault_set(fault, "%s: %s", path, elf_errmsg(-1));
	return read_all(elf, fault);
}

void elf32_close(struct elf32 *elf)
{
	free(elf->section);
	free(elf->symbol);
	free(elf->rel);
	if (elf->elf)
		elf_end(elf->elf);
	if (elf->fd >= 0)
		close(elf->fd);
	memset(elf, 0, sizeof(*elf));
	elf->fd = -1;
}
