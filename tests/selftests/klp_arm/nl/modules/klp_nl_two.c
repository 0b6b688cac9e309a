// SPDX-License-Identifier: GPL-2.0
/*
 * klp_nl_two.c - patch the function of klp_nl_one once more.
 */

#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

static int cmdline_proc_show_two(struct seq_file *m, void *v)
{
	seq_puts(m, "klp_nl_two\n");

	return 0;
}

static struct klp_func funcs[] = { {
					   .old_name = "cmdline_proc_show",
					   .new_func = cmdline_proc_show_two,
				   },
				   {} };

static struct klp_object objs[] = { { .funcs = funcs }, {} };

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init klp_nl_two_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit klp_nl_two_exit(void)
{
}

module_init(klp_nl_two_init);
module_exit(klp_nl_two_exit);
MODULE_DESCRIPTION("netlink test: second patch of one function");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
