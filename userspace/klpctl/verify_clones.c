// SPDX-License-Identifier: GPL-2.0
/*
 * verify_clones.c - functions that exist under the names of their clones only
 *
 * GCC makes NAME.constprop.0 and NAME.isra.0 of a function whose callers all
 * pass the same, NAME.part.0 of what it does not inline of it, and NAME.cold
 * of what hardly ever runs.
 */
#include <stdio.h>
#include <stdlib.h>

#include "verify.h"

static char *name_clones(const char *const *found, size_t count)
{
	char *why = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&why, &size);
	size_t i;

	if (!stream)
		out_of_memory();
	fputs("the compiler left no symbol of this name, only", stream);
	for (i = 0; i < count; i++)
		fprintf(stream, "%s '%s'", i ? "," : "", found[i]);
	fputs(": a clone takes other arguments or is a part of the function, so"
	      " replace the functions that call it",
	      stream);
	if (fclose(stream) != 0 || !why)
		out_of_memory();
	return why;
}

void verify_add_missing(struct verify_report *report, struct verify_row *row,
			const char *const *found, size_t count)
{
	char *why = count ? name_clones(found, count) : NULL;

	row->reason = "not-found";
	row->why = why ? why :
			 "the object has no symbol of this name: if the"
			 " source has the function, the compiler inlined"
			 " it, so replace the functions that call it";
	row->clones = found;
	row->clone_count = count;
	verify_add(report, row);
	free(why);
}

void verify_refuse_ambiguous(struct verify_row *row)
{
	row->found = true;
	row->reason = "ambiguous";
	row->why = "several symbols have this name: old_sympos must say which";
}
