// SPDX-License-Identifier: GPL-2.0
/*
 * patch_set.c - klpctl patch disable, reverse, force
 */
#include <errno.h>
#include <stdio.h>

#include "change.h"
#include "nouns.h"
#include "wait.h"

#define SCHEMA "klpctl-patch-set/1"

/* Where the patch gets to by an action, from where it is. */
static enum klp_patch_state goal_of(enum klp_patch_action action,
				    enum klp_patch_state state)
{
	bool leaving = state == KLP_PATCH_DISABLING;

	if (action == KLP_PATCH_ACTION_REVERSE)
		return leaving ? KLP_PATCH_ENABLED : KLP_PATCH_DISABLED;
	if (action == KLP_PATCH_ACTION_FORCE)
		return leaving ? KLP_PATCH_DISABLED : KLP_PATCH_ENABLED;
	return KLP_PATCH_DISABLED;
}

static enum status set(struct app *app, const char *name,
		       enum klp_patch_action action)
{
	enum klp_patch_state state;
	bool coming;
	int err;

	err = get_patch_to_disable(app, name, &state, &coming);
	if (err && action == KLP_PATCH_ACTION_DISABLE)
		return report_not_listed(app, SCHEMA, name, err, coming);
	if (err)
		return fail_patch(app, name, err);
	err = change_patch(app, name, action);
	/* A patch that is on its way out is where the user wants it. */
	if (err && err != -EALREADY)
		return fail_klp(app, err);
	return report_transition(app, SCHEMA, name, goal_of(action, state));
}

enum status do_patch_disable(struct app *app, char **arguments)
{
	return set(app, arguments[0], KLP_PATCH_ACTION_DISABLE);
}

enum status do_patch_reverse(struct app *app, char **arguments)
{
	return set(app, arguments[0], KLP_PATCH_ACTION_REVERSE);
}

enum status do_patch_force(struct app *app, char **arguments)
{
	if (!(app->given & OPTION_CONFIRM))
		return fail(app, ERROR_USAGE,
			    "patch '%s': forcing switches tasks that may be"
			    " running the functions that change, and a patch"
			    " that is disabled or replaced by force keeps its"
			    " module until the next boot: add --confirm if it"
			    " must be",
			    arguments[0]);
	return set(app, arguments[0], KLP_PATCH_ACTION_FORCE);
}
