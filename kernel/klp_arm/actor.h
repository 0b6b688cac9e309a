/* SPDX-License-Identifier: GPL-2.0 */
/*
 * actor.h - when something was done to a patch, and by whom.
 */
#ifndef _KLP_ARM_ACTOR_H
#define _KLP_ARM_ACTOR_H

#include <linux/sched.h>
#include <linux/types.h>

/**
 * struct klp_arm_actor - one deed
 * @time: monotonic clock, ns; 0 if it was never done
 * @time_real: wall clock, ns since 1970
 * @pid: process, in the initial PID namespace
 * @uid: real user, in the initial user namespace
 * @comm: name of the task
 */
struct klp_arm_actor {
	u64 time;
	u64 time_real;
	pid_t pid;
	uid_t uid;
	char comm[TASK_COMM_LEN];
};

void klp_arm_actor_set(struct klp_arm_actor *actor);
void klp_arm_actor_act_for(const struct klp_arm_actor *client);

#endif /* _KLP_ARM_ACTOR_H */
