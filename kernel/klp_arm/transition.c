// SPDX-License-Identifier: GPL-2.0
/*
 * transition.c - follow the transition that is under way.
 *
 * The livepatch core calls the hooks with klp_mutex held. What readers see of a
 * transition is written under klp_arm_model_lock() as well, together with the
 * state that it leads to; hooks read it without.
 */

#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/klp_arm.h>
#include <linux/lockdep.h>
#include <linux/math64.h>
#include <linux/module.h>
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
#include "model.h"
#include "transition.h"

/* Listeners are not told more often: ten times a second. */
#define KLP_ARM_PROGRESS_INTERVAL (HZ / 10)

/* What the core does not keep about klp_transition_patch, for readers as well. */
static struct {
	const struct klp_patch *patch;	/* NULL: none; not followed */
	const char *name;		/* of its module, while it is listed */
	u64 patch_id;
	int target, first_target;
	u64 started;
	u64 started_real;
	u32 attempts, signals;
	bool forced;
} klp_arm_running;

/* What only hooks use of it. */
static u64 klp_arm_announced;			/* last failure that was told */
static unsigned long klp_arm_next_progress;	/* jiffies */

static enum klp_arm_direction klp_arm_direction_of(int target)
{
	return target == KLP_TRANSITION_PATCHED ?
	       KLP_ARM_DIRECTION_PATCHING : KLP_ARM_DIRECTION_UNPATCHING;
}

/**
 * klp_arm_is_running() - tell whether a patch is in transition
 * @patch: the patch, which is not followed
 * @direction: gets where the tasks are taken, if it is
 *
 * The core's own pointer is already set when a transition may yet be cancelled,
 * and still set when it is over.
 *
 * Context: klp_arm_model_lock() or klp_mutex held.
 * Return: whether it is.
 */
bool klp_arm_is_running(const struct klp_patch *patch,
			enum klp_arm_direction *direction)
{
	klp_arm_model_assert_stable();

	if (klp_arm_running.patch != patch)
		return false;
	*direction = klp_arm_direction_of(klp_arm_running.target);

	return true;
}

static bool klp_arm_remains(const struct task_struct *task, int target)
{
	/* Races with klp_update_patch_state(), which takes no lock. */
	int state = READ_ONCE(task->patch_state);

	return state != target && state != KLP_TRANSITION_IDLE;
}

/**
 * klp_arm_task_remains() - tell whether the transition waits for a task
 * @task: the task
 *
 * It may switch, and the transition may end or turn round, while this is being
 * found out: then either answer was right a moment ago.
 *
 * Return: whether it does. Where a transition has just ended it waits for none.
 */
bool klp_arm_task_remains(const struct task_struct *task)
{
	return klp_arm_remains(task, READ_ONCE(klp_arm_running.target));
}

static u64 klp_arm_running_ms(void)
{
	return div_u64(ktime_get_ns() - klp_arm_running.started, NSEC_PER_MSEC);
}

static void klp_arm_begin(const struct klp_arm_record *record, int state)
{
	memset(&klp_arm_running, 0, sizeof(klp_arm_running));
	klp_arm_running.patch = record->patch;
	klp_arm_running.name = record->mod->name;
	klp_arm_running.patch_id = record->id;
	klp_arm_running.first_target = state;
	klp_arm_running.started = ktime_get_ns();
	klp_arm_running.started_real = ktime_get_real_ns();
}

