/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refusal.h - why the kernel did not take a module, or give one up
 */
#ifndef KLPCTL_REFUSAL_H
#define KLPCTL_REFUSAL_H

#include "kmsg.h"

/*
 * Prints why inserting failed; err is the kernel's. A transition of another patch was
 * in the way, which may be over by now, if was_busy says so. Consumes the lines.
 */
enum status fail_insert(const struct app *app, const char *name, int err,
			bool was_busy, struct kmsg_lines *lines);

/*
 * Of the transitions that the kernel remembers: did the last one of the patch
 * disable it by force? Then its module stays.
 */
bool was_forced_out(const struct app *app, const char *name);

/* Prints why removing failed. */
enum status fail_remove(const struct app *app, const char *name, int err);

#endif /* KLPCTL_REFUSAL_H */
