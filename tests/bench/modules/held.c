// SPDX-License-Identifier: GPL-2.0
/*
 * held.c - a thread that sleeps in a function until it is told to leave, so that
 * a transition of that function does not end; it measures on request.
 */
#include <linux/completion.h>
#include <linux/debugfs.h>
#include <linux/kthread.h>
#include <linux/seq_file.h>

#include "body.h"
#include "klp_bench.h"

static struct bench_gate gate;
static struct task_struct *thread;
static DECLARE_COMPLETION(measured);

static int hold(void *unused)
{
	bench_hold(&gate);

	return 0;
}

static void work(void)
{
	gate.work = NULL;
	bench_calls_measure();
	complete(&measured);
}

static int hold_set(void *unused, u64 value)
{
	struct task_struct *started;

	if (!value == !thread)
		return 0;

	if (!value) {
		kthread_stop(thread);
		thread = NULL;
		return 0;
	}

	started = kthread_run(hold, NULL, "klp_bench_hold");
	if (IS_ERR(started))
		return PTR_ERR(started);
	thread = started;

	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(hold_fops, NULL, hold_set, "%llu\n");

/* Calls as they are for a task that has not switched. */
static int held_calls_show(struct seq_file *file, void *unused)
{
	if (!thread)
		return -ESRCH;

	reinit_completion(&measured);
	gate.work = work;
	wake_up_all(&gate.queue);
	wait_for_completion(&measured);
	bench_calls_show(file);

	return 0;
}
DEFINE_SHOW_ATTRIBUTE(held_calls);

/**
 * bench_held_init() - offer the files "hold" and "held_calls"
 * @directory: where
 */
void bench_held_init(struct dentry *directory)
{
	init_waitqueue_head(&gate.queue);
	debugfs_create_file("hold", 0200, directory, NULL, &hold_fops);
	debugfs_create_file("held_calls", 0400, directory, NULL,
			    &held_calls_fops);
}

/**
 * bench_held_exit() - let the thread go
 */
void bench_held_exit(void)
{
	hold_set(NULL, 0);
}
