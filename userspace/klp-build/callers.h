/* SPDX-License-Identifier: GPL-2.0 */
/*
 * callers.h - which functions of a vmlinux call one that cannot be replaced
 *
 * They are found by the branches in the code of vmlinux, which has what was inlined
 * where it went, and calls within one section, for which objects have no relocations.
 * Who calls by a pointer, or from a module, is not found.
 */
#ifndef KLP_BUILD_CALLERS_H
#define KLP_BUILD_CALLERS_H

#include "image.h"
#include "refuse.h"

/**
 * struct callers - all callers of a function
 * @caller: each once, those that can be replaced first; then those of the function
 *	itself, in the order of the code
 * @count: how many
 * @found: whether vmlinux has the function
 */
struct callers {
	struct caller *caller;
	size_t count;
	bool found;
};

/**
 * callers_find() - find who calls a function
 *
 * Where a caller cannot be replaced, those who call that one are callers, too.
 *
 * @image: the vmlinux, which has to stay
 * @name: of the function; all functions of that name
 * @source: name of the source that a static function is in; NULL for any
 * @callers: set, callers_free() it
 */
void callers_find(const struct image *image, const char *name,
		  const char *source, struct callers *callers);

/**
 * callers_free() - forget callers
 * @callers: of callers_find()
 */
void callers_free(struct callers *callers);

/**
 * callers_open() - open a vmlinux to find callers in
 * @image: set; image_close() it in either case
 * @path: of the file
 * @fault: why not
 */
bool callers_open(struct image *image, const char *path, struct fault *fault);

/**
 * callers_name() - name the callers of functions that were refused for want of a
 *	tracing call
 * @refusals: of one object
 * @atoms: the old object
 * @image: the vmlinux
 */
void callers_name(struct refusals *refusals, const struct atoms *atoms,
		  const struct image *image);

#endif /* KLP_BUILD_CALLERS_H */
