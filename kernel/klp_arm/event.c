// SPDX-License-Identifier: GPL-2.0
/*
 * event.c - send events to the multicast groups, and to the tracepoint.
 *
 * klp_mutex makes the order of sending that of happening; readers see the number
 * of the last event without it. Nothing waits for a listener: one that is too
 * slow finds ENOBUFS at its socket, a gap in the numbers, or both. When there
 * is no listener, or no memory, the number is used up all the same.
 *
 * Names of patches and modules are copied into the message here. The core holds
 * a reference to the module of a patch while it is in klp_patches, and until
 * klp_arm_patch_removed() has returned; a module that comes or goes is there
 * until its notifier, which is who tells us, has returned.
 */

#include <linux/atomic.h>
#include <linux/klp_arm.h>
#include <linux/lockdep.h>
#include <linux/module.h>
#include <linux/timekeeping.h>
#include <net/genetlink.h>
#include "../livepatch/core.h"
#include "blocker.h"
#include "event.h"
#include "failure.h"
#include "model.h"
#include "nl.h"
#include "transition.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

/* Written under klp_mutex. */
static atomic64_t klp_arm_event_seq;

/**
 * klp_arm_event_last() - number of the last event
 *
 * Return: the number, 0 if there was none.
 */
u64 klp_arm_event_last(void)
{
	return atomic64_read(&klp_arm_event_seq);
}

/* Write what an event is about, as far as those who listen may know. */
typedef int (*klp_arm_event_put_fn)(struct sk_buff *skb, const void *what,
				    const struct klp_arm_nl_reader *reader);

/**
 * struct klp_arm_event - something that happened
 * @kind: what
 * @patch: name of the patch that it is about, or NULL
 * @module: name of the module that comes or goes, or NULL
 * @who: the task that it is about, or NULL
 * @time: monotonic clock, ns
 * @time_real: wall clock, ns since 1970
 * @type: the attribute with what it is about
 * @put: writes that; NULL if it is a string
 * @what: for @put, or the string
 */
struct klp_arm_event {
	enum klp_arm_event_kind kind;
	const char *patch, *module;
	const struct klp_arm_blocker *who;
	u64 time, time_real;
	int type;
	klp_arm_event_put_fn put;
	const void *what;
};

static int klp_arm_event_put_what(struct sk_buff *skb,
				  const struct klp_arm_event *event,
				  const struct klp_arm_nl_reader *reader)
{
	struct nlattr *nest;

	if (!event->put)
		return nla_put_string(skb, event->type, event->what);

	nest = nla_nest_start(skb, event->type);
	if (!nest)
		return -EMSGSIZE;

	return klp_arm_nl_end_nest(skb, nest,
				   event->put(skb, event->what, reader));
}

static int klp_arm_event_fill(struct sk_buff *skb,
			      const struct klp_arm_event *event,
			      const struct klp_arm_nl_reader *reader)
{
	void *hdr;

	hdr = genlmsg_put(skb, 0, 0, &klp_arm_nl_family, 0, KLP_ARM_CMD_EVENT);
	if (!hdr ||
	    nla_put_uint(skb, KLP_ARM_A_EVENT_SEQ, klp_arm_event_last()) ||
	    nla_put_u32(skb, KLP_ARM_A_EVENT_KIND, event->kind) ||
	    nla_put_uint(skb, KLP_ARM_A_EVENT_TIME, event->time) ||
	    nla_put_uint(skb, KLP_ARM_A_EVENT_TIME_REAL, event->time_real) ||
	    nla_put_u32(skb, KLP_ARM_A_EVENT_GENERATION,
			klp_arm_generation()) ||
	    klp_arm_event_put_what(skb, event, reader))
		return -EMSGSIZE;
	genlmsg_end(skb, hdr);

	return 0;
}

/* A group that nobody listens to costs nothing. */
static void klp_arm_event_send(const struct klp_arm_event *event,
			       enum klp_arm_nl_group group,
			       const struct klp_arm_nl_reader *reader)
{
	struct sk_buff *skb;

	if (!genl_has_listeners(&klp_arm_nl_family, &init_net, group))
		return;
	skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb)
		return;

	if (klp_arm_event_fill(skb, event, reader))
		nlmsg_free(skb);
	else
		/* If it might block, it would yield to listeners that lag behind. */
		genlmsg_multicast(&klp_arm_nl_family, skb, 0, group,
				  GFP_NOWAIT);
}

