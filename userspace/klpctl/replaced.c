// SPDX-License-Identifier: GPL-2.0
/*
 * replaced.c - klpctl unload --replaced: remove what another patch replaced
 */
#include <errno.h>
#include <string.h>

#include "bound.h"
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
		/* When the time is up, no other one is begun: -ETIME. */
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

void print_replaced(const struct app *app, struct json_object *result,
		    enum status status)
{
	struct json_object *unloaded =
		json_object_object_get(result, "unloaded");
	struct json_object *kept = json_object_object_get(result, "kept");
	size_t i;

	for (i = 0; unloaded && i < json_object_array_length(unloaded); i++)
		print_text(app, "%s: unloaded",
			   json_object_get_string(
				   json_object_array_get_idx(unloaded, i)));
	for (i = 0; kept && i < json_object_array_length(kept); i++) {
		const char *name = json_object_get_string(
			json_object_array_get_idx(kept, i));

		if (status == STATUS_NOT_PERMITTED)
			print_text(app,
				   "%s: replaced, and not unloaded: removing"
				   " modules needs CAP_SYS_MODULE",
				   name);
		else if (status == STATUS_BLOCKED)
			print_text(app,
				   "%s: replaced, and not unloaded within %u s",
				   name, app->timeout_s);
		else
			print_text(app,
				   "%s: replaced, and still in use: what a"
				   " forced transition has replaced stays until"
				   " the next boot",
				   name);
	}
}

static bool is_in_use(int err)
{
	/* EAGAIN is EWOULDBLOCK: the module is referenced. */
	return err == -EAGAIN || err == -EBUSY;
}

static enum status status_of(int err)
{
	switch (err) {
	case -ETIME:
	case -ETIMEDOUT:
		return STATUS_BLOCKED;
	case -EPERM:
	case -EACCES:
		return STATUS_NOT_PERMITTED;
	default:
		return STATUS_FAILURE;
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
	for (tries = 0; left && is_in_use(err) && tries < UNLOAD_RETRIES;
	     tries++) {
		if (bound_pause(app, UNLOAD_INTERVAL_MS))
			left = remove_all(app, &leftovers, &err);
		else
			err = -ETIME;
	}
	json_add(result, "unloaded", name_them(&leftovers, true));
	json_add(result, "kept", name_them(&leftovers, false));
	leftovers_release(&leftovers);
	return left ? status_of(err) : STATUS_OK;
}
