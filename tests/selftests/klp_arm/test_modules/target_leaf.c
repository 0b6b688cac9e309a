// SPDX-License-Identifier: GPL-2.0
/*
 * target_leaf.c - a leaf: its tracing call is the first thing in it.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

static __patchable u32 target_twice(u32 a)
{
	return 2 * a;
}

static int target_call(void)
{
	return target_answer(target_twice(21), 42);
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: a leaf");
