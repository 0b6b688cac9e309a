// SPDX-License-Identifier: GPL-2.0
/*
 * patch_unknown.c - patches a function that no kernel has.
 */
#include <linux/livepatch.h>

static int patch_nothing(void)
{
	return 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "no_such_function", .new_func = patch_nothing },
	{ }
};

#define PATCH_OBJECT NULL
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: unknown symbol");
