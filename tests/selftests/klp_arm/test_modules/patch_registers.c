// SPDX-License-Identifier: GPL-2.0
/*
 * patch_registers.c - patches the function of target_registers.c.
 */
#include <linux/livepatch.h>

/* Changes no callee-saved register, so that it cannot put a lost one right. */
static int patch_call(void)
{
	return 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_call", .new_func = patch_call },
	{ }
};

#define PATCH_OBJECT "target_registers"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: callee-saved registers");
