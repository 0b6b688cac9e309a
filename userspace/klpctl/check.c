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

#include "desired.h"
#include "nouns.h"

enum level {
	LEVEL_OK,
	LEVEL_WARNING,
	LEVEL_CRITICAL,
	LEVEL_UNKNOWN = PLUGIN_UNKNOWN
};

static const char *const level_names[] = { "OK", "WARNING", "CRITICAL",
					   "UNKNOWN" };
static const char *const level_words[] = { "ok", "warning", "critical",
					   "unknown" };

struct counts {
	uint64_t enabled;
	uint64_t moving;
	uint64_t forced;
	uint64_t mismatched;
	uint64_t incomplete;
	uint64_t age_s;
	uint32_t remaining;
	size_t unmet; /* desired patches */
};

/* What is told; the parts are NULL if there is none. */
struct report {
	struct counts counts;
	const struct klp_patch_list *patches;
	const struct klp_transition *transition;
	const struct desired *desired;
	bool core_busy;
};

static void count(struct report *report)
{
	const struct klp_patch_list *list = report->patches;
	struct counts *counts = &report->counts;
	size_t i;

	for (i = 0; i < klp_patch_list_count(list); i++) {
		const struct klp_patch *patch = klp_patch_list_at(list, i);

		if (klp_patch_state(patch) == KLP_PATCH_ENABLED)
			counts->enabled++;
		else
			counts->moving++;
		if (klp_patch_forced(patch))
			counts->forced++;
		if (patch_is_mismatched(patch))
			counts->mismatched++;
		if (patch_is_incomplete(patch))
			counts->incomplete++;
	}
	if (report->transition) {
		counts->age_s =
			klp_transition_elapsed_ms(report->transition) / 1000;
		counts->remaining =
			klp_transition_tasks_remaining(report->transition);
	}
	for (i = 0; report->desired && i < report->desired->count; i++) {
		if (report->desired->patch[i].unmet)
			counts->unmet++;
	}
}

/* What is known to be wrong comes first, and what is not known before "OK". */
static enum level worse(enum level one, enum level other)
{
	static const int rank[] = { [LEVEL_OK] = 0,
				    [LEVEL_UNKNOWN] = 1,
				    [LEVEL_WARNING] = 2,
				    [LEVEL_CRITICAL] = 3 };

	return rank[one] > rank[other] ? one : other;
}

/*
 * A transition ends, or its age tells, and a callback of a patch ends; nothing
 * else changes on its own.
 */
static enum level unmet_level(unsigned int unmet)
{
	const unsigned int passing = DESIRED_TRANSITION | DESIRED_CORE_BUSY;

	if (!unmet)
		return LEVEL_OK;
	if (unmet & ~(passing | DESIRED_VERSION_UNKNOWN))
		return LEVEL_CRITICAL;
	return unmet & passing ? LEVEL_WARNING : LEVEL_UNKNOWN;
}

static enum level desired_level(const struct desired *desired)
{
	enum level level = LEVEL_OK;
	size_t i;

	for (i = 0; desired && i < desired->count; i++)
		level = worse(level, unmet_level(desired->patch[i].unmet));
	return level;
}

static enum level level_of(const struct app *app, const struct report *report)
{
	const enum level desired = desired_level(report->desired);
	const uint64_t age_s = report->counts.age_s;
	/* Old and new code may have met, or old code runs on: tell somebody. */
	enum level level = report->counts.forced || report->counts.mismatched ||
					   report->counts.incomplete ?
				   LEVEL_WARNING :
				   LEVEL_OK;

