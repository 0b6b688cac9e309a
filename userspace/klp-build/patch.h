/* SPDX-License-Identifier: GPL-2.0 */
/*
 * patch.h - which files a patch changes, and whether it may
 */
#ifndef KLP_BUILD_PATCH_H
#define KLP_BUILD_PATCH_H

#include <stdio.h>

#include "fault.h"

/**
 * struct patch_file - one file
 * @path: without the "a/" or "b/"
 * @added: there is none before
 * @removed: there is none afterwards
 */
struct patch_file {
	char *path;
	bool added;
	bool removed;
};

/**
 * struct patch - all files of a patch
 * @file: in the order of the patch
 * @count: how many
 * @current: the one that is being read
 */
struct patch {
	struct patch_file *file;
	size_t count;
	size_t current;
};

/**
 * patch_read() - read a unified diff
 * @text: all of it
 * @size: of that
 * @patch: set, patch_free() it in either case
 * @fault: why not
 */
bool patch_read(const char *text, size_t size, struct patch *patch,
		struct fault *fault);

/**
 * patch_keep() - write what a unified diff does to some files
 * @text: all of it
 * @size: of that
 * @paths: the files, without the "a/" or "b/"
 * @count: how many
 * @out: where to write heads of files, and hunks; what is between is left out
 * @fault: why not
 */
bool patch_keep(const char *text, size_t size, char *const *paths, size_t count,
		FILE *out, struct fault *fault);

/**
 * patch_free() - forget a patch
 * @patch: of patch_read()
 */
void patch_free(struct patch *patch);

/**
 * patch_refusal() - why a file's change cannot be live-patched
 * @file: of patch_read()
 *
 * Return: the reason, NULL if there is none.
 */
const char *patch_refusal(const struct patch_file *file);

#endif /* KLP_BUILD_PATCH_H */
