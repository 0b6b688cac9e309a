// SPDX-License-Identifier: GPL-2.0
/*
 * target_kthread.c - a kernel thread that sleeps in the function until it is
 * released, and then outside of it; or one that never sleeps.
 */
#include <linux/debugfs.h>
#include <linux/kthread.h>
#include <linux/seq_file.h>

#include "klp_release.h"
#include "klp_test.h"
#include "klp_target_answer.h"

static struct task_struct *target_thread;
static struct dentry *target_file;
static int target_last = TARGET_MIXED;

static __patchable int target_step(void)
{
	wait_event(release_queue, released);
	return 0;
}

static bool busy;
module_param(busy, bool, 0400);
MODULE_PARM_DESC(busy, "call the function again and again, without sleep");

/* Every round of "released" lets the thread call the function once more. */
static int target_loop(void *unused)
{
	while (!kthread_should_stop()) {
		WRITE_ONCE(target_last, target_step());
		if (busy)
			/* The plain one would hold up the tracer's RCU. */
			cond_resched_tasks_rcu_qs();
		else
			wait_event(release_queue,
				   !released || kthread_should_stop());
	}
	return 0;
}

static int target_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%s\n", target_answer_name(READ_ONCE(target_last)));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(target);

static int __init target_init(void)
{
	target_thread = kthread_run(target_loop, NULL, KBUILD_MODNAME);
	if (IS_ERR(target_thread))
		return PTR_ERR(target_thread);
	target_file = debugfs_create_file(KBUILD_MODNAME, 0400, NULL, NULL,
					  &target_fops);
	return 0;
}

static void __exit target_exit(void)
{
	debugfs_remove(target_file);
	WRITE_ONCE(released, true);
	wake_up_all(&release_queue);
	kthread_stop(target_thread);
}

module_init(target_init);
module_exit(target_exit);
MODULE_DESCRIPTION("Target of klp_arm tests: a kernel thread");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
