/* SPDX-License-Identifier: GPL-2.0 */
/*
 * blocker.h - tasks that a transition waits for, and why.
 */
#ifndef _KLP_ARM_BLOCKER_H
#define _KLP_ARM_BLOCKER_H

#include <linux/module.h>
#include <linux/sched.h>
#include <uapi/linux/klp_arm.h>

/* Names of functions are cut to this many bytes, with the final NUL. */
#define KLP_ARM_BLOCKER_FUNC_LEN 64

/**
 * struct klp_arm_blocker - a task that was asked and did not switch
 * @task: tells tasks apart; not to be followed, the task may be gone
 * @pid: process, 0 for idle tasks
 * @tid: thread, 0 for idle tasks
 * @cpu: CPU of an idle task, -1 for others
 * @comm: name of the thread
 * @kthread: it is a thread of the kernel
 * @announced: listeners were told
 * @reason: why it did not switch
 * @stack_reason: for unreliable-stack, why the walk gave up
 * @pc: for unreliable-stack, where
 * @func: for sleeping-on-func, the function
 * @attempts: how often it was asked
 * @first_seen: first of these times, monotonic clock, ns
 * @last_seen: last of these times
 * @attempt: number of the last attempt that it failed
 * @number: rises from one to the next, for reading them one by one
 * @recorded: what its last failure in the ring said, hashed
 * @recorded_attempt: number of the attempt when that was recorded
 */
struct klp_arm_blocker {
	const struct task_struct *task;
	pid_t pid, tid;
	int cpu;
	char comm[TASK_COMM_LEN];
	bool kthread, announced;
	enum klp_arm_blocker_reason reason;
	enum klp_arm_stack_reason stack_reason;
	unsigned long pc;
	char func[KLP_ARM_BLOCKER_FUNC_LEN];
	u32 attempts;
	u64 first_seen, last_seen;
	u32 attempt, number;
	u32 recorded, recorded_attempt;
};

void klp_arm_blockers_reset(const char *patch, bool keep_worst);
void klp_arm_blockers_begin(void);
void klp_arm_blockers_prune(void);
struct task_struct *
klp_arm_blocker_task(const struct klp_arm_blocker *blocker);
bool klp_arm_blockers_announce(struct klp_arm_blocker *blocker, char *patch);
bool klp_arm_blocker_from(u32 *next, struct klp_arm_blocker *blocker,
			  char *patch);
bool klp_arm_blocker_worst(struct klp_arm_blocker *blocker);
u32 klp_arm_blockers_dropped(void);
void klp_arm_blockers_count(u32 *reasons);
unsigned int klp_arm_blocker_stack(const struct klp_arm_blocker *blocker,
				   unsigned long *entries, unsigned int max,
				   unsigned int *reliable);

#endif /* _KLP_ARM_BLOCKER_H */
