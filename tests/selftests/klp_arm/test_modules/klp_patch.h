/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_patch.h - the rest of a patch module.
 *
 * A module defines the array patch_funcs and PATCH_OBJECT (a module's name,
 * or NULL for vmlinux), or for several objects the array patch_objects;
 * perhaps PATCH_REPLACE; and includes this last.
 */
#include <linux/livepatch.h>
#include <linux/module.h>

#ifndef PATCH_REPLACE
#define PATCH_REPLACE false
#endif

#ifdef PATCH_OBJECT
static struct klp_object patch_objects[] = {
	{ .name = PATCH_OBJECT, .funcs = patch_funcs },
	{ }
};
#endif

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = patch_objects,
	.replace = PATCH_REPLACE,
};

static int __init patch_init(void)
{
	return klp_enable_patch(&patch);
}

/* The core lets the module go only after the patch was disabled. */
static void __exit patch_exit(void)
{
}

module_init(patch_init);
module_exit(patch_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_INFO(test, "Y");
