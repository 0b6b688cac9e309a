/* SPDX-License-Identifier: GPL-2.0 */
/*
 * elf32.h - an object file of 32-bit ARM, read and checked
 *
 * libelf reads the tables; whatever they say is checked here, so that the rest
 * can take every index and every offset for good.
 */
#ifndef KLP_BUILD_ELF32_H
#define KLP_BUILD_ELF32_H

#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "reloc.h"

/**
 * struct elf32_section - one section
 * @name: never NULL
 * @type: SHT_...
 * @flags: SHF_...
 * @size: bytes that it takes when loaded
 * @align: in bytes, 0 or 1 for none
 * @entry: size of an entry, if the file says so
 * @link: another section, if the type has one
 * @data: its bytes, NULL if there are none
 * @first_rel: in the relocations of the file
 * @rels: how many relocate this section, sorted by offset
 */
struct elf32_section {
	const char *name;
	uint32_t type;
	uint32_t flags;
	uint32_t size;
	uint32_t align;
	uint32_t entry;
	uint32_t link;
	const uint8_t *data;
	size_t first_rel;
	size_t rels;
};

/**
 * struct elf32_symbol - one symbol
 * @name: never NULL; of a section, the section's
 * @file: name of the source that it is from, "" for global symbols
 * @value: offset in the section, without the bit for Thumb; only of symbols with
 *	a size is it known to be inside
 * @size: bytes
 * @section: index, or one of SHN_UNDEF, SHN_ABS, SHN_COMMON; then no offset
 *	in a section
 * @type: STT_...
 * @bind: STB_...
 * @thumb: a function of Thumb code
 */
struct elf32_symbol {
	const char *name;
	const char *file;
	uint32_t value;
	uint32_t size;
	uint32_t section;
	unsigned char type;
	unsigned char bind;
	bool thumb;
};

/**
 * struct elf32_rel - one relocation
 * @type: never NULL
 * @offset: of the field, which is inside of the section
 * @symbol: index
 * @addend: as the field holds it
 */
struct elf32_rel {
	const struct reloc_type *type;
	uint32_t offset;
	uint32_t symbol;
	int32_t addend;
};

/**
 * struct elf32 - one file
 * @path: as it was opened
 * @section: by index, 0 is no section
 * @sections: how many, with that
 * @symbol: by index, 0 is no symbol
 * @symbols: how many, with that
 * @rel: of all sections that are loaded, one section after the other
 * @rels: how many
 * @flags: of the file, EF_ARM_...
 * @elf: libelf's, which owns names and bytes
 * @fd: of the file
 */
struct elf32 {
	const char *path;
	struct elf32_section *section;
	size_t sections;
	struct elf32_symbol *symbol;
	size_t symbols;
	struct elf32_rel *rel;
	size_t rels;
	uint32_t flags;
	Elf *elf;
	int fd;
};

/**
 * elf32_open() - read a relocatable object
 * @elf: set; elf32_close() it in either case
 * @path: of the file; has to stay
 * @fault: why not
 *
 * Return: whether all of it could be read and is sound.
 */
bool elf32_open(struct elf32 *elf, const char *path, struct fault *fault);

/**
 * elf32_close() - forget a file
 * @elf: of elf32_open()
 */
void elf32_close(struct elf32 *elf);

/**
 * elf32_rels() - relocations of a part of a section
 * @elf: the file
 * @section: index
 * @offset: where the part begins
 * @size: its bytes
 * @count: set to how many there are
 *
 * Return: the first of them.
 */
const struct elf32_rel *elf32_rels(const struct elf32 *elf, uint32_t section,
				   uint32_t offset, uint32_t size,
				   size_t *count);

/**
 * elf32_compare_places() - which of two places comes first?
 * @section: of the one
 * @offset: of the one, in its section
 * @other_section: of the other
 * @other_offset: of the other, in its section
 *
 * Return: as strcmp() does.
 */
int elf32_compare_places(uint32_t section, uint32_t offset,
			 uint32_t other_section, uint32_t other_offset);

/**
 * elf32_in_section() - has the symbol a place in a section of the file?
 * @elf: the file
 * @symbol: one of its symbols
 */
bool elf32_in_section(const struct elf32 *elf,
		      const struct elf32_symbol *symbol);

/**
 * elf32_mapping() - is it one of $a, $t and $d, which tell code from data?
 * @symbol: a symbol
 *
 * Return: the letter, or 0.
 */
char elf32_mapping(const struct elf32_symbol *symbol);

#endif /* KLP_BUILD_ELF32_H */
