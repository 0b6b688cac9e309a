// SPDX-License-Identifier: GPL-2.0
/*
 * patch_init_text.c - patches the function of target_sleep.c and two of
 * target_leaf.c, of which one is init text.
 */
#include <linux/livepatch.h>
#include <linux/types.h>

static int patch_sleep(void)
{
	return 1;
}

static int patch_init_text(void)
{
	return -ENODEV;
}

static u32 patch_twice(u32 a)
{
	return 2 * a + 1;
}

static struct klp_func sleep_funcs[] = {
	{ .old_name = "target_sleep", .new_func = patch_sleep },
	{ }
};

static struct klp_func leaf_funcs[] = {
	{ .old_name = "target_init", .new_func = patch_init_text },
	{ .old_name = "target_twice", .new_func = patch_twice },
	{ }
};

static struct klp_object patch_objects[] = {
	{ .name = "target_sleep", .funcs = sleep_funcs },
	{ .name = "target_leaf", .funcs = leaf_funcs },
	{ }
};

#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: init text of a module");
