// SPDX-License-Identifier: GPL-2.0
/*
 * blocker.c - the noun "blocker": its fields, and klpctl blocking
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "nouns.h"
#include "task.h"

static const char unreliable_begins[] =
	"-- exception: what follows is from its registers and may be wrong --";

static struct json_object *get_patch(const void *blocker)
{
	const char *patch = klp_blocker_patch(blocker);

	return patch && *patch ? json_bytes(patch) : NULL;
}

static struct json_object *get_tid(const void *blocker)
{
	return klp_blocker_has_pid(blocker) ?
		       json_number(klp_blocker_tid(blocker)) :
		       NULL;
}

static struct json_object *get_pid(const void *blocker)
{
	return klp_blocker_has_pid(blocker) ?
		       json_number(klp_blocker_pid(blocker)) :
		       NULL;
}

static struct json_object *get_comm(const void *blocker)
{
	return klp_blocker_has_who(blocker) ?
		       json_bytes(klp_blocker_comm(blocker)) :
		       NULL;
}

static struct json_object *get_not_shown(const void *blocker)
{
	return task_not_shown(task_of_blocker(blocker));
}

static struct json_object *get_cpu(const void *blocker)
{
	int cpu = klp_blocker_cpu(blocker);

	return cpu < 0 ? NULL : json_number((uint64_t)cpu);
}

static struct json_object *get_kthread(const void *blocker)
{
	return klp_blocker_has_who(blocker) ?
		       json_flag(klp_blocker_kthread(blocker)) :
		       NULL;
}

static struct json_object *get_reason(const void *blocker)
{
	return json_bytes(klp_blocker_reason_name(klp_blocker_reason(blocker)));
}

static struct json_object *get_func(const void *blocker)
{
	const char *func = klp_blocker_func(blocker);

	return func ? json_bytes(func) : NULL;
}

static struct json_object *get_stack_reason(const void *blocker)
{
	enum klp_stack_reason reason = klp_blocker_stack_reason(blocker);

	return reason == KLP_STACK_RELIABLE ?
		       NULL :
		       json_bytes(klp_stack_reason_name(reason));
}

static struct json_object *get_where(const void *blocker)
{
	const char *where = klp_blocker_where(blocker);

	return where ? json_bytes(where) : NULL;
}

static struct json_object *get_attempts(const void *blocker)
{
	return json_number(klp_blocker_attempts(blocker));
}

static struct json_object *get_first_seen_us(const void *blocker)
{
	return json_us(klp_blocker_first_seen(blocker));
}

static struct json_object *get_last_seen_us(const void *blocker)
{
	return json_us(klp_blocker_last_seen(blocker));
}

/* Absent unless it was asked for and the reader may have it. */
static struct json_object *get_stack(const void *blocker)
{
	size_t count = klp_blocker_frame_count(blocker);
	struct json_object *frames;
	size_t i;

	if (count == 0)
		return NULL;
	frames = json_new_array();
	for (i = 0; i < count; i++) {
		const char *symbol = klp_blocker_frame_symbol(blocker, i);
		struct json_object *frame = json_new_object();

		if (symbol)
			json_add(frame, "symbol", json_bytes(symbol));
		json_add(frame, "addr",
			 json_address(klp_blocker_frame_addr(blocker, i)));
		json_add(frame, "reliable",
			 json_flag(klp_blocker_frame_reliable(blocker, i)));
		json_append(frames, frame);
	}
	return frames;
}

const struct field blocker_fields[] = {
	{ "patch", NULL, get_patch },
	{ "tid", "TID", get_tid },
	{ "pid", "PID", get_pid },
	{ "comm", "COMM", get_comm },
	{ "not_shown", NULL, get_not_shown },
	{ "cpu", "CPU", get_cpu },
	{ "kthread", "KTHREAD", get_kthread },
	{ "reason", "REASON", get_reason },
	{ "func", "FUNCTION", get_func },
	{ "stack_reason", "STACK", get_stack_reason },
	{ "where", "WHERE", get_where },
	{ "attempts", "ATTEMPTS", get_attempts },
	{ "first_seen_us", NULL, get_first_seen_us },
	{ "last_seen_us", NULL, get_last_seen_us },
	{ "stack", NULL, get_stack },
	{ NULL, NULL, NULL },
};

