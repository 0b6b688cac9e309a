// SPDX-License-Identifier: GPL-2.0
/*
 * image_elf.c - the ELF side of an image: sections, symbols, relocations
 *
 * A file may say anything, and many of its tables may be the same bytes. So
 * that the work stays in proportion to its size, what is done for each entry
 * of a table is bounded here, far above what compilers and linkers make.
 */
#include <stdlib.h>

#include "image_elf.h"
#include "oom.h"

/* Names in the kernel are shorter, with the NUL (linux/kallsyms.h). */
#define NAME_SIZE 512

/* Of those that are loaded with a vmlinux; a linker script names about 40. */
#define MOST_LOADED 1024

/* Sections that relocate one section, and relocations of one word. */
#define MOST_RELS 16

static u32 le32(const u8 *byte)
{
	return byte[0] | byte[1] << 8 | byte[2] << 16 | (u32)byte[3] << 24;
}

/* A string of a section, "" if it has no end there or is no name. */
static const char *string_at(const struct image *image, size_t number,
			     u32 offset)
{
	const struct image_section *section;
	u32 room;

	if (number >= image->sections)
		return "";
	section = &image->section[number];
	if (!section->data || offset >= section->size)
		return "";
	room = section->size - offset;
	if (room > NAME_SIZE)
		room = NAME_SIZE;
	if (!memchr(section->data + offset, '\0', room))
		return "";
	return (const char *)section->data + offset;
}

static const char *check_header(const struct image *image, Elf32_Ehdr *header)
{
	memcpy(header, image->file, sizeof(*header));
	if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
		return "not an ELF file: of a kernel, give the vmlinux that its"
		       " zImage was made from";
	if (header->e_ident[EI_CLASS] != ELFCLASS32 ||
	    header->e_ident[EI_DATA] != ELFDATA2LSB ||
	    header->e_machine != EM_ARM)
		return "not a little-endian file for 32-bit ARM";
	if (header->e_type != ET_REL && header->e_type != ET_EXEC &&
	    header->e_type != ET_DYN)
		return "neither a vmlinux nor a module";
	if (header->e_shoff == 0 || header->e_shnum == 0 ||
	    header->e_shentsize != sizeof(Elf32_Shdr) ||
	    header->e_shstrndx >= header->e_shnum)
		return "has no usable section table";
	if (header->e_shoff > image->file_size ||
	    (image->file_size - header->e_shoff) / sizeof(Elf32_Shdr) <
		    header->e_shnum)
		return "cut short: its section table is beyond its end";
	return NULL;
}

/* room is what the sections before this one leave of the file. */
static const char *read_section(struct image *image, const Elf32_Shdr *entry,
				struct image_section *section, size_t *room)
{
	section->address = entry->sh_addr;
	section->flags = entry->sh_flags;
	section->type = entry->sh_type;
	section->link = entry->sh_link;
	section->info = entry->sh_info;
	if (entry->sh_type == SHT_NULL)
		return NULL;
	section->span = entry->sh_size;
	if (entry->sh_type == SHT_NOBITS)
		return NULL;
	if (entry->sh_offset > image->file_size ||
	    entry->sh_size > image->file_size - entry->sh_offset)
		return "cut short: a section is beyond its end";
	if (entry->sh_size > *room)
		return "damaged: its sections overlap";
	*room -= entry->sh_size;
	section->data = image->file + entry->sh_offset;
	section->size = entry->sh_size;
	return NULL;
}

static const char *read_sections(struct image *image, const Elf32_Ehdr *header)
{
	size_t room = image->file_size - sizeof(*header);
	const char *error = NULL;
	u32 *names;
	size_t i;

	image->sections = header->e_shnum;
	if (image->sections * sizeof(Elf32_Shdr) > room)
		return "damaged: its section table is not behind its header";
	room -= image->sections * sizeof(Elf32_Shdr);
	image->section = calloc(image->sections, sizeof(*image->section));
	names = calloc(image->sections, sizeof(*names));
	if (!image->section || !names)
		out_of_memory();
	for (i = 0; !error && i < image->sections; i++) {
		Elf32_Shdr entry;

		memcpy(&entry,
		       image->file + header->e_shoff + i * sizeof(entry),
		       sizeof(entry));
		names[i] = entry.sh_name;
		error = read_section(image, &entry, &image->section[i], &room);
	}
	for (i = 0; i < image->sections; i++)
		image->section[i].name =
			string_at(image, header->e_shstrndx, names[i]);
	free(names);
	return error;
}

/* Every address is looked for in all that are loaded. */
static const char *check_loaded(const struct image *image)
{
	size_t loaded = 0;
	size_t i;

	for (i = 1; i < image->sections; i++) {
		if (image->section[i].flags & SHF_ALLOC)
			loaded++;
	}
	return loaded > MOST_LOADED ? "has more sections than any vmlinux" :
				      NULL;
}

/* Every section leads to those that relocate it, in the file's order. */
static const char *link_relocations(struct image *image)
{
	size_t i;

	for (i = 1; i < image->sections; i++) {
		struct image_section *section = &image->section[i];
		unsigned int count = 0;
		size_t *last;

		if (section->type != SHT_REL ||
		    section->size < sizeof(Elf32_Rel) ||
		    section->info >= image->sections)
			continue;
		last = &image->section[section->info].rel;
		while (*last) {
			if (++count == MOST_RELS)
				return "damaged: a section has too many tables"
				       " of relocations";
			last = &image->section[*last].next_rel;
		}
		*last = i;
	}
	return NULL;
}

