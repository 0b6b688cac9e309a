/* SPDX-License-Identifier: GPL-2.0 */
/*
 * output.h - a relocatable object that is being made
 */
#ifndef KLP_BUILD_OUTPUT_H
#define KLP_BUILD_OUTPUT_H

#include "fault.h"
#include "reloc.h"

/** OUTPUT_NONE - the index of no section and no symbol */
#define OUTPUT_NONE SIZE_MAX

/**
 * struct output_rel - one relocation; its addend is in the field
 * @offset: of the field
 * @type: R_ARM_...
 * @symbol: index
 */
struct output_rel {
	uint32_t offset;
	unsigned int type;
	size_t symbol;
};

/**
 * struct output_section - one section
 * @name: of the section
 * @type: SHT_...
 * @flags: SHF_...
 * @align: in bytes
 * @link: the section that it belongs to, or OUTPUT_NONE
 * @bytes: what is in there, NULL for SHT_NOBITS
 * @size: bytes
 * @room: bytes that there is memory for
 * @rel: its relocations
 * @rels: how many
 */
struct output_section {
	const char *name;
	uint32_t type;
	uint32_t flags;
	uint32_t align;
	size_t link;
	uint8_t *bytes;
	uint32_t size;
	size_t room;
	struct output_rel *rel;
	size_t rels;
};

/**
 * struct output_symbol - one symbol
 * @name: of the symbol
 * @section: index, OUTPUT_NONE if it is not in this object
 * @value: offset in the section, with bit 0 set for Thumb functions
 * @size: bytes
 * @type: STT_...
 * @bind: STB_...
 */
struct output_symbol {
	char *name;
	size_t section;
	uint32_t value;
	uint32_t size;
	unsigned char type;
	unsigned char bind;
};

/**
 * struct output - one object
 * @flags: of its header, EF_ARM_...
 * @section: in the order in which they were made
 * @sections: how many
 * @symbol: in the order in which they were made
 * @symbols: how many
 */
struct output {
	uint32_t flags;
	struct output_section *section;
	size_t sections;
	struct output_symbol *symbol;
	size_t symbols;
};

/**
 * output_section() - find a section, or make it
 * @output: the object
 * @name: of the section; has to stay
 * @type: SHT_...
 * @flags: SHF_...
 *
 * Return: its index.
 */
size_t output_section(struct output *output, const char *name, uint32_t type,
		      uint32_t flags);

/**
 * output_append() - append to a section
 * @output: the object
 * @section: index
 * @bytes: what to append; NULL for zeros
 * @size: how much
 * @align: in bytes
 * @from: offset that @bytes have, by which they keep their alignment
 *
 * Return: the offset in the section, which is the same as @from modulo @align.
 */
uint32_t output_append(struct output *output, size_t section,
		       const uint8_t *bytes, uint32_t size, uint32_t align,
		       uint32_t from);

/**
 * output_symbol() - make a symbol
 * @output: the object
 * @symbol: what it is like; its name is copied
 *
 * Return: its index.
 */
size_t output_symbol(struct output *output, const struct output_symbol *symbol);

/**
 * output_undefined() - find a symbol that this object does not have, or make it
 * @output: the object
 * @name: of the symbol
 * @type: STT_...
 * @bind: STB_GLOBAL or STB_WEAK
 *
 * Return: its index.
 */
size_t output_undefined(struct output *output, const char *name,
			unsigned char type, unsigned char bind);

/**
 * output_rel() - make a relocation
 * @output: the object
 * @section: that has the field
 * @rel: the relocation
 */
void output_rel(struct output *output, size_t section,
		const struct output_rel *rel);

/**
 * output_write() - write the object
 * @output: the object
 * @path: where to
 * @fault: why not
 *
 * Without success, there is no file.
 */
bool output_write(const struct output *output, const char *path,
		  struct fault *fault);

/**
 * output_free() - forget the object
 * @output: the object
 */
void output_free(struct output *output);

#endif /* KLP_BUILD_OUTPUT_H */
