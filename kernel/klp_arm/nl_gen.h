/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	docs/netlink/specs/klp_arm.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_KLP_ARM_GEN_H
#define _LINUX_KLP_ARM_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/klp_arm.h>

extern const struct nla_policy klp_arm_patch_get_nl_policy[KLP_ARM_A_PATCH_NAME + 1];

extern const struct nla_policy klp_arm_func_get_nl_policy[KLP_ARM_A_FUNC_SYMPOS + 1];

extern const struct nla_policy klp_arm_transition_get_nl_policy[KLP_ARM_A_TRANSITION_PATCH + 1];

extern const struct nla_policy klp_arm_info_get_nl_policy[KLP_ARM_A_INFO_GENERATION + 1];

extern const struct nla_policy klp_arm_blocker_get_nl_policy[KLP_ARM_A_BLOCKER_WANT_STACK + 1];

extern const struct nla_policy klp_arm_failure_get_nl_policy[KLP_ARM_A_FAILURE_ID + 1];

extern const struct nla_policy klp_arm_history_get_nl_policy[KLP_ARM_A_HISTORY_ID + 1];

extern const struct nla_policy klp_arm_verdict_get_nl_policy[KLP_ARM_A_VERDICT_SYMPOS + 1];

extern const struct nla_policy klp_arm_patch_set_nl_policy[KLP_ARM_A_PATCH_CONFIRM + 1];

extern const struct nla_policy klp_arm_failure_clear_nl_policy[KLP_ARM_A_FAILURE_ID + 1];

extern const struct nla_policy klp_arm_counter_set_nl_policy[KLP_ARM_A_COUNTER_ENABLED + 1];

extern const struct nla_policy klp_arm_fix_get_nl_policy[KLP_ARM_A_FIX_NAME + 1];

extern const struct nla_policy klp_arm_code_get_nl_policy[KLP_ARM_A_CODE_OFFSET + 1];

/* Ops table for klp_arm */
extern const struct genl_ops klp_arm_nl_ops[13];

int klp_arm_nl_patch_get_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_patch_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb);
int klp_arm_nl_func_get_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_func_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int klp_arm_nl_transition_get_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_info_get_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_blocker_get_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_blocker_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int klp_arm_nl_failure_get_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_failure_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int klp_arm_nl_history_get_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_history_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int klp_arm_nl_verdict_get_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_verdict_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb);
int klp_arm_nl_patch_set_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_failure_clear_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_counter_set_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_fix_get_doit(struct sk_buff *skb, struct genl_info *info);
int klp_arm_nl_fix_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int klp_arm_nl_code_get_doit(struct sk_buff *skb, struct genl_info *info);

#endif /* _LINUX_KLP_ARM_GEN_H */
