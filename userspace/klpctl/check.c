// SPDX-License-Identifier: GPL-2.0
/*
 * check.c - klpctl check: one line and a status, as monitoring plugins give
 *
 * The exit status is that of the Monitoring Plugins guidelines, which differs
 * from that of the other commands: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nouns.h"

enum level {
	LEVEL_OK,
	LEVEL_WARNING,
	LEVEL_CRITICAL,
	LEVEL_UNKNOWN
};

static const char *const level_names[] = { "OK", "WARNING", "CRITICAL",
					   "UNKNOWN" };
static const char *const level_words[] = { "ok", "warning", "critical",
					   "unknown" };

struct counts {
	uint64_t enabled;
	uint64_t moving;
	uint64_t forced;
	uint64_t age_s;
	uint32_t remaining;
};

static struct counts count(const struct klp_snapshot *snapshot)
{
	const struct klp_patch_list *list = klp_snapshot_patches(snapshot);
	const struct klp_transition *transition =
		klp_snapshot_transition(snapshot);
	struct counts counts = { 0 };
	size_t i;

	for (i = 0; i < klp_patch_list_count(list); i++) {
		const struct klp_patch *patch = klp_patch_list_at(list, i);

		if (klp_patch_state(patch) == KLP_PATCH_ENABLED)
			counts.enabled++;
		else
			counts.moving++;
		if (klp_patch_forced(patch))
			counts.forced++;
	}
	if (transition) {
		counts.age_s = klp_transition_elapsed_ms(transition) / 1000;
		counts.remaining = klp_transition_tasks_remaining(transition);
	}
	return counts;
}

static enum level level_of(const struct app *app,
			   const struct klp_transition *transition,
			   uint64_t age_s)
{
	if (!transition || age_s < app->warning_s)
		return LEVEL_OK;
	return age_s < app->critical_s ? LEVEL_WARNING : LEVEL_CRITICAL;
}

/* What is behind a "|" is data, so no name may bring one. */
static char *without_bars(const char *message)
{
	char *text = NULL;
	char *at;

	if (asprintf(&text, "%s", message) < 0)
		out_of_memory();
	for (at = text; *at; at++) {
		if (*at == '|')
			*at = '/';
	}
	return text;
}

static void print_line(const struct app *app, enum level level,
		       const char *message, const struct counts *counts)
{
	if (!counts) {
		print_text(app, "KLP %s - %s", level_names[level], message);
		return;
	}
	print_text(app,
		   "KLP %s - %s | patches_enabled=%" PRIu64
		   ";;;0 patches_forced=%" PRIu64 ";;;0 transition_age=%" PRIu64
		   "s;%u;%u;0"
		   " tasks_remaining=%" PRIu32 ";;;0",
		   level_names[level], message, counts->enabled, counts->forced,
		   counts->age_s, app->warning_s, app->critical_s,
		   counts->remaining);
}

/* A line that did not reach its reader tells nothing. */
static enum status delivered(enum level level)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		level = LEVEL_UNKNOWN;
	return (enum status)level;
}

static enum status conclude(const struct app *app, enum level level,
			    const char *message, const struct counts *counts,
			    const struct klp_transition *transition)
{
	struct json_object *result;

	if (!app->json) {
		char *text = without_bars(message);

		print_line(app, level, text, counts);
		free(text);
		return delivered(level);
	}
	result = json_result("klpctl-check/1");
	json_add(result, "status", json_bytes(level_words[level]));
	json_add(result, "message", json_bytes(message));
	if (counts) {
		json_add(result, "patches_enabled",
			 json_number(counts->enabled));
		json_add(result, "patches_forced", json_number(counts->forced));
		json_add(result, "transition", transition_to_json(transition));
	}
	print_json(app, result);
	return delivered(level);
}

static char *message_of(const struct counts *counts,
			const struct klp_transition *transition)
{
	char *moving = transition ? transition_to_text(transition) :
				    strdup("no transition");
	char *message = NULL;

	if (!moving ||
	    asprintf(&message, "%" PRIu64 " patches enabled, %s%s",
		     counts->enabled, moving,
		     counts->forced ? ", a patch was forced" : "") < 0)
		out_of_memory();
	free(moving);
	return message;
}

enum status do_check(struct app *app, char **arguments)
{
	const struct klp_transition *transition;
	struct klp_snapshot *snapshot;
	struct counts counts;
	enum status status;
	char *message;

	(void)arguments;
	if (app->warning_s > app->critical_s)
		return fail(app, ERROR_USAGE,
			    "-w %u is later than -c %u: nothing would be a"
			    " warning",
			    app->warning_s, app->critical_s);
	if (!app->ctx)
		return conclude(app, LEVEL_UNKNOWN, strerror(ENOMEM), NULL,
				NULL);
	if (klp_snapshot_get(app->ctx, &snapshot))
		return conclude(app, LEVEL_UNKNOWN, klp_last_error(app->ctx),
				NULL, NULL);
	transition = klp_snapshot_transition(snapshot);
	counts = count(snapshot);
	message = message_of(&counts, transition);
	status = conclude(app, level_of(app, transition, counts.age_s), message,
			  &counts, transition);
	free(message);
	klp_snapshot_free(snapshot);
	return status;
}
