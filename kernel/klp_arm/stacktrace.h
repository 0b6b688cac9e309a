/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stacktrace.h - verdicts of the reliable stack walk.
 */
#ifndef _KLP_ARM_STACKTRACE_H
#define _KLP_ARM_STACKTRACE_H

/* Why a stack was not trusted. */
enum klp_arm_stack_reason {
	KLP_ARM_STACK_RELIABLE = 0,
	KLP_ARM_STACK_OUT_OF_BOUNDS,	/* SP left the task's stack, or fell */
	KLP_ARM_STACK_EXCEPTION,	/* an exception frame in mid-stack */
	KLP_ARM_STACK_NOT_TEXT,		/* a return address into no code */
	KLP_ARM_STACK_TRAMPOLINE,	/* tracer code whose caller is unknown */
	KLP_ARM_STACK_NO_UNWIND_DATA,	/* nothing known about the frame */
	KLP_ARM_STACK_NO_FRAME,		/* a call by a function's first insn */
	KLP_ARM_STACK_BAD_UNWIND_DATA,	/* the frame's data cannot be run */
	KLP_ARM_STACK_TOO_DEEP,		/* more frames than the caller takes */
	KLP_ARM_STACK_REASON_COUNT
};

#endif /* _KLP_ARM_STACKTRACE_H */
