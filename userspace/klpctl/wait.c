// SPDX-License-Identifier: GPL-2.0
/*
 * wait.c - waiting for the end of a transition, and klpctl wait
 *
 * Events tell when to look, and looking tells what is: the listener is opened
 * before the first look, so nothing is missed, and an event that was lost or
 * never sent costs a second. A kernel without events is asked at growing
 * intervals. The kernel forgets a patch once it is disabled, so "no such patch"
 * is the end that disabling waits for. One that it has, and that is disabled, is
 * about to be enabled, or about to be forgotten: a callback of it may be running.
 */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bound.h"
#include "clock.h"
#include "leftover.h"
#include "module.h"
#include "nouns.h"
#include "wait.h"
#include "wait_state.h"

/* The kernel itself retries blocked tasks once a second. */
#define LAST_INTERVAL_MS 250
#define LISTEN_INTERVAL_MS 1000

bool wait_is_in_callbacks(const struct wait *wait)
{
	return wait->listed &&
	       (wait->state == KLP_PATCH_DISABLED || wait->unpatching_soon);
}

bool wait_goes_on(const struct wait *wait)
{
	if (!wait->name)
		return wait->transition != NULL;
	switch (wait->until) {
	case UNTIL_GOAL:
		return wait->state != wait->goal || wait->coming ||
		       wait_is_in_callbacks(wait);
	case UNTIL_TURNED:
		/* What was told to be disabled is so after its transition. */
		if (wait->goal != KLP_PATCH_ENABLED)
			return wait->state == KLP_PATCH_DISABLING ||
			       wait->unpatching_soon;
		return wait->state == KLP_PATCH_ENABLING ||
		       wait_is_in_callbacks(wait);
	default:
		return wait->state == KLP_PATCH_ENABLING ||
		       wait->state == KLP_PATCH_DISABLING ||
		       wait_is_in_callbacks(wait);
	}
}

/* Reads where the patch is now; KLP_PATCH_DISABLED when it is gone. */
static int look_once(struct wait *wait)
{
	struct klp_patch_list *list;
	int err;

	klp_transition_free(wait->transition);
	wait->transition = NULL;
	if (!wait->name)
		return klp_transition_get(wait->app->ctx, &wait->transition);
	err = find_patch(wait->app, wait->name, &list, &wait->coming);
	wait->listed = !err;
	if (err == -ENOENT) {
		wait->state = KLP_PATCH_DISABLED;
		return 0;
	}
	if (err)
		return err;
	wait->found = true;
	wait->state = klp_patch_state(klp_patch_list_at(list, 0));
	wait->target = klp_patch_target(klp_patch_list_at(list, 0));
	klp_patch_list_free(list);
	if (wait->state != KLP_PATCH_ENABLING &&
	    wait->state != KLP_PATCH_DISABLING)
		return 0;

	err = klp_transition_get(wait->app->ctx, &wait->transition);
	if (!err && wait->transition &&
	    strcmp(klp_transition_patch(wait->transition), wait->name) != 0) {
		klp_transition_free(wait->transition);
		wait->transition = NULL;
	}
	return err;
}

/*
 * The kernel answers a request to disable a patch before its pre-unpatch callback
 * has returned, if that takes long. The patch is enabled until then, and the core is
 * busy from before the answer on: if it is not, the next look finds the patch in
 * its transition, or what somebody else has made of it.
 */
static int look_for_callback(struct wait *wait)
{
	struct klp_info *info;
	int err;

	err = klp_info_get(wait->app->ctx, &info);
	if (err)
		return err;
	wait->unpatching_soon = klp_info_core_busy(info);
	klp_info_free(info);
	err = look_once(wait);
	if (wait->state != KLP_PATCH_ENABLED)
		wait->unpatching_soon = false;
	return err;
}

/*
 * Patch and transition are two requests. A patch under way without its
 * transition has arrived between them, and the second look says where.
 */
int wait_look(struct wait *wait)
{
	int err = look_once(wait);

	wait->unpatching_soon = false;
	if (!err && wait->until == UNTIL_TURNED &&
	    wait->goal == KLP_PATCH_DISABLED &&
	    wait->state == KLP_PATCH_ENABLED)
		err = look_for_callback(wait);
	if (!err && wait->name && !wait->transition &&
	    (wait->state == KLP_PATCH_ENABLING ||
	     wait->state == KLP_PATCH_DISABLING))
		err = look_once(wait);
	return err;
}

