// SPDX-License-Identifier: GPL-2.0
/*
 * patch_pairs.c - patches the functions of target_pairs.c.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

static u64 patch_gaps(u32 a, u64 b, u32 c, u64 d)
{
	u32 sum = test_mix64(test_mix(test_mix64(a, b), c), d);

	return ((u64)~a << 32) | (sum + 1);
}

static u64 patch_split(u64 a, u32 b, u64 c, u32 d)
{
	u32 sum = test_mix(test_mix64(test_mix64(b, a), c), d);

	return ((u64)~b << 32) | (sum + 1);
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_gaps", .new_func = patch_gaps },
	{ .old_name = "target_split", .new_func = patch_split },
	{ }
};

#define PATCH_OBJECT "target_pairs"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: 64-bit pairs");
