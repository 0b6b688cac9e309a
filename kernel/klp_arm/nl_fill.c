// SPDX-License-Identifier: GPL-2.0
/*
 * nl_fill.c - write patches, funcs and the transition into netlink messages.
 *
 * One function per kind of message, for replies and dumps alike. They are
 * called with klp_mutex held, return 0 or -EMSGSIZE, and leave the buffer as
 * it was when the message did not fit.
 */

#include <linux/cred.h>
#include <linux/kallsyms.h>
#include <linux/kconfig.h>
#include <net/genetlink.h>
#include "../livepatch/core.h"
#include "nl.h"

static int klp_arm_nl_put_flag(struct sk_buff *skb, int type, bool value)
{
	return value ? nla_put_flag(skb, type) : 0;
}

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

static u32 klp_arm_nl_count_funcs(struct klp_object *obj)
{
	struct klp_func *func;
	u32 count = 0;

	klp_for_each_func(obj, func)
		count++;

	return count;
}

static int klp_arm_nl_fill_object(struct sk_buff *skb, struct klp_object *obj,
				  u32 funcs)
{
	struct nlattr *nest;

	nest = nla_nest_start(skb, KLP_ARM_A_PATCH_OBJECTS);
	if (!nest)
		return -EMSGSIZE;

	if (nla_put_string(skb, KLP_ARM_A_OBJECT_NAME,
			   klp_arm_object_name(obj)) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_OBJECT_PATCHED, obj->patched) ||
	    klp_arm_nl_put_flag(skb, KLP_ARM_A_OBJECT_LOADED,
				klp_is_object_loaded(obj)) ||
	    nla_put_u32(skb, KLP_ARM_A_OBJECT_FUNC_COUNT, funcs)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);

	return 0;
}

static int klp_arm_nl_fill_objects(struct sk_buff *skb, struct klp_patch *patch)
{
	u32 objects = 0, total = 0, funcs;
	struct klp_object *obj;

	klp_for_each_object(patch, obj) {
		funcs = klp_arm_nl_count_funcs(obj);
		total += funcs;
		if (objects++ < KLP_ARM_OBJECTS_MAX &&
		    klp_arm_nl_fill_object(skb, obj, funcs))
			return -EMSGSIZE;
	}

	return nla_put_u32(skb, KLP_ARM_A_PATCH_OBJECT_COUNT, objects) ?:
	       nla_put_u32(skb, KLP_ARM_A_PATCH_FUNC_COUNT, total);
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

	err = nla_put_u32(skb, KLP_ARM_A_PATCH_GENERATION,
			  klp_arm_generation()) ||
	      nla_put_uint(skb, KLP_ARM_A_PATCH_ID, id) ||
	      nla_put_string(skb, KLP_ARM_A_PATCH_NAME, patch->mod->name) ||
	      nla_put_u32(skb, KLP_ARM_A_PATCH_STATE,
			  klp_arm_patch_state(patch)) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_PATCH_REPLACE,
				  patch->replace) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_PATCH_FORCED, patch->forced) ||
	      klp_arm_nl_fill_objects(skb, patch);

	return klp_arm_nl_end(skb, hdr, err);
}

/*
 * What the kernel tells to an administrator only. Addresses unveil KASLR, so
 * kptr_restrict has a say, too, as it has for /proc/kallsyms.
 */
static int klp_arm_nl_fill_addresses(struct sk_buff *skb,
				     const struct klp_func *func)
{
	const struct klp_arm_recipe *recipe = klp_arm_func_recipe(func);

	if (recipe &&
	    (nla_put_u32(skb, KLP_ARM_A_FUNC_SP_DELTA, recipe->sp_delta) ||
	     nla_put_u32(skb, KLP_ARM_A_FUNC_RESTORED, recipe->restore)))
		return -EMSGSIZE;
	if (!kallsyms_show_value(current_cred()))
		return 0;

	return nla_put_uint(skb, KLP_ARM_A_FUNC_OLD_ADDR,
			    (unsigned long)func->old_func) ?:
	       nla_put_uint(skb, KLP_ARM_A_FUNC_OLD_SIZE, func->old_size) ?:
	       nla_put_uint(skb, KLP_ARM_A_FUNC_NEW_ADDR,
			    (unsigned long)func->new_func) ?:
	       nla_put_uint(skb, KLP_ARM_A_FUNC_NEW_SIZE, func->new_size);
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
				  KLP_ARM_ENTRY_PATH_HANDLER);
	if (!err && out->privileged && func->old_func)
		err = klp_arm_nl_fill_addresses(skb, func);

	return klp_arm_nl_end(skb, hdr, err);
}

static int klp_arm_nl_fill_tasks(struct sk_buff *skb,
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

	err = nla_put_u32(skb, KLP_ARM_A_TRANSITION_GENERATION,
			  klp_arm_generation());
	if (err || !view->patch)
		return klp_arm_nl_end(skb, hdr, err);

	err = nla_put_string(skb, KLP_ARM_A_TRANSITION_PATCH,
			     view->patch->mod->name) ||
	      nla_put_uint(skb, KLP_ARM_A_TRANSITION_PATCH_ID,
			   view->patch_id) ||
	      nla_put_u32(skb, KLP_ARM_A_TRANSITION_DIRECTION,
			  view->direction) ||
	      nla_put_uint(skb, KLP_ARM_A_TRANSITION_STARTED, view->started) ||
	      nla_put_uint(skb, KLP_ARM_A_TRANSITION_STARTED_REAL,
			   view->started_real) ||
	      nla_put_uint(skb, KLP_ARM_A_TRANSITION_ELAPSED_MS,
			   view->elapsed_ms) ||
	      klp_arm_nl_fill_tasks(skb, view) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_TRANSITION_FORCED,
				  view->forced) ||
	      klp_arm_nl_put_flag(skb, KLP_ARM_A_TRANSITION_REVERSED,
				  view->reversed);

	return klp_arm_nl_end(skb, hdr, err);
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
	      nla_put_u32(skb, KLP_ARM_A_INFO_OBJECTS_MAX, KLP_ARM_OBJECTS_MAX);

	return klp_arm_nl_end(skb, hdr, err);
}
