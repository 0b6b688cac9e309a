// SPDX-License-Identifier: GPL-2.0
/*
 * patch_named.c - patches the functions that its parameters name.
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/seq_file.h>

static char *object;
module_param(object, charp, 0400);
MODULE_PARM_DESC(object, "module of the functions (default: vmlinux)");

static char *show;
module_param(show, charp, 0400);
MODULE_PARM_DESC(show, "seq_file function that shall show a line of ours");

static uint sympos;
module_param(sympos, uint, 0400);
MODULE_PARM_DESC(sympos, "which function of that name");

static char *second;
module_param(second, charp, 0400);
MODULE_PARM_DESC(second, "a second function, to return 1");

static int patch_show(struct seq_file *file, void *unused)
{
	seq_puts(file, "klp_arm test\n");
	return 0;
}

static int patch_second(void)
{
	return 1;
}

static struct klp_func patch_funcs[3];

static struct klp_object patch_objects[] = {
	{ .funcs = patch_funcs },
	{ }
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = patch_objects,
};

static int __init patch_init(void)
{
	struct klp_func *func = patch_funcs;

	patch_objects[0].name = object;
	if (show) {
		func->old_name = show;
		func->old_sympos = sympos;
		func->new_func = patch_show;
		func++;
	}
	func->old_name = second;
	func->new_func = second ? patch_second : NULL;

	return klp_enable_patch(&patch);
}

/* The core lets the module go only after the patch was disabled. */
static void __exit patch_exit(void)
{
}

module_init(patch_init);
module_exit(patch_exit);
MODULE_DESCRIPTION("Patch of klp_arm tests: functions by name");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_INFO(test, "Y");
