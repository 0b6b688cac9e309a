// SPDX-License-Identifier: GPL-2.0
/*
 * load.c - klpctl load: insert a livepatch module, which enables its patch
 *
 * On failure nothing stays loaded: a module whose init function fails is
 * removed by the kernel, and one that enabled no patch is removed here.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "kmsg.h"
#include "ko.h"
#include "module.h"
#include "nouns.h"
#include "wait.h"

#define SCHEMA "klpctl-load/1"
#define ERRNO_LEN 16

/*
 * Only the release is compared: the rest of a vermagic cannot be read from a
 * running kernel, which checks it anyway. A kernel with symbol versions would
 * let another release pass; the functions that a patch replaces have none.
 */
static enum status check_kernel(const struct app *app, const char *path,
				const struct ko *ko)
{
	size_t len = strcspn(ko->vermagic, " ");
	struct utsname name;

	uname(&name);
	if (strlen(name.release) == len &&
	    memcmp(ko->vermagic, name.release, len) == 0)
		return STATUS_OK;
	return fail(app, ERROR_WRONG_KERNEL,
		    "%s: built for kernel %.*s, this is %s: build it for this"
		    " one",
		    path, (int)len, ko->vermagic, name.release);
}

static enum status check_file(const struct app *app, const char *path,
			      struct ko *ko)
{
	size_t len = strlen(path);
	enum status status;

	status = ko_read(app, path, ko);
	if (status != STATUS_OK)
		return status;
	if (!is_module_name(ko->name))
		return fail(app, ERROR_BAD_FILE,
			    "%s: '%s' cannot be a module's name", path,
			    ko->name);
	if (!ko->livepatch)
		return fail(app, ERROR_NOT_LIVEPATCH,
			    "%s: module '%s' is not a livepatch: it lacks"
			    " MODULE_INFO(livepatch, \"Y\")",
			    path, ko->name);
	if (len < 3 || strcmp(path + len - 3, ".ko") != 0)
		return fail(app, ERROR_BAD_FILE,
			    "%s: the name of a module's file must end in .ko",
			    path);
	return check_kernel(app, path, ko);
}

static enum status check_kernel_is_ready(const struct app *app,
					 const char *name)
{
	struct klp_transition *transition;
	enum status status;
	int err;

	err = klp_transition_get(app->ctx, &transition);
	if (err)
		return fail_klp(app, err);
	if (module_is_loaded(name) == MODULE_YES) {
		klp_transition_free(transition);
		return fail(app, ERROR_ALREADY_LOADED,
			    "a module named '%s' is already loaded: 'klpctl"
			    " disable' and 'klpctl unload' remove it",
			    name);
	}
	if (!transition)
		return STATUS_OK;
	status = fail(app, ERROR_BUSY,
		      "the transition of patch '%s' is still running: try"
		      " again when it has ended",
		      klp_transition_patch(transition));
	klp_transition_free(transition);
	return status;
}

static enum error error_of_errno(int err)
{
	switch (err) {
	case -EPERM:
	case -EACCES:
		return ERROR_NOT_PERMITTED;
	case -EEXIST:
		return ERROR_ALREADY_LOADED;
	case -EBUSY:
		return ERROR_BUSY;
	case -ENOEXEC:
		return ERROR_WRONG_KERNEL;
	case -EOPNOTSUPP:
	case -EINVAL:
	case -ENOENT:
	case -ENODEV:
	case -EKEYREJECTED:
	case -ENOKEY:
		return ERROR_REFUSED;
	default:
		return ERROR_FAILURE;
	}
}

static const char *reason_of_errno(int err)
{
	switch (err) {
	case -EPERM:
	case -EACCES:
		return "loading modules needs CAP_SYS_MODULE and a kernel that"
		       " still allows it";
	case -EEXIST:
		return "a module of this name is already loaded";
	case -EBUSY:
		return "another transition is still running";
	case -ENOEXEC:
		return "the kernel does not accept the file's format or"
		       " vermagic";
	case -EOPNOTSUPP:
		return "a function in it cannot be redirected, or needs"
		       " something that this kernel's live patching lacks";
	case -ENOENT:
		return "it uses a symbol that this kernel does not have";
	case -EINVAL:
		return "a function in it is unknown, ambiguous or cannot be"
		       " traced, or it does not go with the patches that are"
		       " enabled";
	case -EKEYREJECTED:
	case -ENOKEY:
		return "this kernel takes signed modules only";
	default:
		return strerror(-err);
	}
}

/* A module may return what only the kernel has a name for. */
static const char *name_of_errno(int err, char *number)
{
	const char *name = strerrorname_np(err);

	if (name)
		return name;
	snprintf(number, ERRNO_LEN, "%d", err);
	return number;
}

static enum status fail_insert(const struct app *app, const struct ko *ko,
			       int err, struct json_object *log)
{
	char number[ERRNO_LEN];
	struct json_object *details = json_new_object();
	size_t lines = json_object_array_length(log);

	json_add(details, "patch", json_bytes(ko->name));
	json_add(details, "errno", json_bytes(name_of_errno(-err, number)));
	json_add(details, "log", log);
	return fail_with(app, error_of_errno(err), details,
			 "patch '%s' was refused: %s%s", ko->name,
			 reason_of_errno(err),
			 lines ? "; the kernel log has the reason" :
				 "; the kernel log may have the reason");
}

/* The module is in. Has it enabled a patch? */
static enum status check_patch(const struct app *app, const char *name)
{
	struct klp_patch_list *list;
	int err;

	err = klp_patch_list_get(app->ctx, name, &list);
	if (err == 0) {
		klp_patch_list_free(list);
		return STATUS_OK;
	}
	if (err != -ENOENT)
		return fail_klp(app, err);
	err = module_remove(name);
	return fail(
		app, ERROR_NOT_LIVEPATCH,
		"module '%s' enabled no patch when it was loaded; it has %s",
		name, err ? "stayed loaded" : "been removed again");
}

static enum status insert(const struct app *app, const char *path,
			  const struct ko *ko)
{
	int kmsg = kmsg_open();
	int err = module_insert(path);
	struct json_object *log = kmsg_take(kmsg, ko->name);

	if (err)
		return fail_insert(app, ko, err, log);
	json_object_put(log);
	return check_patch(app, ko->name);
}

enum status do_load(struct app *app, char **arguments)
{
	const char *path = arguments[0];
	enum status status;
	struct ko ko;

	status = check_file(app, path, &ko);
	if (status == STATUS_OK)
		status = check_kernel_is_ready(app, ko.name);
	if (status == STATUS_OK)
		status = insert(app, path, &ko);
	if (status == STATUS_OK)
		status = report_transition(app, SCHEMA, ko.name,
					   KLP_PATCH_ENABLED);
	ko_release(&ko);
	return status;
}
