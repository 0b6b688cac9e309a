// SPDX-License-Identifier: GPL-2.0
/*
 * patch_recursion_old.c - patches the function of target_recursion.c with one
 * that calls the old function, and is redirected to itself every time.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

typedef u32 (*descend_fn)(u32 depth, u32 a, u32 b, u32 c, void *self);

static u32 patch_descend(u32 depth, u32 a, u32 b, u32 c, void *self)
{
	descend_fn descend = self;

	if (!depth)
		return test_mix(test_mix(a, b), c) + 2;
	return test_mix(descend(depth - 1, a, b, c, self), depth) + 2;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_descend", .new_func = patch_descend },
	{ }
};

#define PATCH_OBJECT "target_recursion"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: recursion through the redirect");
