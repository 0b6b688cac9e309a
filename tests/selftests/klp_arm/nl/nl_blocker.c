// SPDX-License-Identifier: GPL-2.0
/*
 * nl_blocker.c - who holds up a transition, which stack checks failed, and what
 * is remembered of it afterwards.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TARGET "klp_nl_target"
#define PATCH "klp_nl_wait"
#define FUNC "klp_nl_target_pass"
#define GATE "/proc/klp_nl_target"

struct blocker {
	unsigned int count; /* of all that were sent */
	uint32_t wanted; /* thread that the rest is about, 0 for any */
	uint32_t pid, tid, reason, attempts, frames;
	uint64_t first_seen, last_seen;
	bool found, stack_has_func;
	char patch[64], comm[32], func[64];
};

static void copy_string(char *to, size_t size, const struct nlattr *attr)
{
	snprintf(to, size, "%s", attr ? mnl_attr_get_str(attr) : "");
}

static void take_stack(const struct nlmsghdr *nlh, struct blocker *blocker)
{
	const struct nlattr *frame[NL_MAX_ATTR];
	const struct nlattr *attr;
	char symbol[128];

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		if (mnl_attr_get_type(attr) != KLP_ARM_A_BLOCKER_STACK ||
		    !nl_nested(attr, frame))
			continue;
		copy_string(symbol, sizeof(symbol),
			    frame[KLP_ARM_A_FRAME_SYMBOL]);
		blocker->frames++;
		if (!strncmp(symbol, FUNC "+", sizeof(FUNC)))
			blocker->stack_has_func = true;
	}
}

static void take_attributes(const struct nlattr **attrs,
			    struct blocker *blocker)
{
	copy_string(blocker->patch, sizeof(blocker->patch),
		    attrs[KLP_ARM_A_BLOCKER_PATCH]);
	copy_string(blocker->comm, sizeof(blocker->comm),
		    attrs[KLP_ARM_A_BLOCKER_COMM]);
	copy_string(blocker->func, sizeof(blocker->func),
		    attrs[KLP_ARM_A_BLOCKER_FUNC]);
	for (int i = KLP_ARM_A_BLOCKER_PID; i <= KLP_ARM_A_BLOCKER_LAST_SEEN;
	     i++)
		if (!attrs[i] && i != KLP_ARM_A_BLOCKER_CPU &&
		    i != KLP_ARM_A_BLOCKER_KTHREAD &&
		    i != KLP_ARM_A_BLOCKER_FUNC &&
		    i != KLP_ARM_A_BLOCKER_STACK_REASON &&
		    i != KLP_ARM_A_BLOCKER_WHERE)
			return;
	blocker->pid = mnl_attr_get_u32(attrs[KLP_ARM_A_BLOCKER_PID]);
	blocker->reason = mnl_attr_get_u32(attrs[KLP_ARM_A_BLOCKER_REASON]);
	blocker->attempts = mnl_attr_get_u32(attrs[KLP_ARM_A_BLOCKER_ATTEMPTS]);
	blocker->first_seen = nl_uint(attrs[KLP_ARM_A_BLOCKER_FIRST_SEEN]);
	blocker->last_seen = nl_uint(attrs[KLP_ARM_A_BLOCKER_LAST_SEEN]);
	blocker->found = true;
}

static void take_blocker(const struct nlmsghdr *nlh,
			 const struct nlattr **attrs, void *arg)
{
	struct blocker *blocker = arg;

	blocker->count++;
	if (!attrs[KLP_ARM_A_BLOCKER_TID])
		return;
	blocker->tid = mnl_attr_get_u32(attrs[KLP_ARM_A_BLOCKER_TID]);
	if (blocker->wanted && blocker->wanted != blocker->tid)
		return;
	take_attributes(attrs, blocker);
	take_stack(nlh, blocker);
}

static int get_blocker(struct nl_client *client, uint32_t tid, bool dump,
		       bool stack, struct blocker *blocker)
{
	struct nl_result result;
	struct nl_request req;
	int err;

	memset(blocker, 0, sizeof(*blocker));
	blocker->wanted = tid;
	nl_begin(client, &req, KLP_ARM_CMD_BLOCKER_GET, dump);
	if (!dump)
		mnl_attr_put_u32(req.nlh, KLP_ARM_A_BLOCKER_TID, tid);
	if (stack)
		mnl_attr_put(req.nlh, KLP_ARM_A_BLOCKER_WANT_STACK, 0, NULL);
	err = nl_talk(client, &req, &result, take_blocker, blocker);

	return err ? err : result.error;
}

struct asked {
	struct nl_client *client;
	uint32_t tid, attempts;
};

static bool asked_often(const void *arg)
{
	const struct asked *asked = arg;
	struct blocker blocker;

	return !get_blocker(asked->client, asked->tid, false, false,
			    &blocker) &&
	       blocker.found && blocker.attempts >= asked->attempts;
}

