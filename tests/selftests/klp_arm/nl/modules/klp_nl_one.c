// SPDX-License-Identifier: GPL-2.0
/*
 * klp_nl_one.c - patch one function of the kernel image.
 */

#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

static int cmdline_proc_show_one(struct seq_file *m, void *v)
{
	seq_puts(m, "klp_nl_one\n");

	return 0;
}

static struct klp_func funcs[] = { {
					   .old_name = "cmdline_proc_show",
					   .new_func = cmdline_proc_show_one,
				   },
				   {} };

static struct klp_object objs[] = { { .funcs = funcs }, {} };

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init klp_nl_one_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit klp_nl_one_exit(void)
{
}

module_init(klp_nl_one_init);
module_exit(klp_nl_one_exit);
MODULE_DESCRIPTION("netlink test: patch of one function");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
