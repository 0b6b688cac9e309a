/* SPDX-License-Identifier: GPL-2.0 */
/*
 * placed.h - an object in memory, with its relocations written
 */
#ifndef ORACLE_PLACED_H
#define ORACLE_PLACED_H

#include "object.h"
#include "../proof/random.h"

#define PLACED_PAGE 4096U

/**
 * struct placed_ref - one relocation
 * @section: that it is in
 * @offset: of its field
 * @type: R_ARM_...
 * @symbol: index
 * @addend: of RELA, or what the field had
 */
struct placed_ref {
	u32 section;
	u32 offset;
	u32 type;
	u32 symbol;
	u32 addend;
};

/**
 * struct placed_fault - a relocation that could not be written
 * @section: that it is in
 * @offset: of its field
 * @why: as text
 */
struct placed_fault {
	u32 section;
	u32 offset;
	char why[160];
};

/**
 * struct placed - an object in memory
 * @object: the file
 * @base: address of the first page
 * @size: whole pages
 * @memory: what is in them
 * @address: of each section; 0 if it is not loaded
 * @slots: address of the entries for branches that do not reach
 * @slot_count: how many there are
 * @thumb: code is Thumb code
 * @fault: what could not be written
 * @faults: how many
 */
struct placed {
	const struct object *object;
	u32 base;
	u32 size;
	u8 *memory;
	u32 *address;
	u32 slots;
	u32 slot_count;
	bool thumb;
	struct placed_fault *fault;
	size_t faults;
};

/**
 * typedef placed_resolve - tell what a relocation refers to
 * @cookie: of placed_relocate()
 * @placed: the object
 * @ref: the relocation
 * @value: to be set to symbol plus addend
 * @why: to be set to what is wrong otherwise
 */
typedef bool placed_resolve(const void *cookie, const struct placed *placed,
			    const struct placed_ref *ref, u32 *value,
			    char why[static 160]);

/**
 * placed_load() - lay an object out
 * @placed: set; placed_free() it
 * @object: the file
 * @base: where, a page
 * @random: for the gaps between sections
 * @thumb: its code is Thumb code
 */
void placed_load(struct placed *placed, const struct object *object, u32 base,
		 struct proof_random *random, bool thumb);

/**
 * placed_relocate() - write its relocations
 * @placed: of placed_load()
 * @resolve: tells what they refer to
 * @cookie: for @resolve
 */
void placed_relocate(struct placed *placed, placed_resolve *resolve,
		     const void *cookie);

/**
 * placed_free() - forget it
 * @placed: of placed_load()
 */
void placed_free(struct placed *placed);

/**
 * placed_section_at() - find the section at an address
 * @placed: the object
 * @address: any
 * @offset: set to the offset in it
 *
 * Return: the index; 0 if there is none. The end of a section is in it.
 */
u32 placed_section_at(const struct placed *placed, u32 address, u32 *offset);

/**
 * placed_read() - read memory
 * @placed: the object
 * @address: inside
 *
 * Return: NULL if four bytes from there are not inside.
 */
u8 *placed_read(const struct placed *placed, u32 address);

/**
 * placed_word() - read a word of memory
 * @placed: the object
 * @address: any
 *
 * Return: the word; 0 if it is not inside.
 */
u32 placed_word(const struct placed *placed, u32 address);

/**
 * placed_symbol() - the address of a symbol
 * @placed: the object
 * @symbol: in one of its sections
 *
 * Return: with the bit for Thumb.
 */
u32 placed_symbol(const struct placed *placed,
		  const struct object_symbol *symbol);

#endif /* ORACLE_PLACED_H */
