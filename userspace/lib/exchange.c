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

#include "attr.h"
#include "internal.h"

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

/* What to say of an errno that comes without a text. */
static const char *words_for(const struct klp_request *request, int err)
{
	if (err == -EOPNOTSUPP)
		return "this kernel does not have that request";
	if (err == -EPERM && request->admin)
		return "not permitted without CAP_SYS_ADMIN";
	return strerror(-err);
}

/*
 * Turns an errno of the kernel into ours, with the kernel's own words where
 * there are any. Attributes that do not parse are no words.
 */
static int fail_with_kernel_text(struct klp_ctx *ctx,
				 const struct klp_request *request, int err,
				 struct klp_attrs attrs)
{
	struct klp_attr attr;
	char *text = NULL;

	if (err > 0 || err < -LARGEST_ERRNO)
		return klp_fail(ctx, -EBADMSG,
				"%s: the kernel returned a malformed error",
				request->what);
	while (klp_attr_next(&attrs, &attr) == 1) {
		if (attr.type == NLMSGERR_ATTR_MSG &&
		    klp_attr_string(&attr, &text) == -ENOMEM)
			break;
	}
	err = klp_fail(ctx, err, "%s%s%s%s: %s", request->what,
		       request->about ? " '" : "",
		       request->about ? request->about : "",
		       request->about ? "'" : "",
		       text && *text ? text : words_for(request, err));
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
	return fail_with_kernel_text(ctx, answer->request, error.error, attrs);
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
	return fail_with_kernel_text(ctx, answer->request, err, attrs);
}

static int take_data(struct klp_ctx *ctx, const struct answer *answer,
		     const struct nlmsghdr *nlh)
{
	int err = 0;

	if (nlh->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN)
		err = -EBADMSG;
	else if (answer->fn)
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
	if (answer->request->dump && (nlh->nlmsg_flags & NLM_F_DUMP_INTR))
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

	err = klp_request_build(ctx, request, answer->type, &size);
	if (err)
		return err;
	atomic_store(&ctx->asking, true);
	err = ctx->transport->send(ctx, ctx->buffer, size);
	while (!err && !answer->finished)
		err = take_datagram(ctx, answer);
	atomic_store(&ctx->asking, false);
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
