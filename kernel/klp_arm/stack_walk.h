/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stack_walk.h - the walk of a stack, for those who go on where it gives up, and
 * the statistics of that.
 */
#ifndef _KLP_ARM_STACK_WALK_H
#define _KLP_ARM_STACK_WALK_H

#include <linux/llist.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <uapi/linux/klp_arm.h>

#include "ehabi.h"
#include "prologue_insn.h"	/* numbers of registers */

/**
 * struct klp_arm_stack_walk - a frame of a stack, on the way out
 * @task: whose stack it is; it is kept from running
 * @low: first byte of the stack
 * @high: the byte after its last
 * @frame: registers, as the frame's function will have them back
 * @faulted: PC is an instruction that took an exception, not where a call
 *	     returns to
 * @graph_depth: entries of the function-graph tracer that are used up
 * @kretprobe: the last kretprobe instance that was used
 */
struct klp_arm_stack_walk {
	struct task_struct *task;
	unsigned long low, high;
	struct klp_arm_ehabi_frame frame;
	bool faulted;
	int graph_depth;
	struct llist_node *kretprobe;
};

/* Is SP in the task's own stack? */
static inline bool
klp_arm_stack_walk_is_inside(const struct klp_arm_stack_walk *walk)
{
	return walk->frame.vrs[KLP_ARM_SP] >= walk->low &&
	       walk->frame.vrs[KLP_ARM_SP] < walk->high;
}

void klp_arm_stack_walk_start(struct klp_arm_stack_walk *walk,
			      struct task_struct *task);
enum klp_arm_stack_reason
klp_arm_stack_walk_on(struct klp_arm_stack_walk *walk,
		      stack_trace_consume_fn consume, void *cookie);

void klp_arm_stack_failure_count(enum klp_arm_stack_reason reason,
				 unsigned long pc);

#endif /* _KLP_ARM_STACK_WALK_H */
