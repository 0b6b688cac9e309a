/* SPDX-License-Identifier: GPL-2.0 */
/*
 * target.h - is a livepatch for this build of the kernel and of its modules
 */
#ifndef KLPCTL_TARGET_H
#define KLPCTL_TARGET_H

#include "ko.h"
#include "livepatch.h"

/*
 * Each compares what the file of a livepatch says it is for with what is there,
 * and prints an error if that is another build. What is NULL is not known, and
 * passes, as does a livepatch that says nothing: the kernel decides on that.
 */
enum status target_check_kernel(const struct app *app, const char *path,
				const struct ko *ko, const char *kernel,
				const char *build_id);
enum status target_check_module(const struct app *app, const char *path,
				const struct ko *ko, const char *module,
				const char *build_id);

/* Does it say which build it is for of each module that it changes? */
bool target_names_modules(const struct ko *ko,
			  const struct livepatch *livepatch);

/* *known becomes whether there is a running kernel that tells its build id. */
enum status target_check_running_kernel(const struct app *app, const char *path,
					const struct ko *ko, bool *known);

/* Compares with all that is running, and whether the kernel wants more. */
enum status target_check_running(const struct app *app, const char *path,
				 const struct ko *ko);

#endif /* KLPCTL_TARGET_H */
