/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nl_client.h - a small client of the klp_arm family, made for testing it.
 *
 * Written on libmnl, and apart from libklp, so that an error of that library
 * does not hide one of the kernel. It can send messages that no library would.
 */
#ifndef NL_CLIENT_H
#define NL_CLIENT_H

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/klp_arm.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nl_client {
	struct mnl_socket *sock;
	uint16_t family;
	uint32_t seq;
	size_t buffer; /* bytes offered to each receive */
	bool connected; /* messages go without an address */
};

struct nl_request {
	struct nlmsghdr *nlh;
	char buf[4096];
};

/* How a request ended. */
struct nl_result {
	int error; /* 0 or a negative errno */
	bool done; /* ended with NLMSG_DONE, not with NLMSG_ERROR */
	bool interrupted; /* a message had NLM_F_DUMP_INTR */
	unsigned int messages; /* with data */
	unsigned int not_multi; /* of these, without NLM_F_MULTI */
	unsigned int receives;
	char text[256]; /* of the extended ack, empty if there was none */
	uint16_t missing; /* NLMSGERR_ATTR_MISS_TYPE, 0 if there was none */
	uint32_t offset; /* NLMSGERR_ATTR_OFFS, 0 if there was none */
};

/* For each message with data; @attrs is indexed by type. */
typedef void (*nl_message_fn)(const struct nlmsghdr *nlh,
			      const struct nlattr **attrs, void *arg);

#define NL_MAX_ATTR 32

/*
 * Bytes to receive at once. The kernel makes a buffer of a dump as large as the
 * largest receive that the socket has seen, but not below a page. So with
 * NL_SMALL buffers are the smallest there are, and nothing is cut off.
 */
#define NL_SMALL 4096
#define NL_LARGE 32768

int nl_open(struct nl_client *client, size_t buffer);
int nl_connect(struct nl_client *client);
void nl_close(struct nl_client *client);
void nl_begin(struct nl_client *client, struct nl_request *req, uint8_t cmd,
	      bool dump);
int nl_send(struct nl_client *client, const struct nl_request *req);
int nl_receive(struct nl_client *client, struct nl_result *result,
	       unsigned int receives, nl_message_fn fn, void *arg);
int nl_talk(struct nl_client *client, const struct nl_request *req,
	    struct nl_result *result, nl_message_fn fn, void *arg);

/* Forget the stack-check failures: 0, or the kernel's error. */
int nl_clear_failures(struct nl_client *client);
bool nl_nested(const struct nlattr *nest, const struct nlattr **attrs);
uint64_t nl_uint(const struct nlattr *attr);

#endif /* NL_CLIENT_H */
