// SPDX-License-Identifier: GPL-2.0
/*
 * target_parts_more.c - the second source of target_parts, whose static function and
 * static data have the names of the first one's.
 */
#include "klp_test.h"
#include "target_parts.h"

static u32 target_base = 39;

static __patchable u32 target_scale(u32 a)
{
	return a + READ_ONCE(target_base);
}

__patchable u32 target_more(u32 a)
{
	test_need_frame();
	return target_scale(a);
}
