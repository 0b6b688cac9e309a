// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * family.c - finds the klp_arm family and its events, and asks it
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>

#include <linux/klp_arm.h>

#include "attr.h"
#include "internal.h"

struct family {
	uint16_t type;
	uint32_t events_group;
	uint32_t events_admin_group;
};

static int take_group(const struct klp_attr *nest, struct family *family)
{
	struct klp_attrs attrs = klp_attrs_of_nest(nest);
	struct klp_attr attr;
	char *name = NULL;
	uint32_t id = 0;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		if (attr.type == CTRL_ATTR_MCAST_GRP_NAME)
			err = klp_attr_string(&attr, &name);
		else if (attr.type == CTRL_ATTR_MCAST_GRP_ID)
			err = klp_attr_u32(&attr, &id);
		if (err < 0)
			break;
	}
	if (!err && name && strcmp(name, KLP_ARM_EVENTS_GROUP) == 0)
		family->events_group = id;
	if (!err && name && strcmp(name, KLP_ARM_EVENTS_ADMIN_GROUP) == 0)
		family->events_admin_group = id;
	free(name);
	return err;
}

static int take_groups(const struct klp_attr *nest, struct family *family)
{
	struct klp_attrs attrs = klp_attrs_of_nest(nest);
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_group(&attr, family);
		if (err)
			break;
	}
	return err;
}

static int take_family(const struct nlmsghdr *nlh, void *arg)
{
	struct klp_attrs attrs = klp_attrs_of_message(nlh);
	struct family *family = arg;
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		if (attr.type == CTRL_ATTR_FAMILY_ID) {
			if (attr.len != sizeof(family->type))
				return -EBADMSG;
			memcpy(&family->type, attr.data, sizeof(family->type));
		} else if (attr.type == CTRL_ATTR_MCAST_GROUPS) {
			err = take_groups(&attr, family);
			if (err)
				return err;
		}
	}
	return err;
}

int klp_resolve_family(struct klp_ctx *ctx)
{
	const struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_TEXT, CTRL_ATTR_FAMILY_NAME,
		  .text = KLP_ARM_FAMILY_NAME },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.type = GENL_ID_CTRL,
		.cmd = CTRL_CMD_GETFAMILY,
		.what = "family lookup",
		.attrs = attrs,
	};
	struct family family = { .type = 0 };
	int err;

	if (ctx->family)
		return 0;
	err = klp_exchange(ctx, &request, take_family, &family);
	if (err == -ENOENT)
		return klp_fail_presence(
			ctx,
			"this network namespace has no '" KLP_ARM_FAMILY_NAME
			"' netlink family");
	if (err)
		return err;
	if (family.type < NLMSG_MIN_TYPE)
		return klp_fail(ctx, -EBADMSG,
				"family lookup: the kernel's answer is"
				" malformed");
	ctx->family = family.type;
	ctx->events_group = family.events_group;
	ctx->events_admin_group = family.events_admin_group;
	return 0;
}

int klp_ask(struct klp_ctx *ctx, const struct klp_request *request,
	    klp_message_fn fn, void (*empty)(void *arg), void *arg)
{
	int tries;
	int err;

	err = klp_resolve_family(ctx);
	if (err)
		return err;
	for (tries = 0; tries < KLP_TRIES; tries++) {
		err = klp_exchange(ctx, request, fn, arg);
		if (err != KLP_INTERRUPTED)
			return err;
		empty(arg);
	}
	return klp_fail(ctx, -EAGAIN, "%s: the state keeps changing, try again",
			request->what);
}

int klp_order(struct klp_ctx *ctx, const struct klp_request *request)
{
	int err = klp_resolve_family(ctx);

	return err ? err : klp_exchange(ctx, request, NULL, NULL);
}
