// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * nl.c - the generic netlink socket; the only file that knows libnl
 *
 * libnl keeps the socket. Opening and receiving are plain system calls: libnl
 * folds several errnos into one, drops the one at the end of a dump, and knows
 * nothing of extended acknowledgements.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <netlink/netlink.h>

#include "internal.h"

/*
 * The kernel answers from its own memory, so a silence of this length means
 * that the answer was lost. The kernel does its part inside of the system call,
 * though, where it waits for the livepatch core as long as that takes.
 */
#define RECEIVE_TIMEOUT_S 10

/*
 * An answer is in more than one datagram: data and what ends it, or a long dump
 * in as many as it takes. One system call fetches all that are there, and the
 * kernel goes on with a dump while it does.
 */
#define BATCH 8

struct nl_transport {
	struct nl_sock *sock;
	unsigned char *room; /* BATCH times KLP_RECV_SIZE bytes */
	struct sockaddr_nl from[BATCH];
	struct iovec iov[BATCH];
	struct mmsghdr messages[BATCH];
	unsigned int count; /* of these, how many have come */
	unsigned int next;
};

/* Descriptors up to this one are those of the standard streams. */
#define LAST_STANDARD_FD 2

/*
 * What no program expects to be a socket, and may close or write to, is none,
 * even if it is free. Returns a negative errno on failure.
 */
static int above_standard(int fd)
{
	int moved;

	if (fd > LAST_STANDARD_FD)
		return fd;
	moved = fcntl(fd, F_DUPFD_CLOEXEC, LAST_STANDARD_FD + 1);
	if (moved < 0)
		moved = -errno;
	close(fd);
	return moved;
}

/* Not by libnl, which folds errnos and takes any descriptor. */
static int open_fd(struct klp_ctx *ctx)
{
	const struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);

	/* A kernel without netlink, or a filter that hides it. */
	if (fd < 0 && (errno == EAFNOSUPPORT || errno == EPROTONOSUPPORT ||
		       errno == ENOSYS))
		return klp_fail_presence(ctx, "netlink is denied to this"
					      " process");
	fd = fd < 0 ? -errno : above_standard(fd);
	if (fd >= 0 &&
	    bind(fd, (const struct sockaddr *)&any, sizeof(any)) < 0) {
		const int err = -errno;

		close(fd);
		fd = err;
	}
	if (fd < 0)
		return klp_fail(ctx, fd, "cannot open a netlink socket: %s",
				strerror(-fd));
	return fd;
}

/* An open socket, which is closed on exec; NULL: klp_fail() was called. */
static struct nl_sock *open_socket(struct klp_ctx *ctx, int *err)
{
	struct nl_sock *sock;
	const int fd = open_fd(ctx);
	int nle;

	*err = fd < 0 ? fd : 0;
	if (*err)
		return NULL;
	sock = nl_socket_alloc();
	if (!sock) {
		close(fd);
		*err = klp_no_memory(ctx);
		return NULL;
	}
	nle = nl_socket_set_fd(sock, NETLINK_GENERIC, fd);
	if (nle < 0) {
		close(fd);
		nl_socket_free(sock);
		*err = klp_fail(ctx, -EIO, "netlink socket: %s",
				nl_geterror(nle));
		return NULL;
	}
	return sock;
}

static int set_options(struct klp_ctx *ctx, int fd)
{
	const struct timeval timeout = { .tv_sec = RECEIVE_TIMEOUT_S };
	const int on = 1;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout)))
		return klp_fail(ctx, -errno, "netlink socket: %s",
				strerror(errno));

	/*
	 * It only improves error texts and came with Linux 4.12: a kernel that
	 * does not know it has no family of ours to ask.
	 */
	(void)setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	return 0;
}

static void nl_transport_close(struct klp_ctx *ctx)
{
	struct nl_transport *transport = ctx->transport_data;

	nl_socket_free(transport->sock);
	free(transport->room);
	free(transport);
	ctx->transport_data = NULL;
}

