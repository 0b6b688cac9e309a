/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * internal.h - what the files of libklp share and its users do not see
 */
#ifndef KLP_INTERNAL_H
#define KLP_INTERNAL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <linux/netlink.h>

#include <klp/klp.h>

/* Room for one datagram: the kernel fills dump messages up to 32 KiB. */
#define KLP_RECV_SIZE 32768

/*
 * struct klp_transport - how bytes reach the kernel and come back
 *
 * nl.c has the real one. Host tests link another klp_nl_transport, which
 * replays recorded datagrams, in its place. Each call returns 0 (receive:
 * the length of one datagram) or a negative errno, with klp_fail() called.
 */
struct klp_transport {
	int (*open)(struct klp_ctx *ctx);
	void (*close)(struct klp_ctx *ctx);
	int (*send)(struct klp_ctx *ctx, const void *data, size_t len);
	ssize_t (*receive)(struct klp_ctx *ctx, void *data, size_t size);
};

extern const struct klp_transport klp_nl_transport;

struct klp_ctx {
	const struct klp_transport *transport;
	void *transport_data;
	bool is_open;
	uint16_t family; /* message type of our family, 0 = not yet known */
	uint32_t seq;
	unsigned char *buffer; /* KLP_RECV_SIZE bytes */
	char error[512];
};

/* Keeps a message for klp_last_error(); returns err to be passed on. */
int klp_fail(struct klp_ctx *ctx, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* A string attribute of a request; terminated by one with a NULL text. */
struct klp_request_attr {
	uint16_t type;
	const char *text;
};

struct klp_request {
	uint16_t type; /* netlink message type; 0 = the klp_arm family's */
	uint8_t cmd;
	bool dump;
	const char *what; /* names the request in error messages */
	const struct klp_request_attr *attrs;
};

/*
 * Called for each data message. A negative errno is kept and returned by
 * klp_exchange() once the kernel's answer has been read to its end.
 */
typedef int (*klp_message_fn)(const struct nlmsghdr *nlh, void *arg);

/*
 * klp_exchange() - send one request and read the whole answer
 *
 * Returns 0, KLP_INTERRUPTED if a dump met a change and must be repeated, or
 * a negative errno with klp_fail() called.
 */
#define KLP_INTERRUPTED 1
int klp_exchange(struct klp_ctx *ctx, const struct klp_request *request,
		 klp_message_fn fn, void *arg);

/* Finds our family's message type; -EOPNOTSUPP if the kernel has none. */
int klp_resolve_family(struct klp_ctx *ctx);

#endif /* KLP_INTERNAL_H */
