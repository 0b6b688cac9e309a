// SPDX-License-Identifier: GPL-2.0
/*
 * nl_client.c - send requests to the klp_arm family and take answers apart.
 */

#include "nl_client.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define RECEIVE_SECONDS 20

/* Attributes of a kind that the kernel may not send are a failure, too. */
static int collect(const struct nlattr *attr, void *data)
{
	const struct nlattr **attrs = data;
	uint16_t type = mnl_attr_get_type(attr);

	if (type && type < NL_MAX_ATTR && !attrs[type])
		attrs[type] = attr;

	return MNL_CB_OK;
}

static void read_error(const struct nlmsghdr *nlh, size_t head,
		       struct nl_result *result)
{
	const struct nlattr *attr;

	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;

	mnl_attr_for_each(attr, nlh, head)
	{
		switch (mnl_attr_get_type(attr)) {
		case NLMSGERR_ATTR_MSG:
			snprintf(result->text, sizeof(result->text), "%s",
				 mnl_attr_get_str(attr));
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			result->missing = (uint16_t)mnl_attr_get_u32(attr);
			break;
		case NLMSGERR_ATTR_OFFS:
			result->offset = mnl_attr_get_u32(attr);
			break;
		default:
			break;
		}
	}
}

/* The kernel leaves the request out of an error: NETLINK_CAP_ACK is on. */
static void read_ack(const struct nlmsghdr *nlh, struct nl_result *result)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);

	result->error = err->error;
	read_error(nlh, sizeof(*err), result);
}

static void read_done(const struct nlmsghdr *nlh, struct nl_result *result)
{
	result->done = true;
	memcpy(&result->error, mnl_nlmsg_get_payload(nlh),
	       sizeof(result->error));
	read_error(nlh, sizeof(result->error), result);
}

static void read_data(const struct nlmsghdr *nlh, struct nl_result *result,
		      nl_message_fn fn, void *arg)
{
	const struct nlattr *attrs[NL_MAX_ATTR] = { NULL };

	result->messages++;
	if (!(nlh->nlmsg_flags & NLM_F_MULTI))
		result->not_multi++;
	mnl_attr_parse(nlh, sizeof(struct genlmsghdr), collect, attrs);
	if (fn)
		fn(nlh, attrs, arg);
}

/* Return whether this was the last message of the answer. */
static bool read_message(const struct nlmsghdr *nlh, struct nl_result *result,
			 nl_message_fn fn, void *arg)
{
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		result->interrupted = true;

	switch (nlh->nlmsg_type) {
	case NLMSG_ERROR:
		read_ack(nlh, result);
		return true;
	case NLMSG_DONE:
		read_done(nlh, result);
		return true;
	default:
		read_data(nlh, result, fn, arg);
		return false;
	}
}

/*
 * Receive up to the end of the answer, or @receives times if that is not 0.
 * Return 0 at the end, 1 if there is more, or a negative errno.
 */
int nl_receive(struct nl_client *client, struct nl_result *result,
	       unsigned int receives, nl_message_fn fn, void *arg)
{
	char buf[NL_LARGE];
	const struct nlmsghdr *nlh;
	int left;

	for (unsigned int i = 0; !receives || i < receives; i++) {
		/* MSG_TRUNC tells the full length of what did not fit. */
		ssize_t len = recv(mnl_socket_get_fd(client->sock), buf,
				   client->buffer, MSG_TRUNC);
		if (len < 0)
			return -errno;
		if ((size_t)len > client->buffer)
			return -EMSGSIZE;
		result->receives++;

		left = (int)len;
		for (nlh = (const void *)buf; mnl_nlmsg_ok(nlh, left);
		     nlh = mnl_nlmsg_next(nlh, &left)) {
			if (nlh->nlmsg_seq != client->seq)
				continue;
			if (read_message(nlh, result, fn, arg))
				return 0;
		}
	}

	return 1;
}

