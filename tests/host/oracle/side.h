/* SPDX-License-Identifier: GPL-2.0 */
/*
 * side.h - one of the two that are compared: the patched kernel, or the livepatch
 */
#ifndef ORACLE_SIDE_H
#define ORACLE_SIDE_H

#include "kernel.h"
#include "placed.h"

#define SIDE_NAME 192

/**
 * struct side - code that refers to the kernel
 * @kernel: the vmlinux, as it was before the fix
 * @objects: the fixed objects
 * @block: of each of them, its local symbols in the kernel
 * @count: how many
 * @livepatch: NULL on the side of the patched kernel
 * @placed: what is in memory: each of @objects, or the livepatch
 */
struct side {
	const struct kernel *kernel;
	const struct object *objects;
	const struct kernel_block *block;
	size_t count;
	const struct object *livepatch;
	struct placed *placed;
};

/**
 * side_place() - load a side at a random address, and write its relocations
 * @side: all but @placed is set; side_free() it
 * @base: where the first object is, a page
 * @random: for what is in between
 */
void side_place(struct side *side, u32 base, struct proof_random *random);

/**
 * side_free() - forget what is in memory
 * @side: of side_place()
 */
void side_free(struct side *side);

/**
 * side_placed() - how many things are in memory
 * @side: one
 */
size_t side_placed(const struct side *side);

/**
 * side_stands_for() - what of the kernel does a function or variable stand for?
 * @side: one
 * @object: its objects' or livepatch
 * @atom: the function or variable
 *
 * In the patched kernel, what it had before the fix is where it was. A livepatch has
 * new versions of functions, but its variables are its own.
 *
 * Return: the kernel's symbol, NULL if it is new.
 */
const struct object_symbol *side_stands_for(const struct side *side,
					    const struct object *object,
					    const struct object_symbol *atom);

/**
 * side_name() - write a number so that it is the same on both sides
 * @side: one
 * @number: an address, or any other number
 * @text: set
 */
void side_name(const struct side *side, u32 number,
	       char text[static SIDE_NAME]);

#endif /* ORACLE_SIDE_H */
