// SPDX-License-Identifier: GPL-2.0
/*
 * nl_privacy.c - who is told which tasks hold up a transition, or did.
 *
 * Two tasks sleep in the function that changes: one of root's and one of
 * nobody's. Everybody may know that there are two, and why.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define TARGET "klp_nl_target"
#define PATCH "klp_nl_wait"
#define GATE "/proc/klp_nl_target"
#define NOBODY 65534

#define SLEEPERS 2

static pid_t root_sleeper, nobody_sleeper;

/* What a dump has told. */
struct told {
	uint8_t cmd;
	unsigned int count; /* tasks */
	unsigned int named, numbered;
	unsigned int unexplained; /* not even why */
	bool has_stack;
	uint32_t tid; /* of the last that has one */
};

bool nl_has_task(const struct nlattr **attrs)
{
	return attrs[KLP_ARM_A_BLOCKER_PID] || attrs[KLP_ARM_A_BLOCKER_TID] ||
	       attrs[KLP_ARM_A_BLOCKER_COMM] || attrs[KLP_ARM_A_BLOCKER_CPU] ||
	       attrs[KLP_ARM_A_BLOCKER_KTHREAD] ||
	       attrs[KLP_ARM_A_BLOCKER_FUNC] ||
	       attrs[KLP_ARM_A_BLOCKER_WHERE] || attrs[KLP_ARM_A_BLOCKER_STACK];
}

static void take_blocker(const struct nlattr **attrs, struct told *told)
{
	told->count++;
	told->named += nl_has_task(attrs);
	told->unexplained += !attrs[KLP_ARM_A_BLOCKER_REASON] ||
			     !attrs[KLP_ARM_A_BLOCKER_ATTEMPTS];
	told->has_stack |= attrs[KLP_ARM_A_BLOCKER_STACK] ||
			   attrs[KLP_ARM_A_BLOCKER_WHERE];
	if (!attrs[KLP_ARM_A_BLOCKER_PID] || !attrs[KLP_ARM_A_BLOCKER_TID])
		return;
	told->numbered++;
	told->tid = mnl_attr_get_u32(attrs[KLP_ARM_A_BLOCKER_TID]);
}

static void take_failure(const struct nlattr **attrs, struct told *told)
{
	told->count++;
	told->named += attrs[KLP_ARM_A_FAILURE_COMM] ||
		       attrs[KLP_ARM_A_FAILURE_FUNC] ||
		       attrs[KLP_ARM_A_FAILURE_WHERE];
	told->numbered += attrs[KLP_ARM_A_FAILURE_PID] ||
			  attrs[KLP_ARM_A_FAILURE_TID];
	told->unexplained += !attrs[KLP_ARM_A_FAILURE_REASON];
}

static void take_message(const struct nlmsghdr *nlh,
			 const struct nlattr **attrs, void *arg)
{
	const struct nlattr *worst[NL_MAX_ATTR];
	struct told *told = arg;

	(void)nlh;
	if (told->cmd == KLP_ARM_CMD_BLOCKER_GET)
		take_blocker(attrs, told);
	else if (told->cmd == KLP_ARM_CMD_FAILURE_GET)
		take_failure(attrs, told);
	else if (attrs[KLP_ARM_A_HISTORY_WORST] &&
		 nl_nested(attrs[KLP_ARM_A_HISTORY_WORST], worst))
		take_blocker(worst, told);
}

/* Dump, or get the one with @tid. */
static int get(struct nl_client *client, uint8_t cmd, uint32_t tid,
	       struct told *told)
{
	struct nl_result result;
	struct nl_request req;
	int err;

	memset(told, 0, sizeof(*told));
	told->cmd = cmd;
	nl_begin(client, &req, cmd, !tid);
	if (tid)
		mnl_attr_put_u32(req.nlh, KLP_ARM_A_BLOCKER_TID, tid);
	if (cmd == KLP_ARM_CMD_BLOCKER_GET)
		mnl_attr_put(req.nlh, KLP_ARM_A_BLOCKER_WANT_STACK, 0, NULL);
	err = nl_talk(client, &req, &result, take_message, told);

	return err ? err : result.error;
}

/* Are all tasks of a dump told of, with so many names and numbers? */
static bool tells(struct nl_client *client, uint8_t cmd, unsigned int named,
		  unsigned int numbered)
{
	struct told told;

	return CHECK(!get(client, cmd, 0, &told), "no dump %u", cmd) &&
	       CHECK(told.count && !told.unexplained,
		     "%u tasks, %u without why", told.count,
		     told.unexplained) &&
	       CHECK(told.named == (named ? told.count : 0),
		     "command %u names %u of %u tasks", cmd, told.named,
		     told.count) &&
	       CHECK(told.numbered == (numbered ? told.count : 0),
		     "command %u numbers %u of %u tasks", cmd, told.numbered,
		     told.count);
}

static bool past_is_told(struct nl_client *client, bool named, bool numbered)
{
	return tells(client, KLP_ARM_CMD_FAILURE_GET, named, numbered) &&
	       tells(client, KLP_ARM_CMD_HISTORY_GET, named, numbered);
}

static bool be_nobody(struct nl_client *client)
{
	return CHECK(!setgid(NOBODY) && !setuid(NOBODY),
		     "cannot become nobody") &&
	       CHECK(!nl_open(client, NL_LARGE), "no socket");
}