static struct nl_transport *new_transport(void)
{
	struct nl_transport *transport = calloc(1, sizeof(*transport));

	if (!transport)
		return NULL;
	/* Not cleared: what no datagram fills takes no memory. */
	transport->room = malloc((size_t)BATCH * KLP_RECV_SIZE);
	if (transport->room)
		return transport;
	free(transport);
	return NULL;
}

static int nl_transport_open(struct klp_ctx *ctx)
{
	struct nl_transport *transport = new_transport();
	int err;

	if (!transport)
		return klp_no_memory(ctx);
	ctx->transport_data = transport;
	transport->sock = open_socket(ctx, &err);
	if (!err)
		err = set_options(ctx, nl_socket_get_fd(transport->sock));
	if (err)
		nl_transport_close(ctx);
	return err;
}

static int nl_transport_send(struct klp_ctx *ctx, const void *data, size_t len)
{
	struct nl_transport *transport = ctx->transport_data;
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	ssize_t sent;

	do {
		sent = sendto(nl_socket_get_fd(transport->sock), data, len, 0,
			      (const struct sockaddr *)&kernel, sizeof(kernel));
	} while (sent < 0 && errno == EINTR);
	if (sent < 0)
		return klp_fail(ctx, -errno, "netlink request: %s",
				strerror(errno));
	return 0;
}

/* Until the deadline, or as long as the socket does; -EAGAIN if none comes. */
static int await_answer(struct nl_transport *transport, uint64_t deadline_ms)
{
	struct pollfd poll_fd = { nl_socket_get_fd(transport->sock), POLLIN,
				  0 };
	struct timespec now;
	uint64_t now_ms;
	uint64_t left_ms;
	int ready;

	if (!deadline_ms)
		return 0;
	do {
		clock_gettime(CLOCK_MONOTONIC, &now);
		now_ms = (uint64_t)now.tv_sec * 1000 +
			 (uint64_t)now.tv_nsec / 1000000;
		left_ms = now_ms < deadline_ms ? deadline_ms - now_ms : 0;
		if (left_ms > RECEIVE_TIMEOUT_S * 1000)
			return 0;
		ready = poll(&poll_fd, 1, (int)left_ms);
	} while (ready < 0 && errno == EINTR);
	if (ready < 0)
		return -errno;
	return ready ? 0 : -EAGAIN;
}

/* Waits for one datagram, and takes those that are behind it. */
static int fetch_batch(struct nl_transport *transport, uint64_t deadline_ms)
{
	int count = await_answer(transport, deadline_ms);
	int i;

	if (count < 0)
		return count;

	for (i = 0; i < BATCH; i++) {
		struct msghdr *msg = &transport->messages[i].msg_hdr;

		transport->iov[i].iov_base =
			transport->room + (size_t)i * KLP_RECV_SIZE;
		transport->iov[i].iov_len = KLP_RECV_SIZE;
		memset(msg, 0, sizeof(*msg));
		msg->msg_name = &transport->from[i];
		msg->msg_namelen = sizeof(transport->from[i]);
		msg->msg_iov = &transport->iov[i];
		msg->msg_iovlen = 1;
	}
	do {
		count = recvmmsg(nl_socket_get_fd(transport->sock),
				 transport->messages, BATCH, MSG_WAITFORONE,
				 NULL);
	} while (count < 0 && errno == EINTR);
	if (count < 0)
		return -errno;
	transport->count = (unsigned int)count;
	transport->next = 0;
	return 0;
}

