// SPDX-License-Identifier: GPL-2.0
/*
 * bound-test.c - what bound.c begins, and what it does not, by the time left
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
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
	int result = 0;

	*calls = 0;
	return bound_call(&app, count_call, NULL, -1, &result) == 0 &&
	       result == 7 && *calls == 1;
}

static bool is_not_begun_late(void)
{
	const struct app app = with_ms_left(-1);
	int result = 0;

	*calls = 0;
	return bound_call(&app, count_call, NULL, -1, &result) == -ETIME &&
	       *calls == 0;
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

static bool has_one_descriptor(void)
{
	const struct app app = with_ms_left(LONG_MS);
	const int fds[] = { dup(STDIN_FILENO), dup(STDIN_FILENO) };
	int first = -1;
	int second = -1;
	int none = -1;
	bool called;

	if (fds[0] <= STDERR_FILENO || fds[1] <= STDERR_FILENO)
		return false;
	called = !bound_call(&app, find_descriptors, fds, fds[0], &first) &&
		 !bound_call(&app, find_descriptors, fds, fds[1], &second) &&
		 !bound_call(&app, find_descriptors, fds, -1, &none);
	close(fds[0]);
	close(fds[1]);
	return called && first == 1 && second == 2 && none == 0;
}

static const struct {
	const char *name;
	bool (*run)(void);
} cases[] = {
	{ "klpctl: a call is begun while there is time", is_begun_in_time },
	{ "klpctl: a call is not begun after its time", is_not_begun_late },
	{ "klpctl: a pause that reaches the deadline says so",
	  ends_pause_at_deadline },
	{ "klpctl: a call has the descriptor that it needs, and no other",
	  has_one_descriptor },
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
