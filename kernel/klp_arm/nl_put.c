// SPDX-License-Identifier: GPL-2.0
/*
 * nl_put.c - attributes of patches, of the transition and of the counters.
 *
 * All of it returns 0 or -EMSGSIZE, after which the caller takes the whole message
 * back. What is about a patch is called with klp_arm_model_lock() held, or
 * klp_mutex, and what is about the transition or counters without the former.
 */

#include <linux/array_size.h>
#include <linux/module.h>
#include <linux/string.h>
#include <net/genetlink.h>
#include "blocker.h"
#include "build_id.h"
#include "failure.h"
#include "history.h"
#include "nl.h"
#include "state.h"
#include "target.h"
#include "transition.h"

/**
 * klp_arm_nl_put_flag() - write a flag that is set
 * @skb: where to
 * @type: the attribute
 * @value: whether it is set
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_flag(struct sk_buff *skb, int type, bool value)
{
	return value ? nla_put_flag(skb, type) : 0;
}

/**
 * klp_arm_nl_end_nest() - end an attribute that holds others
 * @skb: where it is
 * @nest: the attribute
 * @err: take it back, since something did not fit
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_end_nest(struct sk_buff *skb, struct nlattr *nest, int err)
{
	if (err) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);

	return 0;
}

static int klp_arm_nl_put_object(struct sk_buff *skb,
				 const struct klp_arm_object_entry *object,
				 const struct klp_arm_object_view *view)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, KLP_ARM_A_PATCH_OBJECTS);
	if (!nest)
		return -EMSGSIZE;

	if (nla_put_string(skb, KLP_ARM_A_OBJECT_NAME, object->name) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_OBJECT_PATCHED, view->patched) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_OBJECT_LOADED, view->loaded) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_OBJECT_LEFT_OUT,
				view->left_out) ||
	    nla_put_u32(skb, KLP_ARM_A_OBJECT_FUNC_COUNT, view->funcs) ||
	    (view->unpatched &&
	     nla_put_u32(skb, KLP_ARM_A_OBJECT_UNPATCHED_COUNT,
			 view->unpatched))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);

	return 0;
}

/* Those that are gone come last, and count no more. */
static int klp_arm_nl_put_objects(struct sk_buff *skb,
				  const struct klp_arm_record *record)
{
	unsigned int shown = klp_arm_shown();
	u32 i, objects = record->views[shown].objects;

	for (i = 0; i < objects && i < KLP_ARM_OBJECTS_MAX; i++)
		if (klp_arm_nl_put_object(skb, &record->objects[i],
					  &record->objects[i].views[shown]))
			return -EMSGSIZE;

	return nla_put_u32(skb, KLP_ARM_A_PATCH_OBJECT_COUNT, objects) ?:
	       nla_put_u32(skb, KLP_ARM_A_PATCH_FUNC_COUNT,
			   record->views[shown].funcs);
}

static int klp_arm_nl_put_actor(struct sk_buff *skb, int type,
				const struct klp_arm_actor *actor,
				const struct klp_arm_nl_reader *reader)
{
	struct nlattr *nest;
	int err;

	if (!actor->time)
		return 0;
	nest = nla_nest_start(skb, type);
	if (!nest)
		return -EMSGSIZE;

	err = nla_put_uint(skb, KLP_ARM_A_ACTOR_TIME, actor->time) ||
	      nla_put_uint(skb, KLP_ARM_A_ACTOR_TIME_REAL, actor->time_real);
	if (!err && reader->admin)
		err = nla_put_u32(skb, KLP_ARM_A_ACTOR_UID, actor->uid) ||
		      nla_put_string(skb, KLP_ARM_A_ACTOR_COMM, actor->comm);
	if (!err && klp_arm_nl_reader_has_numbers(reader))
		err = nla_put_u32(skb, KLP_ARM_A_ACTOR_PID, actor->pid);

	return klp_arm_nl_end_nest(skb, nest, err);
}

/* The core marks no patch that is enabled by force: its module may go. */
static bool klp_arm_was_forced(const struct klp_arm_record *record,
			       const struct klp_arm_patch_view *view)
{
	return view->forced || record->forced.time;
}