/* The next datagram of the kernel's; -errno without klp_fail(). */
static ssize_t next_datagram(struct nl_transport *transport,
			     uint64_t deadline_ms, void *data, size_t size)
{
	for (;;) {
		const struct mmsghdr *message;
		unsigned int i;
		int err = 0;

		if (transport->next == transport->count)
			err = fetch_batch(transport, deadline_ms);
		if (err)
			return err;
		i = transport->next++;
		message = &transport->messages[i];
		/* Any process may send to our port. */
		if (transport->from[i].nl_pid != 0)
			continue;
		if (message->msg_len == 0 || message->msg_len > size ||
		    (message->msg_hdr.msg_flags & MSG_TRUNC))
			return -EBADMSG;
		memcpy(data, transport->iov[i].iov_base, message->msg_len);
		return message->msg_len;
	}
}

static ssize_t nl_transport_receive(struct klp_ctx *ctx, void *data,
				    size_t size)
{
	ssize_t len = next_datagram(ctx->transport_data, ctx->deadline_ms, data,
				    size);

	if (len == -EAGAIN)
		return klp_fail(ctx, -ETIMEDOUT,
				"netlink answer: none came in time");
	if (len == -EBADMSG)
		return klp_fail(ctx, -EBADMSG, "netlink answer: cut short");
	if (len < 0)
		return klp_fail(ctx, (int)len, "netlink answer: %s",
				strerror((int)-len));
	return len;
}

/*
 * One event of the kernel's, if there is one; -errno without klp_fail(). Any
 * process may send to our port: only the kernel's port 0 counts.
 */
static ssize_t receive_event(struct nl_sock *sock, void *data, size_t size)
{
	struct sockaddr_nl from = { 0 };
	struct iovec iov = { .iov_base = data, .iov_len = size };
	struct msghdr msg = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	ssize_t len;

	do {
		from.nl_pid = 0;
		len = recvmsg(nl_socket_get_fd(sock), &msg, MSG_DONTWAIT);
	} while ((len < 0 && errno == EINTR) || (len >= 0 && from.nl_pid != 0));

	if (len < 0)
		return -errno;
	if (len == 0 || (msg.msg_flags & MSG_TRUNC))
		return -EBADMSG;
	return len;
}

/*
 * A transition of a busy machine can send hundreds of events at once. Whoever
 * has no privilege gets what net.core.rmem_max allows.
 */
static void widen_buffer(int fd)
{
	const int size = 1 << 20;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size,
				 sizeof(size));
}

static int nl_transport_listen(struct klp_ctx *ctx, uint32_t group,
			       void **listener)
{
	struct nl_sock *sock;
	int err;
	int fd;

	sock = open_socket(ctx, &err);
	if (!sock)
		return err;
	fd = nl_socket_get_fd(sock);
	widen_buffer(fd);
	if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group,
		       sizeof(group))) {
		err = klp_fail(ctx, -errno, "cannot listen to events: %s",
			       strerror(errno));
		nl_socket_free(sock);
		return err;
	}
	*listener = sock;
	return 0;
}

static int nl_transport_listener_fd(const void *listener)
{
	return nl_socket_get_fd(listener);
}

static ssize_t nl_transport_hear(struct klp_ctx *ctx, void *listener,
				 void *data, size_t size)
{
	ssize_t len = receive_event(listener, data, size);

	if (len == -EAGAIN)
		return 0;
	if (len == -EBADMSG)
		return klp_fail(ctx, -EBADMSG, "event: cut short");
	if (len < 0 && len != -ENOBUFS)
		return klp_fail(ctx, (int)len, "event: %s",
				strerror((int)-len));
	return len;
}

static void nl_transport_unlisten(void *listener)
{
	nl_socket_free(listener);
}

static enum klp_presence nl_transport_presence(struct klp_ctx *ctx)
{
	(void)ctx;
	return klp_sysfs_presence();
}

const struct klp_transport klp_nl_transport = {
	.open = nl_transport_open,
	.close = nl_transport_close,
	.send = nl_transport_send,
	.receive = nl_transport_receive,
	.listen = nl_transport_listen,
	.listener_fd = nl_transport_listener_fd,
	.hear = nl_transport_hear,
	.unlisten = nl_transport_unlisten,
	.presence = nl_transport_presence,
};
