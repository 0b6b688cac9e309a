// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * request.c - writes a netlink request
 */
#include <errno.h>
#include <string.h>
#include <linux/genetlink.h>

#include "internal.h"

/* No name in the kernel is near this long; the kernel's policy is stricter. */
#define LONGEST_TEXT 4096

/* The payload of an attribute, for as long as the attribute lives. */
struct payload {
	const void *data;
	size_t len;
	uint32_t small;
	uint64_t large;
};

/* Returns false if the attribute is to be left out. */
static bool encode(const struct klp_request_attr *attr, struct payload *payload)
{
	payload->small = (uint32_t)attr->number;
	payload->large = attr->number;
	payload->data = &payload->small;
	payload->len = sizeof(payload->small);

	switch (attr->kind) {
	case KLP_REQUEST_TEXT:
		payload->data = attr->text;
		payload->len = attr->text ? strlen(attr->text) + 1 : 0;
		return attr->text;
	case KLP_REQUEST_U32:
		return true;
	case KLP_REQUEST_UINT:
		/* The spec's "uint" is 4 or 8 bytes, as the value needs. */
		if (attr->number > UINT32_MAX) {
			payload->data = &payload->large;
			payload->len = sizeof(payload->large);
		}
		return true;
	case KLP_REQUEST_FLAG:
		payload->len = 0;
		return attr->number != 0;
	default:
		return false;
	}
}

static int append(struct klp_ctx *ctx, const struct klp_request *request,
		  const struct klp_request_attr *attr, size_t *len)
{
	struct nlattr head = { .nla_type = attr->type };
	struct payload payload;
	size_t room;

	if (!encode(attr, &payload))
		return 0;
	room = NLA_HDRLEN + NLA_ALIGN(payload.len);
	if (payload.len > LONGEST_TEXT || *len + room > KLP_RECV_SIZE)
		return klp_fail(ctx, -ENAMETOOLONG,
				"%s: name of %zu bytes is too long",
				request->what, payload.len - 1);
	head.nla_len = (uint16_t)(NLA_HDRLEN + payload.len);
	memset(ctx->buffer + *len, 0, room);
	memcpy(ctx->buffer + *len, &head, sizeof(head));
	memcpy(ctx->buffer + *len + NLA_HDRLEN, payload.data, payload.len);
	*len += room;
	return 0;
}

int klp_request_build(struct klp_ctx *ctx, const struct klp_request *request,
		      uint16_t type, size_t *size)
{
	const struct klp_request_attr *attr;
	struct nlmsghdr nlh = { .nlmsg_type = type, .nlmsg_seq = ++ctx->seq };
	struct genlmsghdr genl = { .cmd = request->cmd, .version = 1 };
	size_t len = NLMSG_HDRLEN + NLMSG_ALIGN(GENL_HDRLEN);
	int err;

	for (attr = request->attrs; attr && attr->kind != KLP_REQUEST_END;
	     attr++) {
		err = append(ctx, request, attr, &len);
		if (err)
			return err;
	}
	nlh.nlmsg_len = (uint32_t)len;
	nlh.nlmsg_flags = NLM_F_REQUEST;
	nlh.nlmsg_flags |= request->dump ? NLM_F_DUMP : NLM_F_ACK;
	memcpy(ctx->buffer, &nlh, sizeof(nlh));
	memcpy(ctx->buffer + NLMSG_HDRLEN, &genl, sizeof(genl));
	*size = len;
	return 0;
}
