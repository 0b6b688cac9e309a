/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klpctl_patch.h - a whole livepatch module: the function KLPCTL_FUNCTION of
 * the target is replaced by one that returns KLPCTL_ANSWER, after the callback
 * KLPCTL_PRE_PATCH, if that is defined
 */
#ifndef KLPCTL_PATCH_H
#define KLPCTL_PATCH_H

#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/module.h>

#ifndef KLPCTL_REPLACE
#define KLPCTL_REPLACE false
#endif

static int klpctl_replacement(void)
{
	return KLPCTL_ANSWER;
}

static struct klp_func klpctl_funcs[] = {
	{ .old_name = KLPCTL_FUNCTION, .new_func = klpctl_replacement, }, {}
};

/* Called before the patch is applied; what it returns is what load gets. */
#ifdef KLPCTL_PRE_PATCH
static int klpctl_pre_patch(struct klp_object *obj)
{
	return KLPCTL_PRE_PATCH;
}
#else
#define klpctl_pre_patch NULL
#endif

static struct klp_object klpctl_objects[] = {
	{
		.name = "klpctl_target", .funcs = klpctl_funcs,
		.callbacks = { .pre_patch = klpctl_pre_patch, },
	}, {}
};

static struct klp_patch klpctl_patch = {
	.mod = THIS_MODULE, .objs = klpctl_objects, .replace = KLPCTL_REPLACE,
};

static int __init klpctl_init(void)
{
	return klp_enable_patch(&klpctl_patch);
}

static void __exit klpctl_exit(void)
{
}

module_init(klpctl_init);
module_exit(klpctl_exit);
MODULE_DESCRIPTION("Patch of klpctl's tests");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_INFO(test, "Y");

#endif /* KLPCTL_PATCH_H */
