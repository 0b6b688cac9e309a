// SPDX-License-Identifier: GPL-2.0
/*
 * patch.c - the noun "patch": its fields, and klpctl patch list, show
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build_id.h"
#include "clock.h"
#include "fix.h"
#include "leftover.h"
#include "module.h"
#include "nouns.h"
#include "refusal.h"
#include "task.h"

/* When something was done and, for readers who may know, by whom. */
static struct json_object *actor_to_json(const struct klp_actor *actor)
{
	struct json_object *not_shown;
	struct json_object *result;

	if (!actor)
		return NULL;
	result = json_new_object();
	json_add(result, "date", json_date(klp_actor_time_real(actor)));
	json_add(result, "time_us", json_us(klp_actor_time(actor)));
	json_add(result, "time_real_us", json_us(klp_actor_time_real(actor)));
	if (klp_actor_has_pid(actor))
		json_add(result, "pid", json_number(klp_actor_pid(actor)));
	if (klp_actor_has_who(actor)) {
		json_add(result, "uid", json_number(klp_actor_uid(actor)));
		json_add(result, "comm", json_bytes(klp_actor_comm(actor)));
	}
	not_shown = task_not_shown(task_of_actor(actor));
	if (not_shown)
		json_add(result, "not_shown", not_shown);
	return result;
}

static struct json_object *get_name(const void *patch)
{
	return json_bytes(klp_patch_name(patch));
}

static struct json_object *get_id(const void *patch)
{
	return json_number(klp_patch_id(patch));
}

static struct json_object *get_state(const void *patch)
{
	return json_bytes(klp_patch_state_name(klp_patch_state(patch)));
}

static struct json_object *get_replace(const void *patch)
{
	return json_flag(klp_patch_replace(patch));
}

static struct json_object *get_forced(const void *patch)
{
	return json_flag(klp_patch_forced(patch));
}

static struct json_object *get_object_count(const void *patch)
{
	return json_number(klp_patch_object_count(patch));
}

static struct json_object *get_func_count(const void *patch)
{
	return json_number(klp_patch_func_count(patch));
}

static struct json_object *get_version(const void *patch)
{
	const char *version = klp_patch_version(patch);

	return version ? json_bytes(version) : NULL;
}

static struct json_object *get_build_id(const void *patch)
{
	size_t len = 0;
	const uint8_t *bytes = klp_patch_build_id(patch, &len);

	return json_build_id(bytes, len);
}

static struct json_object *get_target(const void *patch)
{
	return json_bytes(klp_target_name(klp_patch_target(patch)));
}

static struct json_object *get_version_cut(const void *patch)
{
	return klp_patch_version_cut(patch) ? json_flag(true) : NULL;
}

static struct json_object *get_loaded(const void *patch)
{
	return actor_to_json(klp_patch_loaded(patch));
}

static struct json_object *get_changed(const void *patch)
{
	return actor_to_json(klp_patch_changed(patch));
}

static struct json_object *get_force(const void *patch)
{
	return actor_to_json(klp_patch_force_by(patch));
}

const struct field patch_fields[] = {
	{ "name", "PATCH", get_name },
	{ "id", NULL, get_id },
	{ "state", "STATE", get_state },
	{ "replace", "REPLACE", get_replace },
	{ "forced", "FORCED", get_forced },
	{ "object_count", "OBJECTS", get_object_count },
	{ "func_count", "FUNCS", get_func_count },
	{ "target", "TARGET", get_target },
	{ "version", NULL, get_version },
	{ "version_cut", NULL, get_version_cut },
	{ "build_id", NULL, get_build_id },
	{ "loaded", NULL, get_loaded },
	{ "changed", NULL, get_changed },
	{ "force", NULL, get_force },
	{ NULL, NULL, NULL },
};

static struct json_object *get_object_name(const void *object)
{
	return json_bytes(klp_object_name(object));
}

static struct json_object *get_object_patched(const void *object)
{
	return json_flag(klp_object_patched(object));
}

static struct json_object *get_object_loaded(const void *object)
{
	return json_flag(klp_object_loaded(object));
}

static struct json_object *get_object_left_out(const void *object)
{
	return klp_object_left_out(object) ? json_flag(true) : NULL;
}

