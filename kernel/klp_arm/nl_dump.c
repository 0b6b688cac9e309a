// SPDX-License-Identifier: GPL-2.0
/*
 * nl_dump.c - dumps of the generic netlink family.
 *
 * Between two messages of a dump no lock is held and patches may come and go.
 * The dump goes on by id and index, never by pointer, so it cannot miss what
 * was there all the time; the generation in cb->seq, which each message takes
 * along, lets netlink tell the reader that something changed.
 */

#include <linux/build_bug.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <net/genetlink.h>
#include "model.h"
#include "nl.h"
#include "nl_gen.h"
#include "target.h"

/* Lives in cb->ctx, all 0 at the start of a dump. */
struct klp_arm_nl_dump {
	struct klp_arm_pos pos;
	bool started;
};

static struct klp_arm_nl_dump *klp_arm_nl_dump_ctx(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct klp_arm_nl_dump) >
		     sizeof_field(struct netlink_callback, ctx));

	return (struct klp_arm_nl_dump *)cb->ctx;
}

/**
 * klp_arm_nl_dump_init() - begin one buffer of a dump
 * @out: filled
 * @skb: the buffer
 * @cb: the dump
 */
void klp_arm_nl_dump_init(struct klp_arm_nl_out *out, struct sk_buff *skb,
			  struct netlink_callback *cb)
{
	out->skb = skb;
	out->info = genl_info_dump(cb);
	out->cb = cb;
	klp_arm_nl_reader_init(&out->reader, cb->skb);
	cb->seq = klp_arm_generation();
}

/*
 * Begin one buffer of a dump. A patch that the request names must be there at
 * the start; if it goes while the dump runs, the dump ends early and its last
 * messages carry NLM_F_DUMP_INTR.
 */
static int klp_arm_nl_dump_begin(struct klp_arm_nl_out *out,
				 struct sk_buff *skb,
				 struct netlink_callback *cb, int type)
{
	struct klp_arm_nl_dump *dump = klp_arm_nl_dump_ctx(cb);

	klp_arm_nl_dump_init(out, skb, cb);
	if (dump->started)
		return 0;
	dump->started = true;

	return klp_arm_nl_check_patch(out->info, type);
}

/**
 * klp_arm_nl_dump_end() - end one buffer of a dump
 * @skb: the buffer
 * @cb: the dump; the message that ends it tells of a change since the last one
 * @err: what filling it ended with; -EMSGSIZE means to go on in the next
 *	 buffer, unless this one is empty
 *
 * Return: what the dumpit callback returns.
 */
int klp_arm_nl_dump_end(struct sk_buff *skb, struct netlink_callback *cb,
			int err)
{
	cb->seq = klp_arm_generation();

	return err == -EMSGSIZE && skb->len ? skb->len : err;
}

/* Add the next patch; moves on if it fitted. Returns 1 at the end. */
static int klp_arm_nl_dump_patch(const struct klp_arm_nl_out *out,
				 struct klp_arm_pos *pos, const char *name)
{
	struct klp_arm_record *record;
	int err = 0;

	klp_arm_model_lock();
	record = klp_arm_record_from(pos->patch);
	if (!record)
		err = 1;
	else if (klp_arm_nl_fits(name, record->mod->name))
		err = klp_arm_nl_fill_patch(out, record);
	if (!err)
		pos->patch = record->id + 1;
	klp_arm_model_unlock();

	return err;
}

/**
 * klp_arm_nl_patch_get_dumpit() - dump patches in the order of their loading
 * @skb: gets the next messages
 * @cb: the dump
 *
 * Return: bytes in @skb when there is more, 0 at the end, or a negative errno.
 */
int klp_arm_nl_patch_get_dumpit(struct sk_buff *skb,
				struct netlink_callback *cb)
{
	struct klp_arm_nl_dump *dump = klp_arm_nl_dump_ctx(cb);
	struct klp_arm_nl_out out;
	const char *name;
	int err;

