// SPDX-License-Identifier: GPL-2.0
/*
 * nl_put_task.c - attributes of what is about a task: blockers, stack checks
 * that failed, and the worst blocker of a past transition.
 *
 * All of it is called without klp_arm_model_lock(), on copies, and returns 0 or
 * -EMSGSIZE, after which the caller takes the whole message back.
 */

#include <linux/array_size.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <net/genetlink.h>
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
 * Blockers, failures and the worst of a past transition say who and why in the
 * same words: the attributes only have other numbers.
 */
struct klp_arm_nl_types {
	int pid, tid, comm;
	int reason, func, stack_reason, where;
};

static const struct klp_arm_nl_types klp_arm_nl_blocker_types = {
	.pid		= KLP_ARM_A_BLOCKER_PID,
	.tid		= KLP_ARM_A_BLOCKER_TID,
	.comm		= KLP_ARM_A_BLOCKER_COMM,
	.reason		= KLP_ARM_A_BLOCKER_REASON,
	.func		= KLP_ARM_A_BLOCKER_FUNC,
	.stack_reason	= KLP_ARM_A_BLOCKER_STACK_REASON,
	.where		= KLP_ARM_A_BLOCKER_WHERE,
};

static const struct klp_arm_nl_types klp_arm_nl_failure_types = {
	.pid		= KLP_ARM_A_FAILURE_PID,
	.tid		= KLP_ARM_A_FAILURE_TID,
	.comm		= KLP_ARM_A_FAILURE_COMM,
	.reason		= KLP_ARM_A_FAILURE_REASON,
	.func		= KLP_ARM_A_FAILURE_FUNC,
	.stack_reason	= KLP_ARM_A_FAILURE_STACK_REASON,
	.where		= KLP_ARM_A_FAILURE_WHERE,
};

static int klp_arm_nl_put_who(struct sk_buff *skb,
			      const struct klp_arm_nl_types *type,
			      const struct klp_arm_blocker *blocker,
			      const struct klp_arm_nl_identity *who)
{
	if (who->numbered && (nla_put_u32(skb, type->pid, who->pid) ||
			      nla_put_u32(skb, type->tid, who->tid)))
		return -EMSGSIZE;

	return who->shown ? nla_put_string(skb, type->comm, blocker->comm) : 0;
}

static int klp_arm_nl_put_where(struct sk_buff *skb, int type,
				const struct klp_arm_blocker *blocker,
				const struct klp_arm_nl_reader *reader)
{
	if (!reader->admin || !blocker->pc)
		return 0;

	return klp_arm_nl_put_symbol(skb, type, blocker->pc,
				     reader->addresses);
}

/* Which function a task sleeps in is as much as its wchan says in /proc. */
static int klp_arm_nl_put_why(struct sk_buff *skb,
			      const struct klp_arm_nl_types *type,
			      const struct klp_arm_blocker *blocker,
			      const struct klp_arm_nl_identity *who,
			      const struct klp_arm_nl_reader *reader)
{
	if (nla_put_u32(skb, type->reason, blocker->reason))
		return -EMSGSIZE;

	switch (blocker->reason) {
	case KLP_ARM_BLOCKER_REASON_SLEEPING_ON_FUNC:
		return who->shown ?
		       nla_put_string(skb, type->func, blocker->func) : 0;
	case KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK:
		return nla_put_u32(skb, type->stack_reason,
				   blocker->stack_reason) ?:
		       klp_arm_nl_put_where(skb, type->where, blocker, reader);
	default:
		return 0;
	}
}

/* What is about the task alone; its numbers are behind its name. */
static int klp_arm_nl_put_kind(struct sk_buff *skb,
			       const struct klp_arm_blocker *blocker)
{
	if (klp_arm_nl_put_flag(skb, KLP_ARM_A_BLOCKER_KTHREAD,
				blocker->kthread))
		return -EMSGSIZE;

	return blocker->cpu < 0 ? 0 :
	       nla_put_u32(skb, KLP_ARM_A_BLOCKER_CPU, blocker->cpu);
}

static int
klp_arm_nl_put_blocker_as(struct sk_buff *skb,
			  const struct klp_arm_blocker *blocker,
			  const char *patch,
			  const struct klp_arm_nl_identity *who,
			  const struct klp_arm_nl_reader *reader)
{
	const struct klp_arm_nl_types *types = &klp_arm_nl_blocker_types;

	if (nla_put_u32(skb, KLP_ARM_A_BLOCKER_GENERATION,
			klp_arm_generation()) ||
	    nla_put_string(skb, KLP_ARM_A_BLOCKER_PATCH, patch) ||
	    klp_arm_nl_put_who(skb, types, blocker, who) ||
	    klp_arm_nl_put_why(skb, types, blocker, who, reader) ||
	    nla_put_u32(skb, KLP_ARM_A_BLOCKER_ATTEMPTS, blocker->attempts) ||
	    nla_put_uint(skb, KLP_ARM_A_BLOCKER_FIRST_SEEN,
			 blocker->first_seen) ||
	    nla_put_uint(skb, KLP_ARM_A_BLOCKER_LAST_SEEN, blocker->last_seen))
		return -EMSGSIZE;

	return who->shown ? klp_arm_nl_put_kind(skb, blocker) : 0;
}

