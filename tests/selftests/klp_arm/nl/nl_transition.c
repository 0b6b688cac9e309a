// SPDX-License-Identifier: GPL-2.0
/*
 * nl_transition.c - a transition that tasks hold up, seen from outside.
 *
 * klp_nl_target has a function that tasks sleep in until its gate is opened,
 * and the replacement in klp_nl_wait does the same. So a transition lasts for
 * as long as the test likes, in both directions.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATCH "klp_nl_wait"
#define FUNC "klp_nl_target_pass"
#define GATE "/proc/klp_nl_target"

static bool waiting_is(const void *arg)
{
	char text[32];

	return sys_read("/proc/klp_nl_waiting", text, sizeof(text)) > 0 &&
	       !strncmp(text, arg, strlen(arg));
}

/* Start a task that sleeps behind the gate; @waiting is how many do then. */
pid_t nl_start_sleeper(const char *waiting)
{
	pid_t child;

	child = fork();
	if (!child) {
		char text[8];

		_exit(sys_read(GATE, text, sizeof(text)) < 0);
	}
	if (child > 0 && !CHECK(sys_wait(waiting_is, waiting),
				"no task sleeps behind the gate"))
		return -1;

	return child;
}

bool nl_end_sleeper(pid_t child)
{
	int status;

	return CHECK(child > 0 && waitpid(child, &status, 0) == child &&
			     WIFEXITED(status) && !WEXITSTATUS(status),
		     "a sleeper failed");
}

static bool none_running(struct nl_client *client)
{
	struct nl_transition now;

	return CHECK(!nl_get_transition(client, NULL, &now), "no answer") &&
	       CHECK(!now.running && now.generation, "running %d", now.running);
}

/* There is a transition of PATCH, in @direction, that tasks hold up. */
static bool held_up(struct nl_client *client, uint32_t direction, bool reversed)
{
	struct nl_transition now, other;
	uint64_t wall = (uint64_t)time(NULL);

	return CHECK(!nl_get_transition(client, NULL, &now), "no answer") &&
	       CHECK(now.running && !strcmp(now.patch, PATCH), "patch '%s'",
		     now.patch) &&
	       CHECK(now.direction == direction, "direction %u",
		     now.direction) &&
	       CHECK(now.reversed == reversed && !now.forced,
		     "reversed %d, forced %d", now.reversed, now.forced) &&
	       CHECK(now.remaining >= 1 && now.total > now.remaining &&
			     now.switched == now.total - now.remaining,
		     "%u of %u switched, %u remaining", now.switched, now.total,
		     now.remaining) &&
	       CHECK(now.started && now.elapsed_ms < 120000, "elapsed %llu ms",
		     (unsigned long long)now.elapsed_ms) &&
	       CHECK(now.started_real / 1000000000 <= wall &&
			     now.started_real / 1000000000 + 120 > wall,
		     "started at %llu", (unsigned long long)now.started_real) &&
	       CHECK(!nl_get_transition(client, PATCH, &other) && other.running,
		     "none when asked for by name");
}

static bool states_are(struct nl_client *client, uint32_t patch_state,
		       uint32_t func_state, bool active)
{
	struct nl_patch patch;
	struct nl_func func;

	return CHECK(!nl_get_patch(client, PATCH, &patch), "no patch") &&
	       CHECK(patch.state == patch_state, "state %u of the patch",
		     patch.state) &&
	       CHECK(!nl_get_func(client, PATCH, "klp_nl_target", FUNC, &func),
		     "no func") &&
	       CHECK(func.state == func_state, "state %u of the func",
		     func.state) &&
	       CHECK(func.active == active, "active %d", func.active) &&
	       CHECK(!strcmp(func.active_patch, active ? PATCH : ""),
		     "active patch '%s'", func.active_patch);
}

/* Only the sleeper of the old function has not switched. */
static bool one_remains(const void *arg)
{
	struct nl_client *client = *(struct nl_client *const *)arg;
	struct nl_transition now;

	return !nl_get_transition(client, NULL, &now) && now.running &&
	       now.remaining == 1;
}

static bool start_time_stays(struct nl_client *client, uint64_t started)
{
	struct nl_transition now;

	return CHECK(!nl_get_transition(client, NULL, &now), "no answer") &&
	       CHECK(now.started == started, "the start has moved");
}

