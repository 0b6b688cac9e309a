// SPDX-License-Identifier: GPL-2.0
/*
 * wait_timeout.c - what is done and told when the time to wait is up
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "clock.h"
#include "nouns.h"
#include "wait.h"
#include "wait_state.h"

/* How long a transition that is turned round may take to get back. */
#define REVERSAL_MS 5000

/* What became of a transition whose time was up. */
struct outcome {
	const char *reversal; /* as in JSON; NULL if none was asked for */
	const char *text;
};

static bool wants_reversal(const struct app *app)
{
	return app->on_timeout && strcmp(app->on_timeout, "reverse") == 0;
}

char *tell_not_reversed(const struct app *app, const char *name,
			struct json_object *details)
{
	char *text = NULL;
	int len;

	if (wants_reversal(app)) {
		json_add(details, "reversal", json_bytes("not-begun"));
		len = asprintf(&text,
			       "; it was not reversed, because its transition"
			       " may not have begun: 'klpctl disable %s --wait"
			       " --timeout 0' disables it as soon as that can"
			       " be done",
			       name);
	} else {
		len = asprintf(&text, "%s", "");
	}
	if (len < 0)
		out_of_memory();
	return text;
}

/*
 * The kernel refuses to turn round what has ended meanwhile. False if that is not
 * why it was refused.
 */
static bool has_ended(struct wait *wait, struct outcome *outcome)
{
	if (wait_look(wait) || wait_goes_on(wait))
		return false;
	outcome->reversal = "too-late";
	outcome->text = wait->state == KLP_PATCH_ENABLED ?
				"it ended before it could be reversed: the"
				" patch is enabled" :
				"it ended before it could be reversed: the"
				" patch is disabled";
	return true;
}

/* A core that is busy with tasks is soon ready. */
static int send_reversal(const struct wait *wait, uint64_t end_ms)
{
	int err;

	while ((err = klp_patch_set(wait->app->ctx, wait->name,
				    KLP_PATCH_ACTION_REVERSE, false)) ==
		       -EBUSY &&
	       now_ms() < end_ms)
		pause_ms(FIRST_INTERVAL_MS);
	return err;
}

/* The kernel has begun. If it cannot be asked what came of it, it goes on. */
static struct outcome follow_reversal(struct wait *wait, uint64_t end_ms)
{
	for (; now_ms() < end_ms && !wait_look(wait);
	     pause_ms(FIRST_INTERVAL_MS)) {
		if (wait_goes_on(wait))
			continue;
		if (wait->state == KLP_PATCH_DISABLED)
			return (struct outcome){
				"done", "it was reversed, and its module, which"
					" does nothing now, stayed loaded"
			};
		return (struct outcome){ "failed",
					 "it was reversed, and enabled again by"
					 " somebody else" };
	}
	return (struct outcome){ "running", "it is being reversed, and that"
					    " goes on" };
}

/*
 * What is done about a transition that was not over in time: it is turned
 * round, if that was asked for.
 */
static struct outcome act_on_timeout(struct wait *wait)
{
	const uint64_t end_ms = now_ms() + REVERSAL_MS;
	struct outcome outcome = {
		NULL, "the transition goes on, 'klpctl blocking --stack' shows"
		      " all that hold it up"
	};
	int err;

	if (!wants_reversal(wait->app))
		return outcome;
	err = send_reversal(wait, end_ms);
	wait->until = UNTIL_SETTLED;
	if ((err == -EINVAL || err == -ENOENT) && has_ended(wait, &outcome))
		return outcome;
	if (err)
		return (struct outcome){
			"failed", "it could not be reversed: 'klpctl disable'"
				  " disables the patch later"
		};
	return follow_reversal(wait, end_ms);
}

