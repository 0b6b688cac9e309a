// SPDX-License-Identifier: GPL-2.0
/*
 * blocker.c - remember which tasks a transition waits for, and why.
 *
 * The livepatch core asks every task whether it can switch, once a second or
 * when the last one has switched by itself: an attempt. A task that calls
 * cond_resched() asks itself, as often as it does. The table here keeps the
 * answers. Its size is fixed: a machine that cannot be patched may well be one
 * that has no memory, and what does not fit is counted.
 *
 * klp_arm_blocker_lock protects the table. It is raw and taken with interrupts
 * off, as a task may be asked with tasklist_lock held. A reader holds it for one
 * entry at a time, and no other lock: the transition may end between two entries,
 * and the table is empty then.
 */

#include <linux/jhash.h>
#include <linux/klp_arm.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/wait.h>
#include "blocker.h"
#include "failure.h"
#include "stacktrace.h"
#include "trace.h"
#include "transition.h"

static DEFINE_RAW_SPINLOCK(klp_arm_blocker_lock);
static struct klp_arm_blocker klp_arm_blockers[KLP_ARM_BLOCKERS_MAX];
static struct klp_arm_blocker klp_arm_worst;
static u32 klp_arm_blocker_count, klp_arm_blocker_dropped;
static u32 klp_arm_blocker_last, klp_arm_attempt;

/* Name of the patch in transition. Without one, nobody blocks anything. */
static char klp_arm_blocked_patch[MODULE_NAME_LEN];

static struct klp_arm_blocker *
klp_arm_find_blocker(const struct task_struct *task)
{
	u32 i;

	for (i = 0; i < klp_arm_blocker_count; i++)
		if (klp_arm_blockers[i].task == task &&
		    klp_arm_blockers[i].tid == task->pid)
			return &klp_arm_blockers[i];

	return NULL;
}

/* Forget who has not been found in this attempt. The order stays. */
static void klp_arm_compact_blockers(void)
{
	u32 from, to = 0;

	for (from = 0; from < klp_arm_blocker_count; from++)
		if (klp_arm_blockers[from].attempt == klp_arm_attempt)
			klp_arm_blockers[to++] = klp_arm_blockers[from];
	klp_arm_blocker_count = to;
}

static struct klp_arm_blocker *klp_arm_add_blocker(struct task_struct *task)
{
	struct klp_arm_blocker *blocker;

	if (klp_arm_blocker_count == KLP_ARM_BLOCKERS_MAX)
		klp_arm_compact_blockers();
	if (klp_arm_blocker_count == KLP_ARM_BLOCKERS_MAX) {
		/* One that asks itself is asked by the attempt as well. */
		if (task != current)
			klp_arm_blocker_dropped++;
		return NULL;
	}

	blocker = &klp_arm_blockers[klp_arm_blocker_count++];
	memset(blocker, 0, sizeof(*blocker));
	blocker->number = ++klp_arm_blocker_last;
	blocker->task = task;
	blocker->tid = task->pid;
	blocker->pid = task->tgid;
	blocker->cpu = klp_arm_is_swapper(task) ? task_cpu(task) : -1;
	blocker->kthread = task->flags & PF_KTHREAD;

	return blocker;
}

static enum klp_arm_blocker_reason klp_arm_reason_of(struct task_struct *task,
						     int err)
{
	switch (err) {
	case -EADDRINUSE:
		return KLP_ARM_BLOCKER_REASON_SLEEPING_ON_FUNC;
	case -EINVAL:
		return KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK;
	default:
		return klp_arm_is_swapper(task) ?
			       KLP_ARM_BLOCKER_REASON_IDLE :
			       KLP_ARM_BLOCKER_REASON_RUNNING;
	}
}

/*
 * A blocker that says the same as before is no new failure, nor are two of one
 * attempt: they would push everything else out of the ring.
 */
static void klp_arm_record_failure(struct klp_arm_blocker *blocker)
{
	u32 hash;

	hash = jhash_3words(blocker->reason, blocker->stack_reason, blocker->pc,
			    jhash(blocker->func, strlen(blocker->func), 0));
	if (blocker->recorded_attempt &&
	    (blocker->recorded_attempt == klp_arm_attempt ||
	     blocker->recorded == hash))
		return;
	if (!klp_arm_failure_record(blocker, klp_arm_blocked_patch))
		return;
	blocker->recorded = hash;
	blocker->recorded_attempt = klp_arm_attempt;
}

static void klp_arm_note_answer(struct task_struct *task,
				const struct klp_arm_blocker *answer)
{
	struct klp_arm_blocker *blocker;

	blocker = klp_arm_find_blocker(task) ?: klp_arm_add_blocker(task);
	if (!blocker)
		return;

	strscpy(blocker->comm, task->comm);
	blocker->reason = answer->reason;
	blocker->stack_reason = answer->stack_reason;
	blocker->pc = answer->pc;
	strscpy(blocker->func, answer->func);
	blocker->last_seen = ktime_get_mono_fast_ns();
	if (!blocker->first_seen)
		blocker->first_seen = blocker->last_seen;
	if (blocker->attempt != klp_arm_attempt)
		blocker->attempts++;
	blocker->attempt = klp_arm_attempt;
	klp_arm_record_failure(blocker);
	if (blocker->attempts > klp_arm_worst.attempts)
		klp_arm_worst = *blocker;
}

