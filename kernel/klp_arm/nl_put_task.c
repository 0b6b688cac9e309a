// SPDX-License-Identifier: GPL-2.0
/*
 * nl_put_task.c - attributes of what is about a task: blockers, stack checks
 * that failed, and the worst blocker of a past transition.
 *
 * All of it is called with klp_mutex held and returns 0 or -EMSGSIZE, after
 * which the caller takes the whole message back.
 */

#include <linux/array_size.h>
#include <linux/cred.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <net/genetlink.h>
#include "../livepatch/core.h"
#include "blocker.h"
#include "failure.h"
#include "history.h"
#include "nl.h"

/*
 * Function and offset. Code may be gone by now, and then the address is all that
 * is left to say, to those who may see it. Whatever module has been loaded at
 * that address since, sprint_symbol() keeps it while it reads the names.
 */
static int klp_arm_nl_put_symbol(struct sk_buff *skb, int type,
				 unsigned long addr, bool addresses)
{
	char name[KSYM_SYMBOL_LEN];

	if (!addresses && !__kernel_text_address(addr))
		return 0;
	sprint_symbol(name, addr);

	return nla_put_string(skb, type, name);
}

/*
 * Blockers, failures and the worst of a past transition say why in the same
 * words: the attributes only have other numbers.
 */
struct klp_arm_nl_why {
	int reason, func, stack_reason, where;
};

static int klp_arm_nl_put_why(struct sk_buff *skb,
			      const struct klp_arm_nl_why *type,
			      const struct klp_arm_blocker *blocker,
			      bool privileged)
{
	if (nla_put_u32(skb, type->reason, blocker->reason))
		return -EMSGSIZE;

	switch (blocker->reason) {
	case KLP_ARM_BLOCKER_REASON_SLEEPING_ON_FUNC:
		return nla_put_string(skb, type->func, blocker->func);
	case KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK:
		if (nla_put_u32(skb, type->stack_reason,
				blocker->stack_reason))
			return -EMSGSIZE;
		if (!privileged || !blocker->pc)
			return 0;
		return klp_arm_nl_put_symbol(skb, type->where, blocker->pc,
					     kallsyms_show_value(current_cred()));
	default:
		return 0;
	}
}

/**
 * klp_arm_nl_put_blocker() - write the attributes of a blocker
 * @skb: where to
 * @blocker: the blocker
 * @patch: name of the patch whose transition it holds up, or has held up
 * @privileged: the reader may see addresses
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_blocker(struct sk_buff *skb,
			   const struct klp_arm_blocker *blocker,
			   const char *patch, bool privileged)
{
	static const struct klp_arm_nl_why why = {
		.reason		= KLP_ARM_A_BLOCKER_REASON,
		.func		= KLP_ARM_A_BLOCKER_FUNC,
		.stack_reason	= KLP_ARM_A_BLOCKER_STACK_REASON,
		.where		= KLP_ARM_A_BLOCKER_WHERE,
	};

	if (nla_put_u32(skb, KLP_ARM_A_BLOCKER_GENERATION,
			klp_arm_generation()) ||
	    nla_put_string(skb, KLP_ARM_A_BLOCKER_PATCH, patch) ||
	    nla_put_u32(skb, KLP_ARM_A_BLOCKER_PID, blocker->pid) ||
	    nla_put_u32(skb, KLP_ARM_A_BLOCKER_TID, blocker->tid) ||
	    nla_put_string(skb, KLP_ARM_A_BLOCKER_COMM, blocker->comm) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_BLOCKER_KTHREAD,
				blocker->kthread) ||
	    klp_arm_nl_put_why(skb, &why, blocker, privileged) ||
	    nla_put_u32(skb, KLP_ARM_A_BLOCKER_ATTEMPTS, blocker->attempts) ||
	    nla_put_uint(skb, KLP_ARM_A_BLOCKER_FIRST_SEEN,
			 blocker->first_seen) ||
	    nla_put_uint(skb, KLP_ARM_A_BLOCKER_LAST_SEEN, blocker->last_seen))
		return -EMSGSIZE;

	return blocker->cpu < 0 ? 0 :
	       nla_put_u32(skb, KLP_ARM_A_BLOCKER_CPU, blocker->cpu);
}

/* Names have any length, and a message must fit: the outermost go first. */
#define STACK_BYTES 2048

static int klp_arm_nl_put_frame(struct sk_buff *skb, unsigned long addr,
				bool addresses)
{
	struct nlattr *nest;
	int err;

	nest = nla_nest_start(skb, KLP_ARM_A_BLOCKER_STACK);
	if (!nest)
		return -EMSGSIZE;

	err = klp_arm_nl_put_symbol(skb, KLP_ARM_A_FRAME_SYMBOL, addr,
				    addresses);
	if (!err && addresses)
		err = nla_put_uint(skb, KLP_ARM_A_FRAME_ADDR, addr);

	return klp_arm_nl_end_nest(skb, nest, err);
}

