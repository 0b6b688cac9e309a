/* SPDX-License-Identifier: GPL-2.0 */
/*
 * atoms.h - an object as functions, variables and what refers to what
 *
 * An atom is a function or a variable with a symbol that has a size, or a piece
 * of what is between those, cut wherever something refers to it. Together they
 * are all bytes of all sections that are loaded, but for strings.
 */
#ifndef KLP_BUILD_ATOMS_H
#define KLP_BUILD_ATOMS_H

#include "elf32.h"
#include "special.h"

/** ATOM_NONE - the index of no atom */
#define ATOM_NONE SIZE_MAX

/** enum atom_kind - what an atom is */
enum atom_kind {
	ATOM_FUNC,
	ATOM_OBJECT,
	ATOM_PIECE, /* has no symbol */
};

/**
 * struct atom - a part of a section
 * @kind: what it is
 * @name: of its symbol, the global one if there are several; "" for a piece
 * @base: names_base() of that
 * @section: index
 * @offset: in the section
 * @size: bytes
 * @symbol: index of the symbol that gave the name
 * @used: something refers to it
 */
struct atom {
	enum atom_kind kind;
	const char *name;
	char *base;
	uint32_t section;
	uint32_t offset;
	uint32_t size;
	size_t symbol;
	bool used;
};

/** enum ref_kind - what a reference leads to */
enum ref_kind {
	REF_ATOM,
	REF_TEXT, /* a string */
	REF_SYMBOL, /* something that is in no section of this object */
};

/**
 * struct ref - a reference
 * @type: of its relocation, or of the one that a local branch would have
 * @kind: what it leads to
 * @section: where it is
 * @offset: in that section
 * @target: atom or symbol
 * @delta: offset in the atom, which may lie outside of it, or behind the
 *	symbol
 * @text: the string from there on
 * @at_seam: what refers to it may mean the end of the atom before
 */
struct ref {
	const struct reloc_type *type;
	enum ref_kind kind;
	uint32_t section;
	uint32_t offset;
	size_t target;
	int64_t delta;
	const char *text;
	bool at_seam;
};

/**
 * struct atom_entry - an entry of a table for a place in the code
 * @owner: atom that has the place
 * @section: of the table
 * @offset: in the table
 */
struct atom_entry {
	size_t owner;
	uint32_t section;
	uint32_t offset;
};

/**
 * struct atoms - one object
 * @elf: the file
 * @rule: for each section
 * @atom: sorted by section and offset
 * @count: how many atoms
 * @first: for each section its first atom, and one more
 * @of_symbol: for each symbol the atom, or ATOM_NONE
 * @ref: sorted by section and offset
 * @refs: how many
 * @first_ref: for each section its first reference, and one more
 * @bytes: for each section a copy with all fields of references cleared, or
 *	NULL
 * @entry: sorted by owner, then by section and offset
 * @entries: how many
 */
struct atoms {
	struct elf32 elf;
	const struct special **rule;
	struct atom *atom;
	size_t count;
	size_t *first;
	size_t *of_symbol;
	struct ref *ref;
	size_t refs;
	size_t *first_ref;
	uint8_t **bytes;
	struct atom_entry *entry;
	size_t entries;
};

/**
 * atoms_read() - read an object
 * @atoms: set; atoms_free() it in either case
 * @path: of the object; has to stay
 * @fault: why not
 *
 * Return: whether all of it was understood.
 */
bool atoms_read(struct atoms *atoms, const char *path, struct fault *fault);

/**
 * atoms_free() - forget an object
 * @atoms: of atoms_read()
 */
void atoms_free(struct atoms *atoms);

/**
 * atoms_at() - the atom that has a byte
 * @atoms: the object
 * @section: index
 * @offset: in the section; its end belongs to the last atom
 *
 * Return: index, or ATOM_NONE.
 */
size_t atoms_at(const struct atoms *atoms, uint32_t section, uint32_t offset);

/**
 * atoms_refs() - references from a part of a section
 * @atoms: the object
 * @section: index
 * @offset: where the part begins
 * @size: its bytes
 * @count: set to how many there are
 *
 * Return: the first of them.
 */
const struct ref *atoms_refs(const struct atoms *atoms, uint32_t section,
			     uint32_t offset, uint32_t size, size_t *count);

/**
 * atoms_entries() - entries of tables that belong to an atom
 * @atoms: the object
 * @owner: index of the atom
 * @count: set to how many there are
 *
 * Return: the first of them.
 */
const struct atom_entry *atoms_entries(const struct atoms *atoms, size_t owner,
				       size_t *count);

/**
 * atoms_section() - the section of an atom
 * @atoms: the object
 * @atom: one of its atoms
 */
const struct elf32_section *atoms_section(const struct atoms *atoms,
					  const struct atom *atom);

/**
 * atoms_kind() - how the section of an atom is looked at
 * @atoms: the object
 * @atom: one of its atoms
 */
enum special_kind atoms_kind(const struct atoms *atoms,
			     const struct atom *atom);

#endif /* KLP_BUILD_ATOMS_H */
