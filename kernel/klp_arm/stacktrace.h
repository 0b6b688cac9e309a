/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stacktrace.h - stacks and verdicts of the stack walk, for the reporter.
 */
#ifndef _KLP_ARM_STACKTRACE_H
#define _KLP_ARM_STACKTRACE_H

#include <linux/sched.h>
#include <uapi/linux/klp_arm.h>

/*
 * All idle tasks have pid 0, and no other. is_idle_task() does not tell: threads
 * that inject idle time have PF_IDLE, too, but are tasks like others.
 */
static inline bool klp_arm_is_swapper(const struct task_struct *task)
{
	return !task->pid;
}

unsigned int klp_arm_stack_show(struct task_struct *task,
				unsigned long *entries, unsigned int max,
				unsigned int *reliable);

#ifdef CONFIG_KLP_ARM_REPORT

void klp_arm_stack_refused(const struct task_struct *task,
			   enum klp_arm_stack_reason reason, unsigned long pc);

#else /* !CONFIG_KLP_ARM_REPORT */

static inline void klp_arm_stack_refused(const struct task_struct *task,
					 enum klp_arm_stack_reason reason,
					 unsigned long pc)
{
}

#endif /* CONFIG_KLP_ARM_REPORT */

#endif /* _KLP_ARM_STACKTRACE_H */
