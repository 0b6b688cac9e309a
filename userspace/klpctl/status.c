// SPDX-License-Identifier: GPL-2.0
/*
 * status.c - klpctl status: kernel, transition, patches, objects, functions
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "build_id.h"
#include "colour.h"
#include "fix.h"
#include "nouns.h"

static struct json_object *kernel_to_json(const struct klp_info *info)
{
	struct json_object *kernel = json_new_object();
	char build_id[BUILD_ID_TEXT];
	struct utsname name;

	uname(&name);
	json_add(kernel, "release", json_bytes(name.release));
	if (build_id_of_kernel(info, build_id))
		json_add(kernel, "build_id", json_bytes(build_id));
	json_add(kernel, "arch", json_bytes(klp_info_arch(info)));
	json_add(kernel, "entry",
		 json_bytes(klp_entry_method_name(klp_info_entry(info))));
	json_add(kernel, "unwinder",
		 json_bytes(klp_unwinder_name(klp_info_unwinder(info))));
	json_add(kernel, "core_busy", json_flag(klp_info_core_busy(info)));
	return kernel;
}

static bool belongs(const struct klp_func *func, const struct klp_patch *patch,
		    const char *object)
{
	return klp_func_patch_id(func) == klp_patch_id(patch) &&
	       strcmp(klp_func_object(func), object) == 0;
}

static struct json_object *funcs_to_json(const struct klp_func_list *funcs,
					 const struct klp_patch *patch,
					 const char *object)
{
	struct json_object *rows = json_new_array();
	size_t i;

	for (i = 0; i < klp_func_list_count(funcs); i++) {
		const struct klp_func *func = klp_func_list_at(funcs, i);

		if (belongs(func, patch, object))
			json_append(rows,
				    json_from_fields(func_fields +
							     FUNC_OWNER_FIELDS,
						     func));
	}
	return rows;
}

static bool is_listed(const struct klp_patch *patch, const char *object)
{
	size_t i;

	for (i = 0; i < klp_patch_objects_listed(patch); i++) {
		if (strcmp(klp_object_name(klp_patch_object_at(patch, i)),
			   object) == 0)
			return true;
	}
	return false;
}

/* Is this func the first one of its object in the patch? */
static bool is_first(const struct klp_func_list *funcs, size_t index,
		     const struct klp_patch *patch, const char *object)
{
	size_t i;

	for (i = 0; i < index; i++) {
		if (belongs(klp_func_list_at(funcs, i), patch, object))
			return false;
	}
	return true;
}

/*
 * A patch message lists a bounded number of objects. The rest are known by
 * their funcs, which tell all that an object would.
 */
static void add_unlisted(struct json_object *rows,
			 const struct klp_func_list *funcs,
			 const struct klp_patch *patch)
{
	size_t i;

	for (i = 0; i < klp_func_list_count(funcs); i++) {
		const struct klp_func *func = klp_func_list_at(funcs, i);
		const char *object = klp_func_object(func);
		enum klp_func_state state = klp_func_state(func);
		bool loaded = state != KLP_FUNC_TARGET_NOT_LOADED;
		struct json_object *own;
		struct json_object *row;

		if (!belongs(func, patch, object) || is_listed(patch, object) ||
		    !is_first(funcs, i, patch, object))
			continue;
		own = funcs_to_json(funcs, patch, object);
		row = json_new_object();
		json_add(row, "name", json_bytes(object));
		json_add(row, "patched",
			 json_flag(loaded && state != KLP_FUNC_UNPATCHED));
		json_add(row, "loaded", json_flag(loaded));
		json_add(row, "func_count",
			 json_number(json_object_array_length(own)));
		json_add(row, "funcs", own);
		json_append(rows, row);
	}
}

static struct json_object *patch_with_funcs(const struct klp_patch *patch,
					    const struct klp_func_list *funcs)
{
	struct json_object *row = json_from_fields(patch_fields, patch);
	struct json_object *objects = json_new_array();
	size_t i;

	for (i = 0; i < klp_patch_objects_listed(patch); i++) {
		const struct klp_object *object = klp_patch_object_at(patch, i);
		struct json_object *entry =
			json_from_fields(object_fields, object);

		json_add(entry, "funcs",
			 funcs_to_json(funcs, patch, klp_object_name(object)));
		json_append(objects, entry);
	}
	add_unlisted(objects, funcs, patch);
	json_add(row, "objects", objects);
	return row;
}

static struct json_object *member(struct json_object *object, const char *name)
{
	return json_object_object_get(object, name);
}

