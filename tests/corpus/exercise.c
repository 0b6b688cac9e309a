// SPDX-License-Identifier: GPL-2.0
/*
 * exercise.c - enter many functions of a kernel: the load under which the fixes of
 * the corpus are enabled and disabled
 */

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exercise.h"

/* A part that waits for what never comes is ended by the kernel. */
#define PART_SECONDS 20

static const struct part {
	const char *name;
	void (*run)(void);
} parts[] = {
	{ "files", exercise_files },	 { "mounts", exercise_mounts },
	{ "memory", exercise_memory },	 { "tasks", exercise_tasks },
	{ "timers", exercise_timers },	 { "sockets", exercise_sockets },
	{ "packets", exercise_packets }, { "rings", exercise_rings },
	{ "knobs", exercise_knobs },
};

/* A process for each: none can leave anything to the next one but files. */
static int run_part(const struct part *part)
{
	int status;
	pid_t pid = fork();

	if (pid < 0) {
		perror("fork");
		return 1;
	}
	if (pid == 0) {
		alarm(PART_SECONDS);
		part->run();
		_exit(0);
	}
	if (waitpid(pid, &status, 0) < 0) {
		perror("waitpid");
		return 1;
	}
	if (status == 0)
		return 0;
	fprintf(stderr, "exercise: %s ended with wait status %#x\n", part->name,
		status);
	return 1;
}

int main(void)
{
	char directory[] = "/tmp/exercise.XXXXXX";
	int failed = 0;
	size_t i;

	if (!mkdtemp(directory) || chdir(directory)) {
		perror(directory);
		return 1;
	}
	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		failed |= run_part(&parts[i]);
	return failed;
}
