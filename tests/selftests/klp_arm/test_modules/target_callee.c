// SPDX-License-Identifier: GPL-2.0
/*
 * target_callee.c - a function that calls another one, which sleeps until it
 * is released.
 */
#include <linux/sched/signal.h>
#include <linux/wait.h>

#include "klp_release.h"
#include "klp_test.h"
#include "klp_target_answer.h"

static __patchable int target_inner(int a, int b, int c, int d, int e)
{
	int ret = wait_event_killable(release_queue, released);

	return ret ? ret : a + b + c + d + e;
}

static __patchable int target_outer(int a)
{
	int ret = target_inner(a, 1, 2, 3, 4);

	return ret < 0 ? ret : ret - a - 10;
}

static int target_call(void)
{
	return target_outer(5);
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: sleeps in a callee");
