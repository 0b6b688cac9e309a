// SPDX-License-Identifier: GPL-2.0
/*
 * child_test.c - nobody but a child is ended by end_child().
 *
 * The linker gives all calls of kill() to the function here, so that one that
 * goes to every process reaches none.
 */
#include "../../selftests/klp_arm/child.h"
#include "../ktap.h"

#include <unistd.h>

int __real_kill(pid_t pid, int sig);
int __wrap_kill(pid_t pid, int sig);

static unsigned int strays;

int __wrap_kill(pid_t pid, int sig)
{
	if (pid > 0)
		return __real_kill(pid, sig);
	strays++;
	return 0;
}

static pid_t start(bool ends)
{
	pid_t child = fork();

	if (child)
		return child;
	if (ends)
		_exit(0);
	for (;;)
		pause();
}

/* It has ended when this returns, and waits to be waited for. */
static pid_t start_that_ends(void)
{
	pid_t child = start(true);
	siginfo_t info;

	if (child > 0)
		waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT);
	return child;
}

int main(void)
{
	struct ktap ktap = { 0 };

	ktap_start();
	ktap_result(&ktap, !end_child(-1) && !strays,
		    "a fork that failed is no child",
		    "every process was killed");
	ktap_result(&ktap, !end_child(0) && !strays, "none is no child",
		    "the process group was killed");
	ktap_result(&ktap, end_child(start(false)), "a child is ended",
		    "it was not killed");
	ktap_result(&ktap, !end_child(start_that_ends()),
		    "a child that ended by itself is told apart",
		    "it was taken for one that was running");
	return ktap_end(&ktap);
}
