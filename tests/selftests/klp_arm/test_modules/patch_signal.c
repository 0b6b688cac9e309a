// SPDX-License-Identifier: GPL-2.0
/*
 * patch_signal.c - patches do_signal_stop(), in which a task that was sent SIGSTOP
 * sleeps on its way to user space, with one in which it sleeps as well.
 */
#include <linux/livepatch.h>
#include <linux/sched.h>
#include <linux/sched/jobctl.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>

/*
 * A thread stops for itself only, and its parent is not told. SIGCONT may have come
 * since the signal was taken: then it must not stop.
 */
static bool patch_signal_stop(int signr)
	__releases(&current->sighand->siglock)
{
	if (!(current->jobctl & JOBCTL_STOP_DEQUEUED))
		return false;

	current->jobctl |= JOBCTL_STOPPED;
	set_special_state(TASK_STOPPED);
	spin_unlock_irq(&current->sighand->siglock);
	schedule();
	return true;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "do_signal_stop", .new_func = patch_signal_stop },
	{ }
};

#define PATCH_OBJECT NULL
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: how a signal stops a task");
