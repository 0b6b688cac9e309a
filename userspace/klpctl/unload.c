// SPDX-License-Identifier: GPL-2.0
/*
 * unload.c - klpctl unload: remove the module of a disabled patch
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bound.h"
#include "leftover.h"
#include "module.h"
#include "nouns.h"
#include "refusal.h"

#define SCHEMA "klpctl-unload/1"

static int remove_with_retries(const struct app *app, const char *name)
{
	int last = -ETIME;
	int tries;

	for (tries = 0;; tries++) {
		int err = module_remove(app, name);

		/* A try that was not begun says less than the one before. */
		if (err == -ETIME)
			return last;
		last = err;
		/* EAGAIN is EWOULDBLOCK: the module is referenced. */
		if (err != -EAGAIN && err != -EBUSY)
			return err;
		if (tries == UNLOAD_RETRIES ||
		    !bound_pause(app, UNLOAD_INTERVAL_MS))
			return err;
	}
}

static enum status refuse(const struct app *app, const char *name,
			  enum klp_patch_state state)
{
	if (state == KLP_PATCH_ENABLED)
		return fail(app, ERROR_BUSY,
			    "patch '%s' is enabled: 'klpctl disable' it first",
			    name);
	/* The kernel has forgotten a patch whose disabling is over. */
	if (state == KLP_PATCH_DISABLED)
		return fail(app, ERROR_RUNNING,
			    "patch '%s': livepatch core busy: a callback of the"
			    " patch may be running",
			    name);
	return fail(app, ERROR_RUNNING,
		    "patch '%s' is %s: the transition is still running", name,
		    klp_patch_state_name(state));
}

static enum status unload_all_replaced(const struct app *app)
{
	struct json_object *result = json_result("klpctl-unload-replaced/1");
	const enum status status = unload_replaced(app, result);

	print_replaced(app, result);
	/* If that could not even begin, its error is the result. */
	if (app->json && json_object_object_get_ex(result, "kept", NULL))
		print_json(app, result);
	else
		json_object_put(result);
	return status;
}

enum status do_unload(struct app *app, char **arguments)
{
	const char *name = arguments[0];
	struct klp_patch_list *list;
	struct json_object *result;
	enum klp_patch_state state;
	int err;

	if (name && (app->given & OPTION_REPLACED))
		return fail(app, ERROR_USAGE,
			    "--replaced says which patches: leave out '%s'",
			    name);
	if (app->given & OPTION_REPLACED)
		return unload_all_replaced(app);
	if (!name)
		return fail(app, ERROR_USAGE,
			    "'unload' needs PATCH, or --replaced");
	if (!is_module_name(name))
		return fail(app, ERROR_USAGE, "'%s' cannot be a patch's name",
			    name);
	err = klp_patch_list_get(app->ctx, name, &list);
	if (err == 0) {
		state = klp_patch_state(klp_patch_list_at(list, 0));
		klp_patch_list_free(list);
		return refuse(app, name, state);
	}
	if (err != -ENOENT)
		return fail_klp(app, err);
	if (module_is_loaded(name) == MODULE_NO)
		return fail_remove(app, name, -ENOENT);
	switch (module_is_livepatch(name)) {
	case MODULE_YES:
		break;
	case MODULE_NO:
		return fail(app, ERROR_NOT_LIVEPATCH,
			    "module '%s' is not a livepatch: use rmmod", name);
	default:
		return fail(app, ERROR_FAILURE,
			    "patch '%s' is not enabled, and neither /sys nor"
			    " /proc is mounted to tell whether a module of this"
			    " name is a livepatch: mount one",
			    name);
	}
	err = remove_with_retries(app, name);
	if (err)
		return fail_remove(app, name, err);

	print_text(app, "%s: unloaded", name);
	if (app->json) {
		result = json_result(SCHEMA);
		json_add(result, "patch", json_bytes(name));
		json_add(result, "state", json_bytes("unloaded"));
		print_json(app, result);
	}
	return STATUS_OK;
}
