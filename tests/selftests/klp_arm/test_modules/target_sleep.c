// SPDX-License-Identifier: GPL-2.0
/*
 * target_sleep.c - a function that sleeps until it is released.
 */
#include <linux/sched/signal.h>
#include <linux/wait.h>

#include "klp_release.h"
#include "klp_test.h"
#include "klp_target_answer.h"

static bool interruptible;
module_param(interruptible, bool, 0600);
MODULE_PARM_DESC(interruptible, "a signal of any kind ends the sleep");

static __patchable int target_sleep(void)
{
	if (interruptible)
		return wait_event_interruptible(release_queue, released);
	return wait_event_killable(release_queue, released);
}

static int target_call(void)
{
	return target_sleep();
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: sleeps in the function");