static bool wait_for_blocker(struct nl_client *client, pid_t tid,
			     uint32_t attempts)
{
	struct asked asked = { client, (uint32_t)tid, attempts };

	return CHECK(sys_wait(asked_often, &asked),
		     "the sleeper is not a blocker");
}

/* A transition that one task of ours holds up; 0 or less if there is none. */
static pid_t begin(void)
{
	pid_t sleeper;

	if (!CHECK(!sys_load(TARGET), "cannot load the target"))
		return -1;
	sleeper = nl_start_sleeper("1 0");
	if (!CHECK(!sys_load(PATCH), "cannot load the patch"))
		return -1;

	return sleeper;
}

static bool end(pid_t sleeper)
{
	bool good = CHECK(!sys_write(GATE, "1"), "cannot open the gate");

	good &= nl_end_sleeper(sleeper);
	good &= CHECK(!sys_remove(PATCH), "cannot remove the patch");

	return CHECK(!sys_unload(TARGET), "cannot unload the target") && good;
}

static bool is_sleeper(const struct blocker *blocker, pid_t sleeper)
{
	return CHECK(blocker->found, "an attribute is missing") &&
	       CHECK(blocker->tid == (uint32_t)sleeper &&
			     blocker->pid == (uint32_t)sleeper,
		     "task %u %u", blocker->pid, blocker->tid) &&
	       CHECK(blocker->reason == KLP_ARM_BLOCKER_REASON_SLEEPING_ON_FUNC,
		     "reason %u", blocker->reason) &&
	       CHECK(!strcmp(blocker->func, FUNC), "func '%s'",
		     blocker->func) &&
	       CHECK(!strcmp(blocker->patch, PATCH), "patch '%s'",
		     blocker->patch) &&
	       CHECK(!strcmp(blocker->comm, "test-netlink"), "comm '%s'",
		     blocker->comm) &&
	       CHECK(blocker->attempts && blocker->first_seen &&
			     blocker->first_seen <= blocker->last_seen,
		     "%u attempts", blocker->attempts);
}

static bool blocker_is_named(struct nl_client *client)
{
	pid_t sleeper = begin();
	struct blocker one, all;
	bool good;

	good = sleeper > 0 && wait_for_blocker(client, sleeper, 2) &&
	       CHECK(!get_blocker(client, (uint32_t)sleeper, false, false,
				  &one),
		     "no answer") &&
	       is_sleeper(&one, sleeper) &&
	       CHECK(!one.frames, "a stack that nobody wanted") &&
	       CHECK(!get_blocker(client, (uint32_t)sleeper, true, true, &all),
		     "no dump") &&
	       is_sleeper(&all, sleeper) &&
	       CHECK(all.frames > 2 && all.stack_has_func,
		     "%u frames, with the function %d", all.frames,
		     all.stack_has_func) &&
	       CHECK(get_blocker(client, (uint32_t)getpid(), false, false,
				 &one) == -ENOENT,
		     "the test itself blocks");

	return end(sleeper) && good;
}

static bool no_blockers(struct nl_client *client)
{
	struct blocker blocker;

	return CHECK(!get_blocker(client, 0, true, false, &blocker),
		     "no dump") &&
	       CHECK(!blocker.count, "%u blockers without a transition",
		     blocker.count) &&
	       CHECK(get_blocker(client, 1, false, false, &blocker) == -ENOENT,
		     "init blocks no transition");
}

struct failures {
	uint32_t tid;
	uint64_t last;
	unsigned int count, of_tid;
	bool gap, complete;
};

static void take_failure(const struct nlmsghdr *nlh,
			 const struct nlattr **attrs, void *arg)
{
	struct failures *failures = arg;
	uint64_t id;

	(void)nlh;
	if (!attrs[KLP_ARM_A_FAILURE_ID] || !attrs[KLP_ARM_A_FAILURE_TID])
		return;
	id = nl_uint(attrs[KLP_ARM_A_FAILURE_ID]);
	failures->gap |= failures->count++ && id != failures->last + 1;
	failures->last = id;
	if (mnl_attr_get_u32(attrs[KLP_ARM_A_FAILURE_TID]) != failures->tid)
		return;
	failures->of_tid++;
	failures->complete =
		attrs[KLP_ARM_A_FAILURE_TIME] &&
		attrs[KLP_ARM_A_FAILURE_TIME_REAL] &&
		attrs[KLP_ARM_A_FAILURE_COMM] &&
		attrs[KLP_ARM_A_FAILURE_PATCH] &&
		attrs[KLP_ARM_A_FAILURE_FUNC] &&
		!strcmp(mnl_attr_get_str(attrs[KLP_ARM_A_FAILURE_FUNC]), FUNC);
}

static int get_failures(struct nl_client *client, uint64_t from, pid_t tid,
			struct failures *failures)
{
	struct nl_result result;
	struct nl_request req;
	int err;

