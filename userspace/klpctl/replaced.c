// SPDX-License-Identifier: GPL-2.0
/*
 * replaced.c - klpctl unload --replaced: remove what another patch replaced
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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

/* The names of those in a state that were removed, or that were not. */
static struct json_object *name_them(const struct leftovers *leftovers,
				     enum leftover_state state, bool removed)
{
	struct json_object *names = json_new_array();
	size_t i;

	for (i = 0; i < leftovers->count; i++) {
		const struct leftover *leftover = &leftovers->module[i];

		if (leftover->state == state && leftover->removed == removed)
			json_append(names, json_bytes(leftover->name));
	}
	return names;
}

__attribute__((format(printf, 4, 5))) static void
print_each(const struct app *app, struct json_object *result, const char *list,
	   const char *fmt, ...)
{
	struct json_object *names = json_object_object_get(result, list);
	char *text = NULL;
	va_list args;
	size_t i;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		out_of_memory();
	va_end(args);
	for (i = 0; names && i < json_object_array_length(names); i++)
		print_text(app, "%s: %s",
			   json_object_get_string(
				   json_object_array_get_idx(names, i)),
			   text);
	free(text);
}

static bool has_none(struct json_object *result, const char *list)
{
	struct json_object *names = json_object_object_get(result, list);

	return names && json_object_array_length(names) == 0;
}

void print_replaced(const struct app *app, struct json_object *result)
{
	const char *why =
		json_object_get_string(json_object_object_get(result, "why"));

	if (has_none(result, "unloaded") && has_none(result, "kept") &&
	    has_none(result, "unknown"))
		print_text(app, "no module of a replaced patch is loaded");
	print_each(app, result, "unloaded", "unloaded");
	print_each(app, result, "kept", "replaced, and %s", why ? why : "kept");
	print_each(app, result, "unknown",
		   "not in use; the kernel does not remember whether it was"
		   " replaced or disabled: 'klpctl unload' removes it");
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

/* Why the last one that was tried was not removed. */
static struct json_object *why_kept(const struct app *app, int err)
{
	struct json_object *why;
	char *text = NULL;
	int len;

	if (is_in_use(err))
		return json_bytes("still in use: what a forced transition has"
				  " replaced stays until the next boot");
	if (status_of(err) == STATUS_BLOCKED)
		len = asprintf(&text, "not unloaded within %u s",
			       app->timeout_s);
	else if (status_of(err) == STATUS_NOT_PERMITTED)
		len = asprintf(&text, "not unloaded: removing modules needs"
				      " CAP_SYS_MODULE");
	else
		len = asprintf(&text, "%s%s",
			       bound_is_lost(err) ? "" : "not unloaded: ",
			       bound_error(err));
	if (len < 0)
		out_of_memory();
	why = json_bytes(text);
	free(text);
	return why;
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
	json_add(result, "unloaded",
		 name_them(&leftovers, LEFTOVER_REPLACED, true));
	json_add(result, "kept",
		 name_them(&leftovers, LEFTOVER_REPLACED, false));
	if (left)
		json_add(result, "why", why_kept(app, err));
	json_add(result, "unknown",
		 name_them(&leftovers, LEFTOVER_UNKNOWN, false));
	leftovers_release(&leftovers);
	return left ? status_of(err) : STATUS_OK;
}
