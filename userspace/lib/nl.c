// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * nl.c - the generic netlink socket; the only file that knows libnl
 *
 * libnl opens the socket and addresses the kernel. Receiving is plain
 * recvmsg(): libnl folds several errnos into one, drops the one at the end of
 * a dump, and knows nothing of extended acknowledgements.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <netlink/errno.h>
#include <netlink/netlink.h>
#include <netlink/genl/genl.h>

#include "internal.h"

/*
 * The kernel answers from its own memory, so a silence of this length means
 * that the answer was lost. It also bounds every call of the library.
 */
#define RECEIVE_TIMEOUT_S 10

/* libnl's own error numbers, as far as opening a socket can return them. */
static int errno_of_libnl(int nle)
{
	switch (nle) {
	case -NLE_AF_NOSUPPORT:
	case -NLE_PROTO_MISMATCH:
	case -NLE_OPNOTSUPP:
		return -EOPNOTSUPP;
	case -NLE_PERM:
	case -NLE_NOACCESS:
		return -EPERM;
	case -NLE_NOMEM:
		return -ENOMEM;
	default:
		return -EIO;
	}
}

static int set_options(struct klp_ctx *ctx, int fd)
{
	const struct timeval timeout = { .tv_sec = RECEIVE_TIMEOUT_S };
	const int on = 1;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout)))
		return klp_fail(ctx, -errno, "netlink socket: %s",
				strerror(errno));

	/*
	 * Both only improve error texts and came with Linux 4.12: a kernel
	 * that knows neither has no family of ours to ask.
	 */
	(void)setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	(void)setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	return 0;
}

static int nl_transport_open(struct klp_ctx *ctx)
{
	struct nl_sock *sock = nl_socket_alloc();
	int err;

	if (!sock)
		return klp_fail(ctx, -ENOMEM, "netlink socket: %s",
				strerror(ENOMEM));
	/* genl_connect() opens with SOCK_CLOEXEC. */
	err = genl_connect(sock);
	if (err < 0) {
		nl_socket_free(sock);
		return klp_fail(ctx, errno_of_libnl(err),
				"cannot open a generic netlink socket: %s",
				nl_geterror(err));
	}
	err = set_options(ctx, nl_socket_get_fd(sock));
	if (err) {
		nl_socket_free(sock);
		return err;
	}
	ctx->transport_data = sock;
	return 0;
}

static void nl_transport_close(struct klp_ctx *ctx)
{
	nl_socket_free(ctx->transport_data);
	ctx->transport_data = NULL;
}

static int nl_transport_send(struct klp_ctx *ctx, const void *data, size_t len)
{
	struct nl_sock *sock = ctx->transport_data;
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	ssize_t sent;

	do {
		sent = sendto(nl_socket_get_fd(sock), data, len, 0,
			      (const struct sockaddr *)&kernel, sizeof(kernel));
	} while (sent < 0 && errno == EINTR);
	if (sent < 0)
		return klp_fail(ctx, -errno, "netlink request: %s",
				strerror(errno));
	return 0;
}

static ssize_t nl_transport_receive(struct klp_ctx *ctx, void *data,
				    size_t size)
{
	struct nl_sock *sock = ctx->transport_data;
	struct sockaddr_nl from = { 0 };
	struct iovec iov = { .iov_base = data, .iov_len = size };
	struct msghdr msg = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	ssize_t len;

	/* Any process may send to our port: only the kernel's port 0 counts. */
	do {
		from.nl_pid = 0;
		len = recvmsg(nl_socket_get_fd(sock), &msg, 0);
	} while ((len < 0 && errno == EINTR) || (len >= 0 && from.nl_pid != 0));

	if (len < 0 && errno == EAGAIN)
		return klp_fail(ctx, -ETIMEDOUT,
				"netlink answer: none within %d s",
				RECEIVE_TIMEOUT_S);
	if (len < 0)
		return klp_fail(ctx, -errno, "netlink answer: %s",
				strerror(errno));
	if (len == 0 || (msg.msg_flags & MSG_TRUNC))
		return klp_fail(ctx, -EBADMSG,
				"netlink answer: cut short at %zd bytes", len);
	return len;
}

const struct klp_transport klp_nl_transport = {
	.open = nl_transport_open,
	.close = nl_transport_close,
	.send = nl_transport_send,
	.receive = nl_transport_receive,
};
