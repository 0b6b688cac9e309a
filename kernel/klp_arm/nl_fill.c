// SPDX-License-Identifier: GPL-2.0
/*
 * nl_fill.c - write one object into one netlink message.
 *
 * One function per kind of message, for replies and dumps alike. They are
 * called with klp_mutex held, return 0 or -EMSGSIZE, and leave the buffer as
 * it was when the message did not fit.
 */

#include <linux/kconfig.h>
#include <net/genetlink.h>
#include "../livepatch/core.h"
#include "../livepatch/transition.h"
#include "blocker.h"
#include "counter.h"
#include "event.h"
#include "failure.h"
#include "history.h"
#include "nl.h"
#include "symbol.h"
#include "transition.h"

static void *klp_arm_nl_begin(const struct klp_arm_nl_out *out)
{
	void *hdr;

	hdr = genlmsg_put(out->skb, out->info->snd_portid, out->info->snd_seq,
			  &klp_arm_nl_family, out->cb ? NLM_F_MULTI : 0,
			  out->info->genlhdr->cmd);
	if (hdr && out->cb)
		genl_dump_check_consistent(out->cb, hdr);

	return hdr;
}

/* End the message, or take it back when something did not fit. */
static int klp_arm_nl_end(struct sk_buff *skb, void *hdr, int err)
{
	if (err) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);

	return 0;
}

/**
 * klp_arm_nl_fill_patch() - write one patch and the first of its objects
 * @out: where to
 * @patch: the patch
 * @id: number of its load
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_patch(const struct klp_arm_nl_out *out,
			  struct klp_patch *patch, u64 id)
{
	struct sk_buff *skb = out->skb;
	void *hdr;
	int err;

	hdr = klp_arm_nl_begin(out);
	if (!hdr)
		return -EMSGSIZE;

	err = klp_arm_nl_put_patch(skb, patch, id, &out->reader);

	return klp_arm_nl_end(skb, hdr, err);
}

/* As symbols have it: without the bit that says that it is Thumb code */
static unsigned long klp_arm_address_of(const void *func)
{
	unsigned long address = (unsigned long)func;

	return KLP_ARM_THUMB ? address & ~1UL : address;
}

/*
 * What the kernel tells to an administrator only. Addresses unveil KASLR, so
 * kptr_restrict has a say, too, as it has for /proc/kallsyms.
 */
/* The replacement, and its size where that is known */
static int klp_arm_nl_put_new(struct sk_buff *skb, const struct klp_func *func)
{
	unsigned long addr = klp_arm_address_of(func->new_func);
	unsigned long size = 0;

	/* A nop stands for the function itself. */
	if (!func->nop)
		size = klp_arm_symbol_size(klp_arm_func_patch(func)->mod, addr);

	return nla_put_uint(skb, KLP_ARM_A_FUNC_NEW_ADDR, addr) ?:
	       (size ? nla_put_uint(skb, KLP_ARM_A_FUNC_NEW_SIZE, size) : 0);
}

static int klp_arm_nl_fill_addresses(struct sk_buff *skb,
				     const struct klp_func *func,
				     bool addresses)
{
	const struct klp_arm_recipe *recipe = klp_arm_func_recipe(func);

	if (recipe &&
	    (nla_put_u32(skb, KLP_ARM_A_FUNC_SP_DELTA, recipe->sp_delta) ||
	     nla_put_u32(skb, KLP_ARM_A_FUNC_RESTORED, recipe->restore)))
		return -EMSGSIZE;
	if (!addresses)
		return 0;

	return nla_put_uint(skb, KLP_ARM_A_FUNC_OLD_ADDR,
			    (unsigned long)func->old_func) ?:
	       nla_put_uint(skb, KLP_ARM_A_FUNC_OLD_SIZE, func->old_size) ?:
	       klp_arm_nl_put_new(skb, func);
}

