// SPDX-License-Identifier: GPL-2.0
/*
 * patch_struct_return.c - patches the function of target_struct_return.c.
 */
#include "klp_structs.h"
#include "klp_test.h"
#include <linux/livepatch.h>

static struct test_large patch_make(u32 a, u64 b, u32 c, u32 d)
{
	struct test_large large = { .word = { a, c, d, a ^ c, c ^ d, 1 } };

	large.pair = b;
	return large;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_make", .new_func = patch_make },
	{ }
};

#define PATCH_OBJECT "target_struct_return"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: structure through a pointer");
