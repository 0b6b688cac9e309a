// SPDX-License-Identifier: GPL-2.0
/*
 * task.c - a task, as far as the kernel tells who it is
 *
 * What is not told is not 0 and not empty: it is said to be missing.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "task.h"

#define NO_WHO "task not shown: needs CAP_SYS_ADMIN"
#define NO_PID "numbers not shown: the task has none in this PID namespace"

struct task task_of_blocker(const struct klp_blocker *blocker)
{
	return (struct task){
		.has_who = klp_blocker_has_who(blocker),
		.has_pid = klp_blocker_has_pid(blocker),
		.tid = klp_blocker_tid(blocker),
		.comm = klp_blocker_comm(blocker),
	};
}

struct task task_of_actor(const struct klp_actor *actor)
{
	return (struct task){
		.has_who = klp_actor_has_who(actor),
		.has_pid = klp_actor_has_pid(actor),
		.tid = klp_actor_pid(actor),
		.comm = klp_actor_comm(actor),
	};
}

struct task task_of_failure(const struct klp_failure *failure)
{
	return (struct task){
		.has_who = klp_failure_has_who(failure),
		.has_pid = klp_failure_has_pid(failure),
		.tid = klp_failure_tid(failure),
		.comm = klp_failure_comm(failure),
	};
}

char *task_to_text(struct task task)
{
	char *text = NULL;
	int len;

	if (!task.has_who)
		len = asprintf(&text, NO_WHO);
	else if (!task.has_pid)
		len = asprintf(&text, "'%s'", task.comm);
	else
		len = asprintf(&text, "%" PRIu32 " '%s'", task.tid, task.comm);
	if (len < 0)
		out_of_memory();
	return text;
}

struct json_object *task_not_shown(struct task task)
{
	if (!task.has_who)
		return json_bytes(NO_WHO);
	return task.has_pid ? NULL : json_bytes(NO_PID);
}

static bool says(struct json_object *row, const char *text)
{
	struct json_object *value;

	return json_object_object_get_ex(row, "not_shown", &value) &&
	       strcmp(json_object_get_string(value), text) == 0;
}

void print_not_shown(const struct app *app, struct json_object *rows)
{
	static const char *const texts[] = { NO_WHO, NO_PID };
	size_t count = json_object_array_length(rows);
	size_t i;
	size_t row;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		for (row = 0; row < count; row++)
			if (says(json_object_array_get_idx(rows, row),
				 texts[i]))
				break;
		if (row < count)
			print_text(app, "%s", texts[i]);
	}
}
