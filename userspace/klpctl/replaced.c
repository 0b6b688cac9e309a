// SPDX-License-Identifier: GPL-2.0
/*
 * replaced.c - klpctl unload --replaced: remove what another patch replaced
 */
#include <errno.h>
#include <string.h>

#include "clock.h"
#include "leftover.h"
#include "module.h"

static bool is_due(const struct leftover *leftover)
{
	return leftover->state == LEFTOVER_REPLACED && !leftover->removed;
}

/* Tries once; returns how many are left, and the last error. */
static size_t remove_all(const struct app *app, struct leftovers *leftovers,
			 int *last)
{
	size_t left = 0;
	size_t i;

	for (i = 0; i < leftovers->count; i++) {
		struct leftover *leftover = &leftovers->module[i];
		int err;

		if (!is_due(leftover))
			continue;
		err = module_remove(app, leftover->name);
		/* Somebody else may have been faster. */
		leftover->removed = !err || err == -ENOENT;
		if (leftover->removed)
			continue;
		*last = err;
		left++;
	}
	return left;
}

/* The names of those that were removed, or of those that were not. */
static struct json_object *name_them(const struct leftovers *leftovers,
				     bool removed)
{
	struct json_object *names = json_new_array();
	size_t i;

	for (i = 0; i < leftovers->count; i++) {
		const struct leftover *leftover = &leftovers->module[i];

		if (leftover->state == LEFTOVER_REPLACED &&
		    leftover->removed == removed)
			json_append(names, json_bytes(leftover->name));
	}
	return names;
}

static void print_them(const struct app *app, const struct leftovers *leftovers,
		       int err)
{
	size_t i;

	for (i = 0; i < leftovers->count; i++) {
		const struct leftover *leftover = &leftovers->module[i];

		if (leftover->state != LEFTOVER_REPLACED)
			continue;
		if (leftover->removed)
			print_text(app, "%s: unloaded", leftover->name);
		else if (err == -EPERM || err == -EACCES)
			print_text(app,
				   "%s: replaced, and not unloaded: removing"
				   " modules needs CAP_SYS_MODULE",
				   leftover->name);
		else
			print_text(app,
				   "%s: replaced, and still in use: what a"
				   " forced transition has replaced stays until"
				   " the next boot",
				   leftover->name);
	}
}

enum status unload_replaced(const struct app *app, struct json_object *result)
{
	struct leftovers leftovers;
	enum status status;
	size_t left;
	int tries;
	int err = 0;

	status = leftovers_read(app, &leftovers);
	if (status != STATUS_OK) {
		leftovers_release(&leftovers);
		return status;
	}
	left = remove_all(app, &leftovers, &err);
	for (tries = 0; left && (err == -EAGAIN || err == -EBUSY) &&
			tries < UNLOAD_RETRIES;
	     tries++) {
		pause_ms(UNLOAD_INTERVAL_MS);
		left = remove_all(app, &leftovers, &err);
	}
	if (result) {
		json_add(result, "unloaded", name_them(&leftovers, true));
		json_add(result, "kept", name_them(&leftovers, false));
	} else {
		print_them(app, &leftovers, err);
	}
	leftovers_release(&leftovers);
	if (!left)
		return STATUS_OK;
	return err == -EPERM || err == -EACCES ? STATUS_NOT_PERMITTED :
						 STATUS_FAILURE;
}
