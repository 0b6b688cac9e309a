// SPDX-License-Identifier: GPL-2.0
/*
 * patch_sleep.c - patches the function of target_sleep.c with one that does
 * not sleep.
 */
#include <linux/livepatch.h>

static int patch_sleep(void)
{
	return 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_sleep", .new_func = patch_sleep },
	{ }
};

#define PATCH_OBJECT "target_sleep"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: does not sleep");
