// SPDX-License-Identifier: GPL-2.0
/*
 * transition.c - the noun "transition", and klpctl transition show
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "colour.h"
#include "nouns.h"

/* How many tasks are left for each reason. */
static struct json_object *
reasons_to_json(const struct klp_transition *transition)
{
	struct json_object *reasons = json_new_object();
	int reason;

	for (reason = 0; reason <= KLP_BLOCKER_IDLE; reason++)
		json_add(reasons, klp_blocker_reason_name(reason),
			 json_number(klp_transition_remaining_by(transition,
								 reason)));
	return reasons;
}

struct json_object *transition_to_json(const struct klp_transition *transition)
{
	struct json_object *result;
	struct json_object *tasks;

	if (!transition)
		return NULL;
	result = json_new_object();
	tasks = json_new_object();
	json_add(result, "patch", json_bytes(klp_transition_patch(transition)));
	json_add(result, "patch_id",
		 json_number(klp_transition_patch_id(transition)));
	json_add(result, "direction",
		 json_bytes(klp_direction_name(
			 klp_transition_direction(transition))));
	json_add(result, "started_us",
		 json_us(klp_transition_started(transition)));
	json_add(result, "started_real_us",
		 json_us(klp_transition_started_real(transition)));
	json_add(result, "elapsed_ms",
		 json_number(klp_transition_elapsed_ms(transition)));
	json_add(tasks, "total",
		 json_number(klp_transition_tasks_total(transition)));
	json_add(tasks, "switched",
		 json_number(klp_transition_tasks_switched(transition)));
	json_add(tasks, "remaining",
		 json_number(klp_transition_tasks_remaining(transition)));
	json_add(result, "tasks", tasks);
	json_add(result, "forced",
		 json_flag(klp_transition_forced(transition)));
	json_add(result, "reversed",
		 json_flag(klp_transition_reversed(transition)));
	json_add(result, "attempts",
		 json_number(klp_transition_attempts(transition)));
	json_add(result, "signals",
		 json_number(klp_transition_signals(transition)));
	json_add(result, "reasons", reasons_to_json(transition));
	json_add(result, "blockers",
		 json_number(klp_transition_blockers(transition)));
	json_add(result, "blockers_dropped",
		 json_number(klp_transition_blockers_dropped(transition)));
	json_add(result, "core_busy",
		 json_flag(klp_transition_core_busy(transition)));
	return result;
}

char *transition_to_text(const struct klp_transition *transition)
{
	char elapsed[DURATION_SIZE];
	char *text = NULL;

	duration_text(klp_transition_elapsed_ms(transition), elapsed);
	if (asprintf(&text,
		     "%s '%s' for %s, %" PRIu32 " of %" PRIu32
		     " tasks switched%s%s",
		     klp_direction_name(klp_transition_direction(transition)),
		     klp_transition_patch(transition), elapsed,
		     klp_transition_tasks_switched(transition),
		     klp_transition_tasks_total(transition),
		     klp_transition_forced(transition) ? ", forced" : "",
		     klp_transition_reversed(transition) ? ", reversed" : "") <
	    0)
		out_of_memory();
	return text;
}

static enum colour direction_colour(const struct klp_transition *transition)
{
	return klp_transition_forced(transition) ? COLOUR_RED : COLOUR_YELLOW;
}

void print_transition_line(const struct app *app,
			   const struct klp_transition *transition)
{
	const char *direction;
	char *text;

	if (!transition) {
		print_text(app, "transition: none");
		return;
	}
	/* The text begins with it. */
	direction = klp_direction_name(klp_transition_direction(transition));
	text = transition_to_text(transition);
	fputs("transition: ", stdout);
	print_coloured(app, direction_colour(transition), direction);
	print_text(app, "%s", text + strlen(direction));
	free(text);
}

static void print_reasons(const struct app *app,
			  const struct klp_transition *transition)
{
	int reason;

	for (reason = 0; reason <= KLP_BLOCKER_IDLE; reason++) {
		const char *name = klp_blocker_reason_name(reason);
		uint32_t count =
			klp_transition_remaining_by(transition, reason);

		if (!count)
			continue;
		fputs("  ", stdout);
		print_coloured(app, colour_of("reason", name), name);
		print_text(app, ": %" PRIu32, count);
	}
}

static void print_transition(const struct app *app,
			     const struct klp_transition *transition)
{
	char elapsed[DURATION_SIZE];
	char date[DATE_SIZE];

	duration_text(klp_transition_elapsed_ms(transition), elapsed);
	date_text(klp_transition_started_real(transition), date);
	print_text(app, "patch: %s", klp_transition_patch(transition));
	fputs("direction: ", stdout);
	print_coloured(
		app, direction_colour(transition),
		klp_direction_name(klp_transition_direction(transition)));
	print_text(app, "%s%s",
		   klp_transition_forced(transition) ? ", forced" : "",
		   klp_transition_reversed(transition) ? ", reversed" : "");
	print_text(app, "started: %s, %s ago", date, elapsed);
	print_text(app,
		   "tasks: %" PRIu32 ", switched: %" PRIu32
		   ", remaining: %" PRIu32,
		   klp_transition_tasks_total(transition),
		   klp_transition_tasks_switched(transition),
		   klp_transition_tasks_remaining(transition));
	print_reasons(app, transition);
	print_text(app, "attempts: %" PRIu32 ", signals: %" PRIu32,
		   klp_transition_attempts(transition),
		   klp_transition_signals(transition));
}

enum status do_transition_show(struct app *app, char **arguments)
{
	struct klp_transition *transition;
	struct json_object *result;
	int err;

	(void)arguments;
	err = klp_transition_get(app->ctx, &transition);
	if (err)
		return fail_klp(app, err);
	if (app->json) {
		result = json_result("klpctl-transition-show/1");
		json_add(result, "transition", transition_to_json(transition));
		print_json(app, result);
	} else if (transition) {
		print_transition(app, transition);
	} else {
		print_text(app, "no transition is under way");
	}
	klp_transition_free(transition);
	return STATUS_OK;
}
