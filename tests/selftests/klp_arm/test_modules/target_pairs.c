// SPDX-License-Identifier: GPL-2.0
/*
 * target_pairs.c - 64-bit arguments: aligned pairs of registers, an aligned
 * pair of stack words after a gap, and a 64-bit result in r0 and r1.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

/* a is r0, b skips r1 and is r2:r3, c is a stack word, d skips another. */
static __patchable u64 target_gaps(u32 a, u64 b, u32 c, u64 d)
{
	test_need_frame();
	return ((u64)~a << 32) + test_mix64(test_mix(test_mix64(a, b), c), d);
}

/* a is r0:r1, b is r2, c skips r3 and is on the stack, so is d. */
static __patchable u64 target_split(u64 a, u32 b, u64 c, u32 d)
{
	test_need_frame();
	return ((u64)~b << 32) + test_mix(test_mix64(test_mix64(b, a), c), d);
}

#define A64 0x0123456789abcdefULL
#define B64 0xfedcba9876543210ULL

static int target_call(void)
{
	u64 gaps = target_gaps(7, A64, 8, B64);
	u64 split = target_split(A64, 9, B64, 10);
	u32 sum;
	int answer;

	if (gaps >> 32 != ~7U || split >> 32 != ~9U)
		return TARGET_BAD;

	sum = test_mix64(test_mix(test_mix64(7, A64), 8), B64);
	answer = target_answer(gaps, sum);

	sum = test_mix(test_mix64(test_mix64(9, A64), B64), 10);
	return target_both(answer, target_answer(split, sum));
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: 64-bit pairs");
