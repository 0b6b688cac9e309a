// SPDX-License-Identifier: GPL-2.0
/*
 * patch.c - the noun "patch": its fields, and klpctl patch list
 */
#include <string.h>

#include "nouns.h"

/* MODULE_NAME_LEN of a 32-bit kernel is 60 with the NUL (linux/module.h). */
#define LONGEST_MODULE_NAME 59

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

const struct field patch_fields[] = {
	{ "name", "PATCH", get_name },
	{ "id", NULL, get_id },
	{ "state", "STATE", get_state },
	{ "replace", "REPLACE", get_replace },
	{ "forced", "FORCED", get_forced },
	{ "object_count", "OBJECTS", get_object_count },
	{ "func_count", "FUNCS", get_func_count },
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

static struct json_object *get_object_func_count(const void *object)
{
	return json_number(klp_object_func_count(object));
}

const struct field object_fields[] = {
	{ "name", "OBJECT", get_object_name },
	{ "patched", "PATCHED", get_object_patched },
	{ "loaded", "LOADED", get_object_loaded },
	{ "func_count", "FUNCS", get_object_func_count },
	{ NULL, NULL, NULL },
};

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

static struct json_object *patch_to_json(const struct klp_patch *patch)
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

enum status do_patch_list(struct app *app, char **arguments)
{
	struct json_object *result;
	struct klp_patch_list *list;
	struct json_object *rows;
	size_t i;
	int err;

	(void)arguments;
	err = klp_patch_list_get(app->ctx, NULL, &list);
	if (err)
		return fail_klp(app, err);
	rows = json_new_array();
	for (i = 0; i < klp_patch_list_count(list); i++)
		json_append(rows, patch_to_json(klp_patch_list_at(list, i)));
	klp_patch_list_free(list);

	if (!app->json) {
		print_table(app, patch_fields, rows, "", true);
		json_object_put(rows);
		return STATUS_OK;
	}
	result = json_result("klpctl-patch-list/1");
	json_add(result, "patches", rows);
	print_json(app, result);
	return STATUS_OK;
}