/**
 * klp_arm_nl_fill_func() - write one func
 * @out: where to
 * @place: the func and what it belongs to
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_func(const struct klp_arm_nl_out *out,
			 const struct klp_arm_place *place)
{
	struct klp_func *active = klp_arm_active_func(place->func);
	const struct klp_func *func = place->func;
	struct sk_buff *skb = out->skb;
	void *hdr;
	u64 hits;
	int err;

	hdr = klp_arm_nl_begin(out);
	if (!hdr)
		return -EMSGSIZE;

	err = nla_put_u32(skb, KLP_ARM_A_FUNC_GENERATION,
			  klp_arm_generation()) ||
	      nla_put_string(skb, KLP_ARM_A_FUNC_PATCH,
			     place->patch->mod->name) ||
	      nla_put_uint(skb, KLP_ARM_A_FUNC_PATCH_ID, place->patch_id) ||
	      nla_put_string(skb, KLP_ARM_A_FUNC_OBJECT,
			     klp_arm_object_name(place->obj)) ||
	      nla_put_string(skb, KLP_ARM_A_FUNC_NAME, func->old_name) ||
	      nla_put_u32(skb, KLP_ARM_A_FUNC_SYMPOS,
			  klp_arm_nl_sympos(func)) ||
	      nla_put_u32(skb, KLP_ARM_A_FUNC_STATE,
			  klp_arm_func_state(place->obj, func)) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_FUNC_ACTIVE, active == func) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_FUNC_NOP, func->nop);

	if (!err && active && !active->nop)
		err = nla_put_string(skb, KLP_ARM_A_FUNC_ACTIVE_PATCH,
				     klp_arm_func_patch(active)->mod->name);
	if (!err && func->patched)
		err = nla_put_u32(skb, KLP_ARM_A_FUNC_ENTRY_PATH,
				  klp_arm_func_entry_path(func));
	if (!err && out->reader.admin && func->old_func)
		err = klp_arm_nl_fill_addresses(skb, func,
						out->reader.addresses);
	if (!err && klp_arm_counter_read(place->func, &hits))
		err = nla_put_uint(skb, KLP_ARM_A_FUNC_HITS, hits);

	return klp_arm_nl_end(skb, hdr, err);
}

/**
 * klp_arm_nl_fill_transition() - write the transition that is under way
 * @out: where to
 * @view: the transition, or that there is none
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_transition(const struct klp_arm_nl_out *out,
			       const struct klp_arm_transition *view)
{
	struct sk_buff *skb = out->skb;
	void *hdr;
	int err;

	hdr = klp_arm_nl_begin(out);
	if (!hdr)
		return -EMSGSIZE;

	err = klp_arm_nl_put_transition(skb, view);

	return klp_arm_nl_end(skb, hdr, err);
}

static int klp_arm_nl_fill_message(const struct klp_arm_nl_out *out,
				   int (*put)(const struct klp_arm_nl_out *out,
					      const void *what),
				   const void *what)
{
	void *hdr;

	hdr = klp_arm_nl_begin(out);
	if (!hdr)
		return -EMSGSIZE;

	return klp_arm_nl_end(out->skb, hdr, put(out, what));
}

static int klp_arm_nl_put_one_blocker(const struct klp_arm_nl_out *out,
				      const void *what)
{
	return klp_arm_nl_put_blocker(out->skb, what,
				      klp_transition_patch->mod->name,
				      &out->reader);
}

static int klp_arm_nl_put_blocker_and_stack(const struct klp_arm_nl_out *out,
					    const void *what)
{
	return klp_arm_nl_put_blocker(out->skb, what,
				      klp_transition_patch->mod->name,
				      &out->reader) ?:
	       klp_arm_nl_put_stack(out->skb, what, &out->reader);
}

/**
 * klp_arm_nl_fill_blocker() - write one blocker
 * @out: where to
 * @blocker: the blocker
 * @stack: its stack is wanted, too
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_blocker(const struct klp_arm_nl_out *out,
			    const struct klp_arm_blocker *blocker, bool stack)
{
	return klp_arm_nl_fill_message(out, stack && out->reader.admin ?
				       klp_arm_nl_put_blocker_and_stack :
				       klp_arm_nl_put_one_blocker, blocker);
}

static int klp_arm_nl_put_one_failure(const struct klp_arm_nl_out *out,
				      const void *what)
{
	return klp_arm_nl_put_failure(out->skb, what, &out->reader);
}

/**
 * klp_arm_nl_fill_failure() - write one stack check that failed
 * @out: where to
 * @failure: the failure
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_failure(const struct klp_arm_nl_out *out,
			    const struct klp_arm_failure *failure)
{
	return klp_arm_nl_fill_message(out, klp_arm_nl_put_one_failure,
				       failure);
}

static int klp_arm_nl_put_one_history(const struct klp_arm_nl_out *out,
				      const void *what)
{
	return klp_arm_nl_put_history(out->skb, what, &out->reader);
}

/**
 * klp_arm_nl_fill_history() - write one transition that is over
 * @out: where to
 * @entry: the transition
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_history(const struct klp_arm_nl_out *out,
			    const struct klp_arm_history *entry)
{
	return klp_arm_nl_fill_message(out, klp_arm_nl_put_one_history, entry);
}

static int klp_arm_nl_put_one_verdict(const struct klp_arm_nl_out *out,
				      const void *what)
{
	const struct klp_arm_nl_verdict *verdict = what;
	struct sk_buff *skb = out->skb;

	if (nla_put_string(skb, KLP_ARM_A_VERDICT_OBJECT, verdict->object) ||
	    nla_put_string(skb, KLP_ARM_A_VERDICT_NAME, verdict->name) ||
	    nla_put_u32(skb, KLP_ARM_A_VERDICT_SYMPOS, verdict->sympos) ||
	    nla_put_u32(skb, KLP_ARM_A_VERDICT_REASON, verdict->reason) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_VERDICT_PATCHED,
				verdict->patched))
		return -EMSGSIZE;
	if (verdict->reason != KLP_ARM_VERDICT_REASON_NONE)
		return nla_put_u32(skb, KLP_ARM_A_VERDICT_OFFSET,
				   verdict->verdict.offset);

	if (nla_put_flag(skb, KLP_ARM_A_VERDICT_REDIRECTABLE))
		return -EMSGSIZE;

	return nla_put_u32(skb, KLP_ARM_A_VERDICT_SP_DELTA,
			   verdict->verdict.recipe.sp_delta) ?:
	       nla_put_u32(skb, KLP_ARM_A_VERDICT_RESTORED,
			   verdict->verdict.recipe.restore);
}

/**
 * klp_arm_nl_fill_verdict() - write whether a function can be redirected
 * @out: where to
 * @verdict: the verdict
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_verdict(const struct klp_arm_nl_out *out,
			    const struct klp_arm_nl_verdict *verdict)
{
	return klp_arm_nl_fill_message(out, klp_arm_nl_put_one_verdict,
				       verdict);
}

/**
 * klp_arm_nl_fill_info() - write what live patching is made of
 * @out: where to
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_info(const struct klp_arm_nl_out *out)
{
	struct sk_buff *skb = out->skb;
	void *hdr;
	int err;

	hdr = klp_arm_nl_begin(out);
	if (!hdr)
		return -EMSGSIZE;

	err = nla_put_u32(skb, KLP_ARM_A_INFO_GENERATION,
			  klp_arm_generation()) ||
	      nla_put_string(skb, KLP_ARM_A_INFO_ARCH, "arm") ||
	      nla_put_u32(skb, KLP_ARM_A_INFO_ENTRY,
			  KLP_ARM_ENTRY_METHOD_MCOUNT) ||
	      nla_put_u32(skb, KLP_ARM_A_INFO_UNWINDER,
			  IS_ENABLED(CONFIG_ARM_UNWIND) ?
			  KLP_ARM_UNWINDER_EHABI :
			  KLP_ARM_UNWINDER_FRAME_POINTER) ||
	      nla_put_u32(skb, KLP_ARM_A_INFO_NAME_MAX, KLP_ARM_NAME_MAX) ||
	      nla_put_u32(skb, KLP_ARM_A_INFO_FUNC_NAME_MAX,
			  KLP_ARM_FUNC_NAME_MAX) ||
	      nla_put_u32(skb, KLP_ARM_A_INFO_OBJECTS_MAX,
			  KLP_ARM_OBJECTS_MAX) ||
	      nla_put_u32(skb, KLP_ARM_A_INFO_BLOCKERS_MAX,
			  KLP_ARM_BLOCKERS_MAX) ||
	      nla_put_u32(skb, KLP_ARM_A_INFO_FAILURES_MAX,
			  KLP_ARM_FAILURES_MAX) ||
	      nla_put_u32(skb, KLP_ARM_A_INFO_HISTORY_MAX,
			  KLP_ARM_HISTORY_MAX) ||
	      nla_put_uint(skb, KLP_ARM_A_INFO_EVENT_SEQ,
			   klp_arm_event_last()) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_INFO_COUNTING,
				  klp_arm_counter_enabled()) ||
	      klp_arm_nl_put_counters(skb);

	return klp_arm_nl_end(skb, hdr, err);
}
