// SPDX-License-Identifier: GPL-2.0
/*
 * patch_arguments.c - patches the functions of target_arguments.c.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

static u32 patch_four(u32 a, u32 b, u32 c, u32 d)
{
	return test_mix(test_mix(test_mix(a, b), c), d) + 1;
}

static u32 patch_five(u32 a, u32 b, u32 c, u32 d, u32 e)
{
	return test_mix(test_mix(test_mix(test_mix(a, b), c), d), e) + 1;
}

static u32 patch_ten(u32 a, u32 b, u32 c, u32 d, u32 e, u32 f,
		     u32 g, u32 h, u32 i, u32 j)
{
	u32 sum = test_mix(test_mix(test_mix(test_mix(a, b), c), d), e);

	test_need_frame();
	sum = test_mix(test_mix(test_mix(test_mix(sum, f), g), h), i);
	return test_mix(sum, j) + 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_four", .new_func = patch_four },
	{ .old_name = "target_five", .new_func = patch_five },
	{ .old_name = "target_ten", .new_func = patch_ten },
	{ }
};

#define PATCH_OBJECT "target_arguments"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: argument words");
