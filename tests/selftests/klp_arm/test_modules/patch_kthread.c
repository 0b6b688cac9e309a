// SPDX-License-Identifier: GPL-2.0
/*
 * patch_kthread.c - patches the function of target_kthread.c with one that
 * does not sleep.
 */
#include <linux/livepatch.h>

static int patch_step(void)
{
	return 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_step", .new_func = patch_step },
	{ }
};

#define PATCH_OBJECT "target_kthread"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: a kernel thread");