/* Takes all events that are there; they only say that it is time to look. */
static void drain(struct wait *wait)
{
	struct klp_event *event;
	int err;

	while ((err = klp_events_next(wait->events, &event)) > 0 ||
	       err == -EBADMSG) {
		if (err > 0)
			klp_event_free(event);
	}
	if (err < 0) {
		klp_events_close(wait->events);
		wait->events = NULL;
	}
}

/* Waits for an event or a while, whichever is first. */
static void pause_until_news(struct wait *wait, uint64_t most_ms)
{
	struct pollfd poll_fd = { .events = POLLIN };
	uint64_t ms = LISTEN_INTERVAL_MS;

	if (!wait->events) {
		ms = wait->interval_ms;
		pause_ms(ms < most_ms ? ms : most_ms);
		wait->interval_ms += wait->interval_ms / 2;
		if (wait->interval_ms > LAST_INTERVAL_MS)
			wait->interval_ms = LAST_INTERVAL_MS;
		return;
	}
	poll_fd.fd = klp_events_fd(wait->events);
	if (poll(&poll_fd, 1, (int)(ms < most_ms ? ms : most_ms)) > 0)
		drain(wait);
}

/* Looks until there is nothing to wait for or the time is up. */
static int wait_for_end(struct wait *wait)
{
	const uint64_t end_ms = wait->app->deadline_ms;
	int err;

	/* Without events it takes a little longer. */
	if (klp_events_open(wait->app->ctx, &wait->events))
		wait->events = NULL;
	while (!(err = wait_look(wait)) && wait_goes_on(wait)) {
		const uint64_t now = now_ms();

		if (!wait->app->json && wait->transition)
			progress_show(&wait->progress, wait->transition);
		if (end_ms && now >= end_ms)
			break;
		pause_until_news(wait,
				 end_ms ? end_ms - now : LISTEN_INTERVAL_MS);
	}
	progress_end(&wait->progress);
	klp_events_close(wait->events);
	wait->events = NULL;
	return err;
}

/* What the patch has replaced, if it is to be unloaded. */
static enum status finish(const struct wait *wait, struct json_object *result)
{
	if (!(wait->app->given & OPTION_REPLACE_UNLOAD) ||
	    wait->state != KLP_PATCH_ENABLED)
		return STATUS_OK;
	return unload_replaced(wait->app, result);
}

static struct json_object *result_to_json(const struct wait *wait,
					  const char *schema)
{
	struct json_object *result = json_result(schema);

	if (wait->name) {
		json_add(result, "patch", json_bytes(wait->name));
		json_add(result, "state",
			 json_bytes(klp_patch_state_name(wait->state)));
	}
	if (wait->listed)
		json_add(result, "target",
			 json_bytes(klp_target_name(wait->target)));
	json_add(result, "transition", transition_to_json(wait->transition));
	json_add(result, "waited_ms", json_number(now_ms() - wait->started_ms));
	if (wait->already)
		json_add(result, "already", json_flag(true));
	return result;
}

static bool has_mismatch(const struct wait *wait)
{
	return wait->listed && wait->target == KLP_TARGET_MISMATCHED;
}

static void print_result_text(const struct wait *wait)
{
	char *text;

	if (wait->transition && wait->name) {
		text = transition_to_text(wait->transition);
		print_text(wait->app, "%s: %s, transition still running: %s",
			   wait->name, klp_patch_state_name(wait->state), text);
		free(text);
	} else if (wait->unpatching_soon) {
		print_text(wait->app,
			   "%s: %s, livepatch core busy: a callback of the"
			   " patch may be running",
			   wait->name, klp_patch_state_name(wait->state));
	} else if (wait->name) {
		print_text(wait->app, "%s: %s%s%s", wait->name,
			   klp_patch_state_name(wait->state),
			   wait->already ? " already" : "",
			   has_mismatch(wait) ?
				   "; target mismatched: 'klpctl check' names"
				   " the modules that do without it" :
				   "");
	} else {
		print_text(wait->app, "no transition is under way");
	}
}

/*
 * All that takes time is done before anything is printed: from then on nothing
 * looks at the time any more.
 */
