/* SPDX-License-Identifier: GPL-2.0 */
/*
 * members.h - the members that a structure or a variable has
 */
#ifndef KLP_BUILD_MEMBERS_H
#define KLP_BUILD_MEMBERS_H

#include <elfutils/libdw.h>

#include "types.h"

/**
 * struct reader - what is being read
 * @elf: the object
 * @fault: what is wrong with it
 * @entries: of debug information, so far
 * @paths: bytes of the names of members, so far
 * @shared: where structures and unions are that are defined in no function, sorted
 * @shareds: how many
 */
struct reader {
	const struct elf32 *elf;
	struct fault *fault;
	size_t entries;
	size_t paths;
	Dwarf_Off *shared;
	size_t shareds;
};

/**
 * reader_is_damaged() - note that debug information is damaged
 * @reader: whose
 * @type: which could not be read, NULL if it was not in one
 *
 * Return: false.
 */
bool reader_is_damaged(struct reader *reader, const struct type *type);

/**
 * reader_child() - the first child of an entry, or the one behind a child
 * @reader: counts it
 * @parent: the entry
 * @child: set; if it is not the first, the one before that
 * @first: the first one is wanted
 *
 * Return: 1 if there is one, 0 if not, -1 if that cannot be read.
 */
int reader_child(struct reader *reader, Dwarf_Die *parent, Dwarf_Die *child,
		 bool first);

/**
 * members_spell() - name a structure or union as C does
 * @die: its entry
 * @name: of die_strip(), which is that of a typedef if it has none
 *
 * Return: free() it.
 */
char *members_spell(Dwarf_Die *die, const char *name);

/**
 * members_read() - read the members of a structure or union
 * @reader: what is being read
 * @type: gets them
 * @die: its entry
 *
 * Return: whether they could be read.
 */
bool members_read(struct reader *reader, struct type *type, Dwarf_Die *die);

/**
 * members_read_one() - read what is in a variable
 * @reader: what is being read
 * @type: gets it: one member, or those that structures without a name have
 * @die: entry of the variable
 *
 * Return: whether it could be read.
 */
bool members_read_one(struct reader *reader, struct type *type, Dwarf_Die *die);

#endif /* KLP_BUILD_MEMBERS_H */
