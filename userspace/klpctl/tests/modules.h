/* SPDX-License-Identifier: GPL-2.0 */
/*
 * modules.h - another list of modules, for the klpctl that replays
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

#endif /* KLPCTL_TEST_MODULES_H */
