// SPDX-License-Identifier: GPL-2.0
/*
 * target_arguments.c - words in r0 to r3 and on the stack.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

static __patchable u32 target_four(u32 a, u32 b, u32 c, u32 d)
{
	return test_mix(test_mix(test_mix(a, b), c), d);
}

static __patchable u32 target_five(u32 a, u32 b, u32 c, u32 d, u32 e)
{
	return test_mix(test_mix(test_mix(test_mix(a, b), c), d), e);
}

static __patchable u32 target_ten(u32 a, u32 b, u32 c, u32 d, u32 e, u32 f,
				  u32 g, u32 h, u32 i, u32 j)
{
	u32 sum = test_mix(test_mix(test_mix(test_mix(a, b), c), d), e);

	test_need_frame();
	return test_mix(test_mix(test_mix(test_mix(test_mix(sum, f), g), h), i),
			j);
}

static int target_call(void)
{
	u32 four, five, ten, i;
	int answer;

	four = test_mix(test_mix(test_mix(1, 2), 3), 4);
	five = test_mix(four, 5);
	for (ten = five, i = 6; i <= 10; i++)
		ten = test_mix(ten, i);

	answer = target_answer(target_four(1, 2, 3, 4), four);
	answer = target_both(answer,
			     target_answer(target_five(1, 2, 3, 4, 5), five));
	return target_both(answer,
			   target_answer(target_ten(1, 2, 3, 4, 5,
						    6, 7, 8, 9, 10), ten));
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: argument words");
