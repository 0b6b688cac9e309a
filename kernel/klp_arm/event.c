// SPDX-License-Identifier: GPL-2.0
/*
 * event.c - send events to the multicast group, and to the tracepoint.
 *
 * klp_mutex protects the number of the last event and makes the order of
 * sending that of happening. Nothing waits for a listener: one that is too
 * slow finds ENOBUFS at its socket, a gap in the numbers, or both. When there
 * is no listener, or no memory, the number is used up all the same.
 *
 * Names of patches and modules are copied into the message here. The core holds
 * a reference to the module of a patch while it is in klp_patches, and until
 * klp_arm_patch_removed() has returned; a module that comes or goes is there
 * until its notifier, which is who tells us, has returned.
 */

#include <linux/klp_arm.h>
#include <linux/lockdep.h>
#include <linux/timekeeping.h>
#include <net/genetlink.h>
#include "../livepatch/core.h"
#include "../livepatch/transition.h"
#include "blocker.h"
#include "event.h"
#include "failure.h"
#include "nl.h"
#include "state.h"
#include "transition.h"

#define CREATE_TRACE_POINTS
#include "trace.h"

static u64 klp_arm_event_seq;

/**
 * klp_arm_event_last() - number of the last event
 *
 * Return: the number, 0 if there was none.
 */
u64 klp_arm_event_last(void)
{
	lockdep_assert_held(&klp_mutex);

	return klp_arm_event_seq;
}

/* Begin an event; NULL if nobody is to be told. */
static struct sk_buff *klp_arm_event_begin(enum klp_arm_event_kind kind,
					   const char *name, void **hdr)
{
	struct sk_buff *skb;

	lockdep_assert_held(&klp_mutex);

	trace_klp_arm_event(++klp_arm_event_seq, kind, name);
	if (!genl_has_listeners(&klp_arm_nl_family, &init_net, 0))
		return NULL;
	skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!skb)
		return NULL;

	*hdr = genlmsg_put(skb, 0, 0, &klp_arm_nl_family, 0, KLP_ARM_CMD_EVENT);
	if (*hdr &&
	    !nla_put_uint(skb, KLP_ARM_A_EVENT_SEQ, klp_arm_event_seq) &&
	    !nla_put_u32(skb, KLP_ARM_A_EVENT_KIND, kind) &&
	    !nla_put_uint(skb, KLP_ARM_A_EVENT_TIME, ktime_get_ns()) &&
	    !nla_put_uint(skb, KLP_ARM_A_EVENT_TIME_REAL,
			  ktime_get_real_ns()) &&
	    !nla_put_u32(skb, KLP_ARM_A_EVENT_GENERATION,
			 klp_arm_generation()))
		return skb;

	nlmsg_free(skb);
	return NULL;
}

static void klp_arm_event_end(struct sk_buff *skb, void *hdr, int err)
{
	if (err) {
		nlmsg_free(skb);
		return;
	}
	genlmsg_end(skb, hdr);
	genlmsg_multicast(&klp_arm_nl_family, skb, 0, 0, GFP_KERNEL);
}

/**
 * klp_arm_event_patch() - tell that something happened to a patch
 * @kind: what
 * @patch: the patch
 */
void klp_arm_event_patch(enum klp_arm_event_kind kind, struct klp_patch *patch)
{
	struct klp_arm_record *record = klp_arm_find_record(patch);
	struct sk_buff *skb;
	struct nlattr *nest;
	void *hdr;
	int err;

	skb = klp_arm_event_begin(kind, patch->mod->name, &hdr);
	if (!skb)
		return;

	nest = nla_nest_start(skb, KLP_ARM_A_EVENT_PATCH);
	err = nest ? klp_arm_nl_put_patch(skb, patch, record ? record->id : 0,
					  false) : -EMSGSIZE;
	if (!err)
		nla_nest_end(skb, nest);
	klp_arm_event_end(skb, hdr, err);
}

/**
 * klp_arm_event_transition() - tell that something happened to the transition
 * @kind: what
 */
void klp_arm_event_transition(enum klp_arm_event_kind kind)
{
	const struct klp_patch *patch = klp_arm_running_patch();
	struct klp_arm_transition view;
	struct sk_buff *skb;
	struct nlattr *nest;
	void *hdr;
	int err;

	skb = klp_arm_event_begin(kind, patch ? patch->mod->name : "", &hdr);
	if (!skb)
		return;

	/* This looks at every task, so only if somebody wants to know. */
	klp_arm_read_transition(&view);
	nest = nla_nest_start(skb, KLP_ARM_A_EVENT_TRANSITION);
	err = nest ? klp_arm_nl_put_transition(skb, &view) : -EMSGSIZE;
	if (!err)
		nla_nest_end(skb, nest);
	klp_arm_event_end(skb, hdr, err);
}

/**
 * klp_arm_event_blocker() - tell that a task holds up the transition
 * @blocker: the task
 */
void klp_arm_event_blocker(const struct klp_arm_blocker *blocker)
{
	struct sk_buff *skb;
	struct nlattr *nest;
	void *hdr;
	int err;

	skb = klp_arm_event_begin(KLP_ARM_EVENT_KIND_TRANSITION_BLOCKED,
				  blocker->comm, &hdr);
	if (!skb)
		return;

	nest = nla_nest_start(skb, KLP_ARM_A_EVENT_BLOCKER);
	err = nest ? klp_arm_nl_put_blocker(skb, blocker,
					    klp_transition_patch->mod->name,
					    false) : -EMSGSIZE;
	if (!err)
		nla_nest_end(skb, nest);
	klp_arm_event_end(skb, hdr, err);
}

/**
 * klp_arm_event_failure() - tell that a stack could not be walked
 * @failure: the stack check that failed
 */
void klp_arm_event_failure(const struct klp_arm_failure *failure)
{
	struct sk_buff *skb;
	struct nlattr *nest;
	void *hdr;
	int err;

	skb = klp_arm_event_begin(KLP_ARM_EVENT_KIND_STACK_FAILURE,
				  failure->who.comm, &hdr);
	if (!skb)
		return;

	nest = nla_nest_start(skb, KLP_ARM_A_EVENT_FAILURE);
	err = nest ? klp_arm_nl_put_failure(skb, failure, false) : -EMSGSIZE;
	if (!err)
		nla_nest_end(skb, nest);
	klp_arm_event_end(skb, hdr, err);
}

/**
 * klp_arm_event_module() - tell that a module which is patched comes or goes
 * @kind: which of the two
 * @name: name of the module
 */
void klp_arm_event_module(enum klp_arm_event_kind kind, const char *name)
{
	struct sk_buff *skb;
	void *hdr;

	skb = klp_arm_event_begin(kind, name, &hdr);
	if (skb)
		klp_arm_event_end(skb, hdr,
				  nla_put_string(skb, KLP_ARM_A_EVENT_MODULE,
						 name));
}
