/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mutation.h - mistakes that the proof has to see.
 */
#ifndef KLP_PROOF_MUTATION_H
#define KLP_PROOF_MUTATION_H

#include "paths.h"

/*
 * Make mistake @number in the function's recipe, or in the trampolines that
 * @paths makes from it. Return: what it is, or NULL when there are no more;
 * "" if the function cannot have it.
 */
const char *mutation_make(struct paths *paths, struct path_func *func,
			  u32 number);

/* Trampolines are right again. */
void mutation_end(struct paths *paths);

#endif /* KLP_PROOF_MUTATION_H */