const char *image_read_elf(struct image *image)
{
	Elf32_Ehdr header;
	const char *error = check_header(image, &header);
	size_t i;

	if (!error)
		error = read_sections(image, &header);
	image->relocatable = header.e_type == ET_REL;
	if (!error)
		error = image->relocatable ? link_relocations(image) :
					     check_loaded(image);
	if (error)
		return error;
	for (i = 1; i < image->sections; i++) {
		if (image->section[i].type != SHT_SYMTAB)
			continue;
		image->symtab = i;
		image->symbols = image->section[i].size / sizeof(Elf32_Sym);
	}
	return image->symbols ? NULL :
				"has no symbol table: give an unstripped file";
}

Elf32_Sym image_symbol(const struct image *image, size_t index)
{
	Elf32_Sym symbol;

	memcpy(&symbol,
	       image->section[image->symtab].data + index * sizeof(symbol),
	       sizeof(symbol));
	return symbol;
}

const char *image_symbol_name(const struct image *image,
			      const Elf32_Sym *symbol)
{
	return string_at(image, image->section[image->symtab].link,
			 symbol->st_name);
}

bool image_place_of_address(const struct image *image, u32 address,
			    struct image_place *place)
{
	size_t i;

	for (i = 1; i < image->sections; i++) {
		const struct image_section *section = &image->section[i];

		if (section->flags & SHF_ALLOC && address >= section->address &&
		    address - section->address < section->span) {
			place->section = i;
			place->offset = address - section->address;
			return true;
		}
	}
	return false;
}

bool image_symbol_place(const struct image *image, const Elf32_Sym *symbol,
			struct image_place *place)
{
	u32 value = symbol->st_value;

	if (symbol->st_shndx == SHN_UNDEF)
		return false;
	if (ELF32_ST_TYPE(symbol->st_info) == STT_FUNC)
		value &= ~1U;
	if (!image->relocatable)
		return image_place_of_address(image, value, place);
	if (symbol->st_shndx >= image->sections)
		return false;
	place->section = symbol->st_shndx;
	place->offset = value;
	return true;
}

void image_func_from_symbol(const struct image *image, const Elf32_Sym *symbol,
			    struct image_place place, struct image_func *func)
{
	func->start = place;
	func->size = symbol->st_size;
	func->thumb = ELF32_ST_TYPE(symbol->st_info) == STT_FUNC &&
		      (symbol->st_value & 1);
	func->name = image_symbol_name(image, symbol);
}

u32 image_word(const struct image *image, struct image_place place)
{
	return le32(image->section[place.section].data + place.offset);
}

static bool has_word(const struct image *image, struct image_place place)
{
	const struct image_section *section = &image->section[place.section];

	return section->data && place.offset <= section->size &&
	       section->size - place.offset >= 4;
}

static Elf32_Rel rel_at(const struct image_section *section, size_t index)
{
	Elf32_Rel rel;

	memcpy(&rel, section->data + index * sizeof(rel), sizeof(rel));
	return rel;
}

/* The first of a sorted table that is not before an offset. */
static size_t first_rel(const struct image_section *section, u32 offset)
{
	size_t high = section->size / sizeof(Elf32_Rel);
	size_t low = 0;

	while (low < high) { /* the assembler sorts by offset */
		size_t middle = (low + high) / 2;

		if (rel_at(section, middle).r_offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The symbol that the word at a place is relocated by. */
static bool find_relocation(const struct image *image, struct image_place place,
			    Elf32_Sym *symbol)
{
	size_t i = image->section[place.section].rel;

	for (; i; i = image->section[i].next_rel) {
		const struct image_section *section = &image->section[i];
		size_t count = section->size / sizeof(Elf32_Rel);
		size_t at = first_rel(section, place.offset);

		if (count > at + MOST_RELS)
			count = at + MOST_RELS;
		for (; at < count; at++) {
			Elf32_Rel rel = rel_at(section, at);

			if (rel.r_offset != place.offset)
				break;
			if (ELF32_R_TYPE(rel.r_info) == R_ARM_NONE ||
			    ELF32_R_SYM(rel.r_info) >= image->symbols)
				continue;
			*symbol = image_symbol(image, ELF32_R_SYM(rel.r_info));
			return true;
		}
	}
	return false;
}

bool image_relocated(const struct image *image, struct image_place place,
		     u32 addend, struct image_place *target)
{
	Elf32_Sym symbol;

	if (!find_relocation(image, place, &symbol) ||
	    !image_symbol_place(image, &symbol, target))
		return false;
	target->offset += addend;
	return true;
}

bool image_pointer(const struct image *image, struct image_place place,
		   struct image_place *target)
{
	return has_word(image, place) &&
	       image_relocated(image, place, image_word(image, place), target);
}

const char *image_pointer_symbol(const struct image *image,
				 struct image_place place)
{
	Elf32_Sym symbol;

	if (!has_word(image, place) || !find_relocation(image, place, &symbol))
		return NULL;
	return image_symbol_name(image, &symbol);
}

const char *image_string(const struct image *image, struct image_place place)
{
	const char *string = string_at(image, place.section, place.offset);

	return *string ? string : NULL;
}
