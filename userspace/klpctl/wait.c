// SPDX-License-Identifier: GPL-2.0
/*
 * wait.c - waiting for the end of a transition
 *
 * Waiting asks the kernel at growing intervals. The kernel forgets a patch
 * once it is disabled, so "no such patch" is the end that disabling waits for.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "nouns.h"
#include "text.h"
#include "wait.h"

/* The kernel itself retries blocked tasks once a second. */
#define FIRST_INTERVAL_MS 50
#define LAST_INTERVAL_MS 250

/* How often a progress line is printed where it cannot be overwritten. */
#define PROGRESS_INTERVAL_MS 1000

struct wait {
	const struct app *app;
	const char *name;
	enum klp_patch_state goal;
	uint64_t started_ms;
	uint64_t printed_ms;
	bool is_terminal; /* stderr */
	bool line_open;
	/* What the kernel said last. */
	enum klp_patch_state state;
	struct klp_transition *transition;
};

static bool is_under_way(const struct wait *wait)
{
	if (wait->goal == KLP_PATCH_ENABLED)
		return wait->state == KLP_PATCH_ENABLING;
	return wait->state == KLP_PATCH_DISABLING;
}

/* Reads where the patch is now; KLP_PATCH_DISABLED when it is gone. */
static int look_once(struct wait *wait)
{
	struct klp_patch_list *list;
	int err;

	klp_transition_free(wait->transition);
	wait->transition = NULL;
	err = klp_patch_list_get(wait->app->ctx, wait->name, &list);
	if (err == -ENOENT) {
		wait->state = KLP_PATCH_DISABLED;
		return 0;
	}
	if (err)
		return err;
	wait->state = klp_patch_state(klp_patch_list_at(list, 0));
	klp_patch_list_free(list);

	err = klp_transition_get(wait->app->ctx, &wait->transition);
	if (!err && wait->transition &&
	    strcmp(klp_transition_patch(wait->transition), wait->name) != 0) {
		klp_transition_free(wait->transition);
		wait->transition = NULL;
	}
	return err;
}

/*
 * Patch and transition are two requests. A patch under way without its
 * transition has arrived between them, and the second look says where.
 */
static int look(struct wait *wait)
{
	int err = look_once(wait);

	if (!err && is_under_way(wait) && !wait->transition)
		err = look_once(wait);
	return err;
}

static void print_progress_text(const char *bytes, const char *end)
{
	char *text = text_from_bytes(bytes);
	char *safe = text_for_terminal(text);

	fprintf(stderr, "%s%s", safe, end);
	fflush(stderr);
	free(safe);
	free(text);
}

static void print_progress(struct wait *wait, uint64_t now)
{
	char *text;

	if (wait->app->json || !wait->transition)
		return;
	if (!wait->is_terminal && now - wait->printed_ms < PROGRESS_INTERVAL_MS)
		return;
	text = transition_to_text(wait->transition);
	wait->printed_ms = now;
	if (wait->is_terminal)
		fputs("\r\033[K", stderr);
	print_progress_text(text, wait->is_terminal ? "" : "\n");
	wait->line_open = wait->is_terminal;
	free(text);
}

static void close_line(struct wait *wait)
{
	if (wait->line_open)
		fputs("\r\033[K", stderr);
	wait->line_open = false;
}

static void pause_ms(uint64_t ms)
{
	const struct timespec pause = { .tv_sec = (time_t)(ms / 1000),
					.tv_nsec =
						(long)(ms % 1000) * 1000000 };

	/* A signal that does not end us merely shortens the interval. */
	nanosleep(&pause, NULL);
}

/* Looks until the transition is over or the time is up. */
static int wait_for_end(struct wait *wait)
{
	uint64_t limit_ms = (uint64_t)wait->app->timeout_s * 1000;
	uint64_t interval_ms = FIRST_INTERVAL_MS;
	int err;

	while (!(err = look(wait)) && is_under_way(wait)) {
		uint64_t now = now_ms();
		uint64_t passed_ms = now - wait->started_ms;

		print_progress(wait, now);
		if (limit_ms && passed_ms >= limit_ms)
			break;
		if (limit_ms && interval_ms > limit_ms - passed_ms)
			interval_ms = limit_ms - passed_ms;
		pause_ms(interval_ms);
		interval_ms += interval_ms / 2;
		if (interval_ms > LAST_INTERVAL_MS)
			interval_ms = LAST_INTERVAL_MS;
	}
	close_line(wait);
	return err;
}

static enum status print_result(const struct wait *wait, const char *schema)
{
	struct json_object *result;
	char *text;

	if (wait->app->json) {
		result = json_result(schema);
		json_add(result, "patch", json_bytes(wait->name));
		json_add(result, "state",
			 json_bytes(klp_patch_state_name(wait->state)));
		json_add(result, "transition",
			 transition_to_json(wait->transition));
		json_add(result, "waited_ms",
			 json_number(now_ms() - wait->started_ms));
		print_json(wait->app, result);
	} else if (wait->transition) {
		text = transition_to_text(wait->transition);
		print_text(wait->app, "%s: %s, transition still running: %s",
			   wait->name, klp_patch_state_name(wait->state), text);
		free(text);
	} else {
		print_text(wait->app, "%s: %s", wait->name,
			   klp_patch_state_name(wait->state));
	}
	return is_under_way(wait) ? STATUS_RUNNING : STATUS_OK;
}

static enum status fail_timed_out(const struct wait *wait)
{
	struct json_object *details = json_new_object();

	json_add(details, "patch", json_bytes(wait->name));
	json_add(details, "state",
		 json_bytes(klp_patch_state_name(wait->state)));
	json_add(details, "transition", transition_to_json(wait->transition));
	return fail_with(wait->app, ERROR_TIMED_OUT, details,
			 "patch '%s': %s for more than %u s, %" PRIu32
			 " tasks remain; the transition goes on",
			 wait->name, klp_patch_state_name(wait->state),
			 wait->app->timeout_s,
			 wait->transition ? klp_transition_tasks_remaining(
						    wait->transition) :
					    0);
}

static enum status conclude(const struct wait *wait, const char *schema)
{
	if (is_under_way(wait) && (wait->app->given & OPTION_WAIT))
		return fail_timed_out(wait);
	if (!is_under_way(wait) && wait->state != wait->goal)
		return fail(wait->app, ERROR_FAILURE,
			    "patch '%s' is %s: something else has changed it"
			    " meanwhile",
			    wait->name, klp_patch_state_name(wait->state));
	return print_result(wait, schema);
}

enum status report_transition(const struct app *app, const char *schema,
			      const char *name, enum klp_patch_state goal)
{
	struct wait wait = {
		.app = app,
		.name = name,
		.goal = goal,
		.started_ms = now_ms(),
		.is_terminal = isatty(STDERR_FILENO),
	};
	enum status status;
	int err;

	if (app->given & OPTION_WAIT)
		err = wait_for_end(&wait);
	else
		err = look(&wait);
	status = err ? fail_klp(app, err) : conclude(&wait, schema);
	klp_transition_free(wait.transition);
	return status;
}
