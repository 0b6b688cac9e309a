// SPDX-License-Identifier: GPL-2.0
/*
 * klp_arm_demo.c - a livepatch that replaces what /proc/version prints
 *
 * version_proc_show() is static, and GCC gives it a prologue of its own before
 * its -pg call, so that the call cannot simply be redirected: what the prologue
 * did must be undone first.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/utsname.h>

static int demo_version_proc_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s version %s, live-patched by %s\n",
		   utsname()->sysname, utsname()->release, KBUILD_MODNAME);
	return 0;
}

static struct klp_func funcs[] = {
	{
		.old_name = "version_proc_show",
		.new_func = demo_version_proc_show,
	},
	{}
};

/* No name: the functions are vmlinux's. */
static struct klp_object objs[] = {
	{ .funcs = funcs },
	{}
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init klp_arm_demo_init(void)
{
	return klp_enable_patch(&patch);
}

/* Disabled and no longer in use before the core lets it be unloaded. */
static void __exit klp_arm_demo_exit(void)
{
}

module_init(klp_arm_demo_init);
module_exit(klp_arm_demo_exit);
MODULE_DESCRIPTION("Livepatch that replaces what /proc/version prints");
MODULE_AUTHOR("klp_arm maintainers");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
