// SPDX-License-Identifier: GPL-2.0
/*
 * event.c - the noun "event", as a line of text or of JSON
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "clock.h"
#include "event.h"
#include "nouns.h"

#define SCHEMA "klpctl-event/1"
#define NS_PER_S 1000000000ULL

static uint64_t now_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

/* What klpctl notes itself is of now. */
static struct json_object *new_record(const char *kind)
{
	struct json_object *record = json_result(SCHEMA);

	json_add(record, "kind", json_bytes(kind));
	json_add(record, "date", json_date(now_ns(CLOCK_REALTIME)));
	json_add(record, "time_us", json_us(now_ns(CLOCK_MONOTONIC)));
	json_add(record, "time_real_us", json_us(now_ns(CLOCK_REALTIME)));
	return record;
}

static struct json_object *event_to_json(const struct klp_event *event)
{
	struct json_object *record = json_result(SCHEMA);

	json_add(record, "kind",
		 json_bytes(klp_event_kind_name(klp_event_kind(event))));
	json_add(record, "date", json_date(klp_event_time_real(event)));
	json_add(record, "time_us", json_us(klp_event_time(event)));
	json_add(record, "time_real_us", json_us(klp_event_time_real(event)));
	json_add(record, "seq", json_number(klp_event_seq(event)));
	json_add(record, "generation",
		 json_number(klp_event_generation(event)));
	if (klp_event_patch(event))
		json_add(record, "patch",
			 patch_to_json(klp_event_patch(event)));
	if (klp_event_transition(event))
		json_add(record, "transition",
			 transition_to_json(klp_event_transition(event)));
	if (klp_event_blocker(event))
		json_add(record, "blocker",
			 json_from_fields(blocker_fields,
					  klp_event_blocker(event)));
	if (klp_event_failure(event))
		json_add(record, "failure",
			 json_from_fields(failure_fields,
					  klp_event_failure(event)));
	if (klp_event_module(event))
		json_add(record, "module", json_bytes(klp_event_module(event)));
	return record;
}

/* What an event is about, newly allocated. */
static char *subject_of(const struct klp_event *event)
{
	const struct klp_transition *transition = klp_event_transition(event);
	const struct klp_blocker *blocker = klp_event_blocker(event);
	const struct klp_failure *failure = klp_event_failure(event);
	const struct klp_patch *patch = klp_event_patch(event);
	char *text = NULL;
	int len = 0;

	if (transition && klp_transition_patch(transition))
		return transition_to_text(transition);
	if (blocker)
		return blocker_to_text(blocker);
	if (failure)
		return failure_to_text(failure);
	if (patch)
		len = asprintf(&text, "'%s'", klp_patch_name(patch));
	else
		len = asprintf(
			&text, "%s%s%s", klp_event_module(event) ? "'" : "",
			klp_event_module(event) ? klp_event_module(event) : "",
			klp_event_module(event) ? "'" : "");
	if (len < 0)
		out_of_memory();
	return text;
}

void print_event(const struct app *app, const struct klp_event *event)
{
	char date[DATE_SIZE];
	char *subject;

	if (app->json) {
		print_json(app, event_to_json(event));
		return;
	}
	subject = subject_of(event);
	date_text(klp_event_time_real(event), date);
	print_text(app, "%s %" PRIu64 " %s %s", date, klp_event_seq(event),
		   klp_event_kind_name(klp_event_kind(event)), subject);
	free(subject);
}

void print_loss(const struct app *app, const struct klp_event *event)
{
	uint64_t lost = klp_event_lost(event);
	struct json_object *record;

	if (app->json) {
		record = new_record("lost");
		json_add(record, "lost",
			 lost == KLP_EVENTS_LOST_UNKNOWN ? NULL :
							   json_number(lost));
		print_json(app, record);
	} else if (lost == KLP_EVENTS_LOST_UNKNOWN) {
		print_text(app, "lost: events, nobody knows how many");
	} else {
		print_text(app, "lost: %" PRIu64 " events", lost);
	}
}

/* How far the state has come, so that it can be told from later events. */
static char *position_of(const struct klp_snapshot *snapshot)
{
	const uint32_t generation = klp_snapshot_generation(snapshot);
	char *text = NULL;
	uint64_t seq;
	int len;

	if (klp_info_value(klp_snapshot_info(snapshot),
			   KLP_INFO_FIELD_EVENT_SEQ, &seq))
		len = asprintf(&text, "generation %" PRIu32 ", event %" PRIu64,
			       generation, seq);
	else
		len = asprintf(&text, "generation %" PRIu32, generation);
	if (len < 0)
		out_of_memory();
	return text;
}

static void print_state(const struct app *app,
			const struct klp_snapshot *snapshot)
{
	const struct klp_transition *transition =
		klp_snapshot_transition(snapshot);
	const struct klp_patch_list *list = klp_snapshot_patches(snapshot);
	char *position = position_of(snapshot);
	char *text;
	size_t i;

	if (transition) {
		text = transition_to_text(transition);
		print_text(app, "now: %s, %s", text, position);
		free(text);
	} else {
		print_text(app, "now: no transition, %zu patches, %s",
			   klp_patch_list_count(list), position);
	}
	free(position);
	for (i = 0; i < klp_patch_list_count(list); i++) {
		const struct klp_patch *patch = klp_patch_list_at(list, i);

		print_text(app, "now: '%s' %s", klp_patch_name(patch),
			   klp_patch_state_name(klp_patch_state(patch)));
	}
}

static struct json_object *resync_to_json(const struct klp_snapshot *snapshot)
{
	const struct klp_patch_list *list = klp_snapshot_patches(snapshot);
	struct json_object *record = new_record("resync");
	struct json_object *rows = json_new_array();
	uint64_t seq;
	size_t i;

	json_add(record, "generation",
		 json_number(klp_snapshot_generation(snapshot)));
	if (klp_info_value(klp_snapshot_info(snapshot),
			   KLP_INFO_FIELD_EVENT_SEQ, &seq))
		json_add(record, "event_seq", json_number(seq));
	json_add(record, "transition",
		 transition_to_json(klp_snapshot_transition(snapshot)));
	for (i = 0; i < klp_patch_list_count(list); i++)
		json_append(rows, patch_to_json(klp_patch_list_at(list, i)));
	json_add(record, "patches", rows);
	return record;
}

int print_resync(const struct app *app)
{
	struct klp_snapshot *snapshot;
	int err;

	err = klp_snapshot_get(app->ctx, &snapshot);
	if (err)
		return err;
	if (app->json)
		print_json(app, resync_to_json(snapshot));
	else
		print_state(app, snapshot);
	klp_snapshot_free(snapshot);
	return 0;
}
