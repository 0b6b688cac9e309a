// SPDX-License-Identifier: GPL-2.0
/*
 * patch_alloca.c - patches the function of target_alloca.c.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

static u32 patch_sized(u32 words, u32 a, u32 b, u32 c, u32 d)
{
	return test_mix(test_mix(test_mix(a, b), c), d) + 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_sized", .new_func = patch_sized },
	{ }
};

#define PATCH_OBJECT "target_alloca"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: a frame of variable size");