static void klp_arm_event_tell(struct klp_arm_event *event)
{
	lockdep_assert_held(&klp_mutex);

	event->time = ktime_get_ns();
	event->time_real = ktime_get_real_ns();
	trace_klp_arm_event(atomic64_inc_return(&klp_arm_event_seq),
			    event->kind, event->patch, event->module,
			    event->who);
	klp_arm_event_send(event, KLP_ARM_NL_EVENTS, &klp_arm_nl_everybody);
	klp_arm_event_send(event, KLP_ARM_NL_EVENTS_ADMIN, &klp_arm_nl_admins);
}

static int klp_arm_event_put_patch(struct sk_buff *skb, const void *what,
				   const struct klp_arm_nl_reader *reader)
{
	return klp_arm_nl_put_patch(skb, what, reader);
}

/**
 * klp_arm_event_patch() - tell that something happened to a patch
 * @kind: what
 * @record: the patch
 */
void klp_arm_event_patch(enum klp_arm_event_kind kind,
			 const struct klp_arm_record *record)
{
	struct klp_arm_event event = {
		.kind = kind,
		.patch = record->mod->name,
		.type = KLP_ARM_A_EVENT_PATCH,
		.put = klp_arm_event_put_patch,
		.what = record,
	};

	klp_arm_event_tell(&event);
}

/* This looks at every task, so only if somebody wants to know. */
static int klp_arm_event_put_transition(struct sk_buff *skb, const void *what,
					const struct klp_arm_nl_reader *reader)
{
	struct klp_arm_transition view =
		*(const struct klp_arm_transition *)what;

	klp_arm_count_tasks(&view);

	return klp_arm_nl_put_transition(skb, &view);
}

/**
 * klp_arm_event_transition() - tell that something happened to the transition
 * @kind: what
 * @view: the transition, without the numbers of tasks
 */
void klp_arm_event_transition(enum klp_arm_event_kind kind,
			      const struct klp_arm_transition *view)
{
	struct klp_arm_event event = {
		.kind = kind,
		.patch = view->patch,
		.type = KLP_ARM_A_EVENT_TRANSITION,
		.put = klp_arm_event_put_transition,
		.what = view,
	};

	klp_arm_event_tell(&event);
}

struct klp_arm_event_blocked {
	const struct klp_arm_blocker *blocker;
	const char *patch;
};

static int klp_arm_event_put_blocker(struct sk_buff *skb, const void *what,
				     const struct klp_arm_nl_reader *reader)
{
	const struct klp_arm_event_blocked *blocked = what;

	return klp_arm_nl_put_blocker(skb, blocked->blocker, blocked->patch,
				      reader);
}

/**
 * klp_arm_event_blocker() - tell that a task holds up the transition
 * @blocker: the task
 * @patch: name of the patch in transition
 */
void klp_arm_event_blocker(const struct klp_arm_blocker *blocker,
			   const char *patch)
{
	const struct klp_arm_event_blocked blocked = {
		.blocker = blocker,
		.patch = patch,
	};
	struct klp_arm_event event = {
		.kind = KLP_ARM_EVENT_KIND_TRANSITION_BLOCKED,
		.patch = patch,
		.who = blocker,
		.type = KLP_ARM_A_EVENT_BLOCKER,
		.put = klp_arm_event_put_blocker,
		.what = &blocked,
	};

	klp_arm_event_tell(&event);
}

static int klp_arm_event_put_failure(struct sk_buff *skb, const void *what,
				     const struct klp_arm_nl_reader *reader)
{
	return klp_arm_nl_put_failure(skb, what, reader);
}

/**
 * klp_arm_event_failure() - tell that a stack could not be walked
 * @failure: the stack check that failed
 */
void klp_arm_event_failure(const struct klp_arm_failure *failure)
{
	struct klp_arm_event event = {
		.kind = KLP_ARM_EVENT_KIND_STACK_FAILURE,
		.patch = failure->patch,
		.who = &failure->who,
		.type = KLP_ARM_A_EVENT_FAILURE,
		.put = klp_arm_event_put_failure,
		.what = failure,
	};

	klp_arm_event_tell(&event);
}

/**
 * klp_arm_event_module() - tell that a module which is patched comes or goes
 * @kind: which of the two
 * @name: name of the module
 */
void klp_arm_event_module(enum klp_arm_event_kind kind, const char *name)
{
	struct klp_arm_event event = {
		.kind = kind,
		.module = name,
		.type = KLP_ARM_A_EVENT_MODULE,
		.what = name,
	};

	klp_arm_event_tell(&event);
}
