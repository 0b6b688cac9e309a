// SPDX-License-Identifier: GPL-2.0
/*
 * nl_fill.c - write one object into one netlink message.
 *
 * One function per kind of message, for replies and dumps alike. They return 0
 * or -EMSGSIZE, and leave the buffer as it was when the message did not fit.
 * Those for patches, fixes and funcs are called with klp_arm_model_lock() held, others
 * without.
 */

#include <linux/kconfig.h>
#include <net/genetlink.h>
#include "blocker.h"
#include "build_id.h"
#include "counter.h"
#include "event.h"
#include "failure.h"
#include "history.h"
#include "nl.h"
#include "state.h"
#include "symbol.h"
#include "target.h"
#include "transition.h"

static void *klp_arm_nl_begin(const struct klp_arm_nl_out *out)
{
	return genlmsg_put(out->skb, out->info->snd_portid, out->info->snd_seq,
			   &klp_arm_nl_family, out->cb ? NLM_F_MULTI : 0,
			   out->info->genlhdr->cmd);
}

/*
 * End the message, or take it back when something did not fit. The flag that
 * says that a dump is of two generations goes with a message that stays.
 */
static int klp_arm_nl_end(const struct klp_arm_nl_out *out, void *hdr, int err)
{
	if (err) {
		genlmsg_cancel(out->skb, hdr);
		return -EMSGSIZE;
	}
	if (out->cb) {
		out->cb->seq = klp_arm_generation();
		genl_dump_check_consistent(out->cb, hdr);
	}
	genlmsg_end(out->skb, hdr);

	return 0;
}

/**
 * klp_arm_nl_fill_patch() - write one patch and the first of its objects
 * @out: where to
 * @record: the patch
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_patch(const struct klp_arm_nl_out *out,
			  const struct klp_arm_record *record)
{
	struct sk_buff *skb = out->skb;
	void *hdr;
	int err;

	hdr = klp_arm_nl_begin(out);
	if (!hdr)
		return -EMSGSIZE;

	err = klp_arm_nl_put_patch(skb, record, &out->reader);

	return klp_arm_nl_end(out, hdr, err);
}

static int klp_arm_nl_put_fix(struct sk_buff *skb,
			      const struct klp_arm_record *record,
			      const char *fix)
{
	char name[KLP_ARM_FUNC_NAME_MAX + 1];
	bool cut = strscpy(name, fix) < 0;

	return nla_put_u32(skb, KLP_ARM_A_FIX_GENERATION,
			   klp_arm_generation()) ?:
	       nla_put_string(skb, KLP_ARM_A_FIX_PATCH, record->mod->name) ?:
	       nla_put_uint(skb, KLP_ARM_A_FIX_PATCH_ID, record->id) ?:
	       nla_put_string(skb, KLP_ARM_A_FIX_NAME, name) ?:
	       klp_arm_nl_put_flag(skb, KLP_ARM_A_FIX_CUT, cut);
}

/**
 * klp_arm_nl_fill_fix() - write what a patch says that it fixes
 * @out: where to
 * @record: the patch
 * @fix: the entry of its .modinfo
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_fix(const struct klp_arm_nl_out *out,
			const struct klp_arm_record *record, const char *fix)
{
	void *hdr = klp_arm_nl_begin(out);

	if (!hdr)
		return -EMSGSIZE;

	return klp_arm_nl_end(out, hdr,
			      klp_arm_nl_put_fix(out->skb, record, fix));
}

/*
 * What the kernel tells to an administrator only. Addresses unveil KASLR, so
 * kptr_restrict has a say, too, as it has for /proc/kallsyms.
 */
static int klp_arm_nl_fill_addresses(struct sk_buff *skb,
				     const struct klp_arm_func_view *view,
				     u32 new_size, bool addresses)
{
	if (view->redirected &&
	    (nla_put_u32(skb, KLP_ARM_A_FUNC_SP_DELTA, view->sp_delta) ||
	     nla_put_u32(skb, KLP_ARM_A_FUNC_RESTORED, view->restore)))
		return -EMSGSIZE;
	if (!addresses)
		return 0;

	return nla_put_uint(skb, KLP_ARM_A_FUNC_OLD_ADDR, view->old_addr) ?:
	       nla_put_uint(skb, KLP_ARM_A_FUNC_OLD_SIZE, view->old_size) ?:
	       nla_put_uint(skb, KLP_ARM_A_FUNC_NEW_ADDR, view->new_addr) ?:
	       (new_size ? nla_put_uint(skb, KLP_ARM_A_FUNC_NEW_SIZE,
					new_size) : 0);
}

static int klp_arm_nl_put_active_patch(struct sk_buff *skb,
				       const struct klp_arm_func_view *view)
{
	const struct klp_arm_record *record;

	record = view->active_id ? klp_arm_record_from(view->active_id) : NULL;
	if (!record || record->id != view->active_id)
		return 0;

	return nla_put_string(skb, KLP_ARM_A_FUNC_ACTIVE_PATCH,
			      record->mod->name);
}

/*
 * The call is read as it is now: the model says that it is in memory, and
 * klp_arm_module_going() changes that before it goes.
 */
