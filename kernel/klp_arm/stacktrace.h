/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stacktrace.h - verdicts of the reliable stack walk, for the reporter.
 */
#ifndef _KLP_ARM_STACKTRACE_H
#define _KLP_ARM_STACKTRACE_H

#include <linux/stacktrace.h>
#include <uapi/linux/klp_arm.h>

enum klp_arm_stack_reason klp_arm_stack_walk(stack_trace_consume_fn consume,
					     void *cookie,
					     struct task_struct *task);

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