/**
 * klp_arm_nl_put_build_id() - write a build id, if it is one
 * @skb: where to
 * @type: the attribute
 * @id: the build id, BUILD_ID_SIZE_MAX bytes
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_build_id(struct sk_buff *skb, int type,
			    const unsigned char *id)
{
	return klp_arm_is_build_id(id) ?
	       nla_put(skb, type, BUILD_ID_SIZE_MAX, id) : 0;
}

static int klp_arm_nl_put_module(struct sk_buff *skb, const struct module *mod)
{
	unsigned char id[BUILD_ID_SIZE_MAX];
	char version[KLP_ARM_VERSION_MAX + 1];
	bool cut;

	if (mod->version) {
		cut = strscpy(version, mod->version) < 0;
		if (nla_put_string(skb, KLP_ARM_A_PATCH_VERSION, version) ||
		    klp_arm_nl_put_flag(skb, KLP_ARM_A_PATCH_VERSION_CUT, cut))
			return -EMSGSIZE;
	}

	if (klp_arm_nl_put_flag(skb, KLP_ARM_A_PATCH_HAS_FIXES,
				klp_arm_module_fix(mod, NULL)))
		return -EMSGSIZE;

	klp_arm_module_build_id(mod, id);

	return klp_arm_nl_put_build_id(skb, KLP_ARM_A_PATCH_BUILD_ID, id);
}

/**
 * klp_arm_nl_put_patch() - write the attributes of a patch
 * @skb: where to
 * @record: the patch
 * @reader: who reads it
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_patch(struct sk_buff *skb,
			 const struct klp_arm_record *record,
			 const struct klp_arm_nl_reader *reader)
{
	const struct klp_arm_patch_view *view =
		&record->views[klp_arm_shown()];

	if (nla_put_u32(skb, KLP_ARM_A_PATCH_GENERATION,
			klp_arm_generation()) ||
	    nla_put_uint(skb, KLP_ARM_A_PATCH_ID, record->id) ||
	    nla_put_string(skb, KLP_ARM_A_PATCH_NAME, record->mod->name) ||
	    nla_put_u32(skb, KLP_ARM_A_PATCH_STATE,
			klp_arm_patch_state(record)) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_PATCH_REPLACE,
				record->replace) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_PATCH_FORCED,
				klp_arm_was_forced(record, view)) ||
	    nla_put_u32(skb, KLP_ARM_A_PATCH_TARGET, view->target) ||
	    klp_arm_nl_put_objects(skb, record) ||
	    klp_arm_nl_put_module(skb, record->mod))
		return -EMSGSIZE;

	return klp_arm_nl_put_actor(skb, KLP_ARM_A_PATCH_LOADED,
				    &record->loaded, reader) ?:
	       klp_arm_nl_put_actor(skb, KLP_ARM_A_PATCH_CHANGED,
				    &record->changed, reader) ?:
	       klp_arm_nl_put_actor(skb, KLP_ARM_A_PATCH_FORCE,
				    &record->forced, reader);
}

static int klp_arm_nl_put_tasks(struct sk_buff *skb,
				const struct klp_arm_transition *view)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, KLP_ARM_A_TRANSITION_TASKS);
	if (!nest)
		return -EMSGSIZE;

	if (nla_put_u32(skb, KLP_ARM_A_TASKS_TOTAL, view->total) ||
	    nla_put_u32(skb, KLP_ARM_A_TASKS_SWITCHED,
			view->total - view->remaining) ||
	    nla_put_u32(skb, KLP_ARM_A_TASKS_REMAINING, view->remaining)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);

	return 0;
}

/* How many of a reason there are, and of which stack reason, if of one. */
static int klp_arm_nl_put_reason(struct sk_buff *skb, int type,
				 enum klp_arm_blocker_reason reason,
				 enum klp_arm_stack_reason stack, u64 count)
{
	struct nlattr *nest;
	int err;

	if (!count)
		return 0;
	nest = nla_nest_start(skb, type);
	if (!nest)
		return -EMSGSIZE;

	err = nla_put_u32(skb, KLP_ARM_A_REASON_COUNT_REASON, reason) ||
	      nla_put_uint(skb, KLP_ARM_A_REASON_COUNT_COUNT, count);
	if (!err && stack)
		err = nla_put_u32(skb, KLP_ARM_A_REASON_COUNT_STACK_REASON,
				  stack);

	return klp_arm_nl_end_nest(skb, nest, err);
}