void nl_begin(struct nl_client *client, struct nl_request *req, uint8_t cmd,
	      bool dump)
{
	struct genlmsghdr *genl;

	memset(req, 0, sizeof(*req));
	req->nlh = mnl_nlmsg_put_header(req->buf);
	req->nlh->nlmsg_type = client->family;
	req->nlh->nlmsg_flags =
		(uint16_t)(NLM_F_REQUEST | NLM_F_ACK | (dump ? NLM_F_DUMP : 0));
	req->nlh->nlmsg_seq = ++client->seq;
	genl = mnl_nlmsg_put_extra_header(req->nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = 1;
}

int nl_send(struct nl_client *client, const struct nl_request *req)
{
	ssize_t len;

	if (client->connected)
		len = write(mnl_socket_get_fd(client->sock), req->nlh,
			    req->nlh->nlmsg_len);
	else
		len = mnl_socket_sendto(client->sock, req->nlh,
					req->nlh->nlmsg_len);

	return len < 0 ? -errno : 0;
}

/*
 * Send a request and receive its whole answer. Return 0 if there was one,
 * with its own error in @result, or a negative errno.
 */
int nl_talk(struct nl_client *client, const struct nl_request *req,
	    struct nl_result *result, nl_message_fn fn, void *arg)
{
	int err;

	memset(result, 0, sizeof(*result));
	err = nl_send(client, req);
	if (err)
		return err;

	return nl_receive(client, result, 0, fn, arg);
}

bool nl_nested(const struct nlattr *nest, const struct nlattr **attrs)
{
	for (int i = 0; i < NL_MAX_ATTR; i++)
		attrs[i] = NULL;

	return mnl_attr_parse_nested(nest, collect, attrs) == MNL_CB_OK;
}

/* The kernel sends a "uint" in 4 bytes or 8, at any multiple of 4. */
uint64_t nl_uint(const struct nlattr *attr)
{
	uint64_t wide;
	uint32_t narrow;

	if (mnl_attr_get_payload_len(attr) == sizeof(wide)) {
		memcpy(&wide, mnl_attr_get_payload(attr), sizeof(wide));
		return wide;
	}
	memcpy(&narrow, mnl_attr_get_payload(attr), sizeof(narrow));

	return narrow;
}

static void take_family(const struct nlmsghdr *nlh, const struct nlattr **attrs,
			void *arg)
{
	(void)nlh;
	if (attrs[CTRL_ATTR_FAMILY_ID])
		*(uint16_t *)arg = mnl_attr_get_u16(attrs[CTRL_ATTR_FAMILY_ID]);
}

static int resolve(struct nl_client *client)
{
	struct nl_request req;
	struct nl_result result;
	uint16_t family = 0;
	int err;

	client->family = GENL_ID_CTRL;
	nl_begin(client, &req, CTRL_CMD_GETFAMILY, false);
	mnl_attr_put_strz(req.nlh, CTRL_ATTR_FAMILY_NAME, KLP_ARM_FAMILY_NAME);
	err = nl_talk(client, &req, &result, take_family, &family);
	if (err || result.error)
		return err ? err : result.error;
	client->family = family;

	return 0;
}

int nl_open(struct nl_client *client, size_t buffer)
{
	struct timeval limit = { .tv_sec = RECEIVE_SECONDS };
	int on = 1, err;

	memset(client, 0, sizeof(*client));
	client->buffer = buffer;
	client->sock = mnl_socket_open(NETLINK_GENERIC);
	if (!client->sock)
		return -errno;

	if (mnl_socket_bind(client->sock, 0, MNL_SOCKET_AUTOPID) ||
	    mnl_socket_setsockopt(client->sock, NETLINK_EXT_ACK, &on,
				  sizeof(on)) ||
	    mnl_socket_setsockopt(client->sock, NETLINK_CAP_ACK, &on,
				  sizeof(on)) ||
	    setsockopt(mnl_socket_get_fd(client->sock), SOL_SOCKET, SO_RCVTIMEO,
		       &limit, sizeof(limit)))
		err = -errno;
	else
		err = resolve(client);
	if (err)
		nl_close(client);

	return err;
}

int nl_connect(struct nl_client *client)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	if (connect(mnl_socket_get_fd(client->sock), (void *)&kernel,
		    sizeof(kernel)))
		return -errno;
	client->connected = true;

	return 0;
}

void nl_close(struct nl_client *client)
{
	if (client->sock)
		mnl_socket_close(client->sock);
	client->sock = NULL;
}

int nl_clear_failures(struct nl_client *client)
{
	struct nl_result result;
	struct nl_request req;
	int err;

	nl_begin(client, &req, KLP_ARM_CMD_FAILURE_CLEAR, false);
	err = nl_talk(client, &req, &result, NULL, NULL);

	return err ? err : result.error;
}