static bool transition_and_back(struct nl_client *client, pid_t *old,
				pid_t *new)
{
	struct nl_transition first;

	*old = nl_start_sleeper("1 0");
	if (!CHECK(!sys_load(PATCH), "cannot load the patch"))
		return false;
	if (!held_up(client, KLP_ARM_DIRECTION_PATCHING, false) ||
	    !CHECK(sys_wait(one_remains, &client),
		   "more than the sleeper remain") ||
	    !states_are(client, KLP_ARM_PATCH_STATE_ENABLING,
			KLP_ARM_FUNC_STATE_PATCHING, true) ||
	    !CHECK(!nl_get_transition(client, NULL, &first), "no answer"))
		return false;

	/* A new task has switched, and now holds up the way back. */
	*new = nl_start_sleeper("1 1");
	if (!CHECK(!sys_disable(PATCH), "cannot reverse"))
		return false;

	return held_up(client, KLP_ARM_DIRECTION_UNPATCHING, true) &&
	       states_are(client, KLP_ARM_PATCH_STATE_DISABLING,
			  KLP_ARM_FUNC_STATE_UNPATCHING, false) &&
	       start_time_stays(client, first.started);
}

static bool held_up_both_ways(struct nl_client *client)
{
	pid_t old = -1, new = -1;
	bool good;

	if (!CHECK(!sys_load("klp_nl_target"), "cannot load the target"))
		return false;
	good = none_running(client) && transition_and_back(client, &old, &new);

	good &= CHECK(!sys_write(GATE, "1"), "cannot open the gate");
	good &= nl_end_sleeper(old);
	good &= nl_end_sleeper(new);
	good &= CHECK(sys_settled(PATCH), "the transition does not end");
	good &= none_running(client);
	good &= CHECK(!sys_unload(PATCH), "cannot unload the patch");

	return CHECK(!sys_unload("klp_nl_target"),
		     "cannot unload the target") &&
	       good;
}

static bool disabling_is_told(struct nl_client *client)
{
	pid_t sleeper;
	bool good;

	if (!CHECK(!sys_load("klp_nl_target"), "cannot load the target"))
		return false;
	good = CHECK(!sys_load(PATCH), "cannot load the patch") &&
	       CHECK(sys_settled(PATCH), "the transition does not end") &&
	       states_are(client, KLP_ARM_PATCH_STATE_ENABLED,
			  KLP_ARM_FUNC_STATE_PATCHED, true);
	sleeper = nl_start_sleeper("0 1");
	good = good && CHECK(!sys_disable(PATCH), "cannot disable") &&
	       held_up(client, KLP_ARM_DIRECTION_UNPATCHING, false) &&
	       states_are(client, KLP_ARM_PATCH_STATE_DISABLING,
			  KLP_ARM_FUNC_STATE_UNPATCHING, false);

	good &= CHECK(!sys_write(GATE, "1"), "cannot open the gate");
	good &= nl_end_sleeper(sleeper);
	good &= CHECK(sys_settled(PATCH), "the transition does not end");
	good &= none_running(client);
	good &= CHECK(!sys_unload(PATCH), "cannot unload the patch");

	return CHECK(!sys_unload("klp_nl_target"),
		     "cannot unload the target") &&
	       good;
}

static bool target_comes_and_goes(struct nl_client *client)
{
	struct nl_func func;
	struct nl_patch patch;
	bool good;

	good = CHECK(!sys_load(PATCH), "cannot load the patch") &&
	       CHECK(sys_settled(PATCH), "the transition does not end");
	for (int i = 0; good && i < 3; i++)
		good = states_are(client, KLP_ARM_PATCH_STATE_ENABLED,
				  KLP_ARM_FUNC_STATE_TARGET_NOT_LOADED,
				  false) &&
		       CHECK(!sys_load("klp_nl_target"),
			     "cannot load the target") &&
		       states_are(client, KLP_ARM_PATCH_STATE_ENABLED,
				  KLP_ARM_FUNC_STATE_PATCHED, true) &&
		       CHECK(!nl_get_patch(client, PATCH, &patch) &&
				     patch.first_loaded && patch.first_patched,
			     "the object is not patched") &&
		       CHECK(!nl_get_func(client, NULL, "klp_nl_target", FUNC,
					  &func),
			     "no active func") &&
		       CHECK(!sys_unload("klp_nl_target"),
			     "cannot unload the target");

	return CHECK(!sys_remove(PATCH), "cannot remove the patch") && good;
}

const struct nl_case nl_transition_cases[] = {
	{ "a transition is held up, and reversed", held_up_both_ways },
	{ "disabling is held up", disabling_is_told },
	{ "the target comes and goes", target_comes_and_goes },
};
const unsigned int nl_transition_count =
	sizeof(nl_transition_cases) / sizeof(nl_transition_cases[0]);
