// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * socket.c - the real sockets, against the kernel that this machine has
 *
 * It has no klp_arm family, but each has the controller of generic netlink,
 * whose group of notifications is as good as any to listen to. As root, a
 * second socket plays the flood that a listener cannot keep up with.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/filter.h>
#include <linux/genetlink.h>
#include <linux/seccomp.h>

#include "internal.h"
#include "test.h"

/* The controller's group has the number of its message type. */
#define GROUP GENL_ID_CTRL

/* More than a listener's buffer takes. */
#define FLOOD 4096

/* Contexts, one after another. */
#define MANY 1000

unsigned int failures;

static unsigned char buffer[KLP_RECV_SIZE];
static const char *skipped;

static const struct klp_transport *const real = &klp_nl_transport;

bool said(const struct klp_ctx *ctx, const char *text)
{
	return strstr(klp_last_error(ctx), text) != NULL;
}

static struct klp_ctx *new_context(void)
{
	struct klp_ctx *ctx;

	if (klp_ctx_new(&ctx) != 0)
		abort();
	return ctx;
}

static void *listen_to(struct klp_ctx *ctx, uint32_t group)
{
	void *listener;

	if (real->listen(ctx, group, &listener) != 0) {
		printf("# %s\n", klp_last_error(ctx));
		abort();
	}
	return listener;
}

static ssize_t hear(struct klp_ctx *ctx, void *listener)
{
	return real->hear(ctx, listener, buffer, sizeof(buffer));
}

static bool is_ready(const void *listener)
{
	struct pollfd fd = { real->listener_fd(listener), POLLIN, 0 };

	return poll(&fd, 1, 0) == 1;
}

/* Sends from a socket of its own; false if that is not permitted. */
static bool send_to(const struct sockaddr_nl *to, unsigned int times)
{
	static const unsigned char data[2048];
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	bool sent = true;

	if (fd < 0)
		abort();
	while (times-- > 0 && sent) {
		sent = sendto(fd, data, sizeof(data), 0,
			      (const struct sockaddr *)to, sizeof(*to)) >= 0 ||
		       (errno != EPERM && errno != EACCES);
	}
	close(fd);
	if (!sent)
		skipped = "needs CAP_NET_ADMIN";
	return sent;
}

static void test_quiet(void)
{
	struct klp_ctx *ctx = new_context();
	void *listener = listen_to(ctx, GROUP);
	int fd = real->listener_fd(listener);

	EXPECT(fd >= 0);
	EXPECT(fcntl(fd, F_GETFD) == FD_CLOEXEC);
	EXPECT(!is_ready(listener));
	EXPECT(hear(ctx, listener) == 0);
	real->unlisten(listener);
	EXPECT(fcntl(fd, F_GETFD) < 0);
	klp_ctx_free(ctx);
}

static void test_no_group(void)
{
	struct klp_ctx *ctx = new_context();
	void *listener;

	EXPECT(real->listen(ctx, 1U << 30, &listener) < 0);
	EXPECT(said(ctx, "cannot listen to events"));
	klp_ctx_free(ctx);
}

/* What other processes send is not heard, and does not make it wait. */
static void test_strangers(void)
{
	struct klp_ctx *ctx = new_context();
	void *listener = listen_to(ctx, GROUP);
	struct sockaddr_nl own;
	socklen_t len = sizeof(own);

	EXPECT(getsockname(real->listener_fd(listener), (struct sockaddr *)&own,
			   &len) == 0);
	own.nl_groups = 0;
	if (send_to(&own, 3)) {
		EXPECT(is_ready(listener));
		EXPECT(hear(ctx, listener) == 0);
	}
	real->unlisten(listener);
	klp_ctx_free(ctx);
}

static void test_overrun(void)
{
	const struct sockaddr_nl group = { .nl_family = AF_NETLINK,
					   .nl_groups = 1U << (GROUP - 1) };
	struct klp_ctx *ctx = new_context();
	void *listener = listen_to(ctx, GROUP);

	if (send_to(&group, FLOOD)) {
		EXPECT(is_ready(listener));
		EXPECT(hear(ctx, listener) == -ENOBUFS);
		EXPECT(hear(ctx, listener) == 0);
		EXPECT(!is_ready(listener));
	}
	real->unlisten(listener);
	klp_ctx_free(ctx);
}

