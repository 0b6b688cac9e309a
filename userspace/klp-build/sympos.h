/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sympos.h - which symbol of a vmlinux or a module is the one of an object
 *
 * A static function's name says little: there may be several of it. The object as
 * the kernel was linked from it tells which one is meant.
 */
#ifndef KLP_BUILD_SYMPOS_H
#define KLP_BUILD_SYMPOS_H

#include "linked.h"

/**
 * struct sympos - an object in a vmlinux or a module
 * @linked: the vmlinux or the module
 * @kept: the object that it was linked from
 * @block: where the object's local symbols are, or LINKED_NONE if there is no
 *	one place
 */
struct sympos {
	struct linked *linked;
	const struct elf32 *kept;
	size_t block;
};

/**
 * sympos_find() - find an object in what it was linked to
 * @sympos: set
 * @linked: the vmlinux or the module
 * @kept: the object as it was linked
 */
void sympos_find(struct sympos *sympos, struct linked *linked,
		 const struct elf32 *kept);

/**
 * sympos_symbol() - find a symbol of the object in what it was linked to
 * @sympos: of sympos_find()
 * @name: of the symbol
 * @global: other objects see it
 * @symbol: set, if it was found
 */
bool sympos_symbol(const struct sympos *sympos, const char *name, bool global,
		   struct linked_symbol *symbol);

/**
 * sympos_is_code() - is a function that was found the one that the object has?
 * @sympos: of sympos_find()
 * @symbol: of sympos_symbol()
 *
 * Another object's may have been linked instead of a weak one.
 *
 * Return: whether both have the same size and the same instructions, but for
 * addresses.
 */
bool sympos_is_code(const struct sympos *sympos,
		    const struct linked_symbol *symbol);

#endif /* KLP_BUILD_SYMPOS_H */
