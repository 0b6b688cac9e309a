/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bound.h - a command ends in time, whatever the kernel does meanwhile
 */
#ifndef KLPCTL_BOUND_H
#define KLPCTL_BOUND_H

#include "main.h"

/*
 * From here on, the command ends soon after the time of --timeout, even while
 * the kernel does not return from a request.
 */
void bound_start(const struct app *app);

/*
 * The result is about to be printed: what is printed is whole, and nothing else
 * is printed any more. Does not return if the time is up.
 */
void bound_claim(void);

/*
 * Calls fn(arg) in a process of its own, for a system call that no signal ends.
 * Only system calls may be made in it. Returns 0 and what it returned, or
 * -ETIMEDOUT if the time is up: it then goes on alone.
 */
int bound_call(const struct app *app, int (*fn)(const void *arg),
	       const void *arg, int *result);

#endif /* KLPCTL_BOUND_H */
