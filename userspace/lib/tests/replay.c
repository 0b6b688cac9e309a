// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * replay.c - a transport that answers from a file; linked in the place of nl.c
 *
 * The file is text so that a recording can be read and reviewed; replay.h has
 * its format. A request that is malformed, or that the file does not expect,
 * ends the program: the client is at fault then, not the answer.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <linux/genetlink.h>

#include <linux/klp_arm.h>

#include "attr.h"
#include "internal.h"
#include "replay.h"

#define MOST_BLOCKS 256
#define LONGEST_TEXT 128

struct answer {
	struct answer *next;
	unsigned char *data;
	size_t len;
	bool raw;
	bool quiet;
	int err;
};

struct block {
	unsigned int cmd;
	bool dump;
	bool used;
	char text[LONGEST_TEXT];
	struct answer *answers;
	struct answer **end;
};

struct replay {
	struct block blocks[MOST_BLOCKS];
	size_t count;
	int open_error;
	int listen_error;
	enum klp_presence presence;
	int admin_error;
	const struct answer *next;
	uint32_t seq;
};

/* What stands in the place of a command number for what listeners hear. */
#define EVENTS 256

/* The number of the group of events, as replies.py has it. */
#define EVENTS_GROUP 5
#define EVENTS_ADMIN_GROUP 7

struct listener {
	struct replay *replay;
	const struct answer *next;
	int fd;
};

static uint32_t mutation;
static unsigned char last_request[KLP_RECV_SIZE];
static size_t last_request_len;
static unsigned int requests;

static _Noreturn void die(const char *why, const char *what)
{
	fprintf(stderr, "replay: %s: %s\n", why, what);
	abort();
}

void replay_mutate(uint32_t seed)
{
	mutation = seed;
}

const unsigned char *replay_request(size_t *len)
{
	*len = last_request_len;
	return last_request;
}

unsigned int replay_requests(void)
{
	return requests;
}

static unsigned int digit(const char *hex, size_t at)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = memchr(digits, hex[at], sizeof(digits) - 1);

	if (!found)
		die("not hexadecimal", hex);
	return (unsigned int)(found - digits);
}

static struct answer *add_answer(struct replay *replay, const char *hex)
{
	struct answer *answer = calloc(1, sizeof(*answer));
	size_t len = strlen(hex) / 2;
	size_t i;

	if (!answer || replay->count == 0)
		die("answer without a request", hex);
	answer->len = len;
	answer->data = malloc(len + 1);
	if (!answer->data)
		die("memory", "none");
	/* Not sscanf(), which takes the length of all that follows each time. */
	for (i = 0; i < len; i++)
		answer->data[i] = (unsigned char)(digit(hex, 2 * i) << 4 |
						  digit(hex, 2 * i + 1));
	*replay->blocks[replay->count - 1].end = answer;
	replay->blocks[replay->count - 1].end = &answer->next;
	return answer;
}

static struct block *add_block(struct replay *replay, const char *line)
{
	struct block *block;

	if (replay->count == MOST_BLOCKS)
		die("too many requests", line);
	block = &replay->blocks[replay->count++];
	block->end = &block->answers;
	return block;
}

static void add_request(struct replay *replay, const char *line)
{
	struct block *block = add_block(replay, line);
	char kind[8] = "";

	if (sscanf(line, "request %u %7s %127s", &block->cmd, kind,
		   block->text) < 2)
		die("bad line", line);
	block->dump = strcmp(kind, "dump") == 0;
}

static void read_line(struct replay *replay, char *line)
{
	line[strcspn(line, "\n")] = '\0';
	if (*line == '#' || *line == '\0')
		return;
	if (strncmp(line, "request ", 8) == 0)
		add_request(replay, line);
	else if (strcmp(line, "events") == 0)
		add_block(replay, line)->cmd = EVENTS;
	else if (strncmp(line, "datagram ", 9) == 0)
		add_answer(replay, line + 9);
	else if (strncmp(line, "raw ", 4) == 0)
		add_answer(replay, line + 4)->raw = true;
	else if (strncmp(line, "error ", 6) == 0)
		add_answer(replay, "")->err = -atoi(line + 6);
	else if (strcmp(line, "quiet") == 0)
		add_answer(replay, "")->quiet = true;
	else if (strncmp(line, "open-error ", 11) == 0)
		replay->open_error = -atoi(line + 11);
	else if (strncmp(line, "listen-error ", 13) == 0)
		replay->listen_error = -atoi(line + 13);
	else if (strcmp(line, "absent") == 0)
		replay->presence = KLP_ABSENT;
	else if (strcmp(line, "present") == 0)
		replay->presence = KLP_PRESENT;
	else if (strncmp(line, "admin-error ", 12) == 0)
		replay->admin_error = -atoi(line + 12);
	else
		die("bad line", line);
}

