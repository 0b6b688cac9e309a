// SPDX-License-Identifier: GPL-2.0
/*
 * disable.c - klpctl disable: bring back what ran before a patch
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "nouns.h"
#include "wait.h"

#define SCHEMA "klpctl-disable/1"

/* Returns 0 or a negative errno. */
static int write_disabled(const char *name)
{
	char path[128];
	int err = 0;
	int fd;

	snprintf(path, sizeof(path), "/sys/kernel/livepatch/%s/enabled", name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, "0", 1) < 0)
		err = -errno;
	close(fd);
	return err;
}

static enum status fail_disable(const struct app *app, const char *name,
				int err)
{
	switch (err) {
	case -EPERM:
	case -EACCES:
		return fail(app, ERROR_NOT_PERMITTED,
			    "patch '%s': only root may disable patches", name);
	case -ENOENT:
		return fail(app, ERROR_NOT_FOUND,
			    "no patch named '%s' is enabled", name);
	case -EBUSY:
		return fail(app, ERROR_BUSY,
			    "patch '%s': the transition of another patch is"
			    " still running: try again when it has ended",
			    name);
	default:
		return fail(app, ERROR_FAILURE,
			    "patch '%s': cannot disable: %s", name,
			    strerror(-err));
	}
}

enum status do_disable(struct app *app, char **arguments)
{
	const char *name = arguments[0];
	struct klp_patch_list *list;
	enum klp_patch_state state;
	int err;

	if (!is_module_name(name))
		return fail(app, ERROR_USAGE, "'%s' cannot be a patch's name",
			    name);
	err = klp_patch_list_get(app->ctx, name, &list);
	if (err == -ENOENT)
		return fail_disable(app, name, err);
	if (err)
		return fail_klp(app, err);
	state = klp_patch_state(klp_patch_list_at(list, 0));
	klp_patch_list_free(list);

	/* A patch that is on its way out is where the user wants it. */
	if (state != KLP_PATCH_DISABLING)
		err = write_disabled(name);
	if (err)
		return fail_disable(app, name, err);
	return report_transition(app, SCHEMA, name, KLP_PATCH_DISABLED);
}
