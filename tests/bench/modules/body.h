/* SPDX-License-Identifier: GPL-2.0 */
/*
 * body.h - the bodies of the functions that are patched, which their
 * replacements have as well: what a patched call executes more than an
 * unpatched one is then what the redirection costs.
 *
 * A function tells where it is, by an instruction that is the same everywhere.
 * So it can be seen whether a call was redirected.
 */
#ifndef _KLP_BENCH_BODY_H
#define _KLP_BENCH_BODY_H

#include <linux/compiler.h>
#include <linux/kthread.h>
#include <linux/wait.h>

/* The compiler may not inline, clone or analyse it: every call is a plain one. */
#define __patchable __attribute__((__noipa__))

/* No frame: the -pg call comes first. */
#define LEAF(name)							\
static __patchable void name(unsigned long *place)			\
{									\
	asm volatile("adr	%0, ." : "=r" (*place));		\
}

/* Registers to save and a local variable: a prologue as most functions have. */
#define FRAME(name)							\
static __patchable void name(unsigned long *place)			\
{									\
	unsigned long local;						\
									\
	asm volatile("" : "=m" (local) : : "r4", "r5", "r6", "lr");	\
	asm volatile("adr	%0, ." : "=r" (*place));		\
	asm volatile("" : : "m" (local));				\
}

/**
 * struct bench_gate - what the thread that holds up transitions sleeps on
 * @queue: where
 * @work: what it is to do next, from within the function; NULL if nothing
 */
struct bench_gate {
	wait_queue_head_t queue;
	void (*work)(void);
};

/* A task is inside until its thread is stopped. */
#define HOLD(name)							\
static __patchable void name(struct bench_gate *gate)			\
{									\
	while (!kthread_should_stop()) {				\
		wait_event(gate->queue,					\
			   gate->work || kthread_should_stop());	\
		if (gate->work)						\
			gate->work();					\
	}								\
}

#endif /* _KLP_BENCH_BODY_H */