static struct replay *read_file(void)
{
	struct replay *replay = calloc(1, sizeof(*replay));
	const char *path = getenv("KLP_REPLAY");
	char *line = NULL;
	size_t size = 0;
	FILE *file;

	if (!path)
		die("not set", "KLP_REPLAY");
	file = fopen(path, "re");
	if (!replay || !file)
		die("cannot read", path);
	while (getline(&line, &size, file) >= 0)
		read_line(replay, line);
	free(line);
	fclose(file);
	return replay;
}

static void free_replay(struct replay *replay)
{
	struct answer *answer;
	struct answer *next;
	size_t i;

	for (i = 0; i < replay->count; i++) {
		for (answer = replay->blocks[i].answers; answer;
		     answer = next) {
			next = answer->next;
			free(answer->data);
			free(answer);
		}
	}
	free(replay);
}

static int replay_open(struct klp_ctx *ctx)
{
	int err;

	ctx->transport_data = read_file();
	requests = 0;
	err = ((struct replay *)ctx->transport_data)->open_error;
	if (err) {
		free_replay(ctx->transport_data);
		ctx->transport_data = NULL;
		if (err == -EAFNOSUPPORT)
			return klp_fail_presence(ctx, "netlink is denied to"
						      " this process");
		return klp_fail(ctx, err, "cannot open: %s", strerror(-err));
	}
	return 0;
}

static void replay_close(struct klp_ctx *ctx)
{
	free_replay(ctx->transport_data);
	ctx->transport_data = NULL;
}

/* What the kernel's policy wants an attribute to be. */
enum shape {
	STRING,
	U32,
	UINT,
	FLAG
};

static enum shape shape_of(unsigned int cmd, uint16_t type)
{
	static const struct {
		unsigned int cmd;
		uint16_t type;
		enum shape shape;
	} shapes[] = {
		{ KLP_ARM_CMD_FUNC_GET, KLP_ARM_A_FUNC_SYMPOS, U32 },
		{ KLP_ARM_CMD_BLOCKER_GET, KLP_ARM_A_BLOCKER_TID, U32 },
		{ KLP_ARM_CMD_BLOCKER_GET, KLP_ARM_A_BLOCKER_WANT_STACK, FLAG },
		{ KLP_ARM_CMD_FAILURE_GET, KLP_ARM_A_FAILURE_ID, UINT },
		{ KLP_ARM_CMD_HISTORY_GET, KLP_ARM_A_HISTORY_ID, UINT },
		{ KLP_ARM_CMD_VERDICT_GET, KLP_ARM_A_VERDICT_SYMPOS, U32 },
		{ KLP_ARM_CMD_CODE_GET, KLP_ARM_A_CODE_SYMPOS, U32 },
		{ KLP_ARM_CMD_CODE_GET, KLP_ARM_A_CODE_OFFSET, U32 },
		{ KLP_ARM_CMD_PATCH_SET, KLP_ARM_A_PATCH_ACTION, U32 },
		{ KLP_ARM_CMD_PATCH_SET, KLP_ARM_A_PATCH_CONFIRM, FLAG },
		{ KLP_ARM_CMD_FAILURE_CLEAR, KLP_ARM_A_FAILURE_ID, UINT },
		{ KLP_ARM_CMD_COUNTER_SET, KLP_ARM_A_COUNTER_ENABLED, U32 },
	};
	size_t i;

	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		if (shapes[i].cmd == cmd && shapes[i].type == type)
			return shapes[i].shape;
	}
	return STRING;
}