/**
 * klp_arm_task_checked() - note whether a task could be switched
 * @task: the task
 * @err: 0 if it was, or what klp_check_and_switch_task() returned
 * @func: for -EADDRINUSE, the name of the function it sleeps in, else NULL
 * @refusal: for -EINVAL, why its stack could not be walked to the end
 *
 * Hook of the livepatch core. @task is current, or cannot be freed. @func is
 * memory of the patch in transition, whose module stays for the reason that
 * klp_arm_failure_record() gives; the name is copied.
 *
 * Context: any but NMI.
 */
void klp_arm_task_checked(struct task_struct *task, int err, const char *func,
			  const struct klp_arm_stack_refusal *refusal)
{
	struct klp_arm_blocker answer = {};
	char patch[MODULE_NAME_LEN];
	unsigned long flags;

	answer.reason = klp_arm_reason_of(task, err);
	answer.stack_reason = refusal->reason;
	answer.pc = refusal->pc;
	if (func)
		strscpy(answer.func, func);
	klp_arm_failure_count(err, answer.reason, answer.stack_reason);
	if (!err)
		return;

	raw_spin_lock_irqsave(&klp_arm_blocker_lock, flags);
	/* Who asks itself may do so before the start is noted, or after the end. */
	if (klp_arm_blocked_patch[0])
		klp_arm_note_answer(task, &answer);
	strscpy(patch, klp_arm_blocked_patch);
	raw_spin_unlock_irqrestore(&klp_arm_blocker_lock, flags);
	trace_klp_arm_task_blocked(task, patch, &answer);
}

/**
 * klp_arm_blockers_reset() - forget all blockers, as a transition starts or ends
 * @patch: name of the patch in transition, empty if it is over
 * @keep_worst: none starts anew: the worst is that of both directions
 */
void klp_arm_blockers_reset(const char *patch, bool keep_worst)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&klp_arm_blocker_lock, flags);
	klp_arm_blocker_count = 0;
	klp_arm_blocker_dropped = 0;
	strscpy(klp_arm_blocked_patch, patch);
	if (!keep_worst)
		memset(&klp_arm_worst, 0, sizeof(klp_arm_worst));
	raw_spin_unlock_irqrestore(&klp_arm_blocker_lock, flags);
}

/**
 * klp_arm_blockers_begin() - note that the core is about to ask all tasks
 */
void klp_arm_blockers_begin(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&klp_arm_blocker_lock, flags);
	klp_arm_attempt++;
	klp_arm_blocker_dropped = 0;
	raw_spin_unlock_irqrestore(&klp_arm_blocker_lock, flags);
}

/**
 * klp_arm_blockers_prune() - forget who did not fail the last attempt
 */
void klp_arm_blockers_prune(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&klp_arm_blocker_lock, flags);
	klp_arm_compact_blockers();
	raw_spin_unlock_irqrestore(&klp_arm_blocker_lock, flags);
}

/*
 * Whoever runs or idles when it is asked for the first time has mostly
 * switched when it is asked again, and is not worth an alarm.
 */
static bool klp_arm_worth_telling(const struct klp_arm_blocker *blocker)
{
	return !blocker->announced &&
	       (blocker->attempts > 1 ||
		blocker->reason == KLP_ARM_BLOCKER_REASON_SLEEPING_ON_FUNC ||
		blocker->reason == KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK);
}

/**
 * klp_arm_blockers_announce() - find a blocker that nobody was told of
 * @blocker: gets a copy
 * @patch: gets the name of the patch, has room for MODULE_NAME_LEN
 *
 * Return: whether there was one. It is not found again.
 */
bool klp_arm_blockers_announce(struct klp_arm_blocker *blocker, char *patch)
{
	unsigned long flags;
	bool found = false;
	u32 i;

	raw_spin_lock_irqsave(&klp_arm_blocker_lock, flags);
	for (i = 0; i < klp_arm_blocker_count && !found; i++) {
		if (!klp_arm_worth_telling(&klp_arm_blockers[i]))
			continue;
		klp_arm_blockers[i].announced = true;
		*blocker = klp_arm_blockers[i];
		strscpy(patch, klp_arm_blocked_patch, MODULE_NAME_LEN);
		found = true;
	}
	raw_spin_unlock_irqrestore(&klp_arm_blocker_lock, flags);

	return found;
}

