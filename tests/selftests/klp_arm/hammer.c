// SPDX-License-Identifier: GPL-2.0
/*
 * hammer.c - calls a function from every processor while a command runs, and
 * checks what each task gets to see.
 *
 * hammer [-f] CHANGES FILE COMMAND [ARGUMENT]...
 *
 * FILE is a target module's, which answers with a version. One reader per
 * processor reads it as fast as it can, from before COMMAND starts until each
 * has read once more after COMMAND ended. An answer that is no version fails,
 * and so do more than CHANGES changes of version: a task switches at most once
 * in a transition. With -f every read is made by a fresh fork of the reader,
 * each of which may see the one version or the other while a transition runs.
 */
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"

#define MAX_READERS 64
#define BURST 20

struct reader {
	pid_t pid;
	atomic_ulong reads;
	atomic_ulong changes;
	char last[16];
	char bad[16];
};

static struct reader *readers;
static const char *file;
static bool forks;

static void read_answer(int fd, char *answer, size_t size)
{
	ssize_t length = pread(fd, answer, size - 1, 0);

	if (length < 0)
		err(1, "read %s", file);
	answer[length] = '\0';
	answer[strcspn(answer, "\n")] = '\0';
}

static bool is_version(const char *answer)
{
	return !strcmp(answer, "old") || !strncmp(answer, "new", 3);
}

/* One answer, seen by this task or by a child of it. */
static void read_once(struct reader *self, int fd, char *answer, size_t size)
{
	pid_t child;
	int status;

	if (!forks) {
		read_answer(fd, answer, size);
		return;
	}

	child = fork();
	if (child < 0)
		err(1, "fork");
	if (!child) {
		/* The memory is shared, and the parent waits. */
		read_answer(fd, self->last, sizeof(self->last));
		_exit(0);
	}
	if (waitpid(child, &status, 0) != child || status)
		errx(1, "a child failed: status %#x", status);
	snprintf(answer, size, "%s", self->last);
}

static void run_reader(struct reader *self, int cpu)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	char answer[sizeof(self->last)];
	cpu_set_t cpus;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (fd < 0)
		err(1, "open %s", file);
	CPU_ZERO(&cpus);
	CPU_SET(cpu, &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus))
		err(1, "cpu %d", cpu);

	for (;;) {
		char before[sizeof(self->last)];

		memcpy(before, self->last, sizeof(before));
		read_once(self, fd, answer, sizeof(answer));
		if (!is_version(answer))
			memcpy(self->bad, answer, sizeof(self->bad));
		if (self->reads && strcmp(answer, before))
			self->changes++;
		memcpy(self->last, answer, sizeof(self->last));
		self->reads++;
		/* Leave some time to the one who enables the patch. */
		if (self->reads % BURST == 0)
			usleep(2000);
	}
}

/* Waits until every reader has read @more times more. */
static void wait_reads(int count, unsigned long more)
{
	for (int i = 0; i < count; i++) {
		unsigned long target = readers[i].reads + more;

		while (readers[i].reads < target) {
			if (waitpid(readers[i].pid, NULL, WNOHANG))
				errx(1, "reader %d is gone", i);
			usleep(1000);
		}
	}
}

static int run_command(char **argv)
{
	pid_t child = fork();
	int status;

	if (child < 0)
		err(1, "fork");
	if (!child) {
		execvp(argv[0], argv);
		err(127, "%s", argv[0]);
	}
	if (waitpid(child, &status, 0) != child)
		err(1, "wait");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* Stops the readers and prints what they saw; 0 if that is all right. */
static int report(int count, unsigned long changes)
{
	int ret = 0;

	for (int i = 0; i < count; i++) {
		struct reader *reader = &readers[i];

		end_child(reader->pid);
		printf("# cpu %d: %lu reads, %lu changes, last %s%s%s\n", i,
		       reader->reads, reader->changes, reader->last,
		       *reader->bad ? ", BAD " : "", reader->bad);
		if (*reader->bad || (!forks && reader->changes > changes))
			ret = 1;
	}
	return ret;
}

int main(int argc, char **argv)
{
	int cpus = get_nprocs();
	int ret;

	if (argc > 1 && !strcmp(argv[1], "-f")) {
		forks = true;
		argv++;
		argc--;
	}
	if (argc < 4 || cpus < 1 || cpus > MAX_READERS)
		errx(2, "usage: hammer [-f] CHANGES FILE COMMAND...");
	file = argv[2];

	readers = mmap(NULL, MAX_READERS * sizeof(*readers),
		       PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		       0);
	if (readers == MAP_FAILED)
		err(1, "mmap");

	for (int i = 0; i < cpus; i++) {
		pid_t pid = fork();

		if (pid < 0)
			err(1, "fork");
		if (!pid)
			run_reader(&readers[i], i);
		/* Not by the child: the memory is shared. */
		readers[i].pid = pid;
	}
	wait_reads(cpus, 2);
	ret = run_command(argv + 3);
	wait_reads(cpus, 2);
	return report(cpus, strtoul(argv[1], NULL, 10)) ? 1 : ret;
}
