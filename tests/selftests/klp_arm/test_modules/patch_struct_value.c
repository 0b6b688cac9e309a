// SPDX-License-Identifier: GPL-2.0
/*
 * patch_struct_value.c - patches the function of target_struct_value.c.
 */
#include "klp_structs.h"
#include "klp_test.h"
#include <linux/livepatch.h>

static u32 patch_sum(struct test_small small, struct test_split split, u32 last)
{
	u32 sum = test_mix(test_mix(small.a, small.b), small.c[4]);
	int i;

	for (i = 0; i < 5; i++)
		sum = test_mix(sum, split.word[i]);
	return test_mix(sum, last) + 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_sum", .new_func = patch_sum },
	{ }
};

#define PATCH_OBJECT "target_struct_value"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: structures by value");
