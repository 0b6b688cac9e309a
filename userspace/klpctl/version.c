// SPDX-License-Identifier: GPL-2.0
/*
 * version.c - klpctl version
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/utsname.h>

#include "output.h"

enum status do_version(struct app *app, char **arguments)
{
	struct json_object *result = json_result("klpctl-version/1");
	struct klp_info *info;
	struct utsname name;
	int err;

	(void)arguments;
	uname(&name);
	err = klp_info_get(app->ctx, &info);
	klp_info_free(info);

	print_text(app, "klpctl %s", KLPCTL_VERSION);
	print_text(app, "libklp %s", klp_version());
	print_text(app, "kernel %s, %s", name.release,
		   !err		      ? "with klp_arm" :
		   err == -EOPNOTSUPP ? "without klp_arm" :
					klp_last_error(app->ctx));
	json_add(result, "klpctl", json_bytes(KLPCTL_VERSION));
	json_add(result, "libklp", json_bytes(klp_version()));
	json_add(result, "kernel", json_bytes(name.release));
	/* Absent if it is not known. */
	if (!err || err == -EOPNOTSUPP)
		json_add(result, "supported", json_flag(!err));
	if (app->json)
		print_json(app, result);
	else
		json_object_put(result);
	return STATUS_OK;
}
