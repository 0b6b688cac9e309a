// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_asleep.c - its replacement sleeps until a signal comes
 */
#include <linux/sched.h>

#define KLPCTL_FUNCTION "klpctl_target_wait"
/* A sum, so that the sleeper is in the replacement, not only below it. */
#define KLPCTL_ANSWER							\
	(1 + !!schedule_timeout_interruptible(MAX_SCHEDULE_TIMEOUT))
#include "klpctl_patch.h"
