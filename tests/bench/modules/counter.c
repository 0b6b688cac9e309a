// SPDX-License-Identifier: GPL-2.0
/*
 * counter.c - count the instructions that the processor executes.
 *
 * The counter has 32 bits, and there are no more than 10^9 instructions in a
 * second of a guest that runs with -icount shift=0: a look at it every second
 * sees every overflow.
 */
#include <linux/irqflags.h>
#include <linux/timer.h>

#include "klp_bench.h"

static u64 total;
static u32 seen;

/**
 * bench_instructions() - tell how many instructions have been executed
 *
 * Return: their number since bench_counter_init().
 */
u64 bench_instructions(void)
{
	unsigned long flags;
	u64 result;
	u32 now;

	local_irq_save(flags);
	now = bench_instructions_low();
	total += now - seen;
	seen = now;
	result = total;
	local_irq_restore(flags);

	return result;
}

static void look(struct timer_list *timer)
{
	bench_instructions();
	mod_timer(timer, jiffies + HZ);
}

static DEFINE_TIMER(timer, look);

/**
 * bench_counter_init() - start to count, and let user space read the counter
 *
 * ARM ARM DDI 0406C, C12.8. Nothing gives the counter back: the kernel must
 * have no driver for it.
 */
void bench_counter_init(void)
{
	asm volatile("mcr	p15, 0, %0, c9, c12, 5\n\t"	/* PMSELR */
		     "isb\n\t"
		     "mcr	p15, 0, %1, c9, c13, 1\n\t"	/* PMXEVTYPER */
		     "mcr	p15, 0, %2, c9, c12, 1\n\t"	/* PMCNTENSET */
		     "mcr	p15, 0, %2, c9, c12, 0\n\t"	/* PMCR.E */
		     "mcr	p15, 0, %2, c9, c14, 0\n\t"	/* PMUSERENR */
		     "isb"
		     : : "r" (0), "r" (8), "r" (1));
	seen = bench_instructions_low();
	mod_timer(&timer, jiffies + HZ);
}

/**
 * bench_counter_exit() - stop to look at the counter
 */
void bench_counter_exit(void)
{
	timer_shutdown_sync(&timer);
}
