// SPDX-License-Identifier: GPL-2.0
/*
 * patch_target.c - patches the function of target_leaf.c, for one build of that
 * module; the test puts in which. The version is longer than what is reported.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

#define TEN "0123456789"

static u32 patch_twice(u32 a)
{
	return 2 * a + 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_twice", .new_func = patch_twice },
	{ }
};

#define PATCH_OBJECT "target_leaf"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: for one build of its target");
MODULE_VERSION("1." TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN);
MODULE_INFO(klp_target_mod,
	    "target_leaf:" TEN TEN TEN TEN);
