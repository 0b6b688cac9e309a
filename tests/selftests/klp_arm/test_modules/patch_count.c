// SPDX-License-Identifier: GPL-2.0
/*
 * patch_count.c - version 1 of the function of target_count.c.
 */
#include <linux/livepatch.h>

static int patch_count(u32 *count)
{
	*count += 1;
	return 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_count", .new_func = patch_count },
	{ }
};

#define PATCH_OBJECT "target_count"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: counted calls, version 1");
