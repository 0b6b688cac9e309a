// SPDX-License-Identifier: GPL-2.0
/*
 * func.c - the noun "func": its fields, and klpctl func list
 */
#include <stdio.h>
#include <string.h>

#include "nouns.h"

static struct json_object *get_patch(const void *func)
{
	return json_bytes(klp_func_patch(func));
}

static struct json_object *get_object(const void *func)
{
	return json_bytes(klp_func_object(func));
}

static struct json_object *get_name(const void *func)
{
	return json_bytes(klp_func_name(func));
}

static struct json_object *get_sympos(const void *func)
{
	return json_number(klp_func_sympos(func));
}

static struct json_object *get_state(const void *func)
{
	return json_bytes(klp_func_state_name(klp_func_state(func)));
}

static struct json_object *get_active(const void *func)
{
	return json_flag(klp_func_active(func));
}

static struct json_object *get_active_patch(const void *func)
{
	const char *patch = klp_func_active_patch(func);

	return patch ? json_bytes(patch) : NULL;
}

static struct json_object *get_nop(const void *func)
{
	return json_flag(klp_func_nop(func));
}

static struct json_object *get_entry_path(const void *func)
{
	if (!klp_func_has(func, KLP_FUNC_FIELD_ENTRY_PATH))
		return NULL;
	return json_bytes(klp_entry_path_name(
		klp_func_value(func, KLP_FUNC_FIELD_ENTRY_PATH)));
}

static struct json_object *get_address(const void *func,
				       enum klp_func_field field)
{
	if (!klp_func_has(func, field))
		return NULL;
	return json_address(klp_func_value(func, field));
}

static struct json_object *get_number(const void *func,
				      enum klp_func_field field)
{
	if (!klp_func_has(func, field))
		return NULL;
	return json_number(klp_func_value(func, field));
}

static struct json_object *get_old_addr(const void *func)
{
	return get_address(func, KLP_FUNC_FIELD_OLD_ADDR);
}

static struct json_object *get_old_size(const void *func)
{
	return get_number(func, KLP_FUNC_FIELD_OLD_SIZE);
}

static struct json_object *get_new_addr(const void *func)
{
	return get_address(func, KLP_FUNC_FIELD_NEW_ADDR);
}

static struct json_object *get_new_size(const void *func)
{
	return get_number(func, KLP_FUNC_FIELD_NEW_SIZE);
}

static struct json_object *get_sp_delta(const void *func)
{
	return get_number(func, KLP_FUNC_FIELD_SP_DELTA);
}

struct json_object *json_registers(uint64_t mask)
{
	static const char *const names[] = { "r0", "r1", "r2",	"r3",
					     "r4", "r5", "r6",	"r7",
					     "r8", "r9", "r10", "fp",
					     "ip", "sp", "lr",	"pc" };
	struct json_object *array = json_new_array();
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (mask & (1ULL << i))
			json_append(array, json_bytes(names[i]));
	}
	return array;
}

static struct json_object *get_restored(const void *func)
{
	if (!klp_func_has(func, KLP_FUNC_FIELD_RESTORED))
		return NULL;
	return json_registers(klp_func_value(func, KLP_FUNC_FIELD_RESTORED));
}

static struct json_object *get_hits(const void *func)
{
	return get_number(func, KLP_FUNC_FIELD_HITS);
}

const struct field func_fields[] = {
	{ "patch", "PATCH", get_patch },
	{ "object", "OBJECT", get_object },
	{ "name", "FUNCTION", get_name },
	{ "sympos", "SYMPOS", get_sympos },
	{ "state", "STATE", get_state },
	{ "active", "ACTIVE", get_active },
	{ "active_patch", NULL, get_active_patch },
	{ "nop", NULL, get_nop },
	{ "entry_path", "PATH", get_entry_path },
	{ "hits", "HITS", get_hits },
	{ "old_addr", "OLD", get_old_addr },
	{ "old_size", NULL, get_old_size },
	{ "new_addr", "NEW", get_new_addr },
	{ "new_size", NULL, get_new_size },
	{ "sp_delta", NULL, get_sp_delta },
	{ "restored", NULL, get_restored },
	{ NULL, NULL, NULL },
};

/* Prints rows, which it releases, as a table or as a result. */
static enum status print_funcs(const struct app *app, const char *schema,
			       struct json_object *rows)
{
	struct json_object *result;

	if (!app->json) {
		print_table(app, func_fields, rows, "", true);
		json_object_put(rows);
		return STATUS_OK;
	}
	result = json_result(schema);
	json_add(result, "funcs", rows);
	print_json(app, result);
	return STATUS_OK;
}

/* Those of a name and an object, each of which may be NULL for any. */
static struct json_object *select_funcs(const struct klp_func_list *list,
					const char *name, const char *object)
{
	struct json_object *rows = json_new_array();
	size_t i;

	for (i = 0; i < klp_func_list_count(list); i++) {
		const struct klp_func *func = klp_func_list_at(list, i);

		if (name && strcmp(klp_func_name(func), name) != 0)
			continue;
		if (object && strcmp(klp_func_object(func), object) != 0)
			continue;
		json_append(rows, json_from_fields(func_fields, func));
	}
	return rows;
}

enum status do_func_list(struct app *app, char **arguments)
{
	struct klp_func_list *list;
	struct json_object *rows;
	int err;

	err = klp_func_list_get(app->ctx, arguments[0], &list);
	if (err)
		return fail_klp(app, err);
	rows = select_funcs(list, NULL, NULL);
	klp_func_list_free(list);
	return print_funcs(app, "klpctl-func-list/1", rows);
}

enum status do_func_show(struct app *app, char **arguments)
{
	struct klp_func_list *list;
	struct json_object *rows;
	int err;

	err = klp_func_list_get(app->ctx, app->patch, &list);
	if (err)
		return fail_klp(app, err);
	rows = select_funcs(list, arguments[0], app->object);
	klp_func_list_free(list);
	if (json_object_array_length(rows) == 0) {
		json_object_put(rows);
		return fail(app, ERROR_NOT_FOUND,
			    "no patch replaces a function named '%s'%s%s%s",
			    arguments[0], app->object ? " in object '" : "",
			    app->object ? app->object : "",
			    app->object ? "'" : "");
	}
	return print_funcs(app, "klpctl-func-show/1", rows);
}
