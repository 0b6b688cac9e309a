// SPDX-License-Identifier: GPL-2.0
/*
 * nl_set.c - requests that change something.
 *
 * GENL_ADMIN_PERM in the op table asks for CAP_NET_ADMIN only. What a kernel
 * runs is not a matter of the network, so CAP_SYS_ADMIN is asked for here, of
 * the sender and of who opened the socket.
 */

#include <linux/jiffies.h>
#include <linux/klp_arm.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <net/genetlink.h>
#include "../livepatch/core.h"
#include "../livepatch/transition.h"
#include "counter.h"
#include "failure.h"
#include "nl.h"
#include "nl_gen.h"

#define CORE_POLL_MS 10

/**
 * klp_arm_nl_lock_core() - take klp_mutex for a request, but do not wait long
 * @extack: gets the text if the core stays busy
 *
 * The netlink core holds its cb_lock for reading while a request is handled.
 * Whoever registers a family waits for that, and behind him every request to
 * any family: waiting for callbacks here would stall them all.
 *
 * Return: 0 with klp_mutex held, -EBUSY, or -EINTR if the sender is killed.
 */
int klp_arm_nl_lock_core(struct netlink_ext_ack *extack)
{
	unsigned long deadline =
		jiffies + msecs_to_jiffies(KLP_ARM_NL_CORE_TIMEOUT_MS);

	while (!mutex_trylock(&klp_mutex)) {
		if (fatal_signal_pending(current))
			return -EINTR;
		if (time_after(jiffies, deadline)) {
			NL_SET_ERR_MSG(extack,
				       "the livepatch core is busy with a callback of a patch or a grace period, try again");
			return -EBUSY;
		}
		schedule_timeout_killable(msecs_to_jiffies(CORE_POLL_MS));
	}

	return 0;
}

static int klp_arm_nl_check_privilege(struct sk_buff *skb,
				      struct genl_info *info)
{
	if (netlink_capable(skb, CAP_SYS_ADMIN))
		return 0;

	GENL_SET_ERR_MSG(info, "changing live patches needs CAP_SYS_ADMIN");
	return -EPERM;
}

static int klp_arm_nl_check_transition(const struct klp_patch *patch,
				       struct genl_info *info)
{
	if (patch == klp_transition_patch)
		return 0;

	GENL_SET_ERR_MSG(info, "the patch is not in transition");
	return -EINVAL;
}

static int klp_arm_nl_disable(const struct klp_arm_record *record,
			      struct genl_info *info,
			      struct klp_arm_disabling **disabling)
{
	if (!record->patch->enabled) {
		GENL_SET_ERR_MSG(info, "the patch is being disabled already");
		return -EALREADY;
	}
	if (record->patch == klp_transition_patch) {
		klp_reverse_transition();
		return 0;
	}
	if (klp_transition_patch) {
		GENL_SET_ERR_MSG_FMT(info, "a transition of '%s' is under way",
				     klp_transition_patch->mod->name);
		return -EBUSY;
	}
	*disabling = klp_arm_disabling_begin(record);

	return *disabling ? 0 : -ENOMEM;
}

static int klp_arm_nl_reverse(struct klp_patch *patch, struct genl_info *info)
{
	int err = klp_arm_nl_check_transition(patch, info);

	if (!err)
		klp_reverse_transition();

	return err;
}

static int klp_arm_nl_force(struct klp_patch *patch, struct genl_info *info)
{
	int err = klp_arm_nl_check_transition(patch, info);

	if (err)
		return err;
	if (!info->attrs[KLP_ARM_A_PATCH_CONFIRM]) {
		GENL_SET_ERR_MSG(info, "forcing breaks consistency, and needs to be confirmed");
		return -EINVAL;
	}
	klp_force_transition();
	/* It marks patches as forced after its hook. */
	klp_arm_state_changed();

	return 0;
}

/* What may take long is begun only; whoever waits for it must not hold klp_mutex. */
static int klp_arm_nl_change_patch(const struct klp_arm_record *record,
				   struct genl_info *info,
				   struct klp_arm_disabling **disabling)
{
	switch (nla_get_u32(info->attrs[KLP_ARM_A_PATCH_ACTION])) {
	case KLP_ARM_PATCH_ACTION_DISABLE:
		return klp_arm_nl_disable(record, info, disabling);
	case KLP_ARM_PATCH_ACTION_REVERSE:
		return klp_arm_nl_reverse(record->patch, info);
	case KLP_ARM_PATCH_ACTION_FORCE:
		return klp_arm_nl_force(record->patch, info);
	default:
		return -EINVAL;	/* kept away by the policy */
	}
}

/**
 * klp_arm_nl_patch_set_doit() - disable a patch, or act on its transition
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_patch_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct klp_arm_disabling *disabling = NULL;
	struct klp_arm_record *record;
	int err;

	err = klp_arm_nl_check_privilege(skb, info);
	if (err)
		return err;
	if (GENL_REQ_ATTR_CHECK(info, KLP_ARM_A_PATCH_NAME)) {
		GENL_SET_ERR_MSG(info, "name of the patch is missing");
		return -EINVAL;
	}
	if (GENL_REQ_ATTR_CHECK(info, KLP_ARM_A_PATCH_ACTION)) {
		GENL_SET_ERR_MSG(info, "action is missing");
		return -EINVAL;
	}

	err = klp_arm_nl_lock_core(info->extack);
	if (err)
		return err;
	record = klp_arm_nl_find_patch(info, KLP_ARM_A_PATCH_NAME);
	err = record ? klp_arm_nl_change_patch(record, info, &disabling) : -ENOENT;
	mutex_unlock(&klp_mutex);
	if (disabling)
		err = klp_arm_disabling_wait(disabling, info->extack);

	return err;
}

/**
 * klp_arm_nl_failure_clear_doit() - forget stack checks that failed
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_failure_clear_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *id = info->attrs[KLP_ARM_A_FAILURE_ID];
	int err;

	err = klp_arm_nl_check_privilege(skb, info);
	if (!err)
		klp_arm_failure_clear(id ? nla_get_uint(id) : 0);

	return err;
}

/**
 * klp_arm_nl_counter_set_doit() - start or stop to count redirected calls
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_counter_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	int err;

	err = klp_arm_nl_check_privilege(skb, info);
	if (err)
		return err;
	if (GENL_REQ_ATTR_CHECK(info, KLP_ARM_A_COUNTER_ENABLED)) {
		GENL_SET_ERR_MSG(info, "whether to count is missing");
		return -EINVAL;
	}

	err = klp_arm_nl_lock_core(info->extack);
	if (err)
		return err;
	klp_arm_counter_set(nla_get_u32(info->attrs[KLP_ARM_A_COUNTER_ENABLED]));
	mutex_unlock(&klp_mutex);

	return 0;
}
