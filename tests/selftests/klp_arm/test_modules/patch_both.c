// SPDX-License-Identifier: GPL-2.0
/*
 * patch_both.c - patches the functions of target_leaf.c and
 * target_registers.c, in one patch.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

static u32 patch_twice(u32 a)
{
	return 2 * a + 1;
}

static int patch_call(void)
{
	return 1;
}

static struct klp_func leaf_funcs[] = {
	{ .old_name = "target_twice", .new_func = patch_twice },
	{ }
};

static struct klp_func registers_funcs[] = {
	{ .old_name = "target_call", .new_func = patch_call },
	{ }
};

static struct klp_object patch_objects[] = {
	{ .name = "target_leaf", .funcs = leaf_funcs },
	{ .name = "target_registers", .funcs = registers_funcs },
	{ }
};

#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: two objects");
