// SPDX-License-Identifier: GPL-2.0
/*
 * patch_refused.c - patches a function that cannot be redirected.
 */
#include <linux/livepatch.h>

static int patch_nothing(void)
{
	return 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_branch", .new_func = patch_nothing },
	{ }
};

#define PATCH_OBJECT "target_refused"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: refused function");
