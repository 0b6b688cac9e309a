// SPDX-License-Identifier: GPL-2.0
/*
 * patch_fault.c - patches the functions of target_fault.c with some that access
 * no user memory.
 */
#include <linux/livepatch.h>

static ssize_t patch_take(const char __user *from, size_t size)
{
	return 2;
}

static ssize_t patch_give(char __user *to)
{
	return 2;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_take", .new_func = patch_take },
	{ .old_name = "target_give", .new_func = patch_give },
	{ }
};

#define PATCH_OBJECT "target_fault"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: no user access");
