// SPDX-License-Identifier: GPL-2.0
/*
 * patch_again.c - version 2 of the function of target_count.c, to be enabled
 * again and again.
 */
#include <linux/livepatch.h>

static int patch_count(u32 *count)
{
	*count += 1;
	return 2;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_count", .new_func = patch_count },
	{ }
};

#define PATCH_OBJECT "target_count"
#include "klp_again.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: counted calls, again and again");
