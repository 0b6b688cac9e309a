// SPDX-License-Identifier: GPL-2.0
/*
 * info.c - klpctl info: what this kernel's live patching is made of
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "build_id.h"
#include "nouns.h"

static const struct {
	enum klp_info_field field;
	const char *name;
} values[] = {
	{ KLP_INFO_FIELD_NAME_MAX, "name_max" },
	{ KLP_INFO_FIELD_FUNC_NAME_MAX, "func_name_max" },
	{ KLP_INFO_FIELD_OBJECTS_MAX, "objects_max" },
	{ KLP_INFO_FIELD_BLOCKERS_MAX, "blockers_max" },
	{ KLP_INFO_FIELD_FAILURES_MAX, "failures_max" },
	{ KLP_INFO_FIELD_HISTORY_MAX, "history_max" },
	{ KLP_INFO_FIELD_EVENT_SEQ, "event_seq" },
	{ KLP_INFO_FIELD_STACK_CHECKS, "stack_checks" },
	{ KLP_INFO_FIELD_FAILURES_DROPPED, "failures_dropped" },
	{ KLP_INFO_FIELD_HISTORY_DROPPED, "history_dropped" },
	{ KLP_INFO_FIELD_COMPLETED, "completed" },
	{ KLP_INFO_FIELD_REVERSED, "reversed" },
	{ KLP_INFO_FIELD_FORCED, "forced" },
};

#define VALUES (sizeof(values) / sizeof(values[0]))

static struct json_object *failures_to_json(const struct klp_info *info)
{
	struct json_object *counts = json_new_object();
	int reason;

	for (reason = 0; reason <= KLP_BLOCKER_IDLE; reason++)
		json_add(counts, klp_blocker_reason_name(reason),
			 json_number(klp_info_stack_failures(info, reason)));
	return counts;
}

static struct json_object *stacks_to_json(const struct klp_info *info)
{
	struct json_object *counts = json_new_object();
	int reason;

	for (reason = KLP_STACK_RELIABLE + 1; reason <= KLP_STACK_TOO_DEEP;
	     reason++)
		json_add(counts, klp_stack_reason_name(reason),
			 json_number(klp_info_stack_failures_by(info, reason)));
	return counts;
}

/* One line for each member, that of a member as "name reason: count". */
static void print_members(const struct app *app, struct json_object *object,
			  const char *prefix)
{
	json_object_object_foreach(object, name, value)
	{
		if (strcmp(name, "schema") == 0)
			continue;
		if (json_object_is_type(value, json_type_object))
			print_members(app, value, name);
		else
			print_text(app, "%s%s%s: %s", prefix,
				   *prefix ? " " : "", name,
				   json_object_get_string(value));
	}
}

enum status do_info(struct app *app, char **arguments)
{
	char build_id[BUILD_ID_TEXT];
	struct json_object *result;
	struct klp_info *info;
	struct utsname name;
	uint64_t value;
	size_t i;
	int err;

	(void)arguments;
	err = klp_info_get(app->ctx, &info);
	if (err)
		return fail_klp(app, err);
	uname(&name);
	result = json_result("klpctl-info/1");
	json_add(result, "release", json_bytes(name.release));
	if (build_id_of_kernel(info, build_id))
		json_add(result, "build_id", json_bytes(build_id));
	json_add(result, "arch", json_bytes(klp_info_arch(info)));
	json_add(result, "entry",
		 json_bytes(klp_entry_method_name(klp_info_entry(info))));
	json_add(result, "unwinder",
		 json_bytes(klp_unwinder_name(klp_info_unwinder(info))));
	for (i = 0; i < VALUES; i++) {
		if (klp_info_value(info, values[i].field, &value))
			json_add(result, values[i].name, json_number(value));
	}
	json_add(result, "counting", json_flag(klp_info_counting(info)));
	json_add(result, "core_busy", json_flag(klp_info_core_busy(info)));
	json_add(result, "require_target",
		 json_flag(klp_info_require_target(info)));
	json_add(result, "stack_failures", failures_to_json(info));
	json_add(result, "unreliable_stacks", stacks_to_json(info));
	klp_info_free(info);
	if (app->json) {
		print_json(app, result);
		return STATUS_OK;
	}
	print_members(app, result, "");
	json_object_put(result);
	return STATUS_OK;
}
