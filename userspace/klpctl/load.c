// SPDX-License-Identifier: GPL-2.0
/*
 * load.c - klpctl load: insert a livepatch module, which enables its patch
 *
 * On failure nothing stays loaded: a module whose init function fails is
 * removed by the kernel, and one that enabled no patch is removed here.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "bound.h"
#include "clock.h"
#include "kmsg.h"
#include "ko.h"
#include "lines.h"
#include "loaded.h"
#include "module.h"
#include "nouns.h"
#include "refusal.h"
#include "target.h"
#include "wait.h"

#define SCHEMA "klpctl-load/1"

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
	/* A 32-bit kernel says armv7l, or on 64-bit hardware armv8l. */
	if (strncmp(name.machine, "armv", 4) != 0)
		return fail(app, ERROR_WRONG_KERNEL,
			    "%s: built for kernel %.*s on 32-bit ARM; this"
			    " machine is %s: load it where that kernel runs",
			    path, (int)len, ko->vermagic, name.machine);
	return fail(app, ERROR_WRONG_KERNEL,
		    "%s: built for kernel %.*s, this is %s: build it for this"
		    " one",
		    path, (int)len, ko->vermagic, name.release);
}

static enum status check_file(const struct app *app, const char *path,
			      struct ko *ko)
{
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
	if (!has_module_suffix(path))
		return fail(app, ERROR_BAD_FILE,
			    "%s: the name of a module's file must end in .ko,"
			    " .ko.gz, .ko.xz or .ko.zst",
			    path);
	return check_kernel(app, path, ko);
}

/* Another transition is waited for if the user gave the time for that. */
static enum status check_kernel_is_ready(const struct app *app)
{
	struct klp_transition *transition = NULL;
	enum status status;
	int err;

	do {
		klp_transition_free(transition);
		err = klp_transition_get(app->ctx, &transition);
		if (err)
			return fail_klp(app, err);
		if (!transition)
			return STATUS_OK;
	} while (bound_retry(app, BOUND_ANSWER_MS));
	status = fail(app, ERROR_BUSY,
		      "the transition of patch '%s' is still running: try"
		      " again when it has ended",
		      klp_transition_patch(transition));
	klp_transition_free(transition);
	return status;
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
	err = module_remove(app, name);
	if (err == -ENOENT)
		return fail(app, ERROR_BAD_FILE,
			    "the kernel took the file, and no module named '%s'"
			    " is loaded: its .modinfo has another name than the"
			    " module, or the module has been removed already;"
			    " 'klpctl patch list --all' shows what is there",
			    name);
	return fail(
		app, ERROR_NOT_LIVEPATCH,
		"module '%s' enabled no patch when it was loaded; it has %s",
		name, err ? "stayed loaded" : "been removed again");
}

/* A module may return the same errno as soon as it likes. */
static bool is_over(const struct app *app)
{
	return app->deadline_ms && now_ms() >= app->deadline_ms;
}

static bool is_late(const struct app *app, int err)
{
	return (err == -ETIME || err == -ETIMEDOUT) && is_over(app);
}

/* The kernel cannot be kept from it: what a callback does is not to be ended. */
static enum status fail_late(const struct app *app, const char *name, int err)
{
	struct json_object *details = json_new_object();
	enum status status;
	char *reversal;

	json_add(details, "patch", json_bytes(name));
	if (err == -ETIME)
		return fail_with(app, ERROR_TIMED_OUT, details,
				 "patch '%s': %u s were over before the kernel"
				 " was asked to load it: nothing was begun",
				 name, app->timeout_s);
	reversal = tell_not_reversed(app, name, details);
	status = fail_with(app, ERROR_TIMED_OUT, details,
			   "patch '%s': still loading after %u s: the kernel"
			   " goes on with the module's code, such as a callback"
			   " of the patch; 'klpctl status' shows what becomes"
			   " of it%s",
			   name, app->timeout_s, reversal);
	free(reversal);
	return status;
}

/* A transition that began after the last look is in the way. */
static bool is_in_transition(const struct app *app)
{
	struct klp_transition *transition = NULL;
	const bool found = !klp_transition_get(app->ctx, &transition) &&
			   transition;

	klp_transition_free(transition);
	return found;
}

