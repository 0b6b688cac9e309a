// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_lockdown.c - its callback logs what a kernel that is locked down does
 */
#define KLPCTL_FUNCTION "klpctl_target_answer"
#define KLPCTL_ANSWER 4
#define KLPCTL_PRE_PATCH						\
	(pr_notice("Lockdown: klpctl: unsigned module loading is "	\
		   "restricted; see man kernel_lockdown.7\n"), -EPERM)
#include "klpctl_patch.h"
