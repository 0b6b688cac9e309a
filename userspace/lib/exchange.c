// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * exchange.c - one netlink request and the whole of its answer
 *
 * An answer ends at an acknowledgement, at an error or at the end mark of a
 * dump, and nowhere else: NLM_F_MULTI says only what may follow, and families
 * differ in setting it. The end mark carries an errno of its own.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>

#include <linux/klp_arm.h>

#include "attr.h"
#include "internal.h"

/* No name in the kernel is near this long; the kernel's policy is stricter. */
#define LONGEST_TEXT 4096

/* The largest errno that a system call returns (include/linux/err.h). */
#define LARGEST_ERRNO 4095

struct answer {
	const struct klp_request *request;
	uint16_t type;
	klp_message_fn fn;
	void *arg;
	bool finished;
	bool interrupted;
	int err;
};

static int build(struct klp_ctx *ctx, const struct klp_request *request,
		 uint16_t type, size_t *size)
{
	const struct klp_request_attr *attr;
	struct nlmsghdr nlh = { .nlmsg_type = type, .nlmsg_seq = ++ctx->seq };
	struct genlmsghdr genl = { .cmd = request->cmd, .version = 1 };
	size_t len = NLMSG_HDRLEN + NLMSG_ALIGN(GENL_HDRLEN);

	for (attr = request->attrs; attr && attr->text; attr++) {
		struct nlattr head = { .nla_type = attr->type };
		size_t text_len = strlen(attr->text) + 1;

		if (text_len > LONGEST_TEXT ||
		    len + NLA_HDRLEN + NLA_ALIGN(text_len) > KLP_RECV_SIZE)
			return klp_fail(ctx, -ENAMETOOLONG,
					"%s: name of %zu bytes is too long",
					request->what, text_len - 1);
		head.nla_len = (uint16_t)(NLA_HDRLEN + text_len);
		memset(ctx->buffer + len, 0, NLA_HDRLEN + NLA_ALIGN(text_len));
		memcpy(ctx->buffer + len, &head, sizeof(head));
		memcpy(ctx->buffer + len + NLA_HDRLEN, attr->text, text_len);
		len += NLA_HDRLEN + NLA_ALIGN(text_len);
	}
	nlh.nlmsg_len = (uint32_t)len;
	nlh.nlmsg_flags = NLM_F_REQUEST;
	nlh.nlmsg_flags |= request->dump ? NLM_F_DUMP : NLM_F_ACK;
	memcpy(ctx->buffer, &nlh, sizeof(nlh));
	memcpy(ctx->buffer + NLMSG_HDRLEN, &genl, sizeof(genl));
	*size = len;
	return 0;
}

/*
 * Turns an errno of the kernel into ours, with the kernel's own words where
 * there are any. Attributes that do not parse are no words.
 */
static int fail_with_kernel_text(struct klp_ctx *ctx, const char *what, int err,
				 struct klp_attrs attrs)
{
	struct klp_attr attr;
	char *text = NULL;

	if (err > 0 || err < -LARGEST_ERRNO)
		return klp_fail(ctx, -EBADMSG,
				"%s: the kernel returned a malformed error",
				what);
	while (klp_attr_next(&attrs, &attr) == 1) {
		if (attr.type == NLMSGERR_ATTR_MSG &&
		    klp_attr_string(&attr, &text) == -ENOMEM)
			break;
	}
	err = klp_fail(ctx, err, "%s: %s", what,
		       text && *text ? text : strerror(-err));
	free(text);
	return err;
}

/* NLMSG_ERROR: an acknowledgement (error 0) or a refusal. */
static int take_error(struct klp_ctx *ctx, const struct answer *answer,
		      const struct nlmsghdr *nlh)
{
	const unsigned char *payload = (const unsigned char *)nlh;
	struct klp_attrs attrs = klp_attrs_of_bytes(payload, 0);
	size_t skip = NLMSG_HDRLEN + sizeof(struct nlmsgerr);
	struct nlmsgerr error;

	if (nlh->nlmsg_len < skip)
		return klp_fail(ctx, -EBADMSG,
				"%s: the kernel's answer is cut short",
				answer->request->what);
	memcpy(&error, payload + NLMSG_HDRLEN, sizeof(error));
	if (error.error == 0)
		return 0;

	/* Unless capped, the request is echoed before the attributes. */
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED) &&
	    error.msg.nlmsg_len > sizeof(error.msg) &&
	    error.msg.nlmsg_len < nlh->nlmsg_len)
		skip += NLMSG_ALIGN(error.msg.nlmsg_len) - sizeof(error.msg);
	if ((nlh->nlmsg_flags & NLM_F_ACK_TLVS) && skip < nlh->nlmsg_len)
		attrs = klp_attrs_of_bytes(payload + skip,
					   nlh->nlmsg_len - skip);
	return fail_with_kernel_text(ctx, answer->request->what, error.error,
				     attrs);
}

/* NLMSG_DONE: the end of a dump, with the errno that ended it. */
static int take_done(struct klp_ctx *ctx, const struct answer *answer,
		     const struct nlmsghdr *nlh)
{
	const unsigned char *payload = (const unsigned char *)nlh;
	struct klp_attrs attrs = klp_attrs_of_bytes(payload, 0);
	size_t skip = NLMSG_HDRLEN + NLMSG_ALIGN(sizeof(int32_t));
	int32_t err;

	if (nlh->nlmsg_len < NLMSG_HDRLEN + sizeof(err))
		return 0;
	memcpy(&err, payload + NLMSG_HDRLEN, sizeof(err));
	if (err == 0)
		return 0;
	if ((nlh->nlmsg_flags & NLM_F_ACK_TLVS) && skip < nlh->nlmsg_len)
		attrs = klp_attrs_of_bytes(payload + skip,
					   nlh->nlmsg_len - skip);
	return fail_with_kernel_text(ctx, answer->request->what, err, attrs);
}

