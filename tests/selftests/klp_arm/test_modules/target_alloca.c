// SPDX-License-Identifier: GPL-2.0
/*
 * target_alloca.c - a frame whose size is not known before the function runs,
 * so that the compiler sets up a frame pointer.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

static __patchable u32 target_sized(u32 words, u32 a, u32 b, u32 c, u32 d)
{
	u32 *word = __builtin_alloca(words * sizeof(*word));

	word[0] = a;
	word[words - 1] = b;
	asm volatile("" : : "r" (word) : "memory");
	return test_mix(test_mix(test_mix(word[0], word[words - 1]), c), d);
}

static int target_call(void)
{
	u32 sum = test_mix(test_mix(test_mix(1, 2), 3), 4);

	return target_both(target_answer(target_sized(2, 1, 2, 3, 4), sum),
			   target_answer(target_sized(77, 1, 2, 3, 4), sum));
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: a frame of variable size");