static void klp_arm_tell(enum klp_arm_event_kind kind)
{
	struct klp_arm_transition view;

	klp_arm_read_transition(&view);
	klp_arm_event_transition(kind, &view);
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
	struct klp_arm_actor changed;

	if (WARN_ON_ONCE(!record))
		return;

	klp_arm_actor_set(&changed);
	klp_arm_blockers_reset(patch->mod->name, reversed);
	klp_arm_model_prepare(NULL);
	klp_arm_model_lock();
	klp_arm_model_show();
	if (!reversed)
		klp_arm_begin(record, state);
	WRITE_ONCE(klp_arm_running.target, state);
	record->changed = changed;
	klp_arm_model_unlock();

	if (!reversed)
		klp_arm_next_progress = jiffies;
	klp_arm_tell(reversed ? KLP_ARM_EVENT_KIND_TRANSITION_REVERSED :
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
	struct klp_arm_actor forced;

	record = klp_arm_find_record(klp_arm_running.patch);
	klp_arm_actor_set(&forced);
	klp_arm_model_prepare(NULL);
	klp_arm_model_lock();
	klp_arm_model_show();
	klp_arm_running.forced = true;
	if (record)
		record->forced = forced;
	klp_arm_model_unlock();
	klp_arm_tell(KLP_ARM_EVENT_KIND_TRANSITION_FORCED);
}

/**
 * klp_arm_signals_sent() - note that tasks were signalled
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_signals_sent(void)
{
	klp_arm_model_lock();
	klp_arm_running.signals++;
	klp_arm_model_unlock();
}

/**
 * klp_arm_attempt_started() - note that the core is about to ask all tasks
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_attempt_started(void)
{
	klp_arm_model_lock();
	klp_arm_running.attempts++;
	klp_arm_model_unlock();
	klp_arm_blockers_begin();
}

/* Those up to now: others may come faster than listeners are told. */
static void klp_arm_announce_failures(void)
{
	u64 newest = klp_arm_failure_newest();
	struct klp_arm_failure failure;

	while (klp_arm_announced < newest &&
	       klp_arm_failure_from(klp_arm_announced + 1, &failure)) {
		klp_arm_announced = failure.id;
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
	char patch[MODULE_NAME_LEN];
	struct klp_arm_blocker blocker;

	klp_arm_blockers_prune();
	klp_arm_announce_failures();
	while (klp_arm_blockers_announce(&blocker, patch))
		klp_arm_event_blocker(&blocker, patch);

	if (time_before(jiffies, klp_arm_next_progress))
		return;
	klp_arm_next_progress = jiffies + KLP_ARM_PROGRESS_INTERVAL;
	klp_arm_tell(KLP_ARM_EVENT_KIND_TRANSITION_PROGRESS);
}

static enum klp_arm_result klp_arm_current_result(void)
{
	if (klp_arm_running.forced)
		return KLP_ARM_RESULT_FORCED;

	return klp_arm_running.first_target == klp_arm_running.target ?
	       KLP_ARM_RESULT_COMPLETED : KLP_ARM_RESULT_REVERSED;
}

static void klp_arm_remember(void)
{
	struct klp_arm_history entry = {};

	strscpy(entry.patch, klp_arm_running.name);
	entry.patch_id = klp_arm_running.patch_id;
	entry.direction = klp_arm_direction_of(klp_arm_running.target);
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
 * Hook of the livepatch core, under klp_mutex. A reader who does not find the
 * transition any more finds it in the history.
 */
void klp_arm_transition_completed(struct klp_patch *patch)
{
	struct klp_arm_record *record = klp_arm_find_record(patch);
	struct klp_arm_transition view;
	bool patched;

	if (klp_arm_running.patch != patch || WARN_ON_ONCE(!record)) {
		klp_arm_state_changed();
		return;
	}

	klp_arm_announce_failures();
	klp_arm_remember();
	klp_arm_blockers_reset("", true);
	klp_arm_read_transition(&view);
	patched = klp_arm_running.target == KLP_TRANSITION_PATCHED;
	klp_arm_model_prepare(NULL);
	klp_arm_model_lock();
	klp_arm_model_show();
	klp_arm_running.patch = NULL;
	klp_arm_running.name = NULL;
	klp_arm_model_unlock();

	klp_arm_event_transition(KLP_ARM_EVENT_KIND_TRANSITION_COMPLETED,
				 &view);
	klp_arm_event_patch(patched ? KLP_ARM_EVENT_KIND_PATCH_ENABLED :
				      KLP_ARM_EVENT_KIND_PATCH_DISABLED,
			    record);
}

static int klp_arm_target_of(const struct klp_arm_transition *view)
{
	return view->direction == KLP_ARM_DIRECTION_PATCHING ?
	       KLP_TRANSITION_PATCHED : KLP_TRANSITION_UNPATCHED;
}

/**
 * klp_arm_count_tasks() - count the tasks of a transition
 * @view: gets the numbers; all but these was read before
 *
 * Counts what klp_try_complete_transition() waits for, by its own rule: all
 * threads, and the idle tasks of online CPUs (it switches those of offline
 * CPUs itself). A task may switch at any time without a lock, as
 * klp_update_patch_state() does, and RCU alone does not keep forks and CPU
 * hotplug away, so this is a snapshot: a reader who may be anybody must not
 * hold up either.
 *
 * Context: no lock of the reporter is held: there may be any number of tasks.
 */
void klp_arm_count_tasks(struct klp_arm_transition *view)
{
	int target = klp_arm_target_of(view);
	struct task_struct *g, *task;
	unsigned int cpu;

	view->total = 0;
	view->remaining = 0;

	rcu_read_lock();
	for_each_process_thread(g, task) {
		view->total++;
		if (klp_arm_remains(task, target))
			view->remaining++;
	}
	rcu_read_unlock();

	for_each_online_cpu(cpu) {
		view->total++;
		if (klp_arm_remains(idle_task(cpu), target))
			view->remaining++;
	}
}

/**
 * klp_arm_read_transition() - describe the transition that is under way
 * @view: filled but for the numbers of tasks, see klp_arm_count_tasks();
 *	  @view->patch is empty, and only the generation set, if there is none
 *
 * Context: klp_arm_model_lock() not held.
 */
void klp_arm_read_transition(struct klp_arm_transition *view)
{
	memset(view, 0, sizeof(*view));

	klp_arm_model_lock();
	view->generation = klp_arm_generation();
	if (klp_arm_running.patch) {
		/* The patch is listed until the transition is over. */
		strscpy(view->patch, klp_arm_running.name);
		view->patch_id = klp_arm_running.patch_id;
		view->direction = klp_arm_direction_of(klp_arm_running.target);
		view->started = klp_arm_running.started;
		view->started_real = klp_arm_running.started_real;
		view->elapsed_ms = klp_arm_running_ms();
		view->forced = klp_arm_running.forced;
		view->reversed = klp_arm_running.first_target !=
				 klp_arm_running.target;
		view->attempts = klp_arm_running.attempts;
		view->signals = klp_arm_running.signals;
	}
	klp_arm_model_unlock();
}
