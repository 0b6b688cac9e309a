// SPDX-License-Identifier: GPL-2.0
/*
 * patch_leaf.c - patches the function of target_leaf.c.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

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

MODULE_DESCRIPTION("Patch of klp_arm tests: a leaf");
