/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kmsg.h - what the kernel logs about an operation while it runs
 */
#ifndef KLPCTL_KMSG_H
#define KLPCTL_KMSG_H

#include "output.h"

struct kmsg {
	int fd; /* -1 if the log is not to be had */
	int err; /* why not: a negative errno */
};

struct kmsg_lines {
	struct json_object *text; /* an array, perhaps empty */
	const char
		*cause; /* the line that tells best what was refused, or NULL */
	bool names_module; /* the cause does: it is of no other one */
	int err; /* a negative errno if the log could not be read */
};

/* At the present end of the log. */
struct kmsg kmsg_open(void);
void kmsg_close(struct kmsg *kmsg);

/*
 * Returns the lines from there to the present end that tell of a module that
 * was refused: those of livepatch, of klp_arm, of the loader and of the module
 * itself. Closes.
 */
struct kmsg_lines kmsg_take(struct kmsg *kmsg, const char *module);

#endif /* KLPCTL_KMSG_H */