static bool nobody_reads(void)
{
	struct nl_client client;
	struct told told;
	bool good;

	if (!be_nobody(&client))
		return false;
	good = CHECK(!get(&client, KLP_ARM_CMD_BLOCKER_GET, 0, &told),
		     "no dump") &&
	       CHECK(told.count == SLEEPERS && !told.unexplained, "%u blockers",
		     told.count) &&
	       CHECK(told.named == 1 && told.numbered == 1 &&
			     told.tid == (uint32_t)nobody_sleeper,
		     "%u named, %u numbered, the last is %u", told.named,
		     told.numbered, told.tid) &&
	       CHECK(!told.has_stack, "a stack") &&
	       CHECK(!get(&client, KLP_ARM_CMD_BLOCKER_GET,
			  (uint32_t)nobody_sleeper, &told) &&
			     told.named == 1 && !told.has_stack,
		     "not told of its own task") &&
	       CHECK(get(&client, KLP_ARM_CMD_BLOCKER_GET,
			 (uint32_t)root_sleeper, &told) == -ENOENT,
		     "told that a task of root's blocks") &&
	       tells(&client, KLP_ARM_CMD_FAILURE_GET, false, false);
	nl_close(&client);

	return good;
}

/*
 * Who opened the socket counts as well: whoever reads from it, such as a program
 * that got it as its input, has the next buffers of a dump filled.
 */
static bool socket_is_nobodys(void)
{
	struct nl_client client;
	bool good;

	if (!CHECK(!seteuid(NOBODY), "cannot become nobody"))
		return false;
	good = CHECK(!nl_open(&client, NL_LARGE), "no socket");
	if (!CHECK(!seteuid(0), "cannot become root again") || !good)
		return false;
	good = tells(&client, KLP_ARM_CMD_BLOCKER_GET, false, false) &&
	       tells(&client, KLP_ARM_CMD_FAILURE_GET, false, false);
	nl_close(&client);

	return good;
}

static bool nobody_looks_back(void)
{
	struct nl_client client;
	bool good;

	good = be_nobody(&client) && past_is_told(&client, false, false);
	nl_close(&client);

	return good;
}

/* The first of a PID namespace, in which neither sleeper has a number. */
static bool stranger_reads(void)
{
	struct nl_client client;
	bool good;

	good = CHECK(getpid() == 1, "process %d", getpid()) &&
	       CHECK(!nl_open(&client, NL_LARGE), "no socket") &&
	       tells(&client, KLP_ARM_CMD_BLOCKER_GET, true, false) &&
	       tells(&client, KLP_ARM_CMD_FAILURE_GET, true, false);
	nl_close(&client);

	return good;
}

static bool in_a_namespace(void)
{
	return CHECK(!unshare(CLONE_NEWPID), "no PID namespace: %s",
		     strerror(errno)) &&
	       nl_in_child(stranger_reads);
}

/* It opens the gate as root, and then is nobody's, whom it may be read by. */
static pid_t start_nobody_sleeper(void)
{
	pid_t child;

	fflush(stdout);
	child = fork();
	if (!child) {
		int fd = open(GATE, O_RDONLY | O_CLOEXEC);
		char byte;

		_exit(fd < 0 || setgid(NOBODY) || setuid(NOBODY) ||
		      prctl(PR_SET_DUMPABLE, 1) || read(fd, &byte, 1) < 0);
	}

	return child;
}

static bool both_block(const void *arg)
{
	struct told told;

	return !get(*(struct nl_client *const *)arg, KLP_ARM_CMD_BLOCKER_GET, 0,
		    &told) &&
	       told.count == SLEEPERS && told.numbered == SLEEPERS &&
	       told.has_stack;
}

static bool begin(struct nl_client *client)
{
	if (!CHECK(!nl_clear_failures(client), "cannot clear") ||
	    !CHECK(!sys_load(TARGET), "cannot load the target"))
		return false;
	nobody_sleeper = start_nobody_sleeper();
	root_sleeper = nl_start_sleeper("2 0");

	return CHECK(!sys_load(PATCH), "cannot load the patch") &&
	       CHECK(sys_wait(both_block, &client),
		     "root is not told all of both sleepers");
}

static bool tasks_are_private(struct nl_client *client)
{
	bool good;

	good = begin(client) && nl_in_child(nobody_reads) &&
	       nl_in_child(in_a_namespace) && nl_in_child(socket_is_nobodys) &&
	       tells(client, KLP_ARM_CMD_FAILURE_GET, true, true);

	good &= CHECK(!sys_write(GATE, "1"), "cannot open the gate");
	good &= nl_end_sleeper(nobody_sleeper);
	good &= nl_end_sleeper(root_sleeper);
	good &= CHECK(sys_settled(PATCH), "the transition does not end");
	good = good && nl_in_child(nobody_looks_back);
	good &= CHECK(!sys_remove(PATCH), "cannot remove the patch");

	return CHECK(!sys_unload(TARGET), "cannot unload the target") && good;
}

const struct nl_case nl_privacy_cases[] = {
	{ "privacy: tasks are told to whoever may know them",
	  tasks_are_private },
};
const unsigned int nl_privacy_count =
	sizeof(nl_privacy_cases) / sizeof(nl_privacy_cases[0]);
