/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_bench.h - what the parts of klp_bench have of each other.
 */
#ifndef _KLP_BENCH_H
#define _KLP_BENCH_H

#include <linux/types.h>

struct bench_gate;
struct dentry;
struct seq_file;

#define BENCH_FUNCTIONS 1000

/* Stores the address of one of its instructions. */
typedef void (*bench_function)(unsigned long *place);

/**
 * struct bench_kind - functions with the same prologue
 * @name: what figures are called
 * @functions: those that a patch can replace, from the first on
 * @other: one that no patch replaces
 * @branch: code that does nothing but go on to @other
 */
struct bench_kind {
	const char *name;
	const bench_function *functions;
	bench_function other;
	bench_function branch;
};

extern const struct bench_kind bench_kinds[];
extern const unsigned int bench_kind_count;

void bench_hold(struct bench_gate *gate);

/*
 * The low half of what bench_instructions() counts, by event 8 (INST_RETIRED,
 * ARM ARM DDI 0406C, C12.8.2) of counter 0, which counter.c sets up.
 */
static inline u32 bench_instructions_low(void)
{
	u32 count;

	asm volatile("isb\n\tmrc	p15, 0, %0, c9, c13, 2"
		     : "=r" (count) : : "memory");

	return count;
}

void bench_counter_init(void);
void bench_counter_exit(void);
u64 bench_instructions(void);

/* The number of functions of each kind that a patch has, which is to be set. */
extern u32 bench_patched;

void bench_calls_measure(void);
void bench_calls_show(struct seq_file *file);

void bench_held_init(struct dentry *directory);
void bench_held_exit(void);

void bench_span_begin(void);
void bench_span_end(void);
int bench_span_init(struct dentry *directory);
void bench_span_exit(void);

int bench_stack_init(struct dentry *directory);
void bench_stack_exit(void);

#endif /* _KLP_BENCH_H */
