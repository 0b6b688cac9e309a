// SPDX-License-Identifier: GPL-2.0
/*
 * target_struct_value.c - structures passed by value: one in registers, and one
 * that is split between r3 and the stack.
 */
#include "klp_structs.h"
#include "klp_test.h"
#include "klp_target_answer.h"

static __patchable u32 target_sum(struct test_small small,
				  struct test_split split, u32 last)
{
	u32 sum = test_mix(test_mix(small.a, small.b), small.c[4]);
	int i;

	test_need_frame();
	for (i = 0; i < 5; i++)
		sum = test_mix(sum, split.word[i]);
	return test_mix(sum, last);
}

static int target_call(void)
{
	struct test_small small = { .a = 21, .b = 22, .c = { 1, 2, 3, 4, 5 } };
	struct test_split split = { .word = { 31, 32, 33, 34, 35 } };
	u32 sum = test_mix(test_mix(21, 22), 5);
	u32 i;

	for (i = 31; i <= 35; i++)
		sum = test_mix(sum, i);
	sum = test_mix(sum, 36);

	return target_answer(target_sum(small, split, 36), sum);
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: structures by value");
