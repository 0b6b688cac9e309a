// SPDX-License-Identifier: GPL-2.0
/*
 * target_late.c - has a static function and static data that a replacement needs.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

static u32 target_base = 20;

static __patchable u32 target_add_base(u32 a)
{
	return a + READ_ONCE(target_base);
}

static __patchable u32 target_sum(u32 a)
{
	test_need_frame();
	return 2 * target_add_base(a);
}

static int target_call(void)
{
	return target_answer(target_sum(1), 42);
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: what is not exported");
