// SPDX-License-Identifier: GPL-2.0
/*
 * sleeper.c - a task that stays in one state of the kernel until it is killed.
 *
 * sleeper KIND
 *
 * A system call that ends, for whatever reason, ends the program with an
 * error: the test sees that the task did not stay where it was.
 */
#include <err.h>
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int pipe_ends[2];

static void do_nanosleep(void)
{
	struct timespec day = { .tv_sec = 86400 };

	nanosleep(&day, NULL);
}

static void do_futex(void)
{
	static int word;

	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}

static void do_poll(void)
{
	struct pollfd fd = { .fd = pipe_ends[0], .events = POLLIN };

	poll(&fd, 1, -1);
}

static void do_read(void)
{
	char byte;

	if (read(pipe_ends[0], &byte, 1) < 0)
		warn("read");
}

static void do_select(void)
{
	struct timeval day = { .tv_sec = 86400 };
	fd_set fds;

	FD_ZERO(&fds);
	FD_SET(pipe_ends[0], &fds);
	select(pipe_ends[0] + 1, &fds, NULL, NULL, &day);
}

static void do_epoll(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	int fd = epoll_create1(0);

	if (fd < 0 || epoll_ctl(fd, EPOLL_CTL_ADD, pipe_ends[0], &event))
		err(1, "epoll");
	epoll_wait(fd, &event, 1, -1);
}

static void do_sigsuspend(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigsuspend(&none);
}

/* A child that outlives no parent, and sleeps. */
static void sleep_as_child(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;)
		pause();
}

static void do_waitpid(void)
{
	pid_t child = fork();

	if (!child)
		sleep_as_child();
	waitpid(child, NULL, 0);
}

static void do_vfork(void)
{
	if (!syscall(SYS_clone, CLONE_VFORK | SIGCHLD, NULL, NULL, NULL, NULL))
		sleep_as_child();
}

static void do_stopped(void)
{
	raise(SIGSTOP);
}

static void do_spin(void)
{
	for (;;)
		__asm__ volatile("");
}

static const struct {
	const char *name;
	void (*run)(void);
} kinds[] = {
	{ "nanosleep", do_nanosleep },
	{ "futex", do_futex },
	{ "poll", do_poll },
	{ "read", do_read },
	{ "select", do_select },
	{ "epoll", do_epoll },
	{ "sigsuspend", do_sigsuspend },
	{ "waitpid", do_waitpid },
	{ "vfork", do_vfork },
	{ "stopped", do_stopped },
	{ "spin", do_spin },
};

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: sleeper KIND");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (pipe(pipe_ends))
		err(1, "pipe");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(kinds[i].name, argv[1]))
			continue;
		kinds[i].run();
		err(1, "%s did not last", argv[1]);
	}
	errx(2, "no such kind: %s", argv[1]);
}
