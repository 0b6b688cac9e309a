// SPDX-License-Identifier: GPL-2.0
/*
 * measure.c - how many system calls a command makes, and how much memory it has
 *
 *   measure FILE COMMAND [ARGUMENT]...
 *
 * writes {"syscalls": N, "rss_kib": N} to FILE and ends with the command's
 * status. All calls count, from execve() to exit_group(); the memory is the
 * largest that was resident. The command may have one thread and no child.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The stop of a system call, told from a SIGTRAP (PTRACE_O_TRACESYSGOOD). */
#define CALL_STOP (SIGTRAP | 0x80)

struct figures {
	unsigned long stops; /* one before a call, and one behind it */
	long rss_kib;
	int status;
};

static void fail(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(125);
}

/* As ptrace(), which would have a pointer for every number. */
static void trace_request(long request, pid_t pid, long data)
{
	if (syscall(SYS_ptrace, request, (long)pid, 0L, data))
		fail("ptrace");
}

static pid_t start(char **command)
{
	pid_t child = fork();

	if (child < 0)
		fail("fork");
	if (child > 0)
		return child;
	trace_request(PTRACE_TRACEME, 0, 0);
	/* The tracer is ready when it lets this go on. */
	raise(SIGSTOP);
	execvp(command[0], command);
	fail(command[0]);
	return -1;
}

/* The signal that the command is to get, 0 for none. */
static long signal_of(struct figures *figures, int status)
{
	int signal = WSTOPSIG(status);

	if (signal == CALL_STOP)
		figures->stops++;
	/* What the tracing itself brings about: the first stop, and exec's. */
	return signal == CALL_STOP || signal == SIGTRAP || signal == SIGSTOP ?
		       0 :
		       signal;
}

static struct figures trace(pid_t child)
{
	struct figures figures = { 0 };
	struct rusage usage = { 0 };

	if (waitpid(child, &figures.status, 0) != child)
		fail("waitpid");
	trace_request(PTRACE_SETOPTIONS, child,
		      PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC);
	while (WIFSTOPPED(figures.status)) {
		long signal = signal_of(&figures, figures.status);

		/* What the child did before it is the command is not its own. */
		if (figures.status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8))
			figures.stops = 1;
		trace_request(PTRACE_SYSCALL, child, signal);
		if (wait4(child, &figures.status, 0, &usage) != child)
			fail("wait4");
	}
	figures.rss_kib = usage.ru_maxrss;
	return figures;
}

int main(int argc, char **argv)
{
	struct figures figures;
	FILE *file;

	if (argc < 3) {
		fputs("Usage: measure FILE COMMAND [ARGUMENT]...\n", stderr);
		return 2;
	}
	figures = trace(start(argv + 2));
	file = fopen(argv[1], "we");
	if (!file)
		fail(argv[1]);
	/* The last call has no stop behind it. */
	fprintf(file, "{\"syscalls\": %lu, \"rss_kib\": %ld}\n",
		(figures.stops + 1) / 2, figures.rss_kib);
	if (fclose(file))
		fail(argv[1]);
	return WIFEXITED(figures.status) ? WEXITSTATUS(figures.status) : 126;
}
