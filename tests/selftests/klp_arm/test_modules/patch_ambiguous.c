// SPDX-License-Identifier: GPL-2.0
/*
 * patch_ambiguous.c - patches a function whose name is not unique.
 */
#include <linux/livepatch.h>

static int patch_nothing(void)
{
	return 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "m_show", .new_func = patch_nothing },
	{ }
};

#define PATCH_OBJECT NULL
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: ambiguous symbol");