/**
 * klp_arm_nl_put_blocker() - write the attributes of a blocker
 * @skb: where to
 * @blocker: the blocker
 * @patch: name of the patch whose transition it holds up
 * @reader: who reads it
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_blocker(struct sk_buff *skb,
			   const struct klp_arm_blocker *blocker,
			   const char *patch,
			   const struct klp_arm_nl_reader *reader)
{
	const struct klp_arm_nl_identity who =
		klp_arm_nl_identify(reader, blocker);

	return klp_arm_nl_put_blocker_as(skb, blocker, patch, &who, reader);
}

/* Names have any length, and a message must fit: the outermost go first. */
#define STACK_BYTES 2048

static int klp_arm_nl_put_frame(struct sk_buff *skb, unsigned long addr,
				bool addresses, bool reliable)
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
	if (!err)
		err = klp_arm_nl_put_flag(skb, KLP_ARM_A_FRAME_UNRELIABLE,
					  !reliable);

	return klp_arm_nl_end_nest(skb, nest, err);
}

/**
 * klp_arm_nl_put_stack() - write the stack of a blocker, as of now
 * @skb: where to
 * @blocker: the blocker; nothing is written if it runs, or is gone
 * @reader: who reads it, an administrator
 *
 * The walk is the reliable one, and the frames until that gives up are right. If
 * an exception frame is the reason, more are written, each with a flag that says
 * that it may be wrong.
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_stack(struct sk_buff *skb,
			 const struct klp_arm_blocker *blocker,
			 const struct klp_arm_nl_reader *reader)
{
	unsigned long entries[KLP_ARM_FRAMES_MAX];
	unsigned int start = skb->len;
	unsigned int count, reliable, i;
	int err = 0;

	count = klp_arm_blocker_stack(blocker, entries, ARRAY_SIZE(entries),
				      &reliable);
	for (i = 0; i < count && !err && skb->len - start < STACK_BYTES; i++)
		err = klp_arm_nl_put_frame(skb, entries[i], reader->addresses,
					   i < reliable);

	return err;
}

/**
 * klp_arm_nl_put_failure() - write the attributes of a failed stack check
 * @skb: where to
 * @failure: the failure
 * @reader: who reads it
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_failure(struct sk_buff *skb,
			   const struct klp_arm_failure *failure,
			   const struct klp_arm_nl_reader *reader)
{
	const struct klp_arm_nl_types *types = &klp_arm_nl_failure_types;
	const struct klp_arm_nl_identity who =
		klp_arm_nl_identify_past(reader, &failure->who);

	if (nla_put_uint(skb, KLP_ARM_A_FAILURE_ID, failure->id) ||
	    nla_put_uint(skb, KLP_ARM_A_FAILURE_TIME, failure->time) ||
	    nla_put_uint(skb, KLP_ARM_A_FAILURE_TIME_REAL,
			 failure->time_real) ||
	    nla_put_string(skb, KLP_ARM_A_FAILURE_PATCH, failure->patch) ||
	    klp_arm_nl_put_who(skb, types, &failure->who, &who))
		return -EMSGSIZE;

	return klp_arm_nl_put_why(skb, types, &failure->who, &who, reader);
}

static int klp_arm_nl_put_worst(struct sk_buff *skb,
				const struct klp_arm_history *entry,
				const struct klp_arm_nl_reader *reader)
{
	const struct klp_arm_nl_identity who =
		klp_arm_nl_identify_past(reader, &entry->worst);
	struct nlattr *nest;

	if (!entry->worst.attempts)
		return 0;
	nest = nla_nest_start(skb, KLP_ARM_A_HISTORY_WORST);
	if (!nest)
		return -EMSGSIZE;

	return klp_arm_nl_end_nest(skb, nest,
				   klp_arm_nl_put_blocker_as(skb,
							     &entry->worst,
							     entry->patch,
							     &who, reader));
}

/**
 * klp_arm_nl_put_history() - write the attributes of a past transition
 * @skb: where to
 * @entry: the transition
 * @reader: who reads it
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_put_history(struct sk_buff *skb,
			   const struct klp_arm_history *entry,
			   const struct klp_arm_nl_reader *reader)
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

	return klp_arm_nl_put_worst(skb, entry, reader);
}
