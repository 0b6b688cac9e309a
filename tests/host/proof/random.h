/* SPDX-License-Identifier: GPL-2.0 */
/*
 * random.h - numbers that nobody chose and that come again for the same seed.
 */
#ifndef KLP_PROOF_RANDOM_H
#define KLP_PROOF_RANDOM_H

#include "prologue.h"

struct proof_random {
	u32 state;
};

/* xorshift32 (Marsaglia, "Xorshift RNGs", 2003). */
static inline u32 proof_random(struct proof_random *random)
{
	random->state ^= random->state << 13;
	random->state ^= random->state >> 17;
	random->state ^= random->state << 5;
	return random->state;
}

/* Seeds that are near each other must not give numbers that are. */
static inline void proof_random_seed(struct proof_random *random, u32 seed)
{
	random->state = seed * 2654435761U ^ 0x6b6c7061U;
	if (!random->state)
		random->state = 1;
	proof_random(random);
	proof_random(random);
}

#endif /* KLP_PROOF_RANDOM_H */
