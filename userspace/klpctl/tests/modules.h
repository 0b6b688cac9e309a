/* SPDX-License-Identifier: GPL-2.0 */
/*
 * modules.h - other modules, for the klpctl that replays
 *
 * It is included ahead of all sources. Whether the build machine has loadable
 * modules, and which, is none of the tests' business.
 */
#ifndef KLPCTL_TEST_MODULES_H
#define KLPCTL_TEST_MODULES_H

#include <stdlib.h>

static inline const char *test_modules(void)
{
	const char *path = getenv("KLP_MODULES");

	return path ? path : "/proc/modules";
}

#define PROC_MODULES test_modules()

static inline const char *test_sys_module(void)
{
	const char *path = getenv("KLP_SYS_MODULE");

	return path ? path : "/sys/module";
}

#define SYS_MODULE test_sys_module()

#endif /* KLPCTL_TEST_MODULES_H */
