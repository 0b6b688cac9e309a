/* SPDX-License-Identifier: GPL-2.0 */
/*
 * leftover.h - livepatch modules that are loaded and whose patch is not in use
 */
#ifndef KLPCTL_LEFTOVER_H
#define KLPCTL_LEFTOVER_H

#include "output.h"

/*
 * The kernel drops its references to a module in a work item after the end of
 * the transition, so removal may have to be tried again for a moment.
 */
#define UNLOAD_INTERVAL_MS 50
#define UNLOAD_RETRIES (5000 / UNLOAD_INTERVAL_MS)

enum leftover_state {
	LEFTOVER_LOADED, /* and no patch of it was ever enabled */
	LEFTOVER_DISABLED,
	LEFTOVER_REPLACED, /* by a patch that replaces all others */
	LEFTOVER_UNKNOWN, /* the kernel does not remember which of them */
};

struct leftover {
	char *name;
	enum leftover_state state;
	uint64_t references; /* 0: nothing keeps it from being removed */
	bool removed;
};

struct leftovers {
	struct leftover *module;
	size_t count;
};

/* For const struct leftover. */
extern const struct field leftover_fields[];

/*
 * Reads which there are; release it in either case. On failure the error has
 * been printed.
 */
enum status leftovers_read(const struct app *app, struct leftovers *leftovers);
void leftovers_release(struct leftovers *leftovers);

/*
 * Removes those that were replaced, for as long as there is time. Adds the
 * arrays "unloaded", "kept" and "unknown" to the result, unless they cannot be
 * told: then the error has been printed. With "kept" there is "why". STATUS_OK if
 * all that are known to be replaced are gone, STATUS_BLOCKED if the time was up.
 */
enum status unload_replaced(const struct app *app, struct json_object *result);

/* Prints these arrays as text. */
void print_replaced(const struct app *app, struct json_object *result);

#endif /* KLPCTL_LEFTOVER_H */
