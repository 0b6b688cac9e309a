/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sympos.h - which symbol of a vmlinux is the one of an object
 *
 * A static function's name says little: there may be several of it. The object as
 * the kernel was linked from it tells which one is meant.
 */
#ifndef KLP_BUILD_SYMPOS_H
#define KLP_BUILD_SYMPOS_H

#include "kernel.h"

/**
 * struct sympos - an object in a vmlinux
 * @kernel: the vmlinux
 * @kept: the object that it was linked from
 * @block: where the object's local symbols are, or KERNEL_NONE if there is no
 *	one place
 */
struct sympos {
	struct kernel *kernel;
	const struct elf32 *kept;
	size_t block;
};

/**
 * sympos_find() - find an object in a vmlinux
 * @sympos: set
 * @kernel: the vmlinux
 * @kept: the object as it was linked
 */
void sympos_find(struct sympos *sympos, struct kernel *kernel,
		 const struct elf32 *kept);

/**
 * sympos_symbol() - find a symbol of the object in vmlinux
 * @sympos: of sympos_find()
 * @name: of the symbol
 * @global: other objects see it
 * @symbol: set, if it was found
 */
bool sympos_symbol(const struct sympos *sympos, const char *name, bool global,
		   struct kernel_symbol *symbol);

/**
 * sympos_is_code() - is a function of vmlinux the one that the object has?
 * @sympos: of sympos_find()
 * @symbol: of sympos_symbol()
 *
 * Another object's may have been linked instead of a weak one.
 *
 * Return: whether both have the same size and the same instructions, but for
 * addresses.
 */
bool sympos_is_code(const struct sympos *sympos,
		    const struct kernel_symbol *symbol);

#endif /* KLP_BUILD_SYMPOS_H */
