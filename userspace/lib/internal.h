/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * internal.h - what the files of libklp share and its users do not see
 */
#ifndef KLP_INTERNAL_H
#define KLP_INTERNAL_H

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <linux/netlink.h>

#include <klp/klp.h>

/* Room for one datagram: the kernel fills dump messages up to 32 KiB. */
#define KLP_RECV_SIZE 32768

/* Does the kernel have klp_arm, whether or not it may be asked? */
enum klp_presence {
	KLP_PRESENCE_UNKNOWN,
	KLP_PRESENT,
	KLP_ABSENT,
};

/*
 * struct klp_transport - how bytes reach the kernel and come back
 *
 * nl.c has the real one. Host tests link another klp_nl_transport, which
 * replays recorded datagrams, in its place. Each call returns 0 (receive and
 * hear: the length of one datagram) or a negative errno, with klp_fail()
 * called. A listener is a socket of its own in a multicast group: hear()
 * never waits, returns 0 when nothing has come, and -ENOBUFS, without
 * klp_fail(), when the kernel could not deliver all.
 */
struct klp_transport {
	int (*open)(struct klp_ctx *ctx);
	void (*close)(struct klp_ctx *ctx);
	int (*send)(struct klp_ctx *ctx, const void *data, size_t len);
	ssize_t (*receive)(struct klp_ctx *ctx, void *data, size_t size);

	int (*listen)(struct klp_ctx *ctx, uint32_t group, void **listener);
	int (*listener_fd)(const void *listener);
	ssize_t (*hear)(struct klp_ctx *ctx, void *listener, void *data,
			size_t size);
	void (*unlisten)(void *listener);

	/* Asked without a socket. */
	enum klp_presence (*presence)(struct klp_ctx *ctx);
};

extern const struct klp_transport klp_nl_transport;

struct klp_ctx {
	const struct klp_transport *transport;
	void *transport_data;
	bool is_open;
	uint16_t family; /* message type of our family, 0 = not yet known */
	uint32_t events_group; /* 0 = the family has none */
	uint32_t events_admin_group; /* likewise */
	uint32_t seq;
	uint64_t deadline_ms; /* CLOCK_MONOTONIC; 0 = none */
	atomic_bool asking; /* a request is under way */
	unsigned char *buffer; /* KLP_RECV_SIZE bytes */
	char error[512];
};

/* Keeps a message for klp_last_error(); returns err to be passed on. */
int klp_fail(struct klp_ctx *ctx, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
int klp_no_memory(struct klp_ctx *ctx);

/* What sysfs says of it. */
enum klp_presence klp_sysfs_presence(void);

/*
 * Tells "has none" (-EOPNOTSUPP) from "may not ask" (-EPERM) where no netlink
 * answer does. seen is what was found instead.
 */
int klp_fail_presence(struct klp_ctx *ctx, const char *seen);

enum klp_request_kind {
	KLP_REQUEST_END, /* ends the list of attributes */
	KLP_REQUEST_SKIP,
	KLP_REQUEST_TEXT, /* skipped if text is NULL */
	KLP_REQUEST_U32,
	KLP_REQUEST_UINT,
	KLP_REQUEST_FLAG, /* skipped if number is 0 */
};

/* An attribute of a request. */
struct klp_request_attr {
	enum klp_request_kind kind;
	uint16_t type;
	const char *text;
	uint64_t number;
};

struct klp_request {
	uint16_t type; /* netlink message type; 0 = the klp_arm family's */
	uint8_t cmd;
	bool dump;
	bool admin; /* for CAP_SYS_ADMIN only */
	const char *what; /* names the request in error messages */
	const char *about; /* and the patch that it is to change, or NULL */
	const struct klp_request_attr *attrs;
};

/* Writes the request to the context's buffer; *size is how much it takes. */
int klp_request_build(struct klp_ctx *ctx, const struct klp_request *request,
		      uint16_t type, size_t *size);

/*
 * Called for each data message. A negative errno is kept and returned by
 * klp_exchange() once the kernel's answer has been read to its end.
 */
typedef int (*klp_message_fn)(const struct nlmsghdr *nlh, void *arg);

/*
 * klp_exchange() - send one request and read the whole answer
 *
 * Without fn, data messages are skipped. Returns 0, KLP_INTERRUPTED if a dump
 * met a change and must be repeated, or a negative errno with klp_fail()
 * called.
 */
#define KLP_INTERRUPTED 1
int klp_exchange(struct klp_ctx *ctx, const struct klp_request *request,
		 klp_message_fn fn, void *arg);

/* Finds our family's message type; -EOPNOTSUPP if the kernel has none. */
int klp_resolve_family(struct klp_ctx *ctx);

/* A change takes the kernel far longer than a dump: a few tries suffice. */
#define KLP_TRIES 16

/*
 * klp_ask() - exchange with our family, until the answer is of one piece
 *
 * Makes up to KLP_TRIES tries and calls empty() on arg between them. Returns
 * 0 or a negative errno with klp_fail() called: -EAGAIN after the last try.
 */
int klp_ask(struct klp_ctx *ctx, const struct klp_request *request,
	    klp_message_fn fn, void (*empty)(void *arg), void *arg);

/* Makes a request that changes something and has no answer: once. */
int klp_order(struct klp_ctx *ctx, const struct klp_request *request);

#endif /* KLP_INTERNAL_H */
