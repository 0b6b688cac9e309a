// SPDX-License-Identifier: GPL-2.0
/*
 * stack.c - what it costs to look at a sleeping task's stack, as a transition
 * does it, by the number of frames.
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/irqflags.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/stacktrace.h>

#include "body.h"
#include "klp_bench.h"

/* Calls between the thread's function and the one that sleeps. */
static const unsigned long depths[] = { 4, 24 };

static struct task_struct *threads[ARRAY_SIZE(depths)];

static int (*walk_reliable)(stack_trace_consume_fn consume, void *cookie,
			    struct task_struct *task);

static __patchable void descend(unsigned long depth)
{
	if (depth) {
		descend(depth - 1);
		/* Something is to be done after the call: it is no jump. */
		barrier();
		return;
	}

	set_current_state(TASK_INTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_INTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);
}

static int sleep_deep(void *depth)
{
	descend(*(const unsigned long *)depth);

	return 0;
}

static bool count_frame(void *cookie, unsigned long address)
{
	(*(unsigned int *)cookie)++;

	return true;
}

static void wait_asleep(struct task_struct *thread)
{
	while (READ_ONCE(thread->on_rq))
		schedule_timeout_uninterruptible(1);
}

static int stack_show(struct seq_file *file, void *unused)
{
	unsigned int i, frames;
	unsigned long flags;
	u32 before, after;
	int ret;

	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		wait_asleep(threads[i]);
		frames = 0;
		local_irq_save(flags);
		before = bench_instructions_low();
		ret = walk_reliable(count_frame, &frames, threads[i]);
		after = bench_instructions_low();
		local_irq_restore(flags);
		if (ret)
			return ret;
		seq_printf(file, "stack %u %u\n", frames, after - before);
	}

	return 0;
}
DEFINE_SHOW_ATTRIBUTE(stack);

/* Modules may not look up what is not exported; probes may. */
static int find_walk(void)
{
	struct kprobe probe = { .symbol_name = "arch_stack_walk_reliable" };
	int ret = register_kprobe(&probe);

	if (ret)
		return ret;
	/* An address, not a pointer: those have bit 0 set in Thumb code. */
	walk_reliable = (void *)((unsigned long)probe.addr |
				 IS_ENABLED(CONFIG_THUMB2_KERNEL));
	unregister_kprobe(&probe);

	return 0;
}

/**
 * bench_stack_init() - offer the file "stack"
 * @directory: where
 *
 * Return: 0, or why not; then nothing is left.
 */
int bench_stack_init(struct dentry *directory)
{
	unsigned int i;
	int ret = find_walk();

	if (ret)
		return ret;

	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		threads[i] = kthread_run(sleep_deep, (void *)&depths[i],
					 "klp_bench_%lu", depths[i]);
		if (IS_ERR(threads[i])) {
			ret = PTR_ERR(threads[i]);
			threads[i] = NULL;
			bench_stack_exit();
			return ret;
		}
	}
	debugfs_create_file("stack", 0400, directory, NULL, &stack_fops);

	return 0;
}

/**
 * bench_stack_exit() - let the tasks go
 */
void bench_stack_exit(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(threads); i++)
		if (threads[i])
			kthread_stop(threads[i]);
}
