// SPDX-License-Identifier: GPL-2.0
/*
 * failure.c - the noun "failure": its fields, and klpctl failures
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "nouns.h"
#include "task.h"

static struct json_object *get_id(const void *failure)
{
	return json_number(klp_failure_id(failure));
}

static struct json_object *get_date(const void *failure)
{
	return json_date(klp_failure_time_real(failure));
}

static struct json_object *get_time_us(const void *failure)
{
	return json_us(klp_failure_time(failure));
}

static struct json_object *get_time_real_us(const void *failure)
{
	return json_us(klp_failure_time_real(failure));
}

static struct json_object *get_patch(const void *failure)
{
	const char *patch = klp_failure_patch(failure);

	return patch && *patch ? json_bytes(patch) : NULL;
}

static struct json_object *get_tid(const void *failure)
{
	return klp_failure_has_pid(failure) ?
		       json_number(klp_failure_tid(failure)) :
		       NULL;
}

static struct json_object *get_pid(const void *failure)
{
	return klp_failure_has_pid(failure) ?
		       json_number(klp_failure_pid(failure)) :
		       NULL;
}

static struct json_object *get_comm(const void *failure)
{
	return klp_failure_has_who(failure) ?
		       json_bytes(klp_failure_comm(failure)) :
		       NULL;
}

static struct json_object *get_not_shown(const void *failure)
{
	return task_not_shown(task_of_failure(failure));
}

static struct json_object *get_reason(const void *failure)
{
	return json_bytes(klp_blocker_reason_name(klp_failure_reason(failure)));
}

static struct json_object *get_func(const void *failure)
{
	const char *func = klp_failure_func(failure);

	return func ? json_bytes(func) : NULL;
}

static struct json_object *get_stack_reason(const void *failure)
{
	enum klp_stack_reason reason = klp_failure_stack_reason(failure);

	return reason == KLP_STACK_RELIABLE ?
		       NULL :
		       json_bytes(klp_stack_reason_name(reason));
}

static struct json_object *get_where(const void *failure)
{
	const char *where = klp_failure_where(failure);

	return where ? json_bytes(where) : NULL;
}

const struct field failure_fields[] = {
	{ "id", "ID", get_id },
	{ "date", "DATE", get_date },
	{ "time_us", NULL, get_time_us },
	{ "time_real_us", NULL, get_time_real_us },
	{ "patch", "PATCH", get_patch },
	{ "tid", "TID", get_tid },
	{ "pid", "PID", get_pid },
	{ "comm", "COMM", get_comm },
	{ "not_shown", NULL, get_not_shown },
	{ "reason", "REASON", get_reason },
	{ "func", "FUNCTION", get_func },
	{ "stack_reason", "STACK", get_stack_reason },
	{ "where", "WHERE", get_where },
	{ NULL, NULL, NULL },
};

char *failure_to_text(const struct klp_failure *failure)
{
	enum klp_stack_reason reason = klp_failure_stack_reason(failure);
	const char *where = klp_failure_where(failure);
	const char *func = klp_failure_func(failure);
	char *task = task_to_text(task_of_failure(failure));
	char *text = NULL;

	if (asprintf(&text, "%s, %s%s%s%s%s%s%s", task,
		     klp_blocker_reason_name(klp_failure_reason(failure)),
		     func ? " " : "", func ? func : "",
		     reason == KLP_STACK_RELIABLE ? "" : ", ",
		     reason == KLP_STACK_RELIABLE ?
			     "" :
			     klp_stack_reason_name(reason),
		     where ? " at " : "", where ? where : "") < 0)
		out_of_memory();
	free(task);
	return text;
}

void print_failure_line(const struct app *app,
			const struct klp_failure *failure)
{
	struct json_object *record;
	char date[DATE_SIZE];
	char *text;

	if (app->json) {
		record = json_result("klpctl-failure/1");
		json_add(record, "failure",
			 json_from_fields(failure_fields, failure));
		print_json(app, record);
		return;
	}
	text = failure_to_text(failure);
	date_text(klp_failure_time_real(failure), date);
	print_text(app, "%s %" PRIu64 " %s", date, klp_failure_id(failure),
		   text);
	free(text);
}

/* Prints and frees the rows. */
static void print_failures(const struct app *app, struct json_object *rows)
{
	struct json_object *result;

	if (!app->json) {
		print_table(app, failure_fields, rows, "", true);
		print_not_shown(app, rows);
		json_object_put(rows);
		return;
	}
	result = json_result("klpctl-failures/1");
	json_add(result, "cleared", json_flag(app->given & OPTION_CLEAR));
	json_add(result, "failures", rows);
	print_json(app, result);
}

/*
 * With nothing to forget, may it be asked for? The kernel forgets up to a number
 * or all, and either may be one that nobody has seen yet. So what only the same
 * users may have is asked for, of a function whose name is too long: the kernel
 * looks at who asks first, and at the name before it waits for anything.
 */
static enum status may_clear(const struct app *app)
{
	char name[LONGEST_FUNC_NAME + 2];
	struct klp_verdict_list *none = NULL;
	int err;

	memset(name, '-', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	err = klp_verdict_list_get(app->ctx, "vmlinux", name, 0, &none);
	klp_verdict_list_free(none);
	if (err == -EPERM || err == -EACCES)
		return fail(app, ERROR_NOT_PERMITTED,
			    "failure-clear: not permitted without"
			    " CAP_SYS_ADMIN");
	return STATUS_OK;
}

/*
 * Forgets those that have been shown: what did not reach its reader, and what
 * came later, stays for the next one.
 */
static enum status clear(const struct app *app,
			 const struct klp_failure_list *list)
{
	size_t count = klp_failure_list_count(list);
	int err;

	if (!(app->given & OPTION_CLEAR) || count == 0)
		return STATUS_OK;
	if (flush_output())
		return STATUS_FAILURE;
	err = klp_failure_clear(
		app->ctx, klp_failure_id(klp_failure_list_at(list, count - 1)));
	return err ? fail_klp(app, err) : STATUS_OK;
}

enum status do_failures(struct app *app, char **arguments)
{
	struct klp_failure_list *list;
	struct json_object *rows;
	enum status status = STATUS_OK;
	size_t i;
	int err;

	(void)arguments;
	if ((app->given & OPTION_FOLLOW) && (app->given & OPTION_CLEAR))
		return fail(app, ERROR_USAGE,
			    "--clear does not go with --follow");
	if (app->given & OPTION_FOLLOW)
		return follow_failures(app);
	err = klp_failure_list_get(app->ctx, 0, &list);
	if (err)
		return fail_klp(app, err);
	if ((app->given & OPTION_CLEAR) && klp_failure_list_count(list) == 0)
		status = may_clear(app);
	if (status != STATUS_OK) {
		klp_failure_list_free(list);
		return status;
	}
	rows = json_new_array();
	for (i = 0; i < klp_failure_list_count(list); i++)
		json_append(rows,
			    json_from_fields(failure_fields,
					     klp_failure_list_at(list, i)));
	print_failures(app, rows);
	status = clear(app, list);
	klp_failure_list_free(list);
	return status;
}