static int take_data(struct klp_ctx *ctx, const struct answer *answer,
		     const struct nlmsghdr *nlh)
{
	int err;

	if (nlh->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN)
		err = -EBADMSG;
	else
		err = answer->fn(nlh, answer->arg);
	if (err == -EBADMSG)
		klp_fail(ctx, err, "%s: the kernel's answer is malformed",
			 answer->request->what);
	else if (err < 0)
		klp_fail(ctx, err, "%s: %s", answer->request->what,
			 strerror(-err));
	return err;
}

static void take_message(struct klp_ctx *ctx, struct answer *answer,
			 const struct nlmsghdr *nlh)
{
	int err = 0;

	if (nlh->nlmsg_seq != ctx->seq)
		return;
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		answer->interrupted = true;

	if (nlh->nlmsg_type == NLMSG_ERROR) {
		err = take_error(ctx, answer, nlh);
		answer->finished = true;
	} else if (nlh->nlmsg_type == NLMSG_DONE) {
		err = take_done(ctx, answer, nlh);
		answer->finished = true;
	} else if (nlh->nlmsg_type == NLMSG_OVERRUN) {
		err = klp_fail(ctx, -ENOBUFS, "%s: answer lost, try again",
			       answer->request->what);
		answer->finished = true;
	} else if (nlh->nlmsg_type == answer->type && !answer->err) {
		err = take_data(ctx, answer, nlh);
	}
	if (err < 0 && !answer->err)
		answer->err = err;
}

/* Reads one datagram and walks its messages. */
static int take_datagram(struct klp_ctx *ctx, struct answer *answer)
{
	unsigned char *pos = ctx->buffer;
	ssize_t len;
	size_t left;

	len = ctx->transport->receive(ctx, ctx->buffer, KLP_RECV_SIZE);
	if (len < 0)
		return (int)len;
	left = (size_t)len;
	while (left >= sizeof(struct nlmsghdr) && !answer->finished) {
		/* malloc() aligns the buffer, NLMSG_ALIGN() keeps it so. */
		const struct nlmsghdr *nlh = (const void *)pos;
		size_t step;

		if (nlh->nlmsg_len < sizeof(*nlh) || nlh->nlmsg_len > left)
			return klp_fail(ctx, -EBADMSG,
					"%s: the kernel's answer is cut short",
					answer->request->what);
		take_message(ctx, answer, nlh);
		step = NLMSG_ALIGN(nlh->nlmsg_len);
		if (step > left)
			step = left;
		pos += step;
		left -= step;
	}
	return 0;
}

static int exchange(struct klp_ctx *ctx, const struct klp_request *request,
		    struct answer *answer)
{
	size_t size = 0;
	int err;

	err = build(ctx, request, answer->type, &size);
	if (err)
		return err;
	err = ctx->transport->send(ctx, ctx->buffer, size);
	while (!err && !answer->finished)
		err = take_datagram(ctx, answer);
	return err;
}

int klp_exchange(struct klp_ctx *ctx, const struct klp_request *request,
		 klp_message_fn fn, void *arg)
{
	struct answer answer = { .request = request, .fn = fn, .arg = arg };
	int err;

	ctx->error[0] = '\0';
	if (!ctx->is_open) {
		err = ctx->transport->open(ctx);
		if (err)
			return err;
		ctx->is_open = true;
	}
	answer.type = request->type ? request->type : ctx->family;
	err = exchange(ctx, request, &answer);
	if (err) {
		/* Part of an answer may be queued: start anew next time. */
		ctx->transport->close(ctx);
		ctx->is_open = false;
		return err;
	}
	if (answer.err)
		return answer.err;
	return answer.interrupted ? KLP_INTERRUPTED : 0;
}

static int take_family(const struct nlmsghdr *nlh, void *arg)
{
	struct klp_attrs attrs = klp_attrs_of_message(nlh);
	struct klp_attr attr;
	uint16_t *family = arg;
	int more;

	while ((more = klp_attr_next(&attrs, &attr)) == 1) {
		if (attr.type != CTRL_ATTR_FAMILY_ID)
			continue;
		if (attr.len != sizeof(*family))
			return -EBADMSG;
		memcpy(family, attr.data, sizeof(*family));
	}
	return more;
}

int klp_resolve_family(struct klp_ctx *ctx)
{
	const struct klp_request_attr attrs[] = {
		{ CTRL_ATTR_FAMILY_NAME, KLP_ARM_FAMILY_NAME },
		{ 0, NULL },
	};
	const struct klp_request request = {
		.type = GENL_ID_CTRL,
		.cmd = CTRL_CMD_GETFAMILY,
		.what = "family lookup",
		.attrs = attrs,
	};
	uint16_t family = 0;
	int err;

	if (ctx->family)
		return 0;
	err = klp_exchange(ctx, &request, take_family, &family);
	if (err == -ENOENT)
		return klp_fail(ctx, -EOPNOTSUPP,
				"this kernel has no '" KLP_ARM_FAMILY_NAME
				"' netlink family in this network namespace;"
				" it needs CONFIG_KLP_ARM_REPORT=y");
	if (err)
		return err;
	if (family < NLMSG_MIN_TYPE)
		return klp_fail(ctx, -EBADMSG,
				"family lookup: the kernel's answer is"
				" malformed");
	ctx->family = family;
	return 0;
}