/**
 * klp_arm_nl_put_stack() - write the stack of a blocker, as of now
 * @skb: where to
 * @blocker: the blocker; nothing is written if it runs, or is gone
 *
 * The walk is the reliable one. It ends where that gives up, and the frames
 * until there are right.
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_stack(struct sk_buff *skb,
			 const struct klp_arm_blocker *blocker)
{
	unsigned long entries[KLP_ARM_FRAMES_MAX];
	bool addresses = kallsyms_show_value(current_cred());
	unsigned int start = skb->len;
	unsigned int count, i;
	int err = 0;

	count = klp_arm_blocker_stack(blocker, entries, ARRAY_SIZE(entries));
	for (i = 0; i < count && !err && skb->len - start < STACK_BYTES; i++)
		err = klp_arm_nl_put_frame(skb, entries[i], addresses);

	return err;
}

/**
 * klp_arm_nl_put_failure() - write the attributes of a failed stack check
 * @skb: where to
 * @failure: the failure
 * @privileged: the reader may see addresses
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_failure(struct sk_buff *skb,
			   const struct klp_arm_failure *failure,
			   bool privileged)
{
	static const struct klp_arm_nl_why why = {
		.reason		= KLP_ARM_A_FAILURE_REASON,
		.func		= KLP_ARM_A_FAILURE_FUNC,
		.stack_reason	= KLP_ARM_A_FAILURE_STACK_REASON,
		.where		= KLP_ARM_A_FAILURE_WHERE,
	};

	if (nla_put_uint(skb, KLP_ARM_A_FAILURE_ID, failure->id) ||
	    nla_put_uint(skb, KLP_ARM_A_FAILURE_TIME, failure->time) ||
	    nla_put_uint(skb, KLP_ARM_A_FAILURE_TIME_REAL,
			 failure->time_real) ||
	    nla_put_string(skb, KLP_ARM_A_FAILURE_PATCH, failure->patch) ||
	    nla_put_u32(skb, KLP_ARM_A_FAILURE_PID, failure->who.pid) ||
	    nla_put_u32(skb, KLP_ARM_A_FAILURE_TID, failure->who.tid) ||
	    nla_put_string(skb, KLP_ARM_A_FAILURE_COMM, failure->who.comm))
		return -EMSGSIZE;

	return klp_arm_nl_put_why(skb, &why, &failure->who, privileged);
}

static int klp_arm_nl_put_worst(struct sk_buff *skb,
				const struct klp_arm_history *entry,
				bool privileged)
{
	struct nlattr *nest;

	if (!entry->worst.attempts)
		return 0;
	nest = nla_nest_start(skb, KLP_ARM_A_HISTORY_WORST);
	if (!nest)
		return -EMSGSIZE;

	return klp_arm_nl_end_nest(skb, nest,
				   klp_arm_nl_put_blocker(skb, &entry->worst,
							  entry->patch,
							  privileged));
}

/**
 * klp_arm_nl_put_history() - write the attributes of a past transition
 * @skb: where to
 * @entry: the transition
 * @privileged: the reader may see addresses
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_history(struct sk_buff *skb,
			   const struct klp_arm_history *entry,
			   bool privileged)
{
	if (nla_put_uint(skb, KLP_ARM_A_HISTORY_ID, entry->id) ||
	    nla_put_string(skb, KLP_ARM_A_HISTORY_PATCH, entry->patch) ||
	    nla_put_uint(skb, KLP_ARM_A_HISTORY_PATCH_ID, entry->patch_id) ||
	    nla_put_u32(skb, KLP_ARM_A_HISTORY_DIRECTION, entry->direction) ||
	    nla_put_u32(skb, KLP_ARM_A_HISTORY_RESULT, entry->result) ||
	    nla_put_uint(skb, KLP_ARM_A_HISTORY_STARTED, entry->started) ||
	    nla_put_uint(skb, KLP_ARM_A_HISTORY_STARTED_REAL,
			 entry->started_real) ||
	    nla_put_uint(skb, KLP_ARM_A_HISTORY_DURATION_MS,
			 entry->duration_ms) ||
	    nla_put_u32(skb, KLP_ARM_A_HISTORY_ATTEMPTS, entry->attempts) ||
	    nla_put_u32(skb, KLP_ARM_A_HISTORY_SIGNALS, entry->signals))
		return -EMSGSIZE;

	return klp_arm_nl_put_worst(skb, entry, privileged);
}
