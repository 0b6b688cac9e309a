// SPDX-License-Identifier: GPL-2.0
/*
 * history.c - klpctl history: the transitions that are over
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "nouns.h"
#include "task.h"

static struct json_object *get_id(const void *history)
{
	return json_number(klp_history_id(history));
}

static struct json_object *get_date(const void *history)
{
	return json_date(klp_history_started_real(history));
}

static struct json_object *get_patch(const void *history)
{
	return json_bytes(klp_history_patch(history));
}

static struct json_object *get_patch_id(const void *history)
{
	return json_number(klp_history_patch_id(history));
}

static struct json_object *get_direction(const void *history)
{
	return json_bytes(klp_direction_name(klp_history_direction(history)));
}

static struct json_object *get_result(const void *history)
{
	return json_bytes(klp_result_name(klp_history_result(history)));
}

static struct json_object *get_started_us(const void *history)
{
	return json_us(klp_history_started(history));
}

static struct json_object *get_started_real_us(const void *history)
{
	return json_us(klp_history_started_real(history));
}

static struct json_object *get_duration_ms(const void *history)
{
	return json_number(klp_history_duration_ms(history));
}

static struct json_object *get_attempts(const void *history)
{
	return json_number(klp_history_attempts(history));
}

static struct json_object *get_signals(const void *history)
{
	return json_number(klp_history_signals(history));
}

static struct json_object *get_worst(const void *history)
{
	const struct klp_blocker *worst = klp_history_worst(history);

	return worst ? json_from_fields(blocker_fields, worst) : NULL;
}

static const struct field history_fields[] = {
	{ "id", "ID", get_id },
	{ "date", "STARTED", get_date },
	{ "patch", "PATCH", get_patch },
	{ "patch_id", NULL, get_patch_id },
	{ "direction", "DIRECTION", get_direction },
	{ "result", "RESULT", get_result },
	{ "started_us", NULL, get_started_us },
	{ "started_real_us", NULL, get_started_real_us },
	{ "duration_ms", "TOOK", get_duration_ms },
	{ "attempts", "ATTEMPTS", get_attempts },
	{ "signals", "SIGNALS", get_signals },
	{ "worst", NULL, get_worst },
	{ NULL, NULL, NULL },
};

static void print_worst(const struct app *app,
			const struct klp_history_list *list)
{
	size_t i;

	for (i = 0; i < klp_history_list_count(list); i++) {
		const struct klp_history *history =
			klp_history_list_at(list, i);
		const struct klp_blocker *worst = klp_history_worst(history);
		const char *func = worst ? klp_blocker_func(worst) : NULL;
		char *task;

		if (!worst)
			continue;
		task = task_to_text(task_of_blocker(worst));
		print_text(app,
			   "worst of %" PRIu64 ": %s, %s%s%s,"
			   " asked %" PRIu32 " time%s",
			   klp_history_id(history), task,
			   klp_blocker_reason_name(klp_blocker_reason(worst)),
			   func ? " " : "", func ? func : "",
			   klp_blocker_attempts(worst),
			   klp_blocker_attempts(worst) == 1 ? "" : "s");
		free(task);
	}
}

enum status do_history(struct app *app, char **arguments)
{
	struct klp_history_list *list;
	struct json_object *result;
	struct json_object *rows;
	size_t i;
	int err;

	(void)arguments;
	err = klp_history_list_get(app->ctx, 0, &list);
	if (err)
		return fail_klp(app, err);
	rows = json_new_array();
	for (i = 0; i < klp_history_list_count(list); i++)
		json_append(rows,
			    json_from_fields(history_fields,
					     klp_history_list_at(list, i)));
	if (app->json) {
		result = json_result("klpctl-history/1");
		json_add(result, "transitions", rows);
		print_json(app, result);
	} else {
		print_table(app, history_fields, rows, "", true);
		print_worst(app, list);
		json_object_put(rows);
	}
	klp_history_list_free(list);
	return STATUS_OK;
}
