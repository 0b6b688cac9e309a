// SPDX-License-Identifier: GPL-2.0
/*
 * patch_recursion.c - patches the function of target_recursion.c with one
 * that calls itself directly.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

static u32 patch_descend(u32 depth, u32 a, u32 b, u32 c, void *self)
{
	if (!depth)
		return test_mix(test_mix(a, b), c) + 1;
	return test_mix(patch_descend(depth - 1, a, b, c, self), depth) + 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_descend", .new_func = patch_descend },
	{ }
};

#define PATCH_OBJECT "target_recursion"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: recursion");
