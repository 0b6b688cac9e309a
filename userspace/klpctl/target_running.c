// SPDX-License-Identifier: GPL-2.0
/*
 * target_running.c - is a livepatch for what is running
 */
#include <stdlib.h>
#include <string.h>

#include "build_id.h"
#include "target.h"

static enum status check_loaded_modules(const struct app *app, const char *path,
					const struct ko *ko)
{
	enum status status = STATUS_OK;
	char build_id[BUILD_ID_TEXT];
	size_t i;

	for (i = 0; status == STATUS_OK && i < ko->target_mods; i++) {
		char *module = strdup(ko->target_mod[i]);

		if (!module)
			out_of_memory();
		module[strcspn(module, ":")] = '\0';
		/* Modules that are not loaded are compared when they come. */
		if (build_id_of_loaded_module(module, build_id))
			status = target_check_module(app, path, ko, module,
						     build_id);
		free(module);
	}
	return status;
}

enum status target_check_running_kernel(const struct app *app, const char *path,
					const struct ko *ko, bool *known)
{
	char build_id[BUILD_ID_TEXT];
	struct klp_info *info = NULL;
	enum status status = STATUS_OK;

	*known = false;
	if (klp_info_get(app->ctx, &info) == 0 &&
	    build_id_of_kernel(info, build_id)) {
		*known = true;
		status = target_check_kernel(app, path, ko,
					     "the running kernel", build_id);
	}
	klp_info_free(info);
	return status;
}

enum status target_check_running(const struct app *app, const char *path,
				 const struct ko *ko)
{
	char build_id[BUILD_ID_TEXT];
	struct klp_info *info = NULL;
	enum status status = STATUS_OK;
	int err = klp_info_get(app->ctx, &info);

	if (err)
		return fail_klp(app, err);
	if (!ko->target && klp_info_require_target(info))
		status = fail(app, ERROR_REFUSED,
			      "%s: does not say which kernel it is for, which"
			      " this kernel requires (klp_arm.require_target):"
			      " build it with scripts/Makefile.livepatch",
			      path);
	else if (build_id_of_kernel(info, build_id))
		status =
			target_check_kernel(app, path, ko, "vmlinux", build_id);
	klp_info_free(info);
	return status == STATUS_OK ? check_loaded_modules(app, path, ko) :
				     status;
}
