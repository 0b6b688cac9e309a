/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ko.h - what a module's file says of itself, before the kernel sees it
 */
#ifndef KLPCTL_KO_H
#define KLPCTL_KO_H

#include "build_id.h"
#include "output.h"

struct ko {
	char *name;
	char *vermagic;
	char *version; /* NULL: it has none */
	char *srcversion; /* the same */
	char build_id[BUILD_ID_TEXT]; /* empty: it has none */
	bool livepatch;
	unsigned char *data; /* the module, if its file is compressed, or NULL */
	size_t size;
	char *target; /* build id of its vmlinux; NULL: it does not say */
	char **target_mod; /* "module:build id" */
	size_t target_mods;
};

/*
 * Reads and checks a file, compressed or not: a whole ELF module for 32-bit ARM
 * with a name. On failure the error has been printed. Release it in either
 * case.
 */
enum status ko_read(const struct app *app, const char *path, struct ko *ko);
void ko_release(struct ko *ko);

/* Is it the name of a file that has a module, maybe compressed? */
bool has_module_suffix(const char *path);

#endif /* KLPCTL_KO_H */