static struct json_object *get_object_func_count(const void *object)
{
	return json_number(klp_object_func_count(object));
}

static struct json_object *get_object_unpatched_count(const void *object)
{
	const uint32_t count = klp_object_unpatched_count(object);

	return count ? json_number(count) : NULL;
}

const struct field object_fields[] = {
	{ "name", "OBJECT", get_object_name },
	{ "patched", "PATCHED", get_object_patched },
	{ "loaded", "LOADED", get_object_loaded },
	{ "left_out", NULL, get_object_left_out },
	{ "func_count", "FUNCS", get_object_func_count },
	{ "unpatched_count", NULL, get_object_unpatched_count },
	{ NULL, NULL, NULL },
};

char *module_name(char *name)
{
	char *dash;

	while ((dash = strchr(name, '-')))
		*dash = '_';
	return name;
}

/*
 * Module names come from make: a file name without slashes. Anything that
 * could leave the directory it is looked up in is no such name.
 */
bool is_module_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= LONGEST_MODULE_NAME && !strchr(name, '/') &&
	       strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

bool patch_is_mismatched(const struct klp_patch *patch)
{
	return klp_patch_target(patch) == KLP_TARGET_MISMATCHED;
}

bool patch_is_incomplete(const struct klp_patch *patch)
{
	size_t i;

	for (i = 0; i < klp_patch_objects_listed(patch); i++)
		if (klp_object_unpatched_count(klp_patch_object_at(patch, i)))
			return true;
	return false;
}

struct json_object *patch_to_json(const struct klp_patch *patch)
{
	struct json_object *row = json_from_fields(patch_fields, patch);
	struct json_object *objects = json_new_array();
	size_t i;

	for (i = 0; i < klp_patch_objects_listed(patch); i++)
		json_append(objects,
			    json_from_fields(object_fields,
					     klp_patch_object_at(patch, i)));
	json_add(row, "objects", objects);
	return row;
}

static struct json_object *patch_with_fixes(const struct klp_patch *patch,
					    const struct klp_fix_list *fixes)
{
	struct json_object *row = patch_to_json(patch);

	add_fixes(row, fixes, patch);
	return row;
}

/* The modules that are loaded and do nothing; NULL once an error was printed. */
static struct json_object *read_leftovers(const struct app *app,
					  enum status *status)
{
	struct leftovers leftovers;
	struct json_object *rows = NULL;
	size_t i;

	*status = leftovers_read(app, &leftovers);
	if (*status == STATUS_OK)
		rows = json_new_array();
	for (i = 0; rows && i < leftovers.count; i++)
		json_append(rows, json_from_fields(leftover_fields,
						   &leftovers.module[i]));
	leftovers_release(&leftovers);
	return rows;
}

enum status do_patch_list(struct app *app, char **arguments)
{
	struct json_object *result;
	struct klp_patch_list *list;
	struct klp_fix_list *fixes;
	struct json_object *modules = NULL;
	struct json_object *rows;
	enum status status;
	size_t i;
	int err;

	(void)arguments;
	if (app->given & OPTION_ALL) {
		modules = read_leftovers(app, &status);
		if (!modules)
			return status;
	}
	err = klp_patch_list_get(app->ctx, NULL, &list);
	if (!err)
		err = fixes_read(app->ctx, NULL, &fixes);
	if (err) {
		klp_patch_list_free(list);
		json_object_put(modules);
		return fail_klp(app, err);
	}
	rows = json_new_array();
	for (i = 0; i < klp_patch_list_count(list); i++)
		json_append(rows, patch_with_fixes(klp_patch_list_at(list, i),
						   fixes));
	klp_fix_list_free(fixes);
	klp_patch_list_free(list);

	if (!app->json) {
		print_table(app, patch_fields, rows, "", true);
		if (modules && json_object_array_length(modules))
			print_table(app, leftover_fields, modules, "", true);
		json_object_put(modules);
		json_object_put(rows);
		return STATUS_OK;
	}
	result = json_result("klpctl-patch-list/1");
	json_add(result, "patches", rows);
	if (modules)
		json_add(result, "modules", modules);
	print_json(app, result);
	return STATUS_OK;
}

