// SPDX-License-Identifier: GPL-2.0
/*
 * nl.c - the generic netlink family "klp_arm" and its requests for one object.
 *
 * docs/netlink/specs/klp_arm.yaml describes the messages, and policies and op
 * table come from it. klp_arm_model_lock() is held while a message is built, so
 * each one shows a single state; its generation says which. Whatever the
 * livepatch core is busy with, the answer does not wait for it.
 */

#define pr_fmt(fmt) "klp_arm: " fmt

#include <linux/init.h>
#include <linux/module.h>
#include <linux/string.h>
#include <net/genetlink.h>
#include "nl.h"
#include "nl_gen.h"
#include "state.h"
#include "transition.h"

/**
 * klp_arm_nl_string() - read an optional name of a request
 * @attrs: attributes of the request
 * @type: the one that is wanted
 *
 * Return: the name, which ends with a NUL by policy, or NULL.
 */
const char *klp_arm_nl_string(struct nlattr **attrs, int type)
{
	return attrs[type] ? nla_data(attrs[type]) : NULL;
}

/**
 * klp_arm_nl_fits() - compare a name with the one that is wanted
 * @wanted: the name that is wanted, NULL for any
 * @name: the name
 *
 * Return: whether it fits.
 */
bool klp_arm_nl_fits(const char *wanted, const char *name)
{
	return !wanted || !strcmp(wanted, name);
}

/**
 * klp_arm_nl_find_patch() - find the patch that a request names
 * @info: the request
 * @type: attribute with the name
 *
 * Context: klp_arm_model_lock() or klp_mutex held.
 * Return: the patch, or NULL with an extack text.
 */
struct klp_arm_record *klp_arm_nl_find_patch(const struct genl_info *info,
					     int type)
{
	const char *name = nla_data(info->attrs[type]);
	struct klp_arm_record *record = klp_arm_record_named(name);

	if (!record)
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, info->attrs[type],
					"no patch named '%s'", name);

	return record;
}

/**
 * klp_arm_nl_check_patch() - refuse a request that names an unknown patch
 * @info: the request
 * @type: attribute with the name, which may be absent
 *
 * Return: 0, or -ENOENT with an extack text.
 */
int klp_arm_nl_check_patch(const struct genl_info *info, int type)
{
	int err = 0;

	if (!info->attrs[type])
		return 0;

	klp_arm_model_lock();
	if (!klp_arm_nl_find_patch(info, type))
		err = -ENOENT;
	klp_arm_model_unlock();

	return err;
}

/**
 * klp_arm_nl_read_filter() - read which funcs a request means
 * @filter: filled; its names are those of @attrs
 * @attrs: attributes of a func-get request
 */
void klp_arm_nl_read_filter(struct klp_arm_nl_filter *filter,
			    struct nlattr **attrs)
{
	filter->patch = klp_arm_nl_string(attrs, KLP_ARM_A_FUNC_PATCH);
	filter->object = klp_arm_nl_string(attrs, KLP_ARM_A_FUNC_OBJECT);
	filter->name = klp_arm_nl_string(attrs, KLP_ARM_A_FUNC_NAME);
	filter->sympos = attrs[KLP_ARM_A_FUNC_SYMPOS] ?
			 nla_get_u32(attrs[KLP_ARM_A_FUNC_SYMPOS]) : 0;
}

/**
 * klp_arm_nl_filter_fits() - tell whether a request means this func
 * @filter: what the request says
 * @place: the func and what it belongs to
 *
 * Context: klp_arm_model_lock() held.
 * Return: whether it does.
 */
bool klp_arm_nl_filter_fits(const struct klp_arm_nl_filter *filter,
			    const struct klp_arm_place *place)
{
	return !place->view->gone &&
	       klp_arm_nl_fits(filter->patch, place->record->mod->name) &&
	       klp_arm_nl_fits(filter->object, place->object->name) &&
	       klp_arm_nl_fits(filter->name, place->func->name) &&
	       (!filter->sympos || filter->sympos == place->func->sympos);
}

/**
 * klp_arm_nl_out_init() - prepare the reply to a request
 * @out: filled
 * @request: the request
 * @info: the request, parsed
 *
 * The buffer is there before a lock is taken. Any message fits it, since names
 * are bounded and lists are.
 *
 * Return: 0, or -ENOMEM with an extack text.
 */
int klp_arm_nl_out_init(struct klp_arm_nl_out *out, struct sk_buff *request,
			struct genl_info *info)
{
	out->skb = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!out->skb) {
		GENL_SET_ERR_MSG(info, "no memory for the reply");
		return -ENOMEM;
	}
	out->info = info;
	out->cb = NULL;
	klp_arm_nl_reader_init(&out->reader, request);

	return 0;
}

/**
 * klp_arm_nl_out_send() - send the reply to a request, or drop it
 * @out: the reply
 * @info: the request, parsed
 * @err: 0, or the error that is the answer
 *
 * Return: 0, or a negative errno.
 */
int klp_arm_nl_out_send(struct klp_arm_nl_out *out, struct genl_info *info,
			int err)
{
	if (err) {
		nlmsg_free(out->skb);
		return err;
	}

	return genlmsg_reply(out->skb, info);
}

/**
 * klp_arm_nl_patch_get_doit() - reply with the patch of a given name
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_patch_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct klp_arm_record *record;
	struct klp_arm_nl_out out;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, KLP_ARM_A_PATCH_NAME)) {
		GENL_SET_ERR_MSG(info, "name of the patch is missing");
		return -EINVAL;
	}
	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		return err;

	klp_arm_model_lock();
	record = klp_arm_nl_find_patch(info, KLP_ARM_A_PATCH_NAME);
	err = record ? klp_arm_nl_fill_patch(&out, record) : -ENOENT;
	klp_arm_model_unlock();

	return klp_arm_nl_out_send(&out, info, err);
}

/* Go through all funcs, one at a time under the lock. */
static u32 klp_arm_nl_search(const struct klp_arm_nl_filter *filter,
			     struct klp_arm_pos *found)
{
	struct klp_arm_pos pos = {};
	struct klp_arm_place place;
	u32 matches = 0;
	bool more;

