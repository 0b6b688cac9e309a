// SPDX-License-Identifier: GPL-2.0
/*
 * disable.c - klpctl disable: bring back what ran before a patch
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bound.h"
#include "change.h"
#include "module.h"
#include "nouns.h"
#include "wait.h"

#define SCHEMA "klpctl-disable/1"

/* How often a module that is being loaded is looked at. */
#define COMING_INTERVAL_MS 250

/* For kernels that cannot be told over netlink. 0 or a negative errno. */
static int write_disabled(const void *arg)
{
	const char *path = arg;
	int err = 0;
	int fd;

	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, "0", 1) < 0)
		err = -errno;
	close(fd);
	return err;
}

static enum status disable_by_file(const struct app *app, const char *name)
{
	char path[128];
	int err;

	snprintf(path, sizeof(path), "/sys/kernel/livepatch/%s/enabled", name);
	do {
		err = bound_call(app, write_disabled, path, -1);
	} while (err == -EBUSY && bound_retry(app, BOUND_ANSWER_MS));
	if (!err)
		return STATUS_OK;
	if (err == -ETIME)
		return fail(app, ERROR_TIMED_OUT,
			    "patch '%s': %u s were over before %s was written"
			    " to: nothing was begun",
			    name, app->timeout_s, path);
	if (err == -ETIMEDOUT)
		return fail(app, ERROR_TIMED_OUT,
			    "patch '%s': writing to %s has not ended after"
			    " %u s, and goes on",
			    name, path, app->timeout_s);
	if (bound_is_lost(err))
		return fail(app, ERROR_FAILURE,
			    "patch '%s': writing to %s: %s: 'klpctl status'"
			    " shows whether it was disabled",
			    name, path, bound_error(err));
	return fail(app,
		    err == -EPERM || err == -EACCES ? ERROR_NOT_PERMITTED :
		    err == -EBUSY		    ? ERROR_BUSY :
						      ERROR_FAILURE,
		    "patch '%s': this kernel does not let it be disabled over"
		    " netlink, and writing to %s failed: %s%s",
		    name, path, bound_error(err),
		    err == -ENOENT ? ": is /sys mounted?" : "");
}

static enum status disable(const struct app *app, const char *name)
{
	const int err = change_patch(app, name, KLP_PATCH_ACTION_DISABLE);

	if (err == -EOPNOTSUPP)
		return disable_by_file(app, name);
	/* A patch that is on its way out is where the user wants it. */
	return err && err != -EALREADY ? fail_klp(app, err) : STATUS_OK;
}

int get_patch_to_disable(const struct app *app, const char *name,
			 enum klp_patch_state *state, bool *coming)
{
	struct klp_patch_list *list;
	int err;

	while ((err = find_patch(app, name, &list, coming)) && *coming &&
	       (app->given & OPTION_WAIT) &&
	       bound_pause(app, COMING_INTERVAL_MS))
		;
	if (err)
		return err;
	*state = klp_patch_state(klp_patch_list_at(list, 0));
	klp_patch_list_free(list);
	return 0;
}

enum status report_not_listed(const struct app *app, const char *schema,
			      const char *name, int err, bool coming)
{
	if (coming)
		return fail(app, ERROR_BUSY,
			    "patch '%s': its module is still being loaded, and"
			    " may enable it yet: 'klpctl disable %s --wait"
			    " --timeout 0' disables it as soon as that can be"
			    " done",
			    name, name);
	if (err == -ENOENT && (app->given & OPTION_WAIT) &&
	    is_module_name(name) && module_is_livepatch(name) == MODULE_YES)
		return report_already(app, schema, name, KLP_PATCH_DISABLED);
	return fail_patch(app, name, err);
}

enum status do_disable(struct app *app, char **arguments)
{
	const char *name = arguments[0];
	enum klp_patch_state state;
	enum status status;
	bool coming;
	int err;

	if (!is_module_name(name))
		return fail(app, ERROR_USAGE, "'%s' cannot be a patch's name",
			    name);
	err = get_patch_to_disable(app, name, &state, &coming);
	if (err)
		return report_not_listed(app, SCHEMA, name, err, coming);

	if (state != KLP_PATCH_DISABLING) {
		status = disable(app, name);
		if (status != STATUS_OK)
			return status;
	}
	return report_transition(app, SCHEMA, name, KLP_PATCH_DISABLED);
}