	if (report->transition && age_s >= app->warning_s)
		level = age_s < app->critical_s ? LEVEL_WARNING :
						  LEVEL_CRITICAL;
	return worse(desired, level);
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
		       const char *message, const struct report *report)
{
	char unmet[48] = "";

	if (!report) {
		print_text(app, "KLP %s - %s", level_names[level], message);
		return;
	}
	if (report->desired)
		snprintf(unmet, sizeof(unmet), " desired_unmet=%zu;;;0",
			 report->counts.unmet);
	print_text(app,
		   "KLP %s - %s | patches_enabled=%" PRIu64
		   ";;;0 patches_forced=%" PRIu64
		   ";;;0 patches_mismatched=%" PRIu64
		   ";;;0 transition_age=%" PRIu64 "s;%u;%u;0"
		   " tasks_remaining=%" PRIu32 ";;;0%s",
		   level_names[level], message, report->counts.enabled,
		   report->counts.forced, report->counts.mismatched,
		   exact_number(report->counts.age_s), app->warning_s,
		   app->critical_s, report->counts.remaining, unmet);
}

static struct json_object *desired_to_json(const struct desired *desired)
{
	struct json_object *rows = json_new_array();
	size_t i;
	size_t j;

	for (i = 0; i < desired->count; i++) {
		const struct desired_patch *patch = &desired->patch[i];
		struct json_object *row = json_new_object();
		struct json_object *reasons = json_new_array();

		json_add(row, "patch", json_bytes(patch->name));
		if (patch->version)
			json_add(row, "version", json_bytes(patch->version));
		json_add(row, "met", json_flag(!patch->unmet));
		for (j = 0; j < DESIRED_REASONS; j++) {
			if (patch->unmet >> j & 1)
				json_append(reasons,
					    json_bytes(desired_reason_name(j)));
		}
		json_add(row, "reasons", reasons);
		json_append(rows, row);
	}
	return rows;
}

/* A line that did not reach its reader tells nothing. */
static enum status delivered(enum level level)
{
	return (enum status)(flush_output() ? LEVEL_UNKNOWN : level);
}

static enum status conclude(const struct app *app, enum level level,
			    const char *message, const struct report *report)
{
	struct json_object *result;

	if (!app->json) {
		char *text = without_bars(message);

		print_line(app, level, text, report);
		free(text);
		return delivered(level);
	}
	result = json_result(CHECK_SCHEMA);
	json_add(result, "status", json_bytes(level_words[level]));
	json_add(result, "message", json_bytes(message));
	if (report) {
		json_add(result, "patches_enabled",
			 json_number(report->counts.enabled));
		json_add(result, "patches_forced",
			 json_number(report->counts.forced));
		json_add(result, "patches_mismatched",
			 json_number(report->counts.mismatched));
		json_add(result, "patches_incomplete",
			 json_number(report->counts.incomplete));
		json_add(result, "core_busy", json_flag(report->core_busy));
		json_add(result, "transition",
			 transition_to_json(report->transition));
	}
	if (report && report->desired)
		json_add(result, "desired", desired_to_json(report->desired));
	print_json(app, result);
	return delivered(level);
}

void print_unknown(const struct app *app, const char *message)
{
	conclude(app, LEVEL_UNKNOWN, message, NULL);
}

/*
 * ", 1 of 2 desired patches run, not 'fix': wrong-version", or, of one that runs in
 * whatever version, ", not known of 'fix': version-unknown"
 */
static void write_desired(FILE *out, const struct desired *desired,
			  size_t unmet)
{
	size_t i;
	size_t j;

	fprintf(out, ", %zu of %zu desired patches run", desired->count - unmet,
		desired->count);
	for (i = 0; i < desired->count; i++) {
		const struct desired_patch *patch = &desired->patch[i];

		if (!patch->unmet)
			continue;
		fprintf(out,
			patch->unmet == DESIRED_VERSION_UNKNOWN ?
				", not known of '%s':" :
				", not '%s':",
			patch->name);
		for (j = 0; j < DESIRED_REASONS; j++) {
			if (patch->unmet >> j & 1)
				fprintf(out, " %s", desired_reason_name(j));
		}
	}
}

