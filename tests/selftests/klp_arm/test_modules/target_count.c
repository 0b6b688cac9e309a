// SPDX-License-Identifier: GPL-2.0
/*
 * target_count.c - a function that counts its calls, in a place that its caller
 * passes: one that is lost, or made twice, is noticed whatever version it is.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

#define COUNTED_CALLS 100

static __patchable int target_count(u32 *count)
{
	test_need_frame();
	*count += 1;
	return 0;
}

static int target_call(void)
{
	u32 count = 0;
	int answer = target_count(&count);
	int i;

	for (i = 1; i < COUNTED_CALLS; i++)
		answer = target_both(answer, target_count(&count));

	return count == COUNTED_CALLS ? answer : TARGET_BAD;
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: counted calls");
