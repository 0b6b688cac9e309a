/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bound.h - a command ends in time, whatever the kernel does meanwhile
 */
#ifndef KLPCTL_BOUND_H
#define KLPCTL_BOUND_H

#include <stdint.h>

#include "main.h"

/*
 * From here on, the command ends soon after the time of --timeout, even while
 * the kernel does not return from a request.
 */
void bound_start(const struct app *app);

/*
 * From here on a file of the user's is opened, read or written; NULL: no more. It
 * is what is told to have kept the command, should its time be up.
 */
void bound_file(const char *path);

/*
 * From here on there is a part of such a file, of this name, which is removed
 * should the time be up; NULL: no more.
 */
void bound_part(const char *path);

/*
 * The result is about to be printed: what is printed is whole, and nothing else
 * is printed any more. Does not return if the time is up.
 */
void bound_claim(void);

/*
 * Calls fn(arg), which returns 0 or a negative errno, in a process of its own, for
 * a system call that no signal ends. Only system calls may be made in it, and of
 * the descriptors it has just fd, or none for -1. Returns what it returned; -ETIME
 * if the time was up before, and it was not begun; -ETIMEDOUT if the time is up
 * now: it then goes on alone; or what bound_is_own() knows.
 */
int bound_call(const struct app *app, int (*fn)(const void *arg),
	       const void *arg, int fd);

/*
 * What bound_call() returned is no errno of fn(), but there was no process for it,
 * or its answer was lost. It is below all errnos.
 */
bool bound_is_own(int err);

/* The latter: fn() may have been done. */
bool bound_is_lost(int err);

/* The text of what bound_call() returned last: of its own, or the errno's. */
const char *bound_error(int err);

/*
 * Sleeps, and returns true if there is time for another try then. Otherwise it
 * returns false, when the time of --timeout is up.
 */
bool bound_pause(const struct app *app, uint64_t ms);

/* The kernel answers at once, even on a machine that is busy. */
#define BOUND_ANSWER_MS 500

/*
 * The kernel tries for two seconds to change something, and says -EBUSY then
 * (docs/netlink.md).
 */
#define BOUND_CHANGE_MS (2000 + BOUND_ANSWER_MS)

/* A patch is disabled by a worker, which tries for two seconds of its own. */
#define BOUND_DISABLE_MS (2000 + BOUND_CHANGE_MS)

/*
 * Something is in the way that may go away. Sleeps for a while and returns true
 * if the user gave a --timeout and it has room for another try, which takes
 * answer_ms at most.
 */
bool bound_retry(const struct app *app, uint64_t answer_ms);

#endif /* KLPCTL_BOUND_H */