char *blocker_to_text(const struct klp_blocker *blocker)
{
	const enum klp_stack_reason stack = klp_blocker_stack_reason(blocker);
	const char *func = klp_blocker_func(blocker);
	char *task = task_to_text(task_of_blocker(blocker));
	char *text = NULL;

	if (asprintf(&text, "%s (%s%s%s)", task,
		     klp_blocker_reason_name(klp_blocker_reason(blocker)),
		     func || stack != KLP_STACK_RELIABLE ? " " : "",
		     func ? func :
		     stack != KLP_STACK_RELIABLE ?
			    klp_stack_reason_name(stack) :
			    "") < 0)
		out_of_memory();
	free(task);
	return text;
}

/* As many of those who hold it up are named where the waiting ends. */
#define MOST_NAMED 3

char *name_blockers(const struct app *app, uint32_t remaining,
		    struct json_object *details)
{
	struct json_object *rows = json_new_array();
	struct klp_blocker_list *list = NULL;
	size_t count = 0;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		out_of_memory();
	if (klp_blocker_list_get(app->ctx, 0, &list) == 0)
		count = klp_blocker_list_count(list);
	for (size_t i = 0; i < count && i < MOST_NAMED; i++) {
		const struct klp_blocker *blocker =
			klp_blocker_list_at(list, i);
		char *words = blocker_to_text(blocker);

		fprintf(out, "%s%s", i ? ", " : ": held up by ", words);
		json_append(rows, json_from_fields(blocker_fields, blocker));
		free(words);
	}
	if (count && remaining > MOST_NAMED)
		fputs(" and others", out);
	klp_blocker_list_free(list);
	json_add(details, "blockers", rows);
	if (fclose(out) != 0 || !text)
		out_of_memory();
	return text;
}

static void print_frames(const struct app *app,
			 const struct klp_blocker *blocker)
{
	bool reliable = true;
	size_t i;

	for (i = 0; i < klp_blocker_frame_count(blocker); i++) {
		const char *symbol = klp_blocker_frame_symbol(blocker, i);

		if (reliable && !klp_blocker_frame_reliable(blocker, i)) {
			print_text(app, "  %s", unreliable_begins);
			reliable = false;
		}
		print_text(app, "  0x%08" PRIx64 " %s",
			   klp_blocker_frame_addr(blocker, i),
			   symbol ? symbol : "-");
	}
}

static void print_stacks(const struct app *app,
			 const struct klp_blocker_list *list)
{
	size_t i;

	for (i = 0; i < klp_blocker_list_count(list); i++) {
		const struct klp_blocker *blocker =
			klp_blocker_list_at(list, i);
		size_t count = klp_blocker_frame_count(blocker);
		char *task;

		if (!klp_blocker_has_who(blocker))
			continue;
		task = task_to_text(task_of_blocker(blocker));
		print_text(app, "stack of %s:%s", task,
			   count ? "" : " not known");
		free(task);
		print_frames(app, blocker);
	}
}

static void print_blocking(const struct app *app, struct json_object *rows,
			   const struct klp_transition *transition,
			   const struct klp_blocker_list *list)
{
	print_transition_line(app, transition);
	if (!transition)
		return;
	print_table(app, blocker_fields, rows, "", true);
	print_not_shown(app, rows);
	if (klp_transition_blockers_dropped(transition))
		print_text(app, "%" PRIu32 " more were not remembered",
			   klp_transition_blockers_dropped(transition));
	if (app->given & OPTION_STACK)
		print_stacks(app, list);
}

enum status do_blocking(struct app *app, char **arguments)
{
	unsigned int flags =
		app->given & OPTION_STACK ? KLP_BLOCKER_WANT_STACK : 0;
	struct klp_transition *transition;
	struct klp_blocker_list *list;
	struct json_object *result;
	struct json_object *rows;
	size_t i;
	int err;

	(void)arguments;
	err = klp_transition_get(app->ctx, &transition);
	if (err)
		return fail_klp(app, err);
	err = klp_blocker_list_get(app->ctx, flags, &list);
	if (err) {
		klp_transition_free(transition);
		return fail_klp(app, err);
	}
	rows = json_new_array();
	for (i = 0; i < klp_blocker_list_count(list); i++)
		json_append(rows,
			    json_from_fields(blocker_fields,
					     klp_blocker_list_at(list, i)));
	if (app->json) {
		result = json_result("klpctl-blocking/1");
		json_add(result, "transition", transition_to_json(transition));
		json_add(result, "blockers", rows);
		print_json(app, result);
	} else {
		print_blocking(app, rows, transition, list);
		json_object_put(rows);
	}
	klp_blocker_list_free(list);
	klp_transition_free(transition);
	return STATUS_OK;
}
