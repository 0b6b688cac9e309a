// SPDX-License-Identifier: GPL-2.0
/*
 * calls.c - count the instructions of single calls, with interrupts off.
 */
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/seq_file.h>

#include "klp_bench.h"

#define REPEATS 5

/* No function is as long; the code of two may be as near. */
#define FUNCTION_SIZE 64

/**
 * struct sample - the calls of one function
 * @kind: its kind
 * @position: which of its kind it is
 * @counts: net instructions of each call
 * @moved: the last one ran other code than the function's
 */
static struct sample {
	const char *kind;
	const char *position;
	u32 counts[REPEATS];
	bool moved;
} samples[16];

static unsigned int sample_count;

/* What the task that measured is in the running transition. */
static int patch_state;

u32 bench_patched;

/*
 * Call between two readings of the counter, with nothing else between them: the
 * argument is where it has to be before.
 */
static noinline notrace u32 count_call(bench_function call, unsigned long *place)
{
	register unsigned long *argument asm("r0") = place;
	u32 before, after;

	asm volatile("isb\n\t"
		     "mrc	p15, 0, %[before], c9, c13, 2\n\t"
		     "blx	%[call]\n\t"
		     "mrc	p15, 0, %[after], c9, c13, 2"
		     : [before] "=&r" (before), [after] "=&r" (after),
		       "+r" (argument)
		     : [call] "r" (call)
		     : "r1", "r2", "r3", "ip", "lr", "memory", "cc");

	return after - before;
}

/* The same without a call: what measuring adds. */
static noinline notrace u32 count_nothing(void)
{
	u32 before, after;

	asm volatile("isb\n\t"
		     "mrc	p15, 0, %[before], c9, c13, 2\n\t"
		     "mrc	p15, 0, %[after], c9, c13, 2"
		     : [before] "=&r" (before), [after] "=&r" (after)
		     : : "memory");

	return after - before;
}

static void measure(const struct bench_kind *kind, const char *position,
		    bench_function call, bench_function code)
{
	struct sample *sample = &samples[sample_count++];
	unsigned long flags, place = 0;
	unsigned int i;

	sample->kind = kind->name;
	sample->position = position;
	for (i = 0; i < REPEATS; i++) {
		local_irq_save(flags);
		sample->counts[i] = count_call(call, &place) - count_nothing();
		local_irq_restore(flags);
	}
	sample->moved = place - (unsigned long)code >= FUNCTION_SIZE;
}

/**
 * bench_calls_measure() - measure calls of the first, a middle and the last
 * function that a patch has, of one that it has not, and of that by a branch
 */
void bench_calls_measure(void)
{
	u32 last = clamp(bench_patched, 1U, BENCH_FUNCTIONS) - 1;
	const struct bench_kind *kind;
	unsigned int i;

	sample_count = 0;
	patch_state = current->patch_state;
	for (i = 0; i < bench_kind_count; i++) {
		kind = &bench_kinds[i];
		measure(kind, "first", kind->functions[0], kind->functions[0]);
		measure(kind, "middle", kind->functions[last / 2],
			kind->functions[last / 2]);
		measure(kind, "last", kind->functions[last],
			kind->functions[last]);
		measure(kind, "other", kind->other, kind->other);
		measure(kind, "branch", kind->branch, kind->other);
	}
}

/**
 * bench_calls_show() - tell what was measured
 * @file: gets a line of words for each function
 */
void bench_calls_show(struct seq_file *file)
{
	const struct sample *sample;
	unsigned int i;

	for (sample = samples; sample < samples + sample_count; sample++) {
		seq_printf(file, "call %d %s %s %s", patch_state, sample->kind,
			   sample->position, sample->moved ? "new" : "old");
		for (i = 0; i < REPEATS; i++)
			seq_printf(file, " %u", sample->counts[i]);
		seq_putc(file, '\n');
	}
}
