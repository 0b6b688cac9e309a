/* SPDX-License-Identifier: GPL-2.0 */
/*
 * desired.h - the patches that a machine is to run, and why it does not
 */
#ifndef KLPCTL_DESIRED_H
#define KLPCTL_DESIRED_H

#include "output.h"

/* Bits; several may hold at once. None: the patch runs as desired. */
enum desired_reason {
	DESIRED_NOT_LOADED = 1 << 0,
	DESIRED_DISABLED = 1 << 1, /* its module is there, and does nothing */
	DESIRED_TRANSITION = 1 << 2,
	DESIRED_WRONG_VERSION = 1 << 3,
	DESIRED_NOT_ENABLED = 1 << 4, /* one of the first two: nothing tells */
	DESIRED_CORE_BUSY = 1 << 5, /* before or after its transition */
	DESIRED_VERSION_UNKNOWN = 1 << 6, /* it may be the one, or not */
};

#define DESIRED_REASONS 7

struct desired_patch {
	const char *name;
	const char *version; /* NULL: any */
	unsigned int unmet; /* after desired_compare(): enum desired_reason */
};

/* Strings belong to text. */
struct desired {
	struct desired_patch *patch;
	size_t count;
	char *text;
	enum error error; /* when the file could not be read */
	char *why;
};

/*
 * Reads the file of --desired: a line has a name and maybe a version. Returns
 * 0, or -1 with an error that begins with the path; release it in either case.
 */
int desired_read(struct desired *desired, const struct app *app);
void desired_release(struct desired *desired);

/* list may be NULL, for a kernel without live patching. */
void desired_compare(struct desired *desired,
		     const struct klp_patch_list *list);

/* Of a bit by its number, below DESIRED_REASONS: "wrong_version", "wrong-version". */
const char *desired_reason_label(size_t number);
const char *desired_reason_name(size_t number);

#endif /* KLPCTL_DESIRED_H */