/* Without sysfs nobody can tell whether the kernel has none. */
static int unsupported(void)
{
	return klp_sysfs_presence() == KLP_ABSENT ? -EOPNOTSUPP : -EPERM;
}

static void test_no_family(void)
{
	struct klp_ctx *ctx = new_context();
	struct klp_events *events;
	struct klp_info *info;

	EXPECT(klp_info_get(ctx, &info) == unsupported());
	EXPECT(said(ctx, "klp_arm"));
	EXPECT(klp_events_open(ctx, &events) == unsupported());
	EXPECT(events == NULL);
	klp_ctx_free(ctx);
}

/* The lowest number that is free. */
static int next_descriptor(void)
{
	int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);

	close(fd);
	return fd;
}

static void test_come_and_go(void)
{
	const int before = next_descriptor();
	unsigned int i;

	for (i = 0; i < MANY; i++) {
		struct klp_ctx *ctx = new_context();
		struct klp_info *info;

		EXPECT(klp_info_get(ctx, &info) == unsupported());
		klp_ctx_free(ctx);
	}
	EXPECT(next_descriptor() == before);
}

/* A program may close or write to the standard streams as it likes. */
static void test_standard_descriptors(void)
{
	int kept[3];
	int fd;

	fflush(stdout);
	for (fd = 0; fd < 3; fd++) {
		kept[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 3);
		close(fd);
	}
	fd = -1;
	if (kept[0] >= 0 && kept[1] >= 0 && kept[2] >= 0) {
		struct klp_ctx *ctx = new_context();
		void *listener = listen_to(ctx, GROUP);

		fd = real->listener_fd(listener);
		real->unlisten(listener);
		klp_ctx_free(ctx);
	}
	for (int i = 0; i < 3; i++) {
		dup2(kept[i], i);
		close(kept[i]);
	}
	EXPECT(fd > 2);
}

/* As systemd's RestrictAddressFamilies= does it; the process keeps the filter. */
static bool deny_netlink(void)
{
	static struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAFNOSUPPORT),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { sizeof(code) / sizeof(code[0]),
					   code };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

static enum klp_presence present(struct klp_ctx *ctx)
{
	(void)ctx;
	return KLP_PRESENT;
}

static void test_denied(void)
{
	struct klp_transport transport = *real;
	struct klp_info *info;
	int status = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct klp_ctx *ctx = new_context();

		if (!deny_netlink())
			_exit(2);
		transport.presence = present;
		ctx->transport = &transport;
		EXPECT(klp_info_get(ctx, &info) == -EPERM);
		EXPECT(said(ctx, "netlink is denied to this process"));
		fflush(stdout);
		_exit(failures > 0);
	}
	EXPECT(child > 0 && waitpid(child, &status, 0) == child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
		skipped = "this kernel has no seccomp filters";
	else
		EXPECT(status == 0);
}

static const struct test_case cases[] = {
	{ "a listener is closed on exec and never waits", test_quiet },
	{ "a group that there is not is refused", test_no_group },
	{ "a listener hears the kernel alone", test_strangers },
	{ "a flood is an overrun, once", test_overrun },
	{ "this kernel has no klp_arm family", test_no_family },
	{ "a filter of system calls is told from a kernel without the family",
	  test_denied },
	{ "contexts that come and go leave no socket", test_come_and_go },
	{ "no socket has the number of a standard stream",
	  test_standard_descriptors },
};

int main(void)
{
	const size_t count = sizeof(cases) / sizeof(cases[0]);
	unsigned int failed = 0;
	size_t i;

	printf("KTAP version 1\n1..%zu\n", count);
	for (i = 0; i < count; i++) {
		failures = 0;
		skipped = NULL;
		cases[i].run();
		printf("%sok %zu - libklp: %s%s%s\n", failures ? "not " : "",
		       i + 1, cases[i].name, skipped ? " # SKIP " : "",
		       skipped ? skipped : "");
		failed += failures > 0;
	}
	return failed > 0;
}