/* Has the transition of another patch ended since then? */
static bool has_ended_since(const struct app *app, const char *name,
			    uint64_t since_ms)
{
	struct klp_history_list *list;
	bool found = false;
	size_t i;

	if (klp_history_list_get(app->ctx, 0, &list))
		return false;
	for (i = 0; i < klp_history_list_count(list); i++) {
		const struct klp_history *past = klp_history_list_at(list, i);
		const uint64_t ended_ms = klp_history_started(past) / 1000000 +
					  klp_history_duration_ms(past);

		/* Either number has lost less than a millisecond. */
		if (strcmp(klp_history_patch(past), name) != 0 &&
		    ended_ms + 2 >= since_ms)
			found = true;
	}
	klp_history_list_free(list);
	return found;
}

/* The errno of the last try, and what the kernel has logged of it. */
static int insert_in_turn(const struct app *app, int fd, const struct ko *ko,
			  bool *was_busy, struct kmsg_lines *lines)
{
	for (;;) {
		const uint64_t begun_ms = now_ms();
		struct kmsg kmsg = kmsg_open();
		const int err = ko->data ? module_insert_memory(app, ko->data,
								ko->size) :
					   module_insert(app, fd);

		if (is_late(app, err)) {
			kmsg_close(&kmsg);
			return err;
		}
		*lines = kmsg_take(&kmsg, ko->name);
		*was_busy = err == -EBUSY &&
			    (is_in_transition(app) ||
			     has_ended_since(app, ko->name, begun_ms));
		/* The module may say -EBUSY too, and is not asked again. */
		if (!*was_busy || !bound_retry(app, BOUND_ANSWER_MS))
			return err;
		json_object_put(lines->text);
	}
}

static enum status insert(const struct app *app, const char *path,
			  const struct ko *ko)
{
	struct kmsg_lines lines = { 0 };
	bool was_busy = false;
	/* Another file may be there by now, even a FIFO. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int err;

	if (fd < 0)
		return fail(app,
			    is_out_of_descriptors(errno) ? ERROR_FAILURE :
							   ERROR_BAD_FILE,
			    "%s: %s", path, strerror(errno));
	err = insert_in_turn(app, fd, ko, &was_busy, &lines);
	close(fd);
	if (is_late(app, err))
		return fail_late(app, ko->name, err);
	if (bound_is_own(err)) {
		json_object_put(lines.text);
		if (bound_is_lost(err))
			return fail(app, ERROR_FAILURE,
				    "patch '%s': %s: 'klpctl status' shows"
				    " whether it was loaded",
				    ko->name, bound_error(err));
		return fail(app, ERROR_FAILURE, "patch '%s' was not loaded: %s",
			    ko->name, bound_error(err));
	}
	if (err)
		return fail_insert(app, ko->name, err, was_busy, &lines);
	json_object_put(lines.text);
	return check_patch(app, ko->name);
}

enum status do_load(struct app *app, char **arguments)
{
	const char *path = arguments[0];
	enum status status;
	struct ko ko;

	if (app->on_timeout && !(app->given & OPTION_WAIT))
		return fail(app, ERROR_USAGE, "--on-timeout needs --wait");
	if ((app->given & OPTION_REPLACE_UNLOAD) && !(app->given & OPTION_WAIT))
		return fail(app, ERROR_USAGE, "--replace-unload needs --wait");
	status = check_file(app, path, &ko);
	if (status == STATUS_OK && module_is_loaded(ko.name) == MODULE_YES) {
		status = report_loaded(app, SCHEMA, &ko);
		ko_release(&ko);
		return status;
	}
	if (status == STATUS_OK)
		status = target_check_running(app, path, &ko);
	if (status == STATUS_OK)
		status = check_kernel_is_ready(app);
	if (status == STATUS_OK)
		status = insert(app, path, &ko);
	if (status == STATUS_OK)
		status = report_transition(app, SCHEMA, ko.name,
					   KLP_PATCH_ENABLED);
	ko_release(&ko);
	return status;
}