static int klp_arm_nl_put_reasons(struct sk_buff *skb)
{
	u32 reasons[KLP_ARM_BLOCKER_REASON_IDLE + 1], total = 0;
	u32 i;

	klp_arm_blockers_count(reasons);
	for (i = 0; i < ARRAY_SIZE(reasons); i++) {
		total += reasons[i];
		if (klp_arm_nl_put_reason(skb, KLP_ARM_A_TRANSITION_REASONS, i,
					  KLP_ARM_STACK_REASON_RELIABLE,
					  reasons[i]))
			return -EMSGSIZE;
	}

	return nla_put_u32(skb, KLP_ARM_A_TRANSITION_BLOCKERS, total) ?:
	       nla_put_u32(skb, KLP_ARM_A_TRANSITION_BLOCKERS_DROPPED,
			   klp_arm_blockers_dropped());
}

/**
 * klp_arm_nl_put_transition() - write the attributes of the transition
 * @skb: where to
 * @view: the transition, or that there is none
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_transition(struct sk_buff *skb,
			      const struct klp_arm_transition *view)
{
	if (nla_put_u32(skb, KLP_ARM_A_TRANSITION_GENERATION,
			view->generation))
		return -EMSGSIZE;
	if (!view->patch[0])
		return 0;

	if (nla_put_string(skb, KLP_ARM_A_TRANSITION_PATCH, view->patch) ||
	    nla_put_uint(skb, KLP_ARM_A_TRANSITION_PATCH_ID, view->patch_id) ||
	    nla_put_u32(skb, KLP_ARM_A_TRANSITION_DIRECTION,
			view->direction) ||
	    nla_put_uint(skb, KLP_ARM_A_TRANSITION_STARTED, view->started) ||
	    nla_put_uint(skb, KLP_ARM_A_TRANSITION_STARTED_REAL,
			 view->started_real) ||
	    nla_put_uint(skb, KLP_ARM_A_TRANSITION_ELAPSED_MS,
			 view->elapsed_ms) ||
	    klp_arm_nl_put_tasks(skb, view) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_TRANSITION_FORCED,
				view->forced) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_TRANSITION_REVERSED,
				view->reversed) ||
	    nla_put_u32(skb, KLP_ARM_A_TRANSITION_ATTEMPTS, view->attempts) ||
	    nla_put_u32(skb, KLP_ARM_A_TRANSITION_SIGNALS, view->signals))
		return -EMSGSIZE;

	return klp_arm_nl_put_reasons(skb);
}

static int klp_arm_nl_put_stack_counters(struct sk_buff *skb)
{
	struct klp_arm_failure_counters counters;
	int err;
	u32 i;

	klp_arm_failure_read_counters(&counters);
	err = nla_put_uint(skb, KLP_ARM_A_INFO_STACK_CHECKS,
			   counters.checks) ?:
	      nla_put_uint(skb, KLP_ARM_A_INFO_FAILURES_DROPPED,
			   counters.dropped);
	for (i = 0; i < ARRAY_SIZE(counters.reasons) && !err; i++)
		if (i != KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK)
			err = klp_arm_nl_put_reason(skb, KLP_ARM_A_INFO_STACK_FAILURES,
						    i, KLP_ARM_STACK_REASON_RELIABLE,
						    counters.reasons[i]);
	for (i = 0; i < ARRAY_SIZE(counters.stacks) && !err; i++)
		err = klp_arm_nl_put_reason(skb, KLP_ARM_A_INFO_STACK_FAILURES,
					    KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK,
					    i, counters.stacks[i]);

	return err;
}

/**
 * klp_arm_nl_put_counters() - write what was counted since boot
 * @skb: where to
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_counters(struct sk_buff *skb)
{
	struct klp_arm_history_counters past;

	klp_arm_history_read_counters(&past);

	return klp_arm_nl_put_stack_counters(skb) ?:
	       nla_put_uint(skb, KLP_ARM_A_INFO_HISTORY_DROPPED,
			    past.dropped) ?:
	       nla_put_uint(skb, KLP_ARM_A_INFO_COMPLETED,
			    past.results[KLP_ARM_RESULT_COMPLETED]) ?:
	       nla_put_uint(skb, KLP_ARM_A_INFO_REVERSED,
			    past.results[KLP_ARM_RESULT_REVERSED]) ?:
	       nla_put_uint(skb, KLP_ARM_A_INFO_FORCED,
			    past.results[KLP_ARM_RESULT_FORCED]);
}
