// SPDX-License-Identifier: GPL-2.0
/*
 * patch_registers_3.c - version 3 of the function of target_registers.c.
 */
#include <linux/livepatch.h>

static int patch_call(void)
{
	return 3;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_call", .new_func = patch_call },
	{ }
};

#define PATCH_OBJECT "target_registers"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: version 3");
