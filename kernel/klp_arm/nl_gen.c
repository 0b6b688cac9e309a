// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	docs/netlink/specs/klp_arm.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "nl_gen.h"

#include <uapi/linux/klp_arm.h>

/* KLP_ARM_CMD_PATCH_GET - do */
const struct nla_policy klp_arm_patch_get_nl_policy[KLP_ARM_A_PATCH_NAME + 1] = {
	[KLP_ARM_A_PATCH_NAME] = { .type = NLA_NUL_STRING, .len = KLP_ARM_NAME_MAX, },
};

/* KLP_ARM_CMD_FUNC_GET - do */
const struct nla_policy klp_arm_func_get_nl_policy[KLP_ARM_A_FUNC_SYMPOS + 1] = {
	[KLP_ARM_A_FUNC_PATCH] = { .type = NLA_NUL_STRING, .len = KLP_ARM_NAME_MAX, },
	[KLP_ARM_A_FUNC_OBJECT] = { .type = NLA_NUL_STRING, .len = KLP_ARM_NAME_MAX, },
	[KLP_ARM_A_FUNC_NAME] = { .type = NLA_NUL_STRING, .len = KLP_ARM_FUNC_NAME_MAX, },
	[KLP_ARM_A_FUNC_SYMPOS] = { .type = NLA_U32, },
};

/* KLP_ARM_CMD_TRANSITION_GET - do */
const struct nla_policy klp_arm_transition_get_nl_policy[KLP_ARM_A_TRANSITION_PATCH + 1] = {
	[KLP_ARM_A_TRANSITION_PATCH] = { .type = NLA_NUL_STRING, .len = KLP_ARM_NAME_MAX, },
};

/* KLP_ARM_CMD_INFO_GET - do */
const struct nla_policy klp_arm_info_get_nl_policy[KLP_ARM_A_INFO_GENERATION + 1] = {
	[KLP_ARM_A_INFO_GENERATION] = { .type = NLA_U32, },
};

/* KLP_ARM_CMD_BLOCKER_GET - do */
const struct nla_policy klp_arm_blocker_get_nl_policy[KLP_ARM_A_BLOCKER_WANT_STACK + 1] = {
	[KLP_ARM_A_BLOCKER_TID] = { .type = NLA_U32, },
	[KLP_ARM_A_BLOCKER_WANT_STACK] = { .type = NLA_FLAG, },
};

/* KLP_ARM_CMD_FAILURE_GET - do */
const struct nla_policy klp_arm_failure_get_nl_policy[KLP_ARM_A_FAILURE_ID + 1] = {
	[KLP_ARM_A_FAILURE_ID] = { .type = NLA_UINT, },
};

/* KLP_ARM_CMD_HISTORY_GET - do */
const struct nla_policy klp_arm_history_get_nl_policy[KLP_ARM_A_HISTORY_ID + 1] = {
	[KLP_ARM_A_HISTORY_ID] = { .type = NLA_UINT, },
};

/* KLP_ARM_CMD_VERDICT_GET - do */
const struct nla_policy klp_arm_verdict_get_nl_policy[KLP_ARM_A_VERDICT_SYMPOS + 1] = {
	[KLP_ARM_A_VERDICT_OBJECT] = { .type = NLA_NUL_STRING, .len = KLP_ARM_NAME_MAX, },
	[KLP_ARM_A_VERDICT_NAME] = { .type = NLA_NUL_STRING, .len = KLP_ARM_FUNC_NAME_MAX, },
	[KLP_ARM_A_VERDICT_SYMPOS] = { .type = NLA_U32, },
};

/* KLP_ARM_CMD_PATCH_SET - do */
const struct nla_policy klp_arm_patch_set_nl_policy[KLP_ARM_A_PATCH_CONFIRM + 1] = {
	[KLP_ARM_A_PATCH_NAME] = { .type = NLA_NUL_STRING, .len = KLP_ARM_NAME_MAX, },
	[KLP_ARM_A_PATCH_ACTION] = NLA_POLICY_MAX(NLA_U32, 2),
	[KLP_ARM_A_PATCH_CONFIRM] = { .type = NLA_FLAG, },
};

/* KLP_ARM_CMD_FAILURE_CLEAR - do */
const struct nla_policy klp_arm_failure_clear_nl_policy[KLP_ARM_A_FAILURE_ID + 1] = {
	[KLP_ARM_A_FAILURE_ID] = { .type = NLA_UINT, },
};