/* Before its transition or after it, there is nothing to turn round. */
static enum status fail_in_callbacks(const struct wait *wait,
				     struct json_object *details)
{
	char *reversal = tell_not_reversed(wait->app, wait->name, details);
	const enum status status =
		fail_with(wait->app, ERROR_TIMED_OUT, details,
			  "patch '%s': not in transition yet or any more after"
			  " waiting %u s, livepatch core busy: a callback of"
			  " the patch may be running%s",
			  wait->name, wait->app->timeout_s, reversal);

	free(reversal);
	return status;
}

static enum status fail_without_transition(const struct wait *wait,
					   struct json_object *details)
{
	const char *state = klp_patch_state_name(wait->state);

	if (wait->unheard_of)
		return fail_with(wait->app, ERROR_TIMED_OUT, details,
				 "no patch named '%s' has come within %u s, and"
				 " no livepatch module or transition of this"
				 " name is known",
				 wait->name, wait->app->timeout_s);
	if (wait->coming)
		return fail_with(wait->app, ERROR_TIMED_OUT, details,
				 "patch '%s': its module is still being loaded"
				 " after %u s, and may enable it yet",
				 wait->name, wait->app->timeout_s);
	if (wait->until == UNTIL_GOAL)
		return fail_with(wait->app, ERROR_TIMED_OUT, details,
				 "patch '%s': %s, and not %s within %u s",
				 wait->name, state,
				 klp_patch_state_name(wait->goal),
				 wait->app->timeout_s);
	return fail_with(wait->app, ERROR_TIMED_OUT, details,
			 "patch '%s': still %s after waiting %u s", wait->name,
			 state, wait->app->timeout_s);
}

/* Of a transition that has been seen; newly allocated. */
static char *tell_remaining(const struct wait *wait,
			    struct json_object *details)
{
	uint32_t remaining;
	char *blockers;
	char *text;
	int len;

	if (!wait->transition) {
		text = strdup("");
		if (!text)
			out_of_memory();
		return text;
	}
	remaining = klp_transition_tasks_remaining(wait->transition);
	blockers = name_blockers(wait->app, remaining, details);
	len = asprintf(&text, ", %" PRIu32 " %s%s", remaining,
		       remaining == 1 ? "task remains" : "tasks remain",
		       blockers);
	free(blockers);
	if (len < 0)
		out_of_memory();
	return text;
}

static enum status fail_in_transition(struct wait *wait, const char *name,
				      struct json_object *details)
{
	const char *state = wait->name ? klp_patch_state_name(wait->state) :
					 "in transition";
	char *blockers = tell_remaining(wait, details);
	/* The name may be the transition's, which looking again frees. */
	char *patch = strdup(name);
	struct outcome outcome;
	enum status status;

	if (!patch)
		out_of_memory();
	outcome = act_on_timeout(wait);
	if (outcome.reversal)
		json_add(details, "reversal", json_bytes(outcome.reversal));
	status = fail_with(wait->app, ERROR_TIMED_OUT, details,
			   "patch '%s': still %s after waiting %u s%s; %s",
			   patch, state, wait->app->timeout_s, blockers,
			   outcome.text);
	free(patch);
	free(blockers);
	return status;
}

enum status wait_fail_timed_out(struct wait *wait)
{
	struct json_object *details = json_new_object();
	const char *name = wait->name;

	/* What is told, and done, of it takes a moment more. */
	bound_claim();
	klp_ctx_set_deadline(wait->app->ctx, now_ms() + REVERSAL_MS);

	if (!name)
		name = klp_transition_patch(wait->transition);
	json_add(details, "patch", json_bytes(name));
	if (wait->name && !wait->unheard_of)
		json_add(details, "state",
			 json_bytes(klp_patch_state_name(wait->state)));
	json_add(details, "transition", transition_to_json(wait->transition));
	if (wait_is_in_callbacks(wait))
		return fail_in_callbacks(wait, details);
	if (!wait->transition && !wants_reversal(wait->app))
		return fail_without_transition(wait, details);
	return fail_in_transition(wait, name, details);
}
