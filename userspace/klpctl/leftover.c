// SPDX-License-Identifier: GPL-2.0
/*
 * leftover.c - livepatch modules that are loaded and whose patch is not in use
 *
 * The kernel forgets a patch that was disabled or replaced, and keeps its
 * module. Which modules are livepatches is told by their taint flag, and what
 * became of one by the last transition of its patch: a patch that was enabled,
 * was not disabled, and is gone was replaced. The kernel remembers a few
 * transitions only. Nothing else tells a patch that was replaced from one that was
 * disabled, so of one whose transitions are forgotten it is not known.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leftover.h"
#include "lines.h"
#include "module.h"

/* The flag of TAINT_LIVEPATCH (Documentation/admin-guide/tainted-kernels.rst). */
#define LIVEPATCH_FLAG 'K'

static const char *state_name(enum leftover_state state)
{
	static const char *const names[] = {
		[LEFTOVER_LOADED] = "loaded",
		[LEFTOVER_DISABLED] = "disabled",
		[LEFTOVER_REPLACED] = "replaced",
		[LEFTOVER_UNKNOWN] = "unknown",
	};

	return names[state];
}

static struct json_object *get_name(const void *leftover)
{
	return json_bytes(((const struct leftover *)leftover)->name);
}

static struct json_object *get_state(const void *leftover)
{
	return json_bytes(
		state_name(((const struct leftover *)leftover)->state));
}

static struct json_object *get_references(const void *leftover)
{
	return json_number(((const struct leftover *)leftover)->references);
}

const struct field leftover_fields[] = {
	{ "name", "MODULE", get_name },
	{ "state", "STATE", get_state },
	{ "references", "REFERENCES", get_references },
	{ NULL, NULL, NULL },
};

static bool is_in_use(const struct klp_patch_list *list, const char *name)
{
	size_t i;

	for (i = 0; i < klp_patch_list_count(list); i++) {
		if (strcmp(klp_patch_name(klp_patch_list_at(list, i)), name) ==
		    0)
			return true;
	}
	return false;
}

static void add(struct leftovers *leftovers, const char *name,
		uint64_t references)
{
	struct leftover *leftover;

	leftovers->module = reallocarray(leftovers->module,
					 leftovers->count + 1,
					 sizeof(*leftovers->module));
	if (!leftovers->module)
		out_of_memory();
	leftover = &leftovers->module[leftovers->count++];
	*leftover = (struct leftover){ .references = references };
	leftover->name = strdup(name);
	if (!leftover->name)
		out_of_memory();
}

/*
 * "name size references users state address (flags)". One that is not live is on
 * its way in, to enable its patch, or on its way out.
 */
static void read_line(struct leftovers *leftovers, char *line)
{
	const char *flags = strrchr(line, '(');
	char *save = NULL;
	const char *name;
	const char *references;
	const char *state;

	if (!flags || !strchr(flags, LIVEPATCH_FLAG))
		return;
	name = strtok_r(line, " ", &save);
	strtok_r(NULL, " ", &save);
	references = strtok_r(NULL, " ", &save);
	strtok_r(NULL, " ", &save);
	state = strtok_r(NULL, " ", &save);
	if (state && strcmp(state, "Live") == 0)
		add(leftovers, name, strtoull(references, NULL, 10));
}

static enum status read_modules(const struct app *app,
				struct leftovers *leftovers)
{
	FILE *in = open_text(PROC_MODULES);
	char *line = NULL;
	size_t size = 0;

	if (!in)
		return fail(app, ERROR_FAILURE,
			    "cannot tell which modules are loaded: %s: %s",
			    PROC_MODULES, strerror(errno));
	while (read_line_of(in, &line, &size))
		read_line(leftovers, line);
	fclose(in);
	free(line);
	return STATUS_OK;
}

/* Without those whose patches are in use. */
static void keep_unused(struct leftovers *leftovers,
			const struct klp_patch_list *list)
{
	const size_t all = leftovers->count;
	size_t i;

	leftovers->count = 0;
	for (i = 0; i < all; i++) {
		if (is_in_use(list, leftovers->module[i].name))
			free(leftovers->module[i].name);
		else
			leftovers->module[leftovers->count++] =
				leftovers->module[i];
	}
}

/* Ids rise by one, from 1 on. */
static bool is_whole(const struct klp_history_list *list)
{
	size_t i;

	for (i = 0; i < klp_history_list_count(list); i++) {
		if (klp_history_id(klp_history_list_at(list, i)) != i + 1)
			return false;
	}
	return true;
}

/* What its last transition made of a patch that is gone. */
static enum leftover_state state_after(const struct klp_history_list *list,
				       const char *name)
{
	const struct klp_history *last = NULL;
	size_t i;

	for (i = 0; i < klp_history_list_count(list); i++) {
		const struct klp_history *history =
			klp_history_list_at(list, i);

		if (strcmp(klp_history_patch(history), name) == 0 &&
		    (!last || klp_history_id(history) > klp_history_id(last)))
			last = history;
	}
	if (!last)
		return is_whole(list) ? LEFTOVER_LOADED : LEFTOVER_UNKNOWN;
	return klp_history_direction(last) == KLP_DIRECTION_PATCHING ?
		       LEFTOVER_REPLACED :
		       LEFTOVER_DISABLED;
}

enum status leftovers_read(const struct app *app, struct leftovers *leftovers)
{
	struct klp_history_list *history;
	struct klp_patch_list *list;
	enum status status;
	size_t i;
	int err;

	memset(leftovers, 0, sizeof(*leftovers));
	/*
	 * In this order: a module is live once its patch is in the list, and a
	 * patch is out of the list once its transition is in the history.
	 */
	status = read_modules(app, leftovers);
	if (status != STATUS_OK)
		return status;
	err = klp_patch_list_get(app->ctx, NULL, &list);
	if (err)
		return fail_klp(app, err);
	keep_unused(leftovers, list);
	klp_patch_list_free(list);
	if (!leftovers->count)
		return STATUS_OK;
	err = klp_history_list_get(app->ctx, 0, &history);
	if (err)
		return fail_klp(app, err);
	for (i = 0; i < leftovers->count; i++)
		leftovers->module[i].state =
			state_after(history, leftovers->module[i].name);
	klp_history_list_free(history);
	return STATUS_OK;
}

void leftovers_release(struct leftovers *leftovers)
{
	size_t i;

	for (i = 0; i < leftovers->count; i++)
		free(leftovers->module[i].name);
	free(leftovers->module);
	leftovers->module = NULL;
	leftovers->count = 0;
}
