// SPDX-License-Identifier: GPL-2.0
/*
 * loaded.c - klpctl load, of a module whose name is taken
 */
#include <errno.h>
#include <string.h>

#include "build_id.h"
#include "loaded.h"
#include "module.h"
#include "nouns.h"
#include "refusal.h"
#include "wait.h"

/* One thing that tells builds of a module from each other. */
struct trait {
	const char *name; /* for people */
	const char *loaded_member; /* of the details of the error */
	const char *file_member;
	const char *loaded; /* NULL: it has none, or it is not known */
	const char *file; /* the same */
	enum module_answer is_same;
};

enum {
	VERSION,
	SRCVERSION,
	BUILD_ID,
	TRAITS
};

/* What only one has tells them apart, if it is known that the other lacks it. */
static enum module_answer compare(const char *loaded, const char *file,
				  bool is_known)
{
	if (!is_known || (!loaded && !file))
		return MODULE_UNKNOWN;
	return loaded && file && strcmp(loaded, file) == 0 ? MODULE_YES :
							     MODULE_NO;
}

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

/* That of the module whose patch this is: an empty text if it is not known. */
static void read_build_id(const struct klp_patch *patch, char *text)
{
	size_t len = 0;
	const uint8_t *bytes = klp_patch_build_id(patch, &len);

	if (!build_id_to_text(bytes, len, text))
		build_id_of_loaded_module(klp_patch_name(patch), text);
}

/* The texts are those of the arguments, and of the buffers. */
static void compare_all(const struct klp_patch *patch, const struct ko *ko,
			char *srcversion, size_t size, char *build_id,
			struct trait *traits)
{
	const char *version = klp_patch_version(patch);
	struct trait *trait = &traits[VERSION];

	*trait = (struct trait){ "version", "loaded_version", "file_version",
				 version,   ko->version,      MODULE_UNKNOWN };
	if (version && ko->version)
		trait->is_same = module_has_version(patch, ko->version);
	else
		trait->is_same = compare(version, ko->version, true);

	*srcversion = '\0';
	if (!module_srcversion(ko->name, srcversion, size))
		*srcversion = '\0';
	trait = &traits[SRCVERSION];
	*trait = (struct trait){ "srcversion",	    "loaded_srcversion",
				 "file_srcversion", or_null(srcversion),
				 ko->srcversion,    MODULE_UNKNOWN };
	trait->is_same = compare(trait->loaded, trait->file, *srcversion);

	read_build_id(patch, build_id);
	trait = &traits[BUILD_ID];
	*trait = (struct trait){
		"build id",	   "loaded_build_id",	  "file_build_id",
		or_null(build_id), or_null(ko->build_id), MODULE_UNKNOWN
	};
	trait->is_same = compare(trait->loaded, trait->file, *build_id);
}

/* MODULE_UNKNOWN: not one of them could be compared. */
static enum module_answer judge(const struct trait *traits,
				const struct trait **different)
{
	enum module_answer answer = MODULE_UNKNOWN;
	size_t i;

	for (i = 0; i < TRAITS; i++) {
		if (traits[i].is_same == MODULE_NO) {
			*different = &traits[i];
			return MODULE_NO;
		}
		if (traits[i].is_same == MODULE_YES)
			answer = MODULE_YES;
	}
	return answer;
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

static enum status other_version(const struct app *app, const char *name,
				 const struct trait *traits,
				 const struct trait *different)
{
	struct json_object *details = json_new_object();
	size_t i;

	json_add(details, "patch", json_bytes(name));
	for (i = 0; i < TRAITS; i++) {
		add_text(details, traits[i].loaded_member, traits[i].loaded);
		add_text(details, traits[i].file_member, traits[i].file);
	}
	return fail_with(app, ERROR_OTHER_VERSION, details,
			 "another version of patch '%s' is loaded: its %s is"
			 " '%s', that of the file '%s'; 'klpctl disable' and"
			 " 'klpctl unload' make room, or give the new one a"
			 " name of its own",
			 name, different->name, or_none(different->loaded),
			 or_none(different->file));
}

static enum status report_patch(const struct app *app, const char *schema,
				const struct ko *ko,
				const struct klp_patch *patch)
{
	const enum klp_patch_state state = klp_patch_state(patch);
	const struct trait *different = NULL;
	struct trait traits[TRAITS];
	char build_id[BUILD_ID_TEXT];
	char srcversion[64];
	enum module_answer is_same;

	compare_all(patch, ko, srcversion, sizeof(srcversion), build_id,
		    traits);
	is_same = judge(traits, &different);
	if (is_same == MODULE_NO)
		return other_version(app, ko->name, traits, different);
	if (is_same == MODULE_YES && (app->given & OPTION_WAIT) &&
	    state != KLP_PATCH_DISABLING)
		return report_already(app, schema, ko->name, KLP_PATCH_ENABLED);
	return fail(app, ERROR_ALREADY_LOADED,
		    "patch '%s' is loaded already, and %s%s", ko->name,
		    state == KLP_PATCH_DISABLED ?
			    "a callback of it may be running: livepatch core"
			    " busy" :
			    klp_patch_state_name(state),
		    is_same == MODULE_YES ?
			    "" :
			    "; it could not be compared with the file, of which"
			    " it may be another build: there is no build id,"
			    " version or srcversion that is known of both");
}

enum status report_loaded(const struct app *app, const char *schema,
			  const struct ko *ko)
{
	struct klp_patch_list *list;
	enum status status;
	bool coming;
	int err;

	err = find_patch(app, ko->name, &list, &coming);
	if (coming)
		return fail(app, ERROR_ALREADY_LOADED,
			    "a module named '%s' is being loaded already, and"
			    " may enable its patch yet: 'klpctl wait %s --for"
			    " enabled' waits for that",
			    ko->name, ko->name);
	if (err == -ENOENT && was_forced_out(app, ko->name))
		return fail(
			app, ERROR_ALREADY_LOADED,
			"a module named '%s' is loaded already: its patch was"
			" disabled by force, so that it stays until the next"
			" boot; give the patch another name",
			ko->name);
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
