// SPDX-License-Identifier: GPL-2.0
/*
 * bound.c - a command ends in time, whatever the kernel does meanwhile
 *
 * A request may wait inside the kernel, for a lock that the callback of a patch
 * keeps. A fatal signal ends that for netlink, so a thread looks at the time
 * and ends the process. Nothing ends the loading of a module: that is left to a
 * child, which has none of the descriptors that somebody may read to their end.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bound.h"
#include "clock.h"
#include "output.h"

/* What ends in time by itself says more, so it goes first. */
#define GRACE_MS 1000

/* The kernel itself waits a while for what keeps live patching busy. */
#define RETRY_INTERVAL_MS 250

static atomic_flag claimed = ATOMIC_FLAG_INIT;
static _Thread_local bool is_claimer;

/* What bound_file() and bound_part() were told. */
static _Atomic(const char *) file_in_use;
static _Atomic(const char *) part_of_file;

/* Below the errnos of the kernel, which has none above 4095 (linux/err.h). */
#define ERROR_UNASKED (-4096)
#define ERROR_LOST (-4097)

/* Set with these. */
static char own_error[128];

void bound_claim(void)
{
	if (is_claimer)
		return;
	if (!atomic_flag_test_and_set(&claimed)) {
		is_claimer = true;
		return;
	}
	/* The other thread prints, and ends the process. */
	for (;;)
		pause();
}

void bound_file(const char *path)
{
	atomic_store(&file_in_use, path);
}

void bound_part(const char *path)
{
	atomic_store(&part_of_file, path);
}

/* By what the other thread is kept, as far as that is known. */
static enum status fail_late(const struct app *app)
{
	const char *file = atomic_load(&file_in_use);

	if (file)
		return fail(app, ERROR_TIMED_OUT,
			    "%s: was not read or written within %u s", file,
			    app->timeout_s);
	if (klp_ctx_is_asking(app->ctx))
		return fail(app, ERROR_TIMED_OUT,
			    "the kernel has not answered within %u s: the code"
			    " of a patch may keep live patching busy; what was"
			    " asked for may still happen",
			    app->timeout_s);
	return fail(app, ERROR_TIMED_OUT,
		    "not done within %u s; no request to the kernel was under"
		    " way when the time was up",
		    app->timeout_s);
}

static void *watch(void *data)
{
	const struct app *app = data;
	const uint64_t end_ms = app->deadline_ms + GRACE_MS;
	const char *part;
	const struct timespec end = {
		.tv_sec = (time_t)(end_ms / 1000),
		.tv_nsec = (long)(end_ms % 1000) * 1000000,
	};
	enum status status;

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL))
		;
	bound_claim();
	status = fail_late(app);
	fflush(stdout);
	part = atomic_load(&part_of_file);
	if (part)
		unlink(part);
	_exit(status);
}

void bound_start(const struct app *app)
{
	pthread_attr_t attributes;
	pthread_t thread;
	sigset_t old;
	sigset_t all;

	if (!app->deadline_ms)
		return;
	/* Signals are for the thread that may have blocked them. */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &old);
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	/* Without it the command is bounded as long as the kernel answers. */
	if (pthread_create(&thread, &attributes, watch, (void *)app))
		fputs("klpctl: no thread can be made to watch the time\n",
		      stderr);
	pthread_attr_destroy(&attributes);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

bool bound_pause(const struct app *app, uint64_t ms)
{
	const uint64_t now = now_ms();
	uint64_t left;

	if (!app->deadline_ms) {
		pause_ms(ms);
		return true;
	}
	if (now >= app->deadline_ms)
		return false;
	left = app->deadline_ms - now;
	if (ms + BOUND_ANSWER_MS >= left) {
		pause_ms(left);
		return false;
	}
	pause_ms(ms);
	return true;
}

/* With no time left for an answer, the one that there is says more. */
bool bound_retry(const struct app *app, uint64_t answer_ms)
{
	if (!(app->given & OPTION_TIMEOUT) ||
	    (app->deadline_ms &&
	     now_ms() + RETRY_INTERVAL_MS + answer_ms >= app->deadline_ms))
		return false;
	return bound_pause(app, RETRY_INTERVAL_MS);
}

/* Not by a function of the C library, which an old one lacks. */
static void close_from_to(int first, int last)
{
	if (first <= last)
		syscall(SYS_close_range, (unsigned int)first,
			(unsigned int)last, 0U);
}

/* Of the descriptors above the standard ones all but these; -1 is none. */
static void close_others(int one, int other)
{
	const int low = one < other ? one : other;
	const int high = one < other ? other : one;
	int next = STDERR_FILENO + 1;

	if (low >= next) {
		close_from_to(next, low - 1);
		next = low + 1;
	}
	if (high >= next) {
		close_from_to(next, high - 1);
		next = high + 1;
	}
	close_from_to(next, INT_MAX);
}

static _Noreturn void run_child(int (*fn)(const void *arg), const void *arg,
				int fd_of_fn, int result_fd)
{
	const int none = open("/", O_PATH | O_CLOEXEC);
	int result;
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (none >= 0)
			dup2(none, fd);
		else
			close(fd);
	}
	close_others(fd_of_fn, result_fd);
	result = fn(arg);
	_exit(write(result_fd, &result, sizeof(result)) != sizeof(result));
}

static int patience_ms(const struct app *app)
{
	const uint64_t now = now_ms();

	if (!app->deadline_ms)
		return -1;
	return now < app->deadline_ms ? (int)(app->deadline_ms - now) : 0;
}

static int fail_own(int err, const char *call)
{
	snprintf(own_error, sizeof(own_error), "%s: %s: %s",
		 err == ERROR_LOST ? "the kernel's answer was lost" :
				     "the kernel was not asked",
		 call, strerror(errno));
	return err;
}

bool bound_is_own(int err)
{
	return err == ERROR_UNASKED || err == ERROR_LOST;
}

bool bound_is_lost(int err)
{
	return err == ERROR_LOST;
}

const char *bound_error(int err)
{
	return bound_is_own(err) ? own_error : strerror(-err);
}

/* What the child has written, or why there is nothing. */
static int read_result(const struct app *app, int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	int result;
	int ready;

	while ((ready = poll(&poll_fd, 1, patience_ms(app))) < 0) {
		if (errno != EINTR)
			return fail_own(ERROR_LOST, "poll");
	}
	if (ready == 0)
		return -ETIMEDOUT;
	/* It is written in one piece, or not at all: the child was killed. */
	if (read(fd, &result, sizeof(result)) == sizeof(result))
		return result;
	errno = ECHILD;
	return fail_own(ERROR_LOST, "read");
}

int bound_call(const struct app *app, int (*fn)(const void *arg),
	       const void *arg, int fd)
{
	int result;
	int fds[2];
	pid_t child;

	/* Nothing is begun whose end is not waited for. */
	if (patience_ms(app) == 0)
		return -ETIME;
	if (pipe2(fds, O_CLOEXEC))
		return fail_own(ERROR_UNASKED, "pipe2");
	child = fork();
	if (child == 0)
		run_child(fn, arg, fd, fds[1]);
	result = child < 0 ? fail_own(ERROR_UNASKED, "fork") : 0;
	close(fds[1]);
	if (child > 0) {
		result = read_result(app, fds[0]);
		/* One whose answer did not come may not end for long. */
		if (result != -ETIMEDOUT && !bound_is_own(result))
			waitpid(child, NULL, 0);
	}
	close(fds[0]);
	return result;
}
