/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_again.h - lets a patch be enabled again after it was disabled, instead of
 * klp_patch.h.
 *
 * The core does not offer that: a patch is used once, and its module loaded
 * anew. For ARM each time means that the whole area of modules is flushed from
 * all TLBs page by page, so that little else would be seen of a thousand times.
 * Whoever writes to the parameter has to know that the core is through with the
 * patch: nobody holds the module.
 *
 * A module defines patch_funcs and PATCH_OBJECT and includes this last.
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/string.h>

static struct klp_object patch_objects[] = {
	{ .name = PATCH_OBJECT, .funcs = patch_funcs },
	{ }
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = patch_objects,
};

/* As they were when the module was loaded; all else the core sets itself. */
static int patch_enable(const char *value, const struct kernel_param *param)
{
	struct klp_func *func;

	memset(&patch.kobj, 0, sizeof(patch.kobj));
	memset(&patch_objects[0].kobj, 0, sizeof(patch_objects[0].kobj));
	for (func = patch_funcs; func->old_name; func++)
		memset(&func->kobj, 0, sizeof(func->kobj));

	return klp_enable_patch(&patch);
}

static const struct kernel_param_ops patch_enable_ops = {
	.set = patch_enable,
};

module_param_cb(enable, &patch_enable_ops, NULL, 0200);

static int __init patch_init(void)
{
	return 0;
}

static void __exit patch_exit(void)
{
}

module_init(patch_init);
module_exit(patch_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_INFO(test, "Y");
