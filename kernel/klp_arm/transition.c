// SPDX-License-Identifier: GPL-2.0
/*
 * transition.c - follow the transition that is under way.
 *
 * The livepatch core calls the hooks with klp_mutex held, which protects all
 * that is here, and which a reader holds.
 */

#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/klp_arm.h>
#include <linux/math64.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include "../livepatch/core.h"
#include "../livepatch/transition.h"
#include "blocker.h"
#include "event.h"
#include "failure.h"
#include "history.h"
#include "state.h"
#include "transition.h"

/* Listeners are not told more often: ten times a second. */
#define KLP_ARM_PROGRESS_INTERVAL (HZ / 10)

/* What the core does not keep about klp_transition_patch. */
static struct {
	struct klp_patch *patch;
	int first_target;
	u64 started;
	u64 started_real;
	u32 attempts, signals;
	u64 announced;			/* last failure that was told */
	unsigned long next_progress;	/* jiffies */
	bool forced;
} klp_arm_running;

/**
 * klp_arm_running_patch() - find the patch that is in transition
 *
 * The core's own pointer is already set when a transition may yet be cancelled,
 * and still set when it is over.
 *
 * Return: the patch, or NULL.
 */
const struct klp_patch *klp_arm_running_patch(void)
{
	lockdep_assert_held(&klp_mutex);

	return klp_arm_running.patch;
}

/**
 * klp_arm_task_remains() - tell whether the transition waits for a task
 * @task: the task
 *
 * Return: whether it does. Where a transition has just ended it waits for none.
 */
bool klp_arm_task_remains(const struct task_struct *task)
{
	int state = READ_ONCE(task->patch_state);

	return state != klp_target_state && state != KLP_TRANSITION_IDLE;
}

static enum klp_arm_direction klp_arm_current_direction(void)
{
	return klp_target_state == KLP_TRANSITION_PATCHED ?
	       KLP_ARM_DIRECTION_PATCHING : KLP_ARM_DIRECTION_UNPATCHING;
}

static u64 klp_arm_running_ms(void)
{
	return div_u64(ktime_get_ns() - klp_arm_running.started, NSEC_PER_MSEC);
}

static void klp_arm_begin(struct klp_patch *patch, int state)
{
	u64 announced = klp_arm_running.announced;

	memset(&klp_arm_running, 0, sizeof(klp_arm_running));
	klp_arm_running.announced = announced;
	klp_arm_running.patch = patch;
	klp_arm_running.first_target = state;
	klp_arm_running.started = ktime_get_ns();
	klp_arm_running.started_real = ktime_get_real_ns();
	klp_arm_running.next_progress = jiffies;
}

/**
 * klp_arm_transition_started() - note a transition, or its reversal
 * @patch: the patch in transition
 * @state: KLP_TRANSITION_PATCHED or KLP_TRANSITION_UNPATCHED
 *
 * Hook of the livepatch core, under klp_mutex. A reversal keeps the time of
 * the start: tasks have been running two sets of functions since then.
 */
void klp_arm_transition_started(struct klp_patch *patch, int state)
{
	bool reversed = klp_arm_running.patch == patch;
	struct klp_arm_record *record = klp_arm_find_record(patch);

	if (!reversed)
		klp_arm_begin(patch, state);
	klp_arm_blockers_reset(reversed);
	if (record)
		klp_arm_actor_set(&record->changed);

	klp_arm_state_changed();
	klp_arm_event_transition(reversed ?
				 KLP_ARM_EVENT_KIND_TRANSITION_REVERSED :
				 KLP_ARM_EVENT_KIND_TRANSITION_STARTED);
}

/**
 * klp_arm_transition_forced() - note that the transition was forced
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_transition_forced(void)
{
	struct klp_arm_record *record;

	record = klp_arm_find_record(klp_arm_running.patch);
	if (record)
		klp_arm_actor_set(&record->forced);
	klp_arm_running.forced = true;
	klp_arm_state_changed();
	klp_arm_event_transition(KLP_ARM_EVENT_KIND_TRANSITION_FORCED);
}

/**
 * klp_arm_signals_sent() - note that tasks were signalled
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_signals_sent(void)
{
	klp_arm_running.signals++;
}

/**
 * klp_arm_attempt_started() - note that the core is about to ask all tasks
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_attempt_started(void)
{
	klp_arm_running.attempts++;
	klp_arm_blockers_begin();
}

/* Those up to now: others may come faster than listeners are told. */
static void klp_arm_announce_failures(void)
{
	u64 newest = klp_arm_failure_newest();
	struct klp_arm_failure failure;

	while (klp_arm_running.announced < newest &&
	       klp_arm_failure_from(klp_arm_running.announced + 1, &failure)) {
		klp_arm_running.announced = failure.id;
		if (failure.who.reason ==
		    KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK)
			klp_arm_event_failure(&failure);
	}
}

