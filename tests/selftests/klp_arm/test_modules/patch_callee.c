// SPDX-License-Identifier: GPL-2.0
/*
 * patch_callee.c - patches the outer function of target_callee.c with one
 * that calls nothing.
 */
#include <linux/livepatch.h>

static int patch_outer(int a)
{
	return a - 4;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_outer", .new_func = patch_outer },
	{ }
};

#define PATCH_OBJECT "target_callee"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: does not call the sleeper");
