// SPDX-License-Identifier: GPL-2.0
/*
 * nl_report.c - requests for blockers, failed stack checks and past
 * transitions.
 *
 * They are numbered, and a dump goes on by number. The ids of failures and
 * transitions have no gaps but those that the reader is meant to see; the
 * numbers of blockers are not shown.
 */

#include <linux/build_bug.h>
#include <net/genetlink.h>
#include "blocker.h"
#include "failure.h"
#include "history.h"
#include "nl.h"
#include "nl_gen.h"

/* Lives in cb->ctx, all 0 at the start of a dump. */
struct klp_arm_nl_report_dump {
	u64 next;
	bool started;
};

static struct klp_arm_nl_report_dump *
klp_arm_nl_report_ctx(struct netlink_callback *cb, const struct nlattr *from)
{
	struct klp_arm_nl_report_dump *dump = (void *)cb->ctx;

	BUILD_BUG_ON(sizeof(*dump) > sizeof_field(struct netlink_callback, ctx));

	if (!dump->started && from)
		dump->next = nla_get_uint(from);
	dump->started = true;

	return dump;
}

/* For those who may not know whether it is this thread, it is none. */
static bool klp_arm_nl_is_thread(const struct klp_arm_nl_reader *reader,
				 const struct klp_arm_blocker *blocker, u32 tid)
{
	const struct klp_arm_nl_identity who =
		klp_arm_nl_identify(reader, blocker);

	return who.numbered && who.tid == tid;
}

static bool klp_arm_nl_find_blocker(const struct klp_arm_nl_reader *reader,
				    struct klp_arm_blocker *blocker,
				    char *patch, u32 tid)
{
	u32 next = 0;

	while (klp_arm_blocker_from(&next, blocker, patch))
		if (klp_arm_nl_is_thread(reader, blocker, tid))
			return true;

	return false;
}

/**
 * klp_arm_nl_blocker_get_doit() - reply with the blocker of a thread id
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_blocker_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *tid = info->attrs[KLP_ARM_A_BLOCKER_TID];
	char patch[MODULE_NAME_LEN];
	struct klp_arm_blocker blocker;
	struct klp_arm_nl_out out;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, KLP_ARM_A_BLOCKER_TID)) {
		GENL_SET_ERR_MSG(info, "thread id of the blocker is missing");
		return -EINVAL;
	}
	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		return err;

	if (klp_arm_nl_find_blocker(&out.reader, &blocker, patch,
				    nla_get_u32(tid))) {
		err = klp_arm_nl_fill_blocker(&out, &blocker, patch,
					      info->attrs[KLP_ARM_A_BLOCKER_WANT_STACK]);
	} else {
		NL_SET_ERR_MSG_ATTR(info->extack, tid,
				    "no transition waits for this thread, or the reader may not know it");
		err = -ENOENT;
	}

	return klp_arm_nl_out_send(&out, info, err);
}

/**
 * klp_arm_nl_blocker_get_dumpit() - dump the tasks that a transition waits for
 * @skb: gets the next messages
 * @cb: the dump
 *
 * Return: bytes in @skb when there is more, 0 at the end, or a negative errno.
 */
int klp_arm_nl_blocker_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb)
{
	struct klp_arm_nl_report_dump *dump = klp_arm_nl_report_ctx(cb, NULL);
	char patch[MODULE_NAME_LEN];
	struct klp_arm_blocker blocker;
	struct klp_arm_nl_out out;
	struct nlattr *tid, *stack;
	int err = 0;
	u32 next;

	klp_arm_nl_dump_init(&out, skb, cb);
	tid = out.info->attrs[KLP_ARM_A_BLOCKER_TID];
	stack = out.info->attrs[KLP_ARM_A_BLOCKER_WANT_STACK];
	next = dump->next;
	while (!err && klp_arm_blocker_from(&next, &blocker, patch)) {
		if (!tid || klp_arm_nl_is_thread(&out.reader, &blocker,
						 nla_get_u32(tid)))
			err = klp_arm_nl_fill_blocker(&out, &blocker, patch,
						      stack);
		if (!err)
			dump->next = next;
	}

	return klp_arm_nl_dump_end(skb, cb, err);
}

/**
 * klp_arm_nl_failure_get_doit() - reply with the failed stack check of a number
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_failure_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *id = info->attrs[KLP_ARM_A_FAILURE_ID];
	struct klp_arm_failure failure;
	struct klp_arm_nl_out out;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, KLP_ARM_A_FAILURE_ID)) {
		GENL_SET_ERR_MSG(info, "id of the failure is missing");
		return -EINVAL;
	}
	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		return err;

	if (klp_arm_failure_from(nla_get_uint(id), &failure) &&
	    failure.id == nla_get_uint(id)) {
		err = klp_arm_nl_fill_failure(&out, &failure);
	} else {
		NL_SET_ERR_MSG_ATTR(info->extack, id,
				    "no failure of this id is remembered");
		err = -ENOENT;
	}

	return klp_arm_nl_out_send(&out, info, err);
}

/**
 * klp_arm_nl_failure_get_dumpit() - dump the stack checks that failed
 * @skb: gets the next messages
 * @cb: the dump
 *
 * Return: bytes in @skb when there is more, 0 at the end, or a negative errno.
 */
int klp_arm_nl_failure_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct klp_arm_nl_report_dump *dump =
		klp_arm_nl_report_ctx(cb, attrs[KLP_ARM_A_FAILURE_ID]);
	struct klp_arm_failure failure;
	struct klp_arm_nl_out out;
	int err = 0;

	klp_arm_nl_dump_init(&out, skb, cb);
	while (!err && klp_arm_failure_from(dump->next, &failure)) {
		err = klp_arm_nl_fill_failure(&out, &failure);
		if (!err)
			dump->next = failure.id + 1;
	}

	return klp_arm_nl_dump_end(skb, cb, err);
}

/**
 * klp_arm_nl_history_get_doit() - reply with the past transition of a number
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_history_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *id = info->attrs[KLP_ARM_A_HISTORY_ID];
	struct klp_arm_history entry;
	struct klp_arm_nl_out out;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, KLP_ARM_A_HISTORY_ID)) {
		GENL_SET_ERR_MSG(info, "id of the transition is missing");
		return -EINVAL;
	}
	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		return err;

	if (klp_arm_history_from(nla_get_uint(id), &entry) &&
	    entry.id == nla_get_uint(id)) {
		err = klp_arm_nl_fill_history(&out, &entry);
	} else {
		NL_SET_ERR_MSG_ATTR(info->extack, id,
				    "no transition of this id is remembered");
		err = -ENOENT;
	}

	return klp_arm_nl_out_send(&out, info, err);
}

/**
 * klp_arm_nl_history_get_dumpit() - dump the transitions that are over
 * @skb: gets the next messages
 * @cb: the dump
 *
 * Return: bytes in @skb when there is more, 0 at the end, or a negative errno.
 */
int klp_arm_nl_history_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct klp_arm_nl_report_dump *dump =
		klp_arm_nl_report_ctx(cb, attrs[KLP_ARM_A_HISTORY_ID]);
	struct klp_arm_history entry;
	struct klp_arm_nl_out out;
	int err = 0;

	klp_arm_nl_dump_init(&out, skb, cb);
	while (!err && klp_arm_history_from(dump->next, &entry)) {
		err = klp_arm_nl_fill_history(&out, &entry);
		if (!err)
			dump->next = entry.id + 1;
	}

	return klp_arm_nl_dump_end(skb, cb, err);
}
