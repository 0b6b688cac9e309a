/* SPDX-License-Identifier: GPL-2.0 */
/*
 * actor.h - when something was done to a patch, and by whom.
 */
#ifndef _KLP_ARM_ACTOR_H
#define _KLP_ARM_ACTOR_H

#include <linux/cred.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>
#include <linux/uidgid.h>

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

/* The current task did it, now. */
static inline void klp_arm_actor_set(struct klp_arm_actor *actor)
{
	actor->time = ktime_get_ns();
	actor->time_real = ktime_get_real_ns();
	actor->pid = task_tgid_nr(current);
	actor->uid = from_kuid_munged(&init_user_ns, current_uid());
	get_task_comm(actor->comm, current);
}

#endif /* _KLP_ARM_ACTOR_H */
