// SPDX-License-Identifier: GPL-2.0
/*
 * stack_show.c - show a stack to a reader, also beyond what is proved.
 *
 * A stack that is refused at an exception frame has more on it, and that is what
 * tells the reader what the task was doing: a copy from the file of a server
 * that is dead, say. The registers that the exception saved tell where it was
 * taken. From there on, unwind data is tried. It describes the body of a
 * function, and the exception may have come in a prologue or an epilogue; so
 * functions may be missing or wrong there. The reader is told where that begins.
 *
 * The livepatch core does not come here: klp_arm_stack_show() is called for
 * readers alone, and keeps what it finds to itself.
 */

#include <asm/ptrace.h>

#include "fault_frame.h"
#include "stack_walk.h"
#include "stacktrace.h"

struct frame_list {
	unsigned long *entries;
	unsigned int count, max;
};

static bool show_frame(void *cookie, unsigned long pc)
{
	struct frame_list *stack = cookie;

	if (stack->count == stack->max)
		return false;
	stack->entries[stack->count++] = pc;

	return true;
}

/* From entry text, go to what took the exception. SP rises by that. */
static bool enter_exception(struct klp_arm_stack_walk *walk)
{
	u32 *vrs = walk->frame.vrs;

	walk->faulted = klp_arm_stack_walk_is_inside(walk) &&
			klp_arm_exception_registers(vrs[KLP_ARM_SP],
						    walk->high, vrs);
	return walk->faulted;
}

/*
 * Most assembly without unwind data calls nothing, and has no frame: LR is where
 * it returns to.
 */
static enum klp_arm_stack_reason
show_interrupted(struct klp_arm_stack_walk *walk, struct frame_list *stack)
{
	unsigned int count = stack->count;
	enum klp_arm_stack_reason reason;
	u32 *vrs = walk->frame.vrs;

	reason = klp_arm_stack_walk_on(walk, show_frame, stack);
	if (reason != KLP_ARM_STACK_REASON_NO_UNWIND_DATA ||
	    stack->count != count + 1)
		return reason;

	vrs[KLP_ARM_PC] = vrs[KLP_ARM_LR];
	return klp_arm_stack_walk_on(walk, show_frame, stack);
}

/**
 * klp_arm_stack_show() - read the stack of a task for display
 * @task: a task that does not run and is kept from running
 * @entries: gets an address in each call, from the innermost; of a function that
 *	     took an exception, the address of the instruction
 * @max: how many there is room for
 * @reliable: set to how many of them, from the innermost, are proved. The others
 *	      are behind an exception frame: they are for people to read, and
 *	      prove nothing.
 *
 * Context: any, preemption disabled; the run queue of @task may be locked;
 *	    prints nothing, and counts nothing.
 * Return: how many were read.
 * Since: 1.0
 */
unsigned int klp_arm_stack_show(struct task_struct *task,
				unsigned long *entries, unsigned int max,
				unsigned int *reliable)
{
	struct frame_list stack = { .entries = entries, .max = max };
	enum klp_arm_stack_reason reason;
	struct klp_arm_stack_walk walk;

	klp_arm_stack_walk_start(&walk, task);
	reason = klp_arm_stack_walk_on(&walk, show_frame, &stack);
	*reliable = stack.count;
	while (reason == KLP_ARM_STACK_REASON_EXCEPTION_FRAME &&
	       enter_exception(&walk))
		reason = show_interrupted(&walk, &stack);

	return stack.count;
}