static void print_actor(const struct app *app, const char *what,
			const struct klp_actor *actor)
{
	char date[DATE_SIZE];
	char pid[32] = "";
	char *task;

	if (!actor)
		return;
	date_text(klp_actor_time_real(actor), date);
	if (!klp_actor_has_who(actor)) {
		task = task_to_text(task_of_actor(actor));
		print_text(app, "%s: %s, %s", what, date, task);
		free(task);
		return;
	}
	if (klp_actor_has_pid(actor))
		snprintf(pid, sizeof(pid), ", pid %" PRIu32,
			 klp_actor_pid(actor));
	print_text(app, "%s: %s by '%s'%s, uid %" PRIu32, what, date,
		   klp_actor_comm(actor), pid, klp_actor_uid(actor));
}

static void print_patch(const struct app *app, const struct klp_patch *patch,
			struct json_object *row)
{
	struct json_object *build_id;

	print_text(app, "patch: %s", klp_patch_name(patch));
	print_text(app, "id: %" PRIu64, klp_patch_id(patch));
	fputs("state: ", stdout);
	print_value(app, row, "state");
	putchar('\n');
	print_text(app, "replace: %s", klp_patch_replace(patch) ? "yes" : "no");
	fputs("forced: ", stdout);
	print_value(app, row, "forced");
	putchar('\n');
	fputs("target: ", stdout);
	print_value(app, row, "target");
	putchar('\n');
	if (klp_patch_version(patch))
		print_text(app, "version: %s%s", klp_patch_version(patch),
			   klp_patch_version_cut(patch) ? "... (cut)" : "");
	if (json_object_object_get_ex(row, "build_id", &build_id))
		print_text(app, "build_id: %s",
			   json_object_get_string(build_id));
	print_fixes(app, row, "");
	print_actor(app, "loaded", klp_patch_loaded(patch));
	print_actor(app, "changed", klp_patch_changed(patch));
	print_actor(app, "force", klp_patch_force_by(patch));
	print_text(app, "functions: %" PRIu32, klp_patch_func_count(patch));
	print_table(app, object_fields, json_object_object_get(row, "objects"),
		    "  ", true);
}

/* The module goes first: one that is loaded before the kernel is asked is listed. */
int find_patch(const struct app *app, const char *name,
	       struct klp_patch_list **list, bool *coming)
{
	const bool loading = is_module_name(name) && module_is_coming(name);
	const int err = klp_patch_list_get(app->ctx, name, list);

	*coming = loading && err == -ENOENT;
	return err;
}

enum status fail_patch(const struct app *app, const char *name, int err)
{
	if (err != -ENOENT)
		return fail_klp(app, err);
	if (!is_module_name(name) || module_is_livepatch(name) != MODULE_YES)
		return fail(app, ERROR_NOT_FOUND,
			    "no patch named '%s': 'klpctl patch list' lists"
			    " them",
			    name);
	if (was_forced_out(app, name))
		return fail(app, ERROR_NOT_FOUND,
			    "no patch named '%s' is in use: it was disabled by"
			    " force, and its module stays until the next boot",
			    name);
	return fail(app, ERROR_NOT_FOUND,
		    "no patch named '%s' is in use: its module is loaded, and"
		    " 'klpctl unload %s' removes it",
		    name, name);
}

enum status do_patch_show(struct app *app, char **arguments)
{
	const struct klp_patch *patch;
	struct klp_fix_list *fixes;
	struct klp_patch_list *list;
	struct json_object *result;
	struct json_object *row;
	int err;

	err = klp_patch_list_get(app->ctx, arguments[0], &list);
	if (err)
		return fail_patch(app, arguments[0], err);
	err = fixes_read(app->ctx, arguments[0], &fixes);
	if (err) {
		klp_patch_list_free(list);
		return fail_patch(app, arguments[0], err);
	}
	patch = klp_patch_list_at(list, 0);
	row = patch_with_fixes(patch, fixes);
	klp_fix_list_free(fixes);
	if (app->json) {
		result = json_result("klpctl-patch-show/1");
		json_add(result, "patch", row);
		print_json(app, result);
	} else {
		print_patch(app, patch, row);
		json_object_put(row);
	}
	klp_patch_list_free(list);
	return STATUS_OK;
}
