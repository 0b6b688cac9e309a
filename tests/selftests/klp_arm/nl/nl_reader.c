// SPDX-License-Identifier: GPL-2.0
/*
 * nl_reader.c - readers in processes of their own that ask again and again, and
 * what they may not hold up however seldom they are scheduled.
 */

#include "../child.h"
#include "nl_system.h"
#include "nl_test.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NOBODY 65534
#define IDLE_READERS 5
#define ROUNDS 15
#define MAX_LOOPS 16
#define START_MS 15000
#define UNRELATED "klp_nl_target"

/* A busy machine may take a second or two, a stall takes a minute. */
#define STALL_MS 15000

static void read_forever(const struct nl_reader *reader, int answers)
{
	const struct sched_param param = { 0 };
	struct nl_client client;
	struct nl_result result;
	struct nl_request req;

	if (setuid(NOBODY) || nl_open(&client, NL_LARGE) ||
	    (reader->idle && sched_setscheduler(0, SCHED_IDLE, &param)))
		return;
	/* A byte before each request: the second says that the first is over. */
	while (answers < 0 || write(answers, "", 1) == 1) {
		nl_begin(&client, &req, reader->cmd, reader->dump);
		if (nl_talk(&client, &req, &result, NULL, NULL))
			return;
	}
}

/* Whether it got an answer within @limit milliseconds. */
bool nl_reader_answered(const struct nl_reader *reader, int limit)
{
	struct pollfd answers = { .fd = reader->answers, .events = POLLIN };

	return poll(&answers, 1, limit) == 1 && answers.revents & POLLIN;
}

/* Start it as nobody; one that is not idle asks when this returns. */
bool nl_start_reader(struct nl_reader *reader)
{
	int ends[2];
	char byte;

	if (!CHECK(!pipe2(ends, O_NONBLOCK | O_CLOEXEC), "no pipe"))
		return false;
	fflush(stdout);
	reader->child = fork();
	if (!reader->child) {
		close(ends[0]);
		fcntl(ends[1], F_SETFL, 0);
		read_forever(reader, reader->idle ? -1 : ends[1]);
		_exit(1);
	}
	close(ends[1]);
	reader->answers = ends[0];

	return CHECK(reader->child > 0, "cannot start a reader") &&
	       CHECK(reader->idle || (nl_reader_answered(reader, START_MS) &&
				      read(ends[0], &byte, 1) == 1),
		     "a reader does not ask");
}

void nl_stop_reader(struct nl_reader *reader)
{
	if (reader->child <= 0)
		return;
	close(reader->answers);
	end_child(reader->child);
	reader->child = 0;
}

static pid_t start_loop(void)
{
	pid_t child = fork();

	if (!child)
		for (;;)
			;

	return child;
}

/*
 * Only loading is timed. Removing a module waits for a grace period, which any
 * task that is preempted in the kernel can delay, whatever it reads.
 */
static bool unrelated_module_loads(void)
{
	uint64_t start = sys_now_ms();

	return CHECK(!sys_load(UNRELATED), "cannot load a module") &&
	       nl_in_time(start, STALL_MS, "loading a module") &&
	       CHECK(!sys_unload(UNRELATED), "cannot remove a module");
}

static bool generation_is_read(void)
{
	uint64_t start = sys_now_ms();
	char text[16];

	return CHECK(sys_read("/sys/kernel/klp_arm/generation", text,
			      sizeof(text)) > 0,
		     "no generation") &&
	       nl_in_time(start, STALL_MS, "reading the generation");
}

static bool nothing_is_stalled(void)
{
	bool good = true;

	for (int i = 0; i < ROUNDS && good; i++)
		good = unrelated_module_loads() && generation_is_read();

	return good;
}

/*
 * Beside a busy loop on every processor a SCHED_IDLE task runs for a moment now
 * and then. What it holds when it is preempted, it holds for long.
 */
static bool idle_readers(struct nl_client *unused)
{
	struct nl_reader readers[IDLE_READERS] = { 0 };
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	pid_t loops[MAX_LOOPS];
	bool good = true;

	(void)unused;
	if (!CHECK(cpus > 0 && cpus <= MAX_LOOPS, "%ld processors", cpus) ||
	    !CHECK(!sys_load("klp_nl_many") && sys_settled("klp_nl_many"),
		   "cannot load the patch"))
		return false;
	for (int i = 0; i < IDLE_READERS; i++) {
		readers[i].cmd = KLP_ARM_CMD_FUNC_GET;
		readers[i].dump = true;
		readers[i].idle = true;
		good &= nl_start_reader(&readers[i]);
	}
	for (long i = 0; i < cpus; i++)
		loops[i] = start_loop();
	good = good && nothing_is_stalled();
	for (long i = 0; i < cpus; i++)
		good &= CHECK(end_child(loops[i]), "a busy loop did not run");
	for (int i = 0; i < IDLE_READERS; i++)
		nl_stop_reader(&readers[i]);

	return CHECK(!sys_remove("klp_nl_many"), "cannot remove the patch") &&
	       good;
}

const struct nl_case nl_reader_cases[] = {
	{ "readers that are seldom scheduled hold up nobody", idle_readers },
};

const unsigned int nl_reader_count =
	sizeof(nl_reader_cases) / sizeof(nl_reader_cases[0]);
