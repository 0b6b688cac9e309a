// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_ipmodify.c - another that may change where calls of a function go
 *
 * It changes nothing, but as long as it is loaded, ftrace lets no one else do so.
 */
#include <linux/ftrace.h>
#include <linux/module.h>

static void notrace klpctl_change_nothing(unsigned long ip,
					  unsigned long parent_ip,
					  struct ftrace_ops *ops,
					  struct ftrace_regs *fregs)
{
}

static struct ftrace_ops klpctl_ops = {
	.func = klpctl_change_nothing,
	.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY,
};

static unsigned char klpctl_filter[] = "klpctl_target_answer";

static int __init klpctl_ipmodify_init(void)
{
	int err;

	err = ftrace_set_filter(&klpctl_ops, klpctl_filter,
				sizeof(klpctl_filter) - 1, 1);
	if (err)
		return err;

	err = register_ftrace_function(&klpctl_ops);
	if (err)
		ftrace_free_filter(&klpctl_ops);

	return err;
}

static void __exit klpctl_ipmodify_exit(void)
{
	unregister_ftrace_function(&klpctl_ops);
	ftrace_free_filter(&klpctl_ops);
}

module_init(klpctl_ipmodify_init);
module_exit(klpctl_ipmodify_exit);
MODULE_DESCRIPTION("User of a function's calls, of klpctl's tests");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
