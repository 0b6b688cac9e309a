// SPDX-License-Identifier: GPL-2.0
/*
 * patch_frame.c - patches the function of target_frame.c.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

static u32 patch_large(u32 a, u32 b, u32 c, u32 d, u32 e)
{
	return test_mix(test_mix(test_mix(a, b), c), test_mix(d, e)) + 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_large", .new_func = patch_large },
	{ }
};

#define PATCH_OBJECT "target_frame"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: a large frame");
