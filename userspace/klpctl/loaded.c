// SPDX-License-Identifier: GPL-2.0
/*
 * loaded.c - klpctl load, of a module whose name is taken
 */
#include <errno.h>
#include <string.h>

#include "loaded.h"
#include "module.h"
#include "wait.h"

static bool differ(const char *a, const char *b)
{
	return !a != !b || (a && strcmp(a, b) != 0);
}

static const char *or_none(const char *text)
{
	return text ? text : "none";
}

static void add_text(struct json_object *object, const char *name,
		     const char *text)
{
	if (text)
		json_add(object, name, json_bytes(text));
}

static enum status other_version(const struct app *app, const struct ko *ko,
				 const char *version, const char *srcversion)
{
	const bool by_source = !differ(version, ko->version);
	struct json_object *details = json_new_object();

	json_add(details, "patch", json_bytes(ko->name));
	add_text(details, "loaded_version", version);
	add_text(details, "file_version", ko->version);
	add_text(details, "loaded_srcversion", srcversion);
	add_text(details, "file_srcversion", ko->srcversion);
	return fail_with(app, ERROR_OTHER_VERSION, details,
			 "another version of patch '%s' is loaded: its %s is"
			 " '%s', that of the file '%s'; 'klpctl disable' and"
			 " 'klpctl unload' make room, or give the new one a"
			 " name of its own",
			 ko->name, by_source ? "srcversion" : "version",
			 or_none(by_source ? srcversion : version),
			 or_none(by_source ? ko->srcversion : ko->version));
}

static enum status report_patch(const struct app *app, const char *schema,
				const struct ko *ko,
				const struct klp_patch *patch)
{
	const enum klp_patch_state state = klp_patch_state(patch);
	const char *version = klp_patch_version(patch);
	const char *srcversion = NULL;
	char text[64];

	if (ko->srcversion && module_srcversion(ko->name, text, sizeof(text)))
		srcversion = text;
	if (differ(version, ko->version) ||
	    (srcversion && differ(srcversion, ko->srcversion)))
		return other_version(app, ko, version, srcversion);
	if ((app->given & OPTION_WAIT) && state != KLP_PATCH_DISABLING)
		return report_already(app, schema, ko->name, KLP_PATCH_ENABLED);
	return fail(app, ERROR_ALREADY_LOADED,
		    "patch '%s' is loaded already, and %s", ko->name,
		    state == KLP_PATCH_DISABLED ?
			    "a callback of it may be running: livepatch core"
			    " busy" :
			    klp_patch_state_name(state));
}

enum status report_loaded(const struct app *app, const char *schema,
			  const struct ko *ko)
{
	struct klp_patch_list *list;
	enum status status;
	int err;

	err = klp_patch_list_get(app->ctx, ko->name, &list);
	if (err == -ENOENT)
		return fail(
			app, ERROR_ALREADY_LOADED,
			"a module named '%s' is loaded already, and has no"
			" patch that is enabled: 'klpctl unload' removes it",
			ko->name);
	if (err)
		return fail_klp(app, err);
	status = report_patch(app, schema, ko, klp_patch_list_at(list, 0));
	klp_patch_list_free(list);
	return status;
}
