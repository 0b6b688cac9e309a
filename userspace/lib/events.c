// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * events.c - listens to what happens, and notices what was lost
 *
 * The kernel may lose events twice: it has no memory to make one, or the
 * listener's socket is full. Events are numbered, so a gap shows both. But a
 * full socket may have lost the last event of all, after which nothing comes
 * that could show the gap: then the overrun that the kernel reports is told
 * once the socket has been read empty, for from there on it is filled again.
 *
 * The kernel sends each event to two groups. Whoever may joins the one that
 * tells of tasks too, and nobody joins both.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>

#include <linux/klp_arm.h>

#include "attr.h"
#include "event.h"
#include "internal.h"

struct klp_events {
	struct klp_ctx *ctx;
	void *listener;
	bool complete; /* in the group that tells of tasks too */
	unsigned char *buffer; /* KLP_RECV_SIZE bytes */
	unsigned char *pos; /* what is left of the last datagram */
	size_t left;
	uint64_t last; /* number of the last event, 0 = none yet */
	bool overrun; /* told by the kernel and not yet by us */
	struct klp_event *held; /* comes after a loss that was just told */
};

/* Joins the group that tells most, of those that this user may join. */
static int join(struct klp_events *events)
{
	struct klp_ctx *ctx = events->ctx;
	int err = -EPERM;

	if (ctx->events_admin_group)
		err = ctx->transport->listen(ctx, ctx->events_admin_group,
					     &events->listener);
	events->complete = !err;
	if (err != -EPERM && err != -EACCES)
		return err;
	ctx->error[0] = '\0';
	return ctx->transport->listen(ctx, ctx->events_group,
				      &events->listener);
}

int klp_events_open(struct klp_ctx *ctx, struct klp_events **out)
{
	struct klp_events *events;
	int err;

	*out = NULL;
	err = klp_resolve_family(ctx);
	if (err)
		return err;
	ctx->error[0] = '\0';
	if (!ctx->events_group)
		return klp_fail(ctx, -EOPNOTSUPP,
				"this kernel's '" KLP_ARM_FAMILY_NAME
				"' netlink family sends no events");
	events = calloc(1, sizeof(*events));
	if (!events)
		return klp_no_memory(ctx);
	events->ctx = ctx;
	events->buffer = malloc(KLP_RECV_SIZE);
	err = events->buffer ? join(events) : klp_no_memory(ctx);
	if (err)
		klp_events_close(events);
	else
		*out = events;
	return err;
}

void klp_events_close(struct klp_events *events)
{
	if (!events)
		return;
	if (events->listener)
		events->ctx->transport->unlisten(events->listener);
	klp_event_free(events->held);
	free(events->buffer);
	free(events);
}

int klp_events_fd(const struct klp_events *events)
{
	return events->ctx->transport->listener_fd(events->listener);
}

bool klp_events_complete(const struct klp_events *events)
{
	return events->complete;
}

/* The next message of the datagram; -EBADMSG if it does not end inside. */
static int next_message(struct klp_events *events, const struct nlmsghdr **nlh)
{
	/* malloc() aligns the buffer, NLMSG_ALIGN() keeps it so. */
	const struct nlmsghdr *head = (const void *)events->pos;
	size_t step;

	if (events->left < sizeof(*head) || head->nlmsg_len < sizeof(*head) ||
	    head->nlmsg_len > events->left) {
		events->left = 0;
		return -EBADMSG;
	}
	step = NLMSG_ALIGN(head->nlmsg_len);
	if (step > events->left)
		step = events->left;
	events->pos += step;
	events->left -= step;
	*nlh = head;
	return 0;
}

/* What newer kernels send to the group and is no event is none of ours. */
static bool is_event(const struct klp_events *events,
		     const struct nlmsghdr *nlh)
{
	struct genlmsghdr genl;

	if (nlh->nlmsg_type != events->ctx->family ||
	    nlh->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN)
		return false;
	memcpy(&genl, (const char *)nlh + NLMSG_HDRLEN, sizeof(genl));
	return genl.cmd == KLP_ARM_CMD_EVENT;
}

static int tell_loss(struct klp_events *events, uint64_t lost,
		     struct klp_event **event)
{
	*event = klp_event_of_loss(lost);
	if (!*event)
		return klp_no_memory(events->ctx);
	return 1;
}

/* Tells an event; if the one before it is missing, tells that first. */
static int tell_event(struct klp_events *events, struct klp_event *event,
		      struct klp_event **out)
{
	const uint64_t seq = klp_event_seq(event);
	const uint64_t last = events->last;
	uint64_t lost;
	int err;

	if (last == 0 || seq == last + 1) {
		events->last = seq;
		*out = event;
		return 1;
	}
	lost = seq > last ? seq - last - 1 : KLP_EVENTS_LOST_UNKNOWN;
	err = tell_loss(events, lost, out);
	if (err < 0) {
		/* Not noted as read, so that the next one shows the gap. */
		klp_event_free(event);
		return err;
	}
	events->last = seq;
	events->held = event;
	return err;
}

/* Reads on in the datagram: 1 and an event, 0 at its end, or an errno. */
static int read_datagram(struct klp_events *events, struct klp_event **out)
{
	const struct nlmsghdr *nlh;
	struct klp_event *event;
	int err;

	while (events->left > 0) {
		err = next_message(events, &nlh);
		if (!err && !is_event(events, nlh))
			continue;
		if (!err)
			err = klp_event_parse(klp_attrs_of_message(nlh),
					      &event);
		if (err == -EBADMSG)
			return klp_fail(events->ctx, err,
					"event: the kernel's message is"
					" malformed");
		if (err)
			return klp_no_memory(events->ctx);
		return tell_event(events, event, out);
	}
	return 0;
}

int klp_events_next(struct klp_events *events, struct klp_event **out)
{
	struct klp_ctx *ctx = events->ctx;
	ssize_t len;
	int err;

	ctx->error[0] = '\0';
	*out = events->held;
	events->held = NULL;
	if (*out)
		return 1;
	for (;;) {
		err = read_datagram(events, out);
		if (err)
			return err;
		len = ctx->transport->hear(ctx, events->listener,
					   events->buffer, KLP_RECV_SIZE);
		if (len == -ENOBUFS) {
			events->overrun = true;
			continue;
		}
		if (len < 0)
			return (int)len;
		if (len == 0)
			break;
		events->pos = events->buffer;
		events->left = (size_t)len;
	}
	if (!events->overrun)
		return 0;
	/*
	 * The socket says once that it was full, however often it was. A gap
	 * that has been told may not be all: something may be missing at the
	 * end, too, and no later event may ever show it.
	 */
	err = tell_loss(events, KLP_EVENTS_LOST_UNKNOWN, out);
	if (err == 1)
		events->overrun = false;
	return err;
}
