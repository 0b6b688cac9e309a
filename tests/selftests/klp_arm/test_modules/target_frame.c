// SPDX-License-Identifier: GPL-2.0
/*
 * target_frame.c - a frame of more than 4 KiB, which no single instruction
 * can allocate.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

#define FRAME_WORDS 1100

static __patchable u32 target_large(u32 a, u32 b, u32 c, u32 d, u32 e)
{
	u32 words[FRAME_WORDS];

	words[0] = a;
	words[FRAME_WORDS - 1] = b;
	/* The array has to be there, whatever else is known about it. */
	asm volatile("" : : "r" (words) : "memory");
	return test_mix(test_mix(test_mix(words[0], words[FRAME_WORDS - 1]), c),
			test_mix(d, e));
}

static int target_call(void)
{
	u32 sum = test_mix(test_mix(test_mix(1, 2), 3), test_mix(4, 5));

	return target_answer(target_large(1, 2, 3, 4, 5), sum);
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: a large frame");