static int klp_arm_nl_put_entry_path(struct sk_buff *skb,
				     const struct klp_arm_func_view *view)
{
	enum klp_arm_entry_path path;

	if (!view->patched || !klp_arm_site_entry_path(&view->site, &path))
		return 0;

	return nla_put_u32(skb, KLP_ARM_A_FUNC_ENTRY_PATH, path);
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
	const struct klp_arm_func_view *view = place->view;
	const struct klp_arm_func_entry *func = place->func;
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
			     place->record->mod->name) ||
	      nla_put_uint(skb, KLP_ARM_A_FUNC_PATCH_ID, place->record->id) ||
	      nla_put_string(skb, KLP_ARM_A_FUNC_OBJECT, place->object->name) ||
	      nla_put_string(skb, KLP_ARM_A_FUNC_NAME, func->name) ||
	      nla_put_u32(skb, KLP_ARM_A_FUNC_SYMPOS, func->sympos) ||
	      nla_put_u32(skb, KLP_ARM_A_FUNC_STATE, view->state) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_FUNC_ACTIVE, view->active) ||
	      klp_arm_nl_put_active_patch(skb, view) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_FUNC_NOP, func->nop) ||
	      klp_arm_nl_put_entry_path(skb, view);
	if (!err && out->reader.admin && view->old_addr)
		err = klp_arm_nl_fill_addresses(skb, view, func->new_size,
						out->reader.addresses);
	if (!err && klp_arm_counter_read(func, &hits))
		err = nla_put_uint(skb, KLP_ARM_A_FUNC_HITS, hits);

	return klp_arm_nl_end(out, hdr, err);
}

/**
 * klp_arm_nl_fill_transition() - write the transition that is under way
 * @out: where to
 * @view: the transition, or that there is none; its tasks are counted here
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_transition(const struct klp_arm_nl_out *out,
			       struct klp_arm_transition *view)
{
	struct sk_buff *skb = out->skb;
	void *hdr;
	int err;

	hdr = klp_arm_nl_begin(out);
	if (!hdr)
		return -EMSGSIZE;

	if (view->patch[0])
		klp_arm_count_tasks(view);
	err = klp_arm_nl_put_transition(skb, view) ?:
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_TRANSITION_CORE_BUSY,
				  klp_arm_core_busy());

	return klp_arm_nl_end(out, hdr, err);
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

	return klp_arm_nl_end(out, hdr, put(out, what));
}

/**
 * klp_arm_nl_fill_blocker() - write one blocker
 * @out: where to
 * @blocker: the blocker
 * @patch: name of the patch whose transition it holds up
 * @stack: its stack is wanted, too
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_blocker(const struct klp_arm_nl_out *out,
			    const struct klp_arm_blocker *blocker,
			    const char *patch, bool stack)
{
	void *hdr;
	int err;

	hdr = klp_arm_nl_begin(out);
	if (!hdr)
		return -EMSGSIZE;

	err = klp_arm_nl_put_blocker(out->skb, blocker, patch,
				     &out->reader);
	if (!err && stack && out->reader.admin)
		err = klp_arm_nl_put_stack(out->skb, blocker,
					   &out->reader);

	return klp_arm_nl_end(out, hdr, err);
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

static int klp_arm_nl_put_one_code(const struct klp_arm_nl_out *out,
				   const void *what)
{
	const struct klp_arm_nl_code *code = what;
	struct sk_buff *skb = out->skb;

	if (nla_put_string(skb, KLP_ARM_A_CODE_OBJECT, code->object) ||
	    nla_put_string(skb, KLP_ARM_A_CODE_NAME, code->name) ||
	    nla_put_u32(skb, KLP_ARM_A_CODE_SYMPOS, code->sympos) ||
	    nla_put_u32(skb, KLP_ARM_A_CODE_OFFSET, code->offset) ||
	    nla_put_u32(skb, KLP_ARM_A_CODE_SIZE, code->size))
		return -EMSGSIZE;
	if (!code->count)
		return 0;

	return nla_put(skb, KLP_ARM_A_CODE_BYTES, code->count, code->bytes);
}

/**
 * klp_arm_nl_fill_code() - write a part of a function's code
 * @out: where to
 * @code: the part
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_code(const struct klp_arm_nl_out *out,
			 const struct klp_arm_nl_code *code)
{
	return klp_arm_nl_fill_message(out, klp_arm_nl_put_one_code, code);
}

/**
 * klp_arm_nl_fill_info() - write what live patching is made of
 * @out: where to
 * @generation: number of the state
 *
 * Return: 0, or -EMSGSIZE.
 */
int klp_arm_nl_fill_info(const struct klp_arm_nl_out *out, u32 generation)
{
	struct sk_buff *skb = out->skb;
	void *hdr;
	int err;

	hdr = klp_arm_nl_begin(out);
	if (!hdr)
		return -EMSGSIZE;

	err = nla_put_u32(skb, KLP_ARM_A_INFO_GENERATION, generation) ||
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
	      klp_arm_nl_put_build_id(skb, KLP_ARM_A_INFO_BUILD_ID,
				      klp_arm_kernel_build_id()) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_INFO_REQUIRE_TARGET,
				  klp_arm_target_required()) ||
	      klp_arm_nl_put_counters(skb) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_INFO_CORE_BUSY,
				  klp_arm_core_busy());

	return klp_arm_nl_end(out, hdr, err);
}
