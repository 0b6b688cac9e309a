/* SPDX-License-Identifier: GPL-2.0 */
/*
 * module.h - inserting and removing modules
 */
#ifndef KLPCTL_MODULE_H
#define KLPCTL_MODULE_H

#include <stdbool.h>
#include <stddef.h>

#include "main.h"

/* A line for each module that is loaded. */
#ifndef PROC_MODULES
#define PROC_MODULES "/proc/modules"
#endif

/* A directory for each module that is loaded, and for some that are built in. */
#ifndef SYS_MODULE
#define SYS_MODULE "/sys/module"
#endif

/*
 * In the time of the command: 0, the kernel's negative errno, -ETIME if it was
 * not begun in time, -ETIMEDOUT if it was, and goes on, or what bound_is_own()
 * knows.
 */
int module_insert(const struct app *app, int fd);
int module_insert_memory(const struct app *app, const void *data, size_t size);
int module_remove(const struct app *app, const char *name);

/* Neither /sys nor /proc may be there to be asked. */
enum module_answer {
	MODULE_NO,
	MODULE_YES,
	MODULE_UNKNOWN,
};

/* Names are those that is_module_name() accepts. */
enum module_answer module_is_loaded(const char *name);

/* What the kernel calls its srcversion: into text, or false. */
bool module_srcversion(const char *name, char *text, size_t size);

/*
 * Is this the whole MODULE_VERSION() of the module of a patch? The kernel reports
 * the beginning of a long one; sysfs, if it can be read, has all of it.
 */
enum module_answer module_has_version(const struct klp_patch *patch,
				      const char *wanted);

/* Does the kernel have the module marked as a live patch? */
enum module_answer module_is_livepatch(const char *name);

/*
 * Is the module still being loaded? It is marked by then, and its code, which
 * enables the patch, may wait for what keeps live patching busy.
 */
bool module_is_coming(const char *name);

#endif /* KLPCTL_MODULE_H */