/**
 * klp_arm_attempt_failed() - note that tasks remain
 *
 * Hook of the livepatch core, under klp_mutex, and without the locks under
 * which the tasks were asked: this is where listeners are told.
 */
void klp_arm_attempt_failed(void)
{
	struct klp_arm_blocker blocker;

	klp_arm_blockers_prune();
	klp_arm_announce_failures();
	while (klp_arm_blockers_announce(&blocker))
		klp_arm_event_blocker(&blocker);

	if (time_before(jiffies, klp_arm_running.next_progress))
		return;
	klp_arm_running.next_progress = jiffies + KLP_ARM_PROGRESS_INTERVAL;
	klp_arm_event_transition(KLP_ARM_EVENT_KIND_TRANSITION_PROGRESS);
}

static enum klp_arm_result klp_arm_current_result(void)
{
	if (klp_arm_running.forced)
		return KLP_ARM_RESULT_FORCED;

	return klp_arm_running.first_target == klp_target_state ?
	       KLP_ARM_RESULT_COMPLETED : KLP_ARM_RESULT_REVERSED;
}

static void klp_arm_remember(struct klp_patch *patch)
{
	struct klp_arm_record *record = klp_arm_find_record(patch);
	struct klp_arm_history entry = {};

	strscpy(entry.patch, patch->mod->name);
	entry.patch_id = record ? record->id : 0;
	entry.direction = klp_arm_current_direction();
	entry.result = klp_arm_current_result();
	entry.started = klp_arm_running.started;
	entry.started_real = klp_arm_running.started_real;
	entry.duration_ms = klp_arm_running_ms();
	entry.attempts = klp_arm_running.attempts;
	entry.signals = klp_arm_running.signals;
	klp_arm_blocker_worst(&entry.worst);
	klp_arm_history_add(&entry);
}

/**
 * klp_arm_transition_completed() - note the end of a transition
 * @patch: the patch that was in transition; it may never have started
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_transition_completed(struct klp_patch *patch)
{
	enum klp_arm_event_kind kind;

	if (klp_arm_running.patch != patch) {
		klp_arm_state_changed();
		return;
	}

	klp_arm_state_changed();
	klp_arm_announce_failures();
	klp_arm_remember(patch);
	klp_arm_event_transition(KLP_ARM_EVENT_KIND_TRANSITION_COMPLETED);
	klp_arm_running.patch = NULL;

	kind = klp_target_state == KLP_TRANSITION_PATCHED ?
	       KLP_ARM_EVENT_KIND_PATCH_ENABLED :
	       KLP_ARM_EVENT_KIND_PATCH_DISABLED;
	klp_arm_event_patch(kind, patch);
}

/*
 * Count what klp_try_complete_transition() waits for, by its own rule: all
 * threads, and the idle tasks of online CPUs (it switches those of offline
 * CPUs itself). A task may switch at any time without a lock, as
 * klp_update_patch_state() does, and RCU alone does not keep forks and CPU
 * hotplug away, so this is a snapshot: a reader who may be anybody must not
 * hold up either.
 */
static void klp_arm_count_tasks(struct klp_arm_transition *view)
{
	struct task_struct *g, *task;
	unsigned int cpu;

	view->total = 0;
	view->remaining = 0;

	rcu_read_lock();
	for_each_process_thread(g, task) {
		view->total++;
		if (klp_arm_task_remains(task))
			view->remaining++;
	}
	rcu_read_unlock();

	for_each_online_cpu(cpu) {
		view->total++;
		if (klp_arm_task_remains(idle_task(cpu)))
			view->remaining++;
	}
}

/**
 * klp_arm_read_transition() - describe the transition that is under way
 * @view: filled; @view->patch is NULL, and nothing else set, if there is none
 *
 * Context: klp_mutex held.
 */
void klp_arm_read_transition(struct klp_arm_transition *view)
{
	struct klp_arm_record *record;

	lockdep_assert_held(&klp_mutex);

	memset(view, 0, sizeof(*view));
	if (!klp_arm_running.patch)
		return;

	record = klp_arm_find_record(klp_arm_running.patch);
	view->patch = klp_arm_running.patch;
	view->patch_id = record ? record->id : 0;
	view->direction = klp_arm_current_direction();
	view->started = klp_arm_running.started;
	view->started_real = klp_arm_running.started_real;
	view->elapsed_ms = klp_arm_running_ms();
	view->forced = klp_arm_running.forced;
	view->reversed = klp_arm_running.first_target != klp_target_state;
	view->attempts = klp_arm_running.attempts;
	view->signals = klp_arm_running.signals;
	klp_arm_count_tasks(view);
}