	err = klp_arm_nl_dump_begin(&out, skb, cb, KLP_ARM_A_PATCH_NAME);
	name = klp_arm_nl_string(out.info->attrs, KLP_ARM_A_PATCH_NAME);
	while (!err)
		err = klp_arm_nl_dump_patch(&out, &dump->pos, name);

	return klp_arm_nl_dump_end(skb, cb, min(err, 0));
}

/* Add the next func; moves on if it fitted. Returns 1 at the end. */
static int klp_arm_nl_dump_func(const struct klp_arm_nl_out *out,
				struct klp_arm_pos *pos,
				const struct klp_arm_nl_filter *filter)
{
	struct klp_arm_place place;
	int err = 0;

	klp_arm_model_lock();
	if (!klp_arm_func_at(pos, &place))
		err = 1;
	else if (klp_arm_nl_filter_fits(filter, &place))
		err = klp_arm_nl_fill_func(out, &place);
	if (!err)
		pos->func++;
	klp_arm_model_unlock();

	return err;
}

/**
 * klp_arm_nl_func_get_dumpit() - dump the funcs that fit the request
 * @skb: gets the next messages
 * @cb: the dump
 *
 * Return: bytes in @skb when there is more, 0 at the end, or a negative errno.
 */
int klp_arm_nl_func_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct klp_arm_nl_dump *dump = klp_arm_nl_dump_ctx(cb);
	struct klp_arm_nl_filter filter;
	struct klp_arm_nl_out out;
	int err;

	err = klp_arm_nl_dump_begin(&out, skb, cb, KLP_ARM_A_FUNC_PATCH);
	klp_arm_nl_read_filter(&filter, out.info->attrs);
	while (!err)
		err = klp_arm_nl_dump_func(&out, &dump->pos, &filter);

	return klp_arm_nl_dump_end(skb, cb, min(err, 0));
}

/* Add the entries of a patch from @pos on, which moves on with each that fitted. */
static int klp_arm_nl_dump_fixes_of(const struct klp_arm_nl_out *out,
				    const struct klp_arm_record *record,
				    struct klp_arm_pos *pos)
{
	const char *fix = NULL;
	u32 index = 0;
	int err;

	while ((fix = klp_arm_module_fix(record->mod, fix))) {
		if (index++ < pos->func)
			continue;
		err = klp_arm_nl_fill_fix(out, record, fix);
		if (err)
			return err;
		pos->func = index;
	}
	*pos = (struct klp_arm_pos){ .patch = record->id + 1 };

	return 0;
}

/*
 * Add the entries of the next patch. Returns 1 at the end. The lock keeps the text,
 * too: a patch leaves the model before its module goes.
 */
static int klp_arm_nl_dump_fixes(const struct klp_arm_nl_out *out,
				 struct klp_arm_pos *pos, const char *patch)
{
	const struct klp_arm_record *record;
	int err = 0;

	klp_arm_model_lock();
	record = klp_arm_record_from(pos->patch);
	if (record && record->id != pos->patch)
		*pos = (struct klp_arm_pos){ .patch = record->id };
	if (!record)
		err = 1;
	else if (klp_arm_nl_fits(patch, record->mod->name))
		err = klp_arm_nl_dump_fixes_of(out, record, pos);
	else
		*pos = (struct klp_arm_pos){ .patch = record->id + 1 };
	klp_arm_model_unlock();

	return err;
}

/**
 * klp_arm_nl_fix_get_dumpit() - dump what patches say that they fix
 * @skb: gets the next messages
 * @cb: the dump
 *
 * Return: bytes in @skb when there is more, 0 at the end, or a negative errno.
 */
int klp_arm_nl_fix_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct klp_arm_nl_dump *dump = klp_arm_nl_dump_ctx(cb);
	struct klp_arm_nl_out out;
	const char *patch;
	int err;

	err = klp_arm_nl_dump_begin(&out, skb, cb, KLP_ARM_A_FIX_PATCH);
	patch = klp_arm_nl_string(out.info->attrs, KLP_ARM_A_FIX_PATCH);
	while (!err)
		err = klp_arm_nl_dump_fixes(&out, &dump->pos, patch);

	return klp_arm_nl_dump_end(skb, cb, min(err, 0));
}
