// SPDX-License-Identifier: GPL-2.0
/*
 * target.c - the module that klpctl's tests patch
 *
 * Reading /proc/klpctl_answer calls a function and shows its answer. Reading
 * /proc/klpctl_wait sleeps in one until something is written to it.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/wait.h>

#include "twin.h"

static DECLARE_WAIT_QUEUE_HEAD(klpctl_queue);
static bool klpctl_go;

static noinline int klpctl_target_answer(void)
{
	barrier();
	return 0;
}

/*
 * The sleeper is in this function, not only below it: it may not be inlined. What
 * the core sends after 15 seconds does not wake it up.
 */
static noinline int klpctl_target_wait(void)
{
	int err = wait_event_killable(klpctl_queue, READ_ONCE(klpctl_go));

	return err;
}

static noinline int klpctl_target_twin(void)
{
	barrier();
	return 0;
}

/* Nothing can tell whether the condition held: no recipe undoes it. */
static __naked notrace int klpctl_target_refused(void)
{
	asm volatile(".save {r4, lr}\n"
		     "push {r4, lr}\n"
		     "cmp r0, #8\n"
		     "moveq ip, #1\n"
		     "push {lr}\n"
		     "bl __gnu_mcount_nc\n"
		     "mov r0, #0\n"
		     "pop {r4, pc}\n");
}

static int klpctl_answer_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", klpctl_target_answer());
	return 0;
}

static int klpctl_wait_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", klpctl_target_wait());
	return 0;
}

static int klpctl_wait_open(struct inode *inode, struct file *file)
{
	return single_open(file, klpctl_wait_show, NULL);
}

/* 1 lets all sleepers go, 0 makes the next ones sleep. */
static ssize_t klpctl_wait_write(struct file *file, const char __user *buf,
				 size_t count, loff_t *pos)
{
	bool go;
	int err = kstrtobool_from_user(buf, count, &go);

	if (err)
		return err;
	WRITE_ONCE(klpctl_go, go);
	wake_up_all(&klpctl_queue);
	return count;
}

static const struct proc_ops klpctl_wait_ops = {
	.proc_open	= klpctl_wait_open,
	.proc_read	= seq_read,
	.proc_lseek	= seq_lseek,
	.proc_write	= klpctl_wait_write,
	.proc_release	= single_release,
};

static int __init klpctl_target_init(void)
{
	/* Called, so that the compiler keeps them. */
	if (klpctl_target_twin() || klpctl_target_other_twin() ||
	    klpctl_target_refused())
		return -EINVAL;
	if (!proc_create_single("klpctl_answer", 0444, NULL,
				klpctl_answer_show))
		return -ENOMEM;
	if (!proc_create("klpctl_wait", 0644, NULL, &klpctl_wait_ops)) {
		remove_proc_entry("klpctl_answer", NULL);
		return -ENOMEM;
	}
	return 0;
}

static void __exit klpctl_target_exit(void)
{
	remove_proc_entry("klpctl_wait", NULL);
	remove_proc_entry("klpctl_answer", NULL);
}

module_init(klpctl_target_init);
module_exit(klpctl_target_exit);
MODULE_DESCRIPTION("Target of klpctl's tests");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