/**
 * klp_arm_blocker_task() - find the task that a blocker is
 * @blocker: the blocker; its pointer is compared, never followed
 *
 * Context: RCU read-side critical section, which keeps the task.
 * Return: the task, or NULL if it is gone.
 */
struct task_struct *klp_arm_blocker_task(const struct klp_arm_blocker *blocker)
{
	struct task_struct *task;

	if (blocker->cpu >= 0)
		return idle_task(blocker->cpu);

	task = find_task_by_pid_ns(blocker->tid, &init_pid_ns);

	return task == blocker->task ? task : NULL;
}

/*
 * The table has who failed the last attempt. A task that has switched or died
 * since then blocks nothing.
 */
static bool klp_arm_still_blocks(const struct klp_arm_blocker *blocker)
{
	struct task_struct *task;

	guard(rcu)();
	task = klp_arm_blocker_task(blocker);

	return task && klp_arm_task_remains(task);
}

/* The first whose number is not below @next; false if there is none. */
static bool klp_arm_copy_blocker(u32 next, struct klp_arm_blocker *blocker,
				 char *patch)
{
	unsigned long flags;
	bool found = false;
	u32 i;

	raw_spin_lock_irqsave(&klp_arm_blocker_lock, flags);
	for (i = 0; i < klp_arm_blocker_count && !found; i++) {
		found = klp_arm_blockers[i].number >= next;
		if (found)
			*blocker = klp_arm_blockers[i];
	}
	strscpy(patch, klp_arm_blocked_patch, MODULE_NAME_LEN);
	raw_spin_unlock_irqrestore(&klp_arm_blocker_lock, flags);

	return found;
}

/**
 * klp_arm_blocker_from() - read the blockers one by one
 * @next: lowest number that is wanted, 0 for the first; moved behind what was
 *	  read
 * @blocker: gets a copy
 * @patch: gets the name of the patch that it holds up, has room for
 *	   MODULE_NAME_LEN
 *
 * Return: whether there was one.
 */
bool klp_arm_blocker_from(u32 *next, struct klp_arm_blocker *blocker,
			  char *patch)
{
	while (klp_arm_copy_blocker(*next, blocker, patch)) {
		*next = blocker->number + 1;
		if (klp_arm_still_blocks(blocker))
			return true;
	}

	return false;
}

/**
 * klp_arm_blocker_worst() - read which task was asked most often
 * @blocker: gets a copy
 *
 * Return: whether any task had to be asked again in this transition.
 */
bool klp_arm_blocker_worst(struct klp_arm_blocker *blocker)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&klp_arm_blocker_lock, flags);
	*blocker = klp_arm_worst;
	raw_spin_unlock_irqrestore(&klp_arm_blocker_lock, flags);

	return blocker->attempts;
}

/**
 * klp_arm_blockers_dropped() - count blockers that did not fit the table
 *
 * Return: the number, for the last attempt.
 */
u32 klp_arm_blockers_dropped(void)
{
	return READ_ONCE(klp_arm_blocker_dropped);
}

/**
 * klp_arm_blockers_count() - count blockers by reason
 * @reasons: KLP_ARM_BLOCKER_REASON_IDLE + 1 numbers, filled
 */
void klp_arm_blockers_count(u32 *reasons)
{
	char patch[MODULE_NAME_LEN];
	struct klp_arm_blocker blocker;
	u32 next = 0;

	memset(reasons, 0,
	       sizeof(*reasons) * (KLP_ARM_BLOCKER_REASON_IDLE + 1));
	while (klp_arm_blocker_from(&next, &blocker, patch))
		reasons[blocker.reason]++;
}

struct klp_arm_shown_stack {
	unsigned long *entries;
	unsigned int count, max, reliable;
};

/* The task cannot start to run: task_call_func() has locked its run queue. */
static int klp_arm_show_blocker(struct task_struct *task, void *arg)
{
	struct klp_arm_shown_stack *stack = arg;

	if (!task_curr(task))
		stack->count = klp_arm_stack_show(task, stack->entries,
						  stack->max, &stack->reliable);

	return 0;
}

/**
 * klp_arm_blocker_stack() - read the stack of a blocker, as of now
 * @blocker: the blocker
 * @entries: gets an address in each call, from the innermost
 * @max: how many there is room for
 * @reliable: set to how many of them are proved; see klp_arm_stack_show()
 *
 * Return: how many were read; none if the task runs, or is gone.
 */
unsigned int klp_arm_blocker_stack(const struct klp_arm_blocker *blocker,
				   unsigned long *entries, unsigned int max,
				   unsigned int *reliable)
{
	struct klp_arm_shown_stack stack = { .entries = entries, .max = max };
	struct task_struct *task;

	rcu_read_lock();
	task = klp_arm_blocker_task(blocker);
	if (task && try_get_task_stack(task)) {
		task_call_func(task, klp_arm_show_blocker, &stack);
		put_task_stack(task);
	}
	rcu_read_unlock();

	*reliable = stack.reliable;
	return stack.count;
}
