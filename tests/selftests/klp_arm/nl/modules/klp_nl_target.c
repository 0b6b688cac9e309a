// SPDX-License-Identifier: GPL-2.0
/*
 * klp_nl_target.c - a module with a function that tasks sleep in.
 *
 * Reading /proc/klp_nl_target sleeps in klp_nl_target_pass() until the gate is
 * open. Writing '1' opens it, '0' closes it. /proc/klp_nl_waiting shows how
 * many tasks sleep in the original and in the replacement.
 */

#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include "klp_nl_gate.h"

static struct klp_nl_gate gate;

/*
 * The gate is an argument, so the replacement needs no symbol of ours. No clone
 * may take the place of the function: it would have another name.
 */
static noinline __noclone int klp_nl_target_pass(struct klp_nl_gate *g)
{
	atomic_inc(&g->waiting_old);
	wait_event(g->queue, atomic_read(&g->open));
	atomic_dec(&g->waiting_old);

	return 1;
}

static ssize_t target_read(struct file *file, char __user *buf, size_t len,
			   loff_t *pos)
{
	return klp_nl_target_pass(&gate) ? 0 : -EIO;
}

static ssize_t target_write(struct file *file, const char __user *buf,
			    size_t len, loff_t *pos)
{
	char c;

	if (!len || get_user(c, buf))
		return -EFAULT;

	atomic_set(&gate.open, c == '1');
	wake_up_all(&gate.queue);

	return len;
}

static const struct proc_ops target_ops = {
	.proc_read = target_read,
	.proc_write = target_write,
};

static int waiting_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d %d\n", atomic_read(&gate.waiting_old),
		   atomic_read(&gate.waiting_new));

	return 0;
}

static int __init klp_nl_target_init(void)
{
	init_waitqueue_head(&gate.queue);
	if (!proc_create("klp_nl_target", 0600, NULL, &target_ops))
		return -ENOMEM;
	if (!proc_create_single("klp_nl_waiting", 0400, NULL, waiting_show)) {
		remove_proc_entry("klp_nl_target", NULL);
		return -ENOMEM;
	}

	return 0;
}

static void __exit klp_nl_target_exit(void)
{
	remove_proc_entry("klp_nl_waiting", NULL);
	remove_proc_entry("klp_nl_target", NULL);
}

module_init(klp_nl_target_init);
module_exit(klp_nl_target_exit);
MODULE_DESCRIPTION("netlink test: a function that tasks sleep in");
MODULE_LICENSE("GPL");
