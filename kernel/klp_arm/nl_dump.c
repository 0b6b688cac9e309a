// SPDX-License-Identifier: GPL-2.0
/*
 * nl_dump.c - dumps of the generic netlink family.
 *
 * Between two buffers of a dump klp_mutex is free and patches may come and go.
 * The dump goes on by id and index, never by pointer, so it cannot miss what
 * was there all the time; the generation in cb->seq lets netlink tell the
 * reader that something changed.
 */

#include <linux/build_bug.h>
#include <net/genetlink.h>
#include "../livepatch/core.h"
#include "nl.h"
#include "nl_gen.h"

/* Lives in cb->ctx, all 0 at the start of a dump. */
struct klp_arm_nl_dump {
	struct klp_arm_pos pos;
	bool started;
};

struct klp_arm_nl_func_dump {
	struct klp_arm_nl_filter filter;
	struct klp_arm_nl_out out;
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
 * @err: what filling it ended with; -EMSGSIZE means to go on in the next
 *	 buffer, unless this one is empty
 *
 * Return: what the dumpit callback returns.
 */
int klp_arm_nl_dump_end(struct sk_buff *skb, int err)
{
	return err == -EMSGSIZE && skb->len ? skb->len : err;
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
	struct klp_patch *patch;
	const char *name;
	u64 id;
	int err;

	if (mutex_lock_killable(&klp_mutex))
		return -EINTR;
	err = klp_arm_nl_dump_begin(&out, skb, cb, KLP_ARM_A_PATCH_NAME);
	name = klp_arm_nl_string(out.info->attrs, KLP_ARM_A_PATCH_NAME);
	while (!err && (patch = klp_arm_patch_from(dump->pos.patch, &id))) {
		if (klp_arm_nl_fits(name, patch->mod->name))
			err = klp_arm_nl_fill_patch(&out, patch, id);
		if (!err)
			dump->pos.patch = id + 1;
	}
	mutex_unlock(&klp_mutex);

	return klp_arm_nl_dump_end(skb, err);
}

static int klp_arm_nl_dump_func(const struct klp_arm_place *place, void *arg)
{
	struct klp_arm_nl_func_dump *dump = arg;

	if (!klp_arm_nl_filter_fits(&dump->filter, place))
		return 0;

	return klp_arm_nl_fill_func(&dump->out, place);
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
	struct klp_arm_nl_func_dump funcs;
	int err;

	if (mutex_lock_killable(&klp_mutex))
		return -EINTR;
	err = klp_arm_nl_dump_begin(&funcs.out, skb, cb, KLP_ARM_A_FUNC_PATCH);
	klp_arm_nl_read_filter(&funcs.filter, funcs.out.info->attrs);
	if (!err)
		err = klp_arm_walk_funcs(&dump->pos, klp_arm_nl_dump_func,
					 &funcs);
	mutex_unlock(&klp_mutex);

	return klp_arm_nl_dump_end(skb, err);
}