static enum status print_result(const struct wait *wait, const char *schema)
{
	struct json_object *result = result_to_json(wait, schema);
	const enum status status = finish(wait, result);

	if (!wait->app->json) {
		print_result_text(wait);
		print_replaced(wait->app, result);
		json_object_put(result);
	} else if (status == STATUS_OK ||
		   json_object_object_get_ex(result, "kept", NULL)) {
		print_json(wait->app, result);
	} else {
		/* If that could not even begin, its error is the result. */
		json_object_put(result);
	}
	return wait_goes_on(wait) ? STATUS_RUNNING : status;
}

/*
 * A patch that was there has left its module, or a transition to be remembered.
 * What cannot be asked does not know of none.
 */
static int look_for_name(struct wait *wait)
{
	struct klp_history_list *history;
	size_t i;
	int err;

	if (module_is_livepatch(wait->name) != MODULE_NO)
		return 0;
	err = klp_history_list_get(wait->app->ctx, 0, &history);
	if (err)
		return err == -EOPNOTSUPP ? 0 : err;
	wait->unheard_of = true;
	for (i = 0; i < klp_history_list_count(history); i++)
		if (strcmp(klp_history_patch(klp_history_list_at(history, i)),
			   wait->name) == 0)
			wait->unheard_of = false;
	klp_history_list_free(history);
	return 0;
}

static enum status conclude(struct wait *wait, const char *schema)
{
	if (wait_goes_on(wait) && (wait->app->given & OPTION_WAIT))
		return wait_fail_timed_out(wait);
	if (wait->name && wait->until == UNTIL_SETTLED && !wait->found)
		return fail(wait->app, ERROR_NOT_FOUND,
			    "no patch named '%s': 'klpctl patch list' lists"
			    " them, --for waits for one that is to come",
			    wait->name);
	if (wait->unheard_of)
		return fail(wait->app, ERROR_NOT_FOUND,
			    "no patch named '%s', no livepatch module, and no"
			    " transition that the kernel remembers: nothing of"
			    " this name was there to be disabled",
			    wait->name);
	if (!wait_goes_on(wait) && wait->until == UNTIL_TURNED &&
	    wait->state != wait->goal)
		return fail(wait->app, ERROR_FAILURE,
			    "patch '%s' is %s: something else has changed it"
			    " meanwhile",
			    wait->name, klp_patch_state_name(wait->state));
	return print_result(wait, schema);
}

static enum status report(struct wait *wait, const char *schema)
{
	enum status status;
	int err;

	wait->started_ms = now_ms();
	wait->interval_ms = FIRST_INTERVAL_MS;
	progress_start(&wait->progress);
	if (wait->app->given & OPTION_WAIT)
		err = wait_for_end(wait);
	else
		err = wait_look(wait);
	if (!err && wait->until == UNTIL_GOAL && !wait->found)
		err = look_for_name(wait);
	status = err ? fail_klp(wait->app, err) : conclude(wait, schema);
	klp_transition_free(wait->transition);
	return status;
}

enum status report_transition(const struct app *app, const char *schema,
			      const char *name, enum klp_patch_state goal)
{
	struct wait wait = {
		.app = app, .name = name, .goal = goal, .until = UNTIL_TURNED
	};

	return report(&wait, schema);
}

enum status report_already(const struct app *app, const char *schema,
			   const char *name, enum klp_patch_state goal)
{
	struct wait wait = { .app = app,
			     .name = name,
			     .goal = goal,
			     .until = UNTIL_TURNED,
			     .already = true };

	return report(&wait, schema);
}

enum status do_wait(struct app *app, char **arguments)
{
	struct wait wait = { .app = app, .name = arguments[0] };

	app->given |= OPTION_WAIT;
	if (app->goal && !wait.name)
		return fail(app, ERROR_USAGE, "--for needs PATCH");
	if (app->goal && strcmp(app->goal, "enabled") == 0)
		wait.goal = KLP_PATCH_ENABLED;
	else if (app->goal && strcmp(app->goal, "disabled") == 0)
		wait.goal = KLP_PATCH_DISABLED;
	else if (app->goal)
		return fail(app, ERROR_USAGE,
			    "--for '%s': give enabled or disabled", app->goal);
	if (app->goal)
		wait.until = UNTIL_GOAL;
	return report(&wait, "klpctl-wait/1");
}
