/* SPDX-License-Identifier: GPL-2.0 */
/*
 * seeds.h - prologues for the fuzzer: some to begin with, and what it makes of
 * them.
 */
#ifndef KLP_PROOF_SEEDS_H
#define KLP_PROOF_SEEDS_H

#include "image.h"
#include "random.h"

#define SEEDS_HALVES 144U

/**
 * struct seed - a prologue, in halves: units of either instruction set
 * @half: the code, up to the tracing call
 * @halves: how many
 * @thumb: which instruction set
 * @unwind: what the verifier is told besides
 * @table: its words
 */
struct seed {
	u16 half[SEEDS_HALVES];
	u32 halves;
	bool thumb;
	enum klp_arm_unwind_kind unwind_kind;
	const u32 *unwind;
	u32 unwind_words;
};

/* A row of the verifier's tables, or a function of @image if that is not NULL. */
void seed_take(struct seed *seed, struct proof_random *random,
	       const struct image *image);

/* Change it a little; it ends with a push {lr} again. */
void seed_mutate(struct seed *seed, const struct seed *other,
		 struct proof_random *random);

#endif /* KLP_PROOF_SEEDS_H */
