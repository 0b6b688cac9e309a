// SPDX-License-Identifier: GPL-2.0
/*
 * bound-test.c - what bound.c begins, and what it does not, by the time left
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../../tests/host/ktap.h"
#include "../bound.h"
#include "../clock.h"
#include "../output.h"

/* Far more than a call takes that returns at once. */
#define LONG_MS 60000

/* Shared with the child: how often it was called. */
static volatile int *calls;

/* error.c's, which only the thread of bound_start() calls. */
enum status fail(const struct app *app, enum error error, const char *fmt, ...)
{
	(void)app;
	(void)error;
	return fputs(fmt, stderr) < 0 ? STATUS_OK : STATUS_FAILURE;
}

static bool asking;

/* libklp's. */
bool klp_ctx_is_asking(const struct klp_ctx *ctx)
{
	(void)ctx;
	return asking;
}

/* What a process says whose time was up from the start. */
static bool says_late(const char *file, bool asked, const char *words)
{
	const struct app app = { .timeout_s = 1, .deadline_ms = 1 };
	char text[512] = "";
	int fds[2];
	pid_t child;

	if (pipe(fds))
		return false;
	fflush(stdout);
	child = fork();
	if (child == 0) {
		dup2(fds[1], STDERR_FILENO);
		asking = asked;
		bound_file(file);
		bound_start(&app);
		for (;;)
			pause();
	}
	close(fds[1]);
	if (child < 0 || read(fds[0], text, sizeof(text) - 1) <= 0)
		text[0] = '\0';
	close(fds[0]);
	waitpid(child, NULL, 0);
	return strstr(text, words);
}

static bool blames_what_kept_it(void)
{
	return says_late("list", false, "%s: was not read or written") &&
	       says_late("list", true, "%s: was not read or written") &&
	       says_late(NULL, true, "the kernel has not answered") &&
	       says_late(NULL, false, "no request to the kernel");
}

static bool removes_part(void)
{
	char name[] = "/tmp/klpctl-part.XXXXXX";
	const int fd = mkstemp(name);
	bool removed;

	if (fd < 0)
		return false;
	close(fd);
	bound_part(name);
	removed = says_late(NULL, false, "not done") && access(name, F_OK) != 0;
	bound_part(NULL);
	unlink(name);
	return removed;
}

static int count_call(const void *arg)
{
	(void)arg;
	++*calls;
	return 7;
}

/* Bit by bit: which of two descriptors it has. */
static int find_descriptors(const void *arg)
{
	const int *fds = arg;

	return (fcntl(fds[0], F_GETFD) >= 0) +
	       2 * (fcntl(fds[1], F_GETFD) >= 0);
}

static struct app with_ms_left(int64_t ms)
{
	return (struct app){ .given = OPTION_TIMEOUT,
			     .timeout_s = 1,
			     .deadline_ms = now_ms() + (uint64_t)ms };
}

static bool is_begun_in_time(void)
{
	const struct app app = with_ms_left(LONG_MS);

	*calls = 0;
	return bound_call(&app, count_call, NULL, -1) == 7 && *calls == 1;
}

static bool is_not_begun_late(void)
{
	const struct app app = with_ms_left(-1);

	*calls = 0;
	return bound_call(&app, count_call, NULL, -1) == -ETIME && *calls == 0;
}

static bool ends_pause_at_deadline(void)
{
	const struct app soon = with_ms_left(20);
	const struct app late = with_ms_left(-1);
	const struct app far = with_ms_left(LONG_MS);
	const struct app unbounded = { 0 };

	return !bound_pause(&soon, LONG_MS) && !bound_pause(&late, 1) &&
	       bound_pause(&far, 1) && bound_pause(&unbounded, 1);
}

/* A quarter of a second is between two tries. */
static bool retries_with_room_only(void)
{
	const struct app close = with_ms_left(BOUND_CHANGE_MS);
	const struct app far = with_ms_left(LONG_MS);
	struct app unasked = with_ms_left(LONG_MS);

	unasked.given = 0;
	return !bound_retry(&close, BOUND_CHANGE_MS) &&
	       bound_retry(&close, BOUND_ANSWER_MS) &&
	       bound_retry(&far, BOUND_CHANGE_MS) &&
	       !bound_retry(&unasked, BOUND_ANSWER_MS);
}

static bool has_one_descriptor(void)
{
	const struct app app = with_ms_left(LONG_MS);
	const int fds[] = { dup(STDIN_FILENO), dup(STDIN_FILENO) };
	int first;
	int second;
	int none;

	if (fds[0] <= STDERR_FILENO || fds[1] <= STDERR_FILENO)
		return false;
	first = bound_call(&app, find_descriptors, fds, fds[0]);
	second = bound_call(&app, find_descriptors, fds, fds[1]);
	none = bound_call(&app, find_descriptors, fds, -1);
	close(fds[0]);
	close(fds[1]);
	return first == 1 && second == 2 && none == 0;
}

static int end_process(const void *arg)
{
	(void)arg;
	_exit(0);
}

static bool tells_lost_answer(void)
{
	const struct app app = with_ms_left(LONG_MS);
	const int err = bound_call(&app, end_process, NULL, -1);

	return bound_is_own(err) && bound_is_lost(err) &&
	       strstr(bound_error(err), "was lost: read");
}

/* One of the kernel is told as it is, whichever number it has. */
static int return_errno(const void *arg)
{
	return *(const int *)arg;
}

static bool tells_errno_of_kernel(void)
{
	const struct app app = with_ms_left(LONG_MS);
	const int errnos[] = { -1, -EAGAIN, -524, -4095 };
	size_t i;

	for (i = 0; i < sizeof(errnos) / sizeof(errnos[0]); i++) {
		const int err = bound_call(&app, return_errno, &errnos[i], -1);

		if (err != errnos[i] || bound_is_own(err))
			return false;
	}
	return true;
}

static const struct {
	const char *name;
	bool (*run)(void);
} cases[] = {
	{ "klpctl: a call is begun while there is time", is_begun_in_time },
	{ "klpctl: a call is not begun after its time", is_not_begun_late },
	{ "klpctl: a pause that reaches the deadline says so",
	  ends_pause_at_deadline },
	{ "klpctl: the kernel is asked again if it can answer in time",
	  retries_with_room_only },
	{ "klpctl: a call has the descriptor that it needs, and no other",
	  has_one_descriptor },
	{ "klpctl: an answer that was lost is told from an errno",
	  tells_lost_answer },
	{ "klpctl: what kept a command is blamed, and no other",
	  blames_what_kept_it },
	{ "klpctl: the part of a file goes when the time is up", removes_part },
	{ "klpctl: an errno of the kernel is told as it is",
	  tells_errno_of_kernel },
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

int main(void)
{
	struct ktap ktap = { 0 };
	size_t i;

	calls = mmap(NULL, sizeof(*calls), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (calls == MAP_FAILED)
		return 1;
	ktap_start();
	for (i = 0; i < CASES; i++)
		ktap_result(&ktap, cases[i].run(), cases[i].name,
			    "it did not hold");
	return ktap_end(&ktap);
}
