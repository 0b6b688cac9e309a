/* SPDX-License-Identifier: GPL-2.0 */
/*
 * object.h - an ELF file of 32-bit ARM, as it is on the disc
 */
#ifndef ORACLE_OBJECT_H
#define ORACLE_OBJECT_H

#include <libelf.h>

#include "freestanding.h"

/**
 * struct object_section - one section
 * @name: never NULL
 * @type: SHT_...
 * @flags: SHF_...
 * @address: where it was linked to
 * @size: bytes in memory
 * @align: in bytes, at least 1
 * @info: section that relocations are for
 * @data: its bytes; NULL if the file has none
 */
struct object_section {
	const char *name;
	u32 type;
	u32 flags;
	u32 address;
	u32 size;
	u32 align;
	u32 info;
	const u8 *data;
};

/**
 * struct object_symbol - one symbol
 * @name: never NULL
 * @file: index of the STT_FILE symbol before it, 0 for none
 * @value: as the file has it, with the bit for Thumb
 * @size: bytes
 * @section: index or SHN_...
 * @type: STT_...
 * @bind: STB_...
 */
struct object_symbol {
	const char *name;
	u32 file;
	u32 value;
	u32 size;
	u32 section;
	unsigned char type;
	unsigned char bind;
};

/**
 * struct object - one file
 * @path: of the file
 * @section: by index
 * @sections: how many
 * @symbol: by index
 * @symbols: how many
 * @elf: libelf's, which owns names and bytes
 * @fd: of the file
 */
struct object {
	const char *path;
	struct object_section *section;
	u32 sections;
	struct object_symbol *symbol;
	u32 symbols;
	Elf *elf;
	int fd;
};

/**
 * object_open() - read a file; ends the program if it is none of 32-bit ARM
 * @object: set
 * @path: of the file; has to stay
 */
void object_open(struct object *object, const char *path);

/**
 * object_close() - forget a file
 * @object: of object_open()
 */
void object_close(struct object *object);

/**
 * object_offset() - where is a symbol in its section?
 * @symbol: one that is in a section
 *
 * Return: its value, without the bit for Thumb.
 */
u32 object_offset(const struct object_symbol *symbol);

/**
 * object_is_atom() - is it a function or a variable with a size?
 * @object: the file
 * @symbol: one of its symbols
 */
bool object_is_atom(const struct object *object,
		    const struct object_symbol *symbol);

/**
 * object_atom_at() - find the function or variable around a place
 * @object: the file
 * @section: index
 * @offset: in the section
 *
 * Return: NULL if there is none; of one that ends there, that.
 */
const struct object_symbol *object_atom_at(const struct object *object,
					   u32 section, u32 offset);

#endif /* ORACLE_OBJECT_H */