/* KLP_ARM_CMD_COUNTER_SET - do */
const struct nla_policy klp_arm_counter_set_nl_policy[KLP_ARM_A_COUNTER_ENABLED + 1] = {
	[KLP_ARM_A_COUNTER_ENABLED] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* KLP_ARM_CMD_FIX_GET - do */
const struct nla_policy klp_arm_fix_get_nl_policy[KLP_ARM_A_FIX_NAME + 1] = {
	[KLP_ARM_A_FIX_PATCH] = { .type = NLA_NUL_STRING, .len = KLP_ARM_NAME_MAX, },
	[KLP_ARM_A_FIX_NAME] = { .type = NLA_NUL_STRING, .len = KLP_ARM_FUNC_NAME_MAX, },
};

/* KLP_ARM_CMD_CODE_GET - do */
const struct nla_policy klp_arm_code_get_nl_policy[KLP_ARM_A_CODE_OFFSET + 1] = {
	[KLP_ARM_A_CODE_OBJECT] = { .type = NLA_NUL_STRING, .len = KLP_ARM_NAME_MAX, },
	[KLP_ARM_A_CODE_NAME] = { .type = NLA_NUL_STRING, .len = KLP_ARM_FUNC_NAME_MAX, },
	[KLP_ARM_A_CODE_SYMPOS] = { .type = NLA_U32, },
	[KLP_ARM_A_CODE_OFFSET] = { .type = NLA_U32, },
};

/* Ops table for klp_arm */
const struct genl_ops klp_arm_nl_ops[13] = {
	{
		.cmd		= KLP_ARM_CMD_PATCH_GET,
		.doit		= klp_arm_nl_patch_get_doit,
		.dumpit		= klp_arm_nl_patch_get_dumpit,
		.policy		= klp_arm_patch_get_nl_policy,
		.maxattr	= KLP_ARM_A_PATCH_NAME,
	},
	{
		.cmd		= KLP_ARM_CMD_FUNC_GET,
		.doit		= klp_arm_nl_func_get_doit,
		.dumpit		= klp_arm_nl_func_get_dumpit,
		.policy		= klp_arm_func_get_nl_policy,
		.maxattr	= KLP_ARM_A_FUNC_SYMPOS,
	},
	{
		.cmd		= KLP_ARM_CMD_TRANSITION_GET,
		.doit		= klp_arm_nl_transition_get_doit,
		.policy		= klp_arm_transition_get_nl_policy,
		.maxattr	= KLP_ARM_A_TRANSITION_PATCH,
	},
	{
		.cmd		= KLP_ARM_CMD_INFO_GET,
		.doit		= klp_arm_nl_info_get_doit,
		.policy		= klp_arm_info_get_nl_policy,
		.maxattr	= KLP_ARM_A_INFO_GENERATION,
	},
	{
		.cmd		= KLP_ARM_CMD_BLOCKER_GET,
		.doit		= klp_arm_nl_blocker_get_doit,
		.dumpit		= klp_arm_nl_blocker_get_dumpit,
		.policy		= klp_arm_blocker_get_nl_policy,
		.maxattr	= KLP_ARM_A_BLOCKER_WANT_STACK,
	},
	{
		.cmd		= KLP_ARM_CMD_FAILURE_GET,
		.doit		= klp_arm_nl_failure_get_doit,
		.dumpit		= klp_arm_nl_failure_get_dumpit,
		.policy		= klp_arm_failure_get_nl_policy,
		.maxattr	= KLP_ARM_A_FAILURE_ID,
	},
	{
		.cmd		= KLP_ARM_CMD_HISTORY_GET,
		.doit		= klp_arm_nl_history_get_doit,
		.dumpit		= klp_arm_nl_history_get_dumpit,
		.policy		= klp_arm_history_get_nl_policy,
		.maxattr	= KLP_ARM_A_HISTORY_ID,
	},
	{
		.cmd		= KLP_ARM_CMD_VERDICT_GET,
		.doit		= klp_arm_nl_verdict_get_doit,
		.dumpit		= klp_arm_nl_verdict_get_dumpit,
		.policy		= klp_arm_verdict_get_nl_policy,
		.maxattr	= KLP_ARM_A_VERDICT_SYMPOS,
	},
	{
		.cmd		= KLP_ARM_CMD_PATCH_SET,
		.doit		= klp_arm_nl_patch_set_doit,
		.policy		= klp_arm_patch_set_nl_policy,
		.maxattr	= KLP_ARM_A_PATCH_CONFIRM,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= KLP_ARM_CMD_FAILURE_CLEAR,
		.doit		= klp_arm_nl_failure_clear_doit,
		.policy		= klp_arm_failure_clear_nl_policy,
		.maxattr	= KLP_ARM_A_FAILURE_ID,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= KLP_ARM_CMD_COUNTER_SET,
		.doit		= klp_arm_nl_counter_set_doit,
		.policy		= klp_arm_counter_set_nl_policy,
		.maxattr	= KLP_ARM_A_COUNTER_ENABLED,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= KLP_ARM_CMD_FIX_GET,
		.doit		= klp_arm_nl_fix_get_doit,
		.dumpit		= klp_arm_nl_fix_get_dumpit,
		.policy		= klp_arm_fix_get_nl_policy,
		.maxattr	= KLP_ARM_A_FIX_NAME,
	},
	{
		.cmd		= KLP_ARM_CMD_CODE_GET,
		.doit		= klp_arm_nl_code_get_doit,
		.policy		= klp_arm_code_get_nl_policy,
		.maxattr	= KLP_ARM_A_CODE_OFFSET,
	},
};
