/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nl.h - messages of the generic netlink family, between the nl_*.c files.
 *
 * Requests that read need klp_arm_model_lock() at most, and hold it for one
 * message. Those that change something take klp_mutex, under which callbacks of
 * patches run, with klp_arm_nl_lock_core().
 */
#ifndef _KLP_ARM_NL_H
#define _KLP_ARM_NL_H

#include <net/genetlink.h>
#include "model.h"
#include "nl_reader.h"
#include "prologue.h"

/**
 * struct klp_arm_nl_out - where a message goes and who reads it
 * @skb: the message is added here
 * @info: the request
 * @cb: the dump that the message is part of, NULL for a single reply
 * @reader: who reads it
 */
struct klp_arm_nl_out {
	struct sk_buff *skb;
	const struct genl_info *info;
	struct netlink_callback *cb;
	struct klp_arm_nl_reader reader;
};

/**
 * struct klp_arm_nl_filter - what fits a func-get request
 * @patch: name of the patch, NULL for any
 * @object: name of the object, NULL for any
 * @name: name of the function, NULL for any
 * @sympos: position of the function among its name, 0 for any
 */
struct klp_arm_nl_filter {
	const char *patch;
	const char *object;
	const char *name;
	u32 sympos;
};

/**
 * struct klp_arm_nl_verdict - whether a function can be redirected
 * @object: name of the object that has it
 * @name: its name
 * @sympos: its position among that name, from 1
 * @reason: why not
 * @patched: a patch replaces it now
 * @verdict: what the verifier said
 */
struct klp_arm_nl_verdict {
	const char *object, *name;
	u32 sympos;
	enum klp_arm_verdict_reason reason;
	bool patched;
	struct klp_arm_verdict verdict;
};

/**
 * struct klp_arm_nl_code - a part of a function's code
 * @object: name of the object that has it
 * @name: its name
 * @sympos: its position among that name, from 1
 * @offset: where the part begins
 * @size: bytes of the function
 * @count: bytes of the part
 * @bytes: the part
 */
struct klp_arm_nl_code {
	const char *object, *name;
	u32 sympos;
	u32 offset, size, count;
	u8 bytes[KLP_ARM_CODE_MAX];
};

struct klp_arm_blocker;
struct klp_arm_failure;
struct klp_arm_history;
struct klp_arm_transition;

/**
 * enum klp_arm_nl_group - multicast groups of the family
 * @KLP_ARM_NL_EVENTS: for everybody, without what belongs to a task
 * @KLP_ARM_NL_EVENTS_ADMIN: the same events, with all
 */
enum klp_arm_nl_group {
	KLP_ARM_NL_EVENTS,
	KLP_ARM_NL_EVENTS_ADMIN,
};

extern struct genl_family klp_arm_nl_family;

/*
 * How long a request waits for the livepatch core. An attempt of the core to
 * switch all tasks is over by then; a callback of a patch may take any time.
 */
#define KLP_ARM_NL_CORE_TIMEOUT_MS 2000

int klp_arm_nl_lock_core(struct netlink_ext_ack *extack);
struct klp_arm_disabling *
klp_arm_disabling_begin(const struct klp_arm_record *record);
int klp_arm_disabling_wait(struct klp_arm_disabling *disabling,
			   struct netlink_ext_ack *extack);

int klp_arm_nl_check_question(struct sk_buff *skb, const struct nlattr *name,
			      struct netlink_ext_ack *extack);
const char *klp_arm_nl_string(struct nlattr **attrs, int type);
bool klp_arm_nl_fits(const char *wanted, const char *name);
int klp_arm_nl_check_patch(const struct genl_info *info, int type);
void klp_arm_nl_read_filter(struct klp_arm_nl_filter *filter,
			    struct nlattr **attrs);
bool klp_arm_nl_filter_fits(const struct klp_arm_nl_filter *filter,
			    const struct klp_arm_place *place);

int klp_arm_nl_out_init(struct klp_arm_nl_out *out, struct sk_buff *request,
			struct genl_info *info);
int klp_arm_nl_out_send(struct klp_arm_nl_out *out, struct genl_info *info,
			int err);
struct klp_arm_record *klp_arm_nl_find_patch(const struct genl_info *info,
					     int type);
void klp_arm_nl_dump_init(struct klp_arm_nl_out *out, struct sk_buff *skb,
			  struct netlink_callback *cb);
int klp_arm_nl_dump_end(struct sk_buff *skb, struct netlink_callback *cb,
			int err);

int klp_arm_nl_put_flag(struct sk_buff *skb, int type, bool value);
int klp_arm_nl_put_build_id(struct sk_buff *skb, int type,
			    const unsigned char *id);
int klp_arm_nl_end_nest(struct sk_buff *skb, struct nlattr *nest, int err);
int klp_arm_nl_put_patch(struct sk_buff *skb,
			 const struct klp_arm_record *record,
			 const struct klp_arm_nl_reader *reader);
int klp_arm_nl_put_transition(struct sk_buff *skb,
			      const struct klp_arm_transition *view);
int klp_arm_nl_put_blocker(struct sk_buff *skb,
			   const struct klp_arm_blocker *blocker,
			   const char *patch,
			   const struct klp_arm_nl_reader *reader);
int klp_arm_nl_put_stack(struct sk_buff *skb,
			 const struct klp_arm_blocker *blocker,
			 const struct klp_arm_nl_reader *reader);
int klp_arm_nl_put_failure(struct sk_buff *skb,
			   const struct klp_arm_failure *failure,
			   const struct klp_arm_nl_reader *reader);
int klp_arm_nl_put_history(struct sk_buff *skb,
			   const struct klp_arm_history *entry,
			   const struct klp_arm_nl_reader *reader);
int klp_arm_nl_put_counters(struct sk_buff *skb);

int klp_arm_nl_fill_patch(const struct klp_arm_nl_out *out,
			  const struct klp_arm_record *record);
int klp_arm_nl_fill_fix(const struct klp_arm_nl_out *out,
			const struct klp_arm_record *record, const char *fix);
int klp_arm_nl_fill_func(const struct klp_arm_nl_out *out,
			 const struct klp_arm_place *place);
int klp_arm_nl_fill_transition(const struct klp_arm_nl_out *out,
			       struct klp_arm_transition *view);
int klp_arm_nl_fill_blocker(const struct klp_arm_nl_out *out,
			    const struct klp_arm_blocker *blocker,
			    const char *patch, bool stack);
int klp_arm_nl_fill_failure(const struct klp_arm_nl_out *out,
			    const struct klp_arm_failure *failure);
int klp_arm_nl_fill_history(const struct klp_arm_nl_out *out,
			    const struct klp_arm_history *entry);
int klp_arm_nl_fill_verdict(const struct klp_arm_nl_out *out,
			    const struct klp_arm_nl_verdict *verdict);
int klp_arm_nl_fill_code(const struct klp_arm_nl_out *out,
			 const struct klp_arm_nl_code *code);
int klp_arm_nl_fill_info(const struct klp_arm_nl_out *out, u32 generation);

#endif /* _KLP_ARM_NL_H */
