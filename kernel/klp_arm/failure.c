// SPDX-License-Identifier: GPL-2.0
/*
 * failure.c - remember stack checks that failed.
 *
 * A transition that hung for an hour and then ended by itself is understood
 * afterwards, if at all, from what is kept here: a ring of the last failures,
 * which survives the transition, and counters that never wrap.
 *
 * klp_arm_failure_lock protects all of this. It nests inside
 * klp_arm_blocker_lock, which is raw for tasks that ask themselves with preemption
 * disabled; so it is raw as well, and nothing is printed under it.
 */

#include <linux/klp_arm.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include "failure.h"
#include "stacktrace.h"

static DEFINE_RAW_SPINLOCK(klp_arm_failure_lock);

/* Failure @id is in slot @id % KLP_ARM_FAILURES_MAX. */
static struct klp_arm_failure klp_arm_failures[KLP_ARM_FAILURES_MAX];
static u64 klp_arm_failure_last;	/* id of the newest */
static u64 klp_arm_failure_cleared;	/* this id and below were forgotten */
static struct klp_arm_failure_counters klp_arm_counters;

/*
 * What the last walk on this CPU said. Both the walk and klp_arm_take_refusal()
 * run with preemption disabled by the one caller of both, and no interrupt walks
 * a stack, so there is nothing in between.
 */
struct klp_arm_refused {
	const struct task_struct *task;
	struct klp_arm_stack_refusal why;
};

static DEFINE_PER_CPU(struct klp_arm_refused, klp_arm_refused);

/**
 * klp_arm_stack_refused() - note why the walk of a stack gave up
 * @task: the task
 * @reason: why
 * @pc: where
 *
 * Context: any but interrupts; the run queue of @task may be locked.
 */
void klp_arm_stack_refused(const struct task_struct *task,
			   enum klp_arm_stack_reason reason, unsigned long pc)
{
	struct klp_arm_refused *refused = get_cpu_ptr(&klp_arm_refused);

	refused->task = task;
	refused->why.reason = reason;
	refused->why.pc = pc;
	put_cpu_ptr(&klp_arm_refused);
}

/**
 * klp_arm_take_refusal() - ask why the walk of a stack gave up
 * @task: the task
 * @refusal: gets the reason
 *
 * Hook of the livepatch core, which calls it where the walk has just returned.
 *
 * Context: preemption disabled since before the walk; the run queue of @task may
 *	    be locked.
 */
void klp_arm_take_refusal(const struct task_struct *task,
			  struct klp_arm_stack_refusal *refusal)
{
	struct klp_arm_refused *refused = this_cpu_ptr(&klp_arm_refused);

	*refusal = (struct klp_arm_stack_refusal) { };
	if (refused->task != task)
		return;

	*refusal = refused->why;
	refused->task = NULL;
}

/**
 * klp_arm_failure_record() - put a failure into the ring
 * @who: the task and the reason; one that was only running did not fail
 * @patch: name of the patch in transition
 *
 * The patch and its module stay meanwhile: the task that was asked has not
 * switched, and with interrupts off it cannot, so the transition does not end
 * but by force, and then the core never gives the module back.
 *
 * Context: klp_arm_blocker_lock held.
 * Return: whether it was put there.
 */
bool klp_arm_failure_record(const struct klp_arm_blocker *who,
			    const char *patch)
{
	struct klp_arm_failure *failure;
	unsigned long flags;

	if (who->reason != KLP_ARM_BLOCKER_REASON_SLEEPING_ON_FUNC &&
	    who->reason != KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK)
		return false;

	raw_spin_lock_irqsave(&klp_arm_failure_lock, flags);
	failure = &klp_arm_failures[++klp_arm_failure_last %
				    KLP_ARM_FAILURES_MAX];
	if (failure->id > klp_arm_failure_cleared)
		klp_arm_counters.dropped++;
	failure->id = klp_arm_failure_last;
	failure->time = ktime_get_mono_fast_ns();
	failure->time_real = ktime_get_real_fast_ns();
	strscpy(failure->patch, patch);
	failure->who = *who;
	raw_spin_unlock_irqrestore(&klp_arm_failure_lock, flags);

	return true;
}

/**
 * klp_arm_failure_count() - count a task that was asked
 * @err: 0 if it switched
 * @reason: why not
 * @stack_reason: for KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK, why
 */
void klp_arm_failure_count(int err, enum klp_arm_blocker_reason reason,
			   enum klp_arm_stack_reason stack_reason)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&klp_arm_failure_lock, flags);
	klp_arm_counters.checks++;
	if (err) {
		klp_arm_counters.reasons[reason]++;
		if (reason == KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK)
			klp_arm_counters.stacks[stack_reason]++;
	}
	raw_spin_unlock_irqrestore(&klp_arm_failure_lock, flags);
}

/**
 * klp_arm_failure_from() - read the failures one by one
 * @from: lowest id that is wanted; 0 and 1 stand for the oldest
 * @failure: gets a copy of the first whose id is not below @from
 *
 * Return: whether there was one.
 */
bool klp_arm_failure_from(u64 from, struct klp_arm_failure *failure)
{
	u64 oldest = 1;
	unsigned long flags;
	bool found;

	raw_spin_lock_irqsave(&klp_arm_failure_lock, flags);
	if (klp_arm_failure_last > KLP_ARM_FAILURES_MAX)
		oldest = klp_arm_failure_last - KLP_ARM_FAILURES_MAX + 1;
	from = max3(from, oldest, klp_arm_failure_cleared + 1);
	found = from <= klp_arm_failure_last;
	if (found)
		*failure = klp_arm_failures[(u32)from % KLP_ARM_FAILURES_MAX];
	raw_spin_unlock_irqrestore(&klp_arm_failure_lock, flags);

	return found;
}

/**
 * klp_arm_failure_newest() - number of the last failure
 *
 * Return: its id, 0 if there was none.
 */
u64 klp_arm_failure_newest(void)
{
	unsigned long flags;
	u64 newest;

	raw_spin_lock_irqsave(&klp_arm_failure_lock, flags);
	newest = klp_arm_failure_last;
	raw_spin_unlock_irqrestore(&klp_arm_failure_lock, flags);

	return newest;
}

/**
 * klp_arm_failure_clear() - forget failures; the counters stay
 * @up_to: highest id to forget, 0 for all
 */
void klp_arm_failure_clear(u64 up_to)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&klp_arm_failure_lock, flags);
	if (!up_to || up_to > klp_arm_failure_last)
		up_to = klp_arm_failure_last;
	if (up_to > klp_arm_failure_cleared)
		klp_arm_failure_cleared = up_to;
	raw_spin_unlock_irqrestore(&klp_arm_failure_lock, flags);
}

/**
 * klp_arm_failure_read_counters() - read how many there were
 * @counters: gets a copy
 */
void klp_arm_failure_read_counters(struct klp_arm_failure_counters *counters)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&klp_arm_failure_lock, flags);
	*counters = klp_arm_counters;
	raw_spin_unlock_irqrestore(&klp_arm_failure_lock, flags);
}
