// SPDX-License-Identifier: GPL-2.0
/*
 * target.c - is a livepatch for this build of the kernel and of its modules
 *
 * The kernel compares the same build ids when the module is loaded. They are
 * compared here so that the answer comes before anything is loaded, and in
 * words that the errno of a refused module does not have.
 */
#include <string.h>
#include <strings.h>

#include "target.h"

/* More than any build id has, of a file that may say anything. */
#define LONGEST_SHOWN 64

static enum status fail_target(const struct app *app, const char *path,
			       const char *object, const char *wanted,
			       const char *build_id)
{
	struct json_object *details = json_new_object();

	json_add(details, "object", json_bytes(object));
	json_add(details, "wanted_build_id", json_bytes(wanted));
	if (*build_id)
		json_add(details, "build_id", json_bytes(build_id));
	return fail_with(app, ERROR_WRONG_KERNEL, details,
			 "%s: made for %s with build id '%.*s%s', but this one"
			 " has %s%s: build it against this one",
			 path, object, LONGEST_SHOWN, wanted,
			 strlen(wanted) > LONGEST_SHOWN ? "..." : "",
			 *build_id ? "build id " : "no build id", build_id);
}

enum status target_check_kernel(const struct app *app, const char *path,
				const struct ko *ko, const char *kernel,
				const char *build_id)
{
	if (!ko->target || !build_id || strcasecmp(ko->target, build_id) == 0)
		return STATUS_OK;
	return fail_target(app, path, kernel, ko->target, build_id);
}

/* What the entry "module:build id" of a livepatch says of a module, or NULL. */
static const char *wanted_of(const char *entry, const char *module)
{
	size_t len = strlen(module);

	if (strncmp(entry, module, len) != 0 || entry[len] != ':')
		return NULL;
	return entry + len + 1;
}

static bool names_module(const struct ko *ko, const char *module)
{
	size_t i;

	for (i = 0; i < ko->target_mods; i++)
		if (wanted_of(ko->target_mod[i], module))
			return true;
	return false;
}

bool target_names_modules(const struct ko *ko,
			  const struct livepatch *livepatch)
{
	size_t i;

	for (i = 0; i < livepatch->funcs; i++) {
		const char *object = livepatch->func[i].object;

		if (strcmp(object, "vmlinux") != 0 && !names_module(ko, object))
			return false;
	}
	return true;
}

enum status target_check_module(const struct app *app, const char *path,
				const struct ko *ko, const char *module,
				const char *build_id)
{
	size_t i;

	for (i = 0; build_id && i < ko->target_mods; i++) {
		const char *wanted = wanted_of(ko->target_mod[i], module);

		if (wanted && strcasecmp(wanted, build_id) != 0)
			return fail_target(app, path, module, wanted, build_id);
	}
	return STATUS_OK;
}
