/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verify_running.h - what the running kernel says of functions
 */
#ifndef KLPCTL_VERIFY_RUNNING_H
#define KLPCTL_VERIFY_RUNNING_H

#include "old_code.h"
#include "verify.h"

/* A function that a livepatch replaces. */
struct verify_func {
	const char *object;
	const char *name;
	uint32_t sympos; /* 0: the name must be unique */
};

/* Prints what it says of these functions of the object that was given. */
enum status verify_kernel(struct verify_report *report, char **names);

/*
 * Adds the row of a function, and compares its code with the one that it should
 * have, if that is not NULL. False if the kernel does not answer.
 */
bool verify_running(struct verify_report *report,
		    const struct verify_func *func,
		    const struct old_code *code);

#endif /* KLPCTL_VERIFY_RUNNING_H */
