/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kmsg.h - what the kernel logs about an operation while it runs
 */
#ifndef KLPCTL_KMSG_H
#define KLPCTL_KMSG_H

#include "output.h"

/* Returns a descriptor at the log's present end, or -1 if it is not to be had. */
int kmsg_open(void);

/*
 * Returns the lines since then that livepatch, klp_arm or the module named
 * have written: a new array, perhaps empty. Closes the descriptor.
 */
struct json_object *kmsg_take(int fd, const char *module);

#endif /* KLPCTL_KMSG_H */
