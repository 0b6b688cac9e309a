// SPDX-License-Identifier: GPL-2.0
/*
 * counters.c - klpctl counters, klpctl func count: counting redirected calls
 */
#include <string.h>

#include "change.h"
#include "output.h"

/* The counters belong to the kernel: all patches and functions, or none. */
static enum status set_counting(const struct app *app, const char *schema,
				const char *word)
{
	const bool enabled = strcmp(word, "on") == 0;
	struct json_object *result;
	int err;

	if (!enabled && strcmp(word, "off") != 0)
		return fail(app, ERROR_USAGE, "count '%s': give on or off",
			    word);
	err = change_counting(app, enabled);
	if (err)
		return fail_klp(app, err);
	print_text(app, "counting: %s", enabled ? "on" : "off");
	if (app->json) {
		result = json_result(schema);
		json_add(result, "counting", json_flag(enabled));
		print_json(app, result);
	}
	return STATUS_OK;
}

enum status do_counters(struct app *app, char **arguments)
{
	return set_counting(app, "klpctl-counters/1", arguments[0]);
}

enum status do_func_count(struct app *app, char **arguments)
{
	return set_counting(app, "klpctl-func-count/1", arguments[0]);
}