	memset(failures, 0, sizeof(*failures));
	failures->tid = (uint32_t)tid;
	nl_begin(client, &req, KLP_ARM_CMD_FAILURE_GET, true);
	if (from)
		mnl_attr_put_u64(req.nlh, KLP_ARM_A_FAILURE_ID, from);
	err = nl_talk(client, &req, &result, take_failure, failures);

	return err ? err : result.error;
}

static bool failure_is_kept(struct nl_client *client)
{
	struct failures all, later;
	pid_t sleeper = begin();
	bool good;

	good = sleeper > 0 && wait_for_blocker(client, sleeper, 3);
	good = end(sleeper) && good;

	return good &&
	       CHECK(!get_failures(client, 0, sleeper, &all), "no dump") &&
	       CHECK(all.of_tid == 1 && all.complete,
		     "%u failures of the sleeper, complete %d", all.of_tid,
		     all.complete) &&
	       CHECK(!all.gap, "the ids have a gap") &&
	       CHECK(!get_failures(client, all.last, sleeper, &later) &&
			     later.count == 1 && later.last == all.last,
		     "%u from the last on", later.count) &&
	       CHECK(!nl_clear_failures(client), "cannot clear") &&
	       CHECK(!get_failures(client, 0, 0, &all) && !all.count,
		     "%u failures after they were cleared", all.count);
}

struct history {
	uint64_t id;
	uint32_t direction, result, worst_tid, attempts;
	bool has_worst;
	char patch[64];
};

static void take_history(const struct nlmsghdr *nlh,
			 const struct nlattr **attrs, void *arg)
{
	const struct nlattr *worst[NL_MAX_ATTR];
	struct history *last = arg;

	(void)nlh;
	for (int i = KLP_ARM_A_HISTORY_ID; i < KLP_ARM_A_HISTORY_WORST; i++)
		if (!attrs[i])
			return;
	memset(last, 0, sizeof(*last));
	last->id = nl_uint(attrs[KLP_ARM_A_HISTORY_ID]);
	copy_string(last->patch, sizeof(last->patch),
		    attrs[KLP_ARM_A_HISTORY_PATCH]);
	last->direction = mnl_attr_get_u32(attrs[KLP_ARM_A_HISTORY_DIRECTION]);
	last->result = mnl_attr_get_u32(attrs[KLP_ARM_A_HISTORY_RESULT]);
	last->attempts = mnl_attr_get_u32(attrs[KLP_ARM_A_HISTORY_ATTEMPTS]);
	last->has_worst = attrs[KLP_ARM_A_HISTORY_WORST] &&
			  nl_nested(attrs[KLP_ARM_A_HISTORY_WORST], worst) &&
			  worst[KLP_ARM_A_BLOCKER_TID];
	if (last->has_worst)
		last->worst_tid =
			mnl_attr_get_u32(worst[KLP_ARM_A_BLOCKER_TID]);
}

static int last_history(struct nl_client *client, struct history *last)
{
	struct nl_result result;
	struct nl_request req;
	int err;

	memset(last, 0, sizeof(*last));
	nl_begin(client, &req, KLP_ARM_CMD_HISTORY_GET, true);
	err = nl_talk(client, &req, &result, take_history, last);

	return err ? err : result.error;
}

static bool history_is_kept(struct nl_client *client)
{
	pid_t sleeper = begin();
	struct history before, last;
	bool good;

	good = sleeper > 0 && wait_for_blocker(client, sleeper, 3) &&
	       CHECK(!last_history(client, &before), "no dump");
	good &= CHECK(!sys_write(GATE, "1"), "cannot open the gate");
	good &= nl_end_sleeper(sleeper);
	good = good &&
	       CHECK(sys_settled(PATCH), "the transition does not end") &&
	       CHECK(!last_history(client, &last), "no dump") &&
	       CHECK(last.id == before.id + 1, "id %llu after %llu",
		     (unsigned long long)last.id,
		     (unsigned long long)before.id) &&
	       CHECK(!strcmp(last.patch, PATCH), "patch '%s'", last.patch) &&
	       CHECK(last.result == KLP_ARM_RESULT_COMPLETED &&
			     last.direction == KLP_ARM_DIRECTION_PATCHING,
		     "result %u, direction %u", last.result, last.direction) &&
	       CHECK(last.attempts >= 3, "%u attempts", last.attempts) &&
	       CHECK(last.has_worst && last.worst_tid == (uint32_t)sleeper,
		     "worst blocker %u", last.worst_tid);
	good &= CHECK(!sys_remove(PATCH), "cannot remove the patch");

	return CHECK(!sys_unload(TARGET), "cannot unload the target") && good;
}

const struct nl_case nl_blocker_cases[] = {
	{ "blocker: none without a transition", no_blockers },
	{ "blocker: task, function and stack are named", blocker_is_named },
	{ "failure: kept once per answer, until cleared", failure_is_kept },
	{ "history: a transition with its worst blocker", history_is_kept },
};
const unsigned int nl_blocker_count =
	sizeof(nl_blocker_cases) / sizeof(nl_blocker_cases[0]);