/* ", module 'drv' is from another build and runs without patch 'fix'" */
static void write_mismatched(FILE *out, const struct klp_patch *patch)
{
	const char *name = klp_patch_name(patch);
	bool named = false;
	size_t i;

	if (!patch_is_mismatched(patch))
		return;
	for (i = 0; i < klp_patch_objects_listed(patch); i++) {
		const struct klp_object *object = klp_patch_object_at(patch, i);

		if (!klp_object_left_out(object))
			continue;
		fprintf(out,
			", module '%s' is from another build and runs without"
			" patch '%s'",
			klp_object_name(object), name);
		named = true;
	}
	/* The list of objects is bounded. */
	if (!named)
		fprintf(out,
			", a module is from another build and runs without"
			" patch '%s'",
			name);
}

/* ", module 'drv' runs with 1 function as it was before patch 'fix': init text" */
static void write_incomplete(FILE *out, const struct klp_patch *patch)
{
	size_t i;

	for (i = 0; i < klp_patch_objects_listed(patch); i++) {
		const struct klp_object *object = klp_patch_object_at(patch, i);
		const uint32_t count = klp_object_unpatched_count(object);

		if (count)
			fprintf(out,
				", module '%s' runs with %" PRIu32 " %s as"
				" before patch '%s': init text",
				klp_object_name(object), count,
				count == 1 ? "function" : "functions",
				klp_patch_name(patch));
	}
}

static void write_message(FILE *out, const struct report *report)
{
	size_t i;

	fprintf(out, "%" PRIu64 " %s enabled, ", report->counts.enabled,
		report->counts.enabled == 1 ? "patch" : "patches");
	if (report->transition) {
		char *moving = transition_to_text(report->transition);

		fputs(moving, out);
		free(moving);
	} else {
		fputs("no transition", out);
	}
	if (report->core_busy)
		fputs(", livepatch core busy", out);
	if (report->counts.forced)
		fputs(", a patch was forced", out);
	for (i = 0; i < klp_patch_list_count(report->patches); i++)
		write_mismatched(out, klp_patch_list_at(report->patches, i));
	for (i = 0; i < klp_patch_list_count(report->patches); i++)
		write_incomplete(out, klp_patch_list_at(report->patches, i));
	if (report->desired)
		write_desired(out, report->desired, report->counts.unmet);
}

static char *message_of(const struct report *report)
{
	char *message = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&message, &size);

	if (out)
		write_message(out, report);
	if (!out || fclose(out) != 0 || !message)
		out_of_memory();
	return message;
}

/* desired is NULL without a list of patches. */
static enum status judge(const struct app *app, struct desired *desired)
{
	struct report report = { .desired = desired };
	struct klp_snapshot *snapshot;
	enum status status;
	char *message;
	int err;

	err = klp_snapshot_get(app->ctx, &snapshot);
	if (err)
		return fail_klp(app, err);
	report.transition = klp_snapshot_transition(snapshot);
	report.patches = klp_snapshot_patches(snapshot);
	report.core_busy = klp_info_core_busy(klp_snapshot_info(snapshot));
	if (desired)
		desired_compare(desired, report.patches);
	count(&report);
	message = message_of(&report);
	status = conclude(app, level_of(app, &report), message, &report);
	free(message);
	klp_snapshot_free(snapshot);
	return status;
}

enum status do_check(struct app *app, char **arguments)
{
	struct desired desired = { 0 };
	enum status status;

	(void)arguments;
	if (app->warning_s > app->critical_s)
		return fail(app, ERROR_USAGE,
			    "-w %u is later than -c %u: nothing would be a"
			    " warning",
			    app->warning_s, app->critical_s);
	if (!app->desired)
		return judge(app, NULL);
	if (desired_read(&desired, app) == 0)
		status = judge(app, &desired);
	else
		status = fail(app, desired.error, "%s", desired.why);
	desired_release(&desired);
	return status;
}
