/* SPDX-License-Identifier: GPL-2.0 */
/*
 * snippet.h - prologues without a program around them, placed where they can
 * run.
 */
#ifndef KLP_PROOF_SNIPPET_H
#define KLP_PROOF_SNIPPET_H

#include "paths.h"

/* Longer than any prologue that the verifier accepts, in bytes. */
#define SNIPPET_SIZE 320U

/* Prepare @paths for snippets, and for nothing else. */
void snippet_open(struct paths *paths);

/* The function that @in describes, which has @recipe, placed in memory. */
struct path_func snippet_place(struct paths *paths,
			       const struct klp_arm_prologue *in,
			       const struct klp_arm_recipe *recipe);

#endif /* KLP_PROOF_SNIPPET_H */
