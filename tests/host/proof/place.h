/* SPDX-License-Identifier: GPL-2.0 */
/*
 * place.h - calls, trampolines and replacements, placed where they can run.
 *
 * All are code of the instruction set of paths->func.
 */
#ifndef KLP_PROOF_PLACE_H
#define KLP_PROOF_PLACE_H

#include "paths.h"

/* New memory of instructions that trap, in both instruction sets. */
void place_traps(struct paths *paths, u32 base, u32 size);

/* @address as a function pointer has it: with the Thumb bit. */
u32 place_pointer(const struct paths *paths, u32 address);

/* Does its trampoline have a direct form? Not all frames allow it. */
bool place_has_direct(const struct path_func *func);

/* Make the -pg call go to @target, which is without a Thumb bit. */
void place_call(struct paths *paths, u32 target);

/*
 * Make a trampoline that goes to @target, a pointer, or with 0 to the handler.
 * Return: its address.
 */
u32 place_trampoline(struct paths *paths, u32 target);

/* Pointers to replacements that a branch gets to, or not. */
u32 place_near(const struct paths *paths);
u32 place_far(const struct paths *paths);

#endif /* KLP_PROOF_PLACE_H */