/* Adds what the attribute says to a text of LONGEST_TEXT bytes. */
static void append_attr(const struct klp_attr *attr, enum shape shape,
			char *text)
{
	const size_t used = strlen(text);
	const char *comma = used ? "," : "";
	const size_t room = LONGEST_TEXT - used;
	uint64_t number = 0;

	if (shape == STRING) {
		const char *string = attr->data;

		if (attr->len == 0 || string[attr->len - 1] != '\0')
			die("bad request", "string without end");
		snprintf(text + used, room, "%s%s", comma, string);
		return;
	}
	if (shape == FLAG ? attr->len != 0 :
			    klp_attr_uint(attr, &number) ||
				    (shape == U32 && attr->len != 4))
		die("bad request", "attribute of the wrong size");
	if (shape == FLAG)
		snprintf(text + used, room, "%syes", comma);
	else
		snprintf(text + used, room, "%s%llu", comma,
			 (unsigned long long)number);
}

/* Is the request what the kernel would accept? Gives its text. */
static void check_request(const unsigned char *data, size_t len,
			  unsigned int *cmd, bool *dump, char *text)
{
	struct genlmsghdr genl;
	struct klp_attrs attrs;
	struct klp_attr attr;
	struct nlmsghdr nlh;
	int more;

	if (len < NLMSG_HDRLEN + GENL_HDRLEN)
		die("bad request", "short");
	memcpy(&nlh, data, sizeof(nlh));
	memcpy(&genl, data + NLMSG_HDRLEN, sizeof(genl));
	if (nlh.nlmsg_len != len || !(nlh.nlmsg_flags & NLM_F_REQUEST) ||
	    genl.reserved != 0 || genl.version != 1)
		die("bad request", "header");
	*cmd = nlh.nlmsg_type == GENL_ID_CTRL ? 0 : genl.cmd;
	*dump = (nlh.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	text[0] = '\0';
	attrs = klp_attrs_of_bytes(data + NLMSG_HDRLEN + GENL_HDRLEN,
				   len - NLMSG_HDRLEN - GENL_HDRLEN);
	while ((more = klp_attr_next(&attrs, &attr)) == 1)
		append_attr(&attr, shape_of(*cmd, attr.type), text);
	if (more < 0)
		die("bad request", "attributes");
}

/* A block with that very text goes before one that takes any. */
static struct block *find_block(struct replay *replay, unsigned int cmd,
				bool dump, const char *text)
{
	struct block *found = NULL;
	size_t i;

	for (i = 0; i < replay->count; i++) {
		struct block *block = &replay->blocks[i];

		if (block->cmd != cmd || block->dump != dump ||
		    strcmp(block->text, text) != 0)
			continue;
		found = block;
		if (!block->used)
			break;
	}
	if (!found && *text)
		return find_block(replay, cmd, dump, "");
	return found;
}

static int replay_send(struct klp_ctx *ctx, const void *data, size_t len)
{
	struct replay *replay = ctx->transport_data;
	char text[LONGEST_TEXT];
	struct block *found;
	unsigned int cmd;
	char what[32];
	bool dump;

	memcpy(last_request, data, len);
	last_request_len = len;
	requests++;
	check_request(last_request, len, &cmd, &dump, text);
	found = find_block(replay, cmd, dump, text);
	snprintf(what, sizeof(what), "%u %s", cmd, dump ? "dump" : "do");
	if (!found)
		die("unexpected request", what);
	found->used = true;
	replay->next = found->answers;
	replay->seq = ctx->seq;
	return 0;
}

/* xorshift32: the same damage for the same seed on every machine. */
static uint32_t draw(void)
{
	mutation ^= mutation << 13;
	mutation ^= mutation >> 17;
	mutation ^= mutation << 5;
	return mutation;
}

static size_t damage(unsigned char *data, size_t len)
{
	uint32_t times = draw() % 4;

	while (times-- > 0 && len > 0) {
		size_t at = draw() % len;

		switch (draw() % 4) {
		case 0:
			data[at] ^= (unsigned char)(1U << (draw() % 8));
			break;
		case 1:
			data[at] = (unsigned char)draw();
			break;
		case 2:
			/* Lengths are small: make them wrong by a little. */
			data[at & ~3UL] = (unsigned char)(draw() % 32);
			break;
		default:
			len = at;
			break;
		}
	}
	return len;
}

static void set_seq(unsigned char *data, size_t len, uint32_t seq)
{
	while (len >= sizeof(struct nlmsghdr)) {
		struct nlmsghdr nlh;

		memcpy(&nlh, data, sizeof(nlh));
		nlh.nlmsg_seq = seq;
		memcpy(data, &nlh, sizeof(nlh));
		if (nlh.nlmsg_len < sizeof(nlh) ||
		    NLMSG_ALIGN(nlh.nlmsg_len) >= len)
			return;
		data += NLMSG_ALIGN(nlh.nlmsg_len);
		len -= NLMSG_ALIGN(nlh.nlmsg_len);
	}
}

static ssize_t copy_answer(const struct answer *answer, void *data, size_t size,
			   uint32_t seq)
{
	size_t len = answer->len;

	if (len > size)
		die("datagram too long", "for the buffer");
	memcpy(data, answer->data, len);
	if (!answer->raw)
		set_seq(data, len, seq);
	if (mutation)
		len = damage(data, len);
	return (ssize_t)len;
}

static ssize_t replay_receive(struct klp_ctx *ctx, void *data, size_t size)
{
	struct replay *replay = ctx->transport_data;
	const struct answer *answer = replay->next;

	if (!answer)
		return klp_fail(ctx, -ETIMEDOUT, "netlink answer: none");
	replay->next = answer->next;
	if (answer->err)
		return klp_fail(ctx, answer->err, "netlink answer: %s",
				strerror(-answer->err));
	return copy_answer(answer, data, size, replay->seq);
}

static void replay_unlisten(void *data)
{
	struct listener *listener = data;

	close(listener->fd);
	free_replay(listener->replay);
	free(listener);
}

static int replay_listen(struct klp_ctx *ctx, uint32_t group, void **out)
{
	struct listener *listener = calloc(1, sizeof(*listener));
	size_t i;
	int err;

	if (!listener)
		die("memory", "none");
	listener->replay = read_file();
	for (i = 0; i < listener->replay->count; i++) {
		if (listener->replay->blocks[i].cmd == EVENTS)
			listener->next = listener->replay->blocks[i].answers;
	}
	/* Readable for as long as its counter is not 0. */
	listener->fd = eventfd(listener->next != NULL, EFD_CLOEXEC);
	if (listener->fd < 0 ||
	    (group != EVENTS_GROUP && group != EVENTS_ADMIN_GROUP))
		die("cannot listen", "descriptor or group");
	err = listener->replay->listen_error;
	if (!err && group == EVENTS_ADMIN_GROUP)
		err = listener->replay->admin_error;
	if (err) {
		replay_unlisten(listener);
		return klp_fail(ctx, err, "cannot listen: %s", strerror(-err));
	}
	*out = listener;
	return 0;
}

static int replay_listener_fd(const void *listener)
{
	return ((const struct listener *)listener)->fd;
}

static ssize_t replay_hear(struct klp_ctx *ctx, void *data, void *buffer,
			   size_t size)
{
	struct listener *listener = data;
	const struct answer *answer = listener->next;
	ssize_t len;
	uint64_t value;

	if (!answer)
		return 0;
	listener->next = answer->next;
	if (!listener->next &&
	    read(listener->fd, &value, sizeof(value)) != sizeof(value))
		die("cannot read", "eventfd");
	if (answer->quiet)
		return 0;
	if (answer->err == -ENOBUFS)
		return answer->err;
	if (answer->err)
		return klp_fail(ctx, answer->err, "event: %s",
				strerror(-answer->err));
	/* A datagram of no bytes is one that the transport refuses. */
	len = copy_answer(answer, buffer, size, 0);
	return len ? len : klp_fail(ctx, -EBADMSG, "event: cut short");
}

static enum klp_presence replay_presence(struct klp_ctx *ctx)
{
	struct replay *replay = read_file();
	const enum klp_presence presence = replay->presence;

	(void)ctx;
	free_replay(replay);
	return presence;
}

const struct klp_transport klp_nl_transport = {
	.open = replay_open,
	.close = replay_close,
	.send = replay_send,
	.receive = replay_receive,
	.listen = replay_listen,
	.listener_fd = replay_listener_fd,
	.hear = replay_hear,
	.unlisten = replay_unlisten,
	.presence = replay_presence,
};
