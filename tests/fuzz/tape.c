// SPDX-License-Identifier: GPL-2.0
/*
 * tape.c - a transport that answers from the bytes of a fuzzer
 *
 * The library reads into buffers that are far larger than most datagrams. What
 * is behind a datagram is poisoned, so that reading it is a finding.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sanitizer/asan_interface.h>

#include "internal.h"
#include "see.h"
#include "tape.h"

#define SPECIAL 0xf000U
#define RAW 0x8000U

static struct {
	const uint8_t *pos;
	size_t left;
	int sockets; /* that are open */
} tape;

int __real_klp_request_build(struct klp_ctx *ctx,
			     const struct klp_request *request, uint16_t type,
			     size_t *size);
int __wrap_klp_request_build(struct klp_ctx *ctx,
			     const struct klp_request *request, uint16_t type,
			     size_t *size);

/* A request is written where the last answer was: the linker calls this. */
int __wrap_klp_request_build(struct klp_ctx *ctx,
			     const struct klp_request *request, uint16_t type,
			     size_t *size)
{
	ASAN_UNPOISON_MEMORY_REGION(ctx->buffer, KLP_RECV_SIZE);
	return __real_klp_request_build(ctx, request, type, size);
}

struct klp_ctx *tape_open(const uint8_t *data, size_t size)
{
	struct klp_ctx *ctx;

	tape.pos = data;
	tape.left = size;
	tape.sockets = 0;
	if (klp_ctx_new(&ctx) != 0)
		abort();
	return ctx;
}

void tape_know_family(struct klp_ctx *ctx)
{
	ctx->family = TAPE_FAMILY;
	ctx->events_group = TAPE_GROUP;
}

bool tape_at_end(void)
{
	return tape.left == 0;
}

void tape_close(struct klp_ctx *ctx)
{
	klp_ctx_free(ctx);
	if (tape.sockets)
		found("a socket was left open, or closed twice");
}

static uint32_t take_head(void)
{
	uint32_t head;

	if (tape.left < 2) {
		tape.left = 0;
		return SPECIAL;
	}
	head = tape.pos[0] | (uint32_t)tape.pos[1] << 8;
	tape.pos += 2;
	tape.left -= 2;
	return head;
}

/*
 * Makes the messages answers to the request, and lets the last one end with the
 * datagram. A fuzzer would hardly ever change both lengths alike.
 */
static void fit_messages(unsigned char *data, size_t len, uint32_t seq)
{
	struct nlmsghdr nlh;

	while (len >= sizeof(nlh)) {
		memcpy(&nlh, data, sizeof(nlh));
		nlh.nlmsg_seq = seq;
		if (nlh.nlmsg_len > len)
			nlh.nlmsg_len = (uint32_t)len;
		memcpy(data, &nlh, sizeof(nlh));
		if (nlh.nlmsg_len < sizeof(nlh) ||
		    NLMSG_ALIGN(nlh.nlmsg_len) >= len)
			return;
		data += NLMSG_ALIGN(nlh.nlmsg_len);
		len -= NLMSG_ALIGN(nlh.nlmsg_len);
	}
}

/* The next datagram, or -errno, or 0 if there is none. */
static ssize_t take_answer(void *data, size_t size, uint32_t seq)
{
	const uint32_t head = take_head();
	size_t len = head & (RAW - 1);

	if (head >= SPECIAL)
		return -(ssize_t)(head & ~SPECIAL);
	if (len > tape.left)
		len = tape.left;
	if (len > size)
		len = size;
	ASAN_UNPOISON_MEMORY_REGION(data, size);
	memcpy(data, tape.pos, len);
	tape.pos += len;
	tape.left -= len;
	if (!(head & RAW))
		fit_messages(data, len, seq);
	ASAN_POISON_MEMORY_REGION((unsigned char *)data + len, size - len);
	return (ssize_t)len;
}

static int open_tape(struct klp_ctx *ctx)
{
	(void)ctx;
	tape.sockets++;
	return 0;
}

static void close_tape(struct klp_ctx *ctx)
{
	(void)ctx;
	tape.sockets--;
}

static int send_nowhere(struct klp_ctx *ctx, const void *data, size_t len)
{
	struct nlmsghdr nlh;

	(void)ctx;
	memcpy(&nlh, data, sizeof(nlh));
	if (nlh.nlmsg_len != len)
		found("a request of another length than it says");
	return 0;
}

/* As the real one: what is no datagram of some bytes is an error. */
static ssize_t receive(struct klp_ctx *ctx, void *data, size_t size)
{
	ssize_t len = take_answer(data, size, ctx->seq);

	if (len == 0)
		len = -EBADMSG;
	if (len < 0)
		return klp_fail(ctx, (int)len, "netlink answer: %s",
				strerror((int)-len));
	return len;
}

static int listen(struct klp_ctx *ctx, uint32_t group, void **listener)
{
	(void)ctx;
	(void)group;
	tape.sockets++;
	*listener = &tape;
	return 0;
}

static int listener_fd(const void *listener)
{
	(void)listener;
	return 0;
}

static ssize_t hear(struct klp_ctx *ctx, void *listener, void *data,
		    size_t size)
{
	ssize_t len = take_answer(data, size, 0);

	(void)listener;
	if (len < 0 && len != -ENOBUFS)
		return klp_fail(ctx, (int)len, "event: %s",
				strerror((int)-len));
	return len;
}

static void unlisten(void *listener)
{
	(void)listener;
	tape.sockets--;
}

/* No answer tells it, so what is left of them may as well. */
static enum klp_presence presence(struct klp_ctx *ctx)
{
	static const enum klp_presence all[] = { KLP_PRESENCE_UNKNOWN,
						 KLP_PRESENT, KLP_ABSENT };

	(void)ctx;
	return all[tape.left % (sizeof(all) / sizeof(all[0]))];
}

const struct klp_transport klp_nl_transport = {
	.open = open_tape,
	.close = close_tape,
	.send = send_nowhere,
	.receive = receive,
	.listen = listen,
	.listener_fd = listener_fd,
	.hear = hear,
	.unlisten = unlisten,
	.presence = presence,
};
