// SPDX-License-Identifier: GPL-2.0
/*
 * walk.c - all .cmd files below a directory
 */
#include <err.h>
#include <errno.h>
#include <fts.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "commands.h"
#include "walk.h"

static bool is_saved(const FTSENT *entry)
{
	const size_t len = entry->fts_namelen;

	return entry->fts_info == FTS_F && entry->fts_name[0] == '.' &&
	       len > 4 && strcmp(entry->fts_name + len - 4, ".cmd") == 0;
}

static int by_name(const FTSENT **left, const FTSENT **right)
{
	return strcmp((*left)->fts_name, (*right)->fts_name);
}

void walk_saved(const char *root,
		void (*visit)(void *context, const char *path), void *context)
{
	char *const roots[] = { (char *)root, NULL };
	FTSENT *entry;
	FTS *tree;

	tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	if (!tree)
		err(OUTCOME_FAILED, "%s", root);
	for (errno = 0; (entry = fts_read(tree)); errno = 0) {
		if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR)
			errx(OUTCOME_FAILED, "%s: %s", entry->fts_path,
			     strerror(entry->fts_errno));
		if (is_saved(entry))
			visit(context, entry->fts_path);
	}
	if (errno)
		err(OUTCOME_FAILED, "%s", root);
	fts_close(tree);
}
