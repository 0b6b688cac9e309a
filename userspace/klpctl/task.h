/* SPDX-License-Identifier: GPL-2.0 */
/*
 * task.h - a task, as far as the kernel tells who it is
 */
#ifndef KLPCTL_TASK_H
#define KLPCTL_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "output.h"

/* What the kernel tells of who a task is. */
struct task {
	bool has_who; /* comm is known */
	bool has_pid; /* tid is known */
	uint32_t tid;
	const char *comm;
};

struct task task_of_blocker(const struct klp_blocker *blocker);
struct task task_of_actor(const struct klp_actor *actor);
struct task task_of_failure(const struct klp_failure *failure);

/* "82 'cat'", or that it is not shown, and why; newly allocated. */
char *task_to_text(struct task task);

/* A string that says what is not shown of it, and why; NULL if nothing. */
struct json_object *task_not_shown(struct task task);

/* A line for each thing that rows of a table do not show, and why. */
void print_not_shown(const struct app *app, struct json_object *rows);

#endif /* KLPCTL_TASK_H */