/* The columns of one function below its object. */
static void print_funcs(const struct app *app, struct json_object *funcs)
{
	static const struct field columns[] = {
		{ "name", "FUNCTION", NULL },	{ "sympos", "SYMPOS", NULL },
		{ "state", "STATE", NULL },	{ "active", "ACTIVE", NULL },
		{ "entry_path", "PATH", NULL }, { "hits", "HITS", NULL },
		{ NULL, NULL, NULL },
	};

	if (json_object_array_length(funcs) > 0)
		print_table(app, columns, funcs, "    ", true);
}

static void print_patch(const struct app *app, struct json_object *patch)
{
	struct json_object *objects = member(patch, "objects");
	size_t i;

	print_value(app, patch, "name");
	fputs(": ", stdout);
	print_value(app, patch, "state");
	if (json_object_get_boolean(member(patch, "replace")))
		fputs(", replace", stdout);
	if (json_object_get_boolean(member(patch, "forced"))) {
		fputs(", ", stdout);
		print_coloured(app, colour_of("forced", "yes"), "forced");
	}
	fputs(", target ", stdout);
	print_value(app, patch, "target");
	putchar('\n');
	print_fixes(app, patch, "  ");
	for (i = 0; i < json_object_array_length(objects); i++) {
		struct json_object *object =
			json_object_array_get_idx(objects, i);
		bool loaded = json_object_get_boolean(member(object, "loaded"));
		bool patched =
			json_object_get_boolean(member(object, "patched"));
		bool left_out =
			json_object_get_boolean(member(object, "left_out"));
		int64_t unpatched = json_object_get_int64(
			member(object, "unpatched_count"));

		fputs("  ", stdout);
		print_value(app, object, "name");
		printf(": %s", left_out ? "loaded from another build, not"
					  " patched" :
			       !loaded	? "not loaded" :
			       patched	? "patched" :
					  "not patched");
		if (unpatched)
			printf(", %" PRId64 " of its functions left as they"
			       " are: init text",
			       unpatched);
		putchar('\n');
		print_funcs(app, member(object, "funcs"));
	}
}

static void print_status(const struct app *app, struct json_object *result,
			 const struct klp_snapshot *snapshot)
{
	struct json_object *kernel = member(result, "kernel");
	struct json_object *patches = member(result, "patches");
	size_t i;

	print_text(app, "kernel: %s %s, entry %s, unwinder %s%s",
		   json_object_get_string(member(kernel, "release")),
		   json_object_get_string(member(kernel, "arch")),
		   json_object_get_string(member(kernel, "entry")),
		   json_object_get_string(member(kernel, "unwinder")),
		   json_object_get_boolean(member(kernel, "core_busy")) ?
			   ", livepatch core busy" :
			   "");
	if (member(kernel, "build_id"))
		print_text(app, "build id: %s",
			   json_object_get_string(member(kernel, "build_id")));
	print_transition_line(app, klp_snapshot_transition(snapshot));
	print_text(app, "patches: %zu", json_object_array_length(patches));
	for (i = 0; i < json_object_array_length(patches); i++)
		print_patch(app, json_object_array_get_idx(patches, i));
}

enum status do_status(struct app *app, char **arguments)
{
	const struct klp_patch_list *patches;
	struct klp_fix_list *fixes = NULL;
	struct klp_snapshot *snapshot;
	struct json_object *result;
	struct json_object *rows;
	size_t i;
	int err;

	(void)arguments;
	err = klp_snapshot_get(app->ctx, &snapshot);
	if (!err)
		err = fixes_read_if_any(app->ctx,
					klp_snapshot_patches(snapshot), &fixes);
	if (err) {
		klp_snapshot_free(snapshot);
		return fail_klp(app, err);
	}
	result = json_result("klpctl-status/1");
	json_add(result, "kernel", kernel_to_json(klp_snapshot_info(snapshot)));
	json_add(result, "transition",
		 transition_to_json(klp_snapshot_transition(snapshot)));
	rows = json_new_array();
	patches = klp_snapshot_patches(snapshot);
	for (i = 0; i < klp_patch_list_count(patches); i++) {
		const struct klp_patch *patch = klp_patch_list_at(patches, i);
		struct json_object *row =
			patch_with_funcs(patch, klp_snapshot_funcs(snapshot));

		add_fixes(row, fixes, patch);
		json_append(rows, row);
	}
	json_add(result, "patches", rows);
	klp_fix_list_free(fixes);

	if (app->json) {
		print_json(app, result);
	} else {
		print_status(app, result, snapshot);
		json_object_put(result);
	}
	klp_snapshot_free(snapshot);
	return STATUS_OK;
}
