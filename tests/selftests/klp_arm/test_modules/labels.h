/* SPDX-License-Identifier: GPL-2.0 */
/*
 * labels.h - threads that look at each of many branches on static keys while
 * the keys change. To be included by each module that has such branches.
 */
#ifndef LABELS_H
#define LABELS_H

#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/jump_label.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>

DECLARE_STATIC_KEY_FALSE(labels_false);
DECLARE_STATIC_KEY_TRUE(labels_true);

/* Odd while the keys change; every second even one has them as at first. */
extern unsigned int labels_generation;

/* What the threads of both modules have seen */
extern atomic_t labels_rounds;
extern atomic_t labels_wrong;

/* name_64() runs 64 branches, and says how many of them were taken. */
#define LABELS_OF_A_KIND 64
#define LABELS(name, branch)						\
static __always_inline unsigned int name##_1(void)			\
{									\
	return branch;							\
}									\
static __always_inline unsigned int name##_4(void)			\
{									\
	return name##_1() + name##_1() + name##_1() + name##_1();	\
}									\
static __always_inline unsigned int name##_16(void)			\
{									\
	return name##_4() + name##_4() + name##_4() + name##_4();	\
}									\
static __always_inline unsigned int name##_64(void)			\
{									\
	return name##_16() + name##_16() + name##_16() + name##_16();	\
}

/* All four forms that a branch can have */
LABELS(labels_likely_false, static_branch_likely(&labels_false))
LABELS(labels_unlikely_false, static_branch_unlikely(&labels_false))
LABELS(labels_likely_true, static_branch_likely(&labels_true))
LABELS(labels_unlikely_true, static_branch_unlikely(&labels_true))

static noinline bool labels_all_are(bool changed)
{
	unsigned int if_false = changed ? LABELS_OF_A_KIND : 0;
	unsigned int if_true = changed ? 0 : LABELS_OF_A_KIND;

	return labels_likely_false_64() == if_false &&
	       labels_unlikely_false_64() == if_false &&
	       labels_likely_true_64() == if_true &&
	       labels_unlikely_true_64() == if_true;
}

static int labels_look(void *unused)
{
	unsigned int before;
	bool right;

	while (!kthread_should_stop()) {
		/* Pairs with the store of the next even one in labels_change() */
		before = smp_load_acquire(&labels_generation);
		right = labels_all_are(before & 2);
		/* Pairs with the smp_wmb() in labels_change() */
		smp_rmb();
		if (!(before & 1) && READ_ONCE(labels_generation) == before) {
			atomic_inc(&labels_rounds);
			if (!right)
				atomic_inc(&labels_wrong);
		}
		/* The plain one would hold up the tracer's RCU. */
		cond_resched_tasks_rcu_qs();
	}
	return 0;
}

/* The guest has no more processors. */
static struct task_struct *labels_threads[8];

static void labels_stop(void)
{
	int cpu;

	for (cpu = 0; cpu < ARRAY_SIZE(labels_threads); cpu++)
		if (!IS_ERR_OR_NULL(labels_threads[cpu]))
			kthread_stop(labels_threads[cpu]);
}

static int labels_start(void)
{
	int cpu, ret;

	if (num_present_cpus() > ARRAY_SIZE(labels_threads))
		return -E2BIG;
	for (cpu = 0; cpu < num_present_cpus(); cpu++) {
		labels_threads[cpu] = kthread_create(labels_look, NULL, "%s/%d",
						     KBUILD_MODNAME, cpu);
		if (IS_ERR(labels_threads[cpu])) {
			ret = PTR_ERR(labels_threads[cpu]);
			labels_stop();
			return ret;
		}
		kthread_bind(labels_threads[cpu], cpu);
		wake_up_process(labels_threads[cpu]);
	}
	return 0;
}

#endif /* LABELS_H */
