/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refusal.h - why the kernel did not take a module, or give one up
 */
#ifndef KLPCTL_REFUSAL_H
#define KLPCTL_REFUSAL_H

#include "kmsg.h"

/* Prints why inserting failed; err is the kernel's. Consumes the lines. */
enum status fail_insert(const struct app *app, const char *name, int err,
			struct kmsg_lines *lines);

/* Prints why removing failed. */
enum status fail_remove(const struct app *app, const char *name, int err);

#endif /* KLPCTL_REFUSAL_H */