	do {
		klp_arm_model_lock();
		more = klp_arm_func_at(&pos, &place);
		if (more && klp_arm_nl_filter_fits(filter, &place) &&
		    (filter->patch || place.view->active)) {
			*found = pos;
			matches++;
		}
		klp_arm_model_unlock();
		pos.func++;
	} while (more);

	return matches;
}

static int klp_arm_nl_find_func(const struct genl_info *info,
				struct klp_arm_pos *found)
{
	struct nlattr *name = info->attrs[KLP_ARM_A_FUNC_NAME];
	struct klp_arm_nl_filter filter;
	u32 generation, matches;

	klp_arm_nl_read_filter(&filter, info->attrs);
	if (!filter.object)
		filter.object = "vmlinux";

	/* Which func is active may change meanwhile, and then none or two are. */
	do {
		generation = klp_arm_generation();
		matches = klp_arm_nl_search(&filter, found);
	} while (generation != klp_arm_generation());

	if (!matches && filter.patch) {
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "the patch has no such function");
		return -ENOENT;
	}
	if (!matches) {
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "no patch is active for this function");
		return -ENOENT;
	}
	if (matches > 1) {
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "more than one function has this name, add the sympos");
		return -ENOTUNIQ;
	}

	return 0;
}

/* Its patch may have been removed since it was found. */
static int klp_arm_nl_reply_func(const struct klp_arm_nl_out *out,
				 const struct klp_arm_pos *found)
{
	struct klp_arm_pos pos = *found;
	struct klp_arm_place place;
	int err = -ENOENT;

	klp_arm_model_lock();
	if (klp_arm_func_at(&pos, &place) && pos.patch == found->patch &&
	    pos.func == found->func && !place.view->gone)
		err = klp_arm_nl_fill_func(out, &place);
	klp_arm_model_unlock();
	if (err == -ENOENT)
		GENL_SET_ERR_MSG(out->info, "the patch was removed meanwhile");

	return err;
}

/**
 * klp_arm_nl_func_get_doit() - reply with one func
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_func_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct klp_arm_nl_out out;
	struct klp_arm_pos found;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, KLP_ARM_A_FUNC_NAME)) {
		GENL_SET_ERR_MSG(info, "name of the function is missing");
		return -EINVAL;
	}
	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		return err;

	err = klp_arm_nl_check_patch(info, KLP_ARM_A_FUNC_PATCH) ?:
	      klp_arm_nl_find_func(info, &found) ?:
	      klp_arm_nl_reply_func(&out, &found);

	return klp_arm_nl_out_send(&out, info, err);
}

/**
 * klp_arm_nl_transition_get_doit() - reply with the transition
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_transition_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *name = info->attrs[KLP_ARM_A_TRANSITION_PATCH];
	struct klp_arm_transition view;
	struct klp_arm_nl_out out;
	int err;

	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		return err;

	err = klp_arm_nl_check_patch(info, KLP_ARM_A_TRANSITION_PATCH);
	if (!err) {
		klp_arm_read_transition(&view);
		if (name && strcmp(view.patch, nla_data(name)))
			view.patch[0] = '\0';
		err = klp_arm_nl_fill_transition(&out, &view);
	}

	return klp_arm_nl_out_send(&out, info, err);
}

/**
 * klp_arm_nl_info_get_doit() - reply with what live patching is made of
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_info_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *wanted = info->attrs[KLP_ARM_A_INFO_GENERATION];
	u32 generation = klp_arm_generation();
	struct klp_arm_nl_out out;
	int err;

	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		return err;

	if (wanted && nla_get_u32(wanted) != generation) {
		NL_SET_ERR_MSG_ATTR(info->extack, wanted,
				    "the state has changed since this generation");
		err = -ESTALE;
	} else {
		err = klp_arm_nl_fill_info(&out, generation);
	}

	return klp_arm_nl_out_send(&out, info, err);
}

static const struct genl_multicast_group klp_arm_nl_groups[] = {
	[KLP_ARM_NL_EVENTS] = { .name = KLP_ARM_EVENTS_GROUP },
	[KLP_ARM_NL_EVENTS_ADMIN] = {
		.name = KLP_ARM_EVENTS_ADMIN_GROUP,
		.flags = GENL_MCAST_CAP_SYS_ADMIN,
	},
};

/*
 * Reading is open to everybody. Only the initial network namespace has the
 * family: patches belong to the machine, not to a container.
 */
struct genl_family klp_arm_nl_family __ro_after_init = {
	.name		= KLP_ARM_FAMILY_NAME,
	.version	= KLP_ARM_FAMILY_VERSION,
	.module		= THIS_MODULE,
	.netnsok	= false,
	.parallel_ops	= true,
	.ops		= klp_arm_nl_ops,
	.n_ops		= ARRAY_SIZE(klp_arm_nl_ops),
	.mcgrps		= klp_arm_nl_groups,
	.n_mcgrps	= ARRAY_SIZE(klp_arm_nl_groups),
};

static int __init klp_arm_nl_init(void)
{
	int err;

	err = genl_register_family(&klp_arm_nl_family);
	if (err)
		pr_err("cannot register the netlink family (%d), patches work but cannot be listed\n",
		       err);

	return err;
}
late_initcall(klp_arm_nl_init);
