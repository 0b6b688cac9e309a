/* SPDX-License-Identifier: GPL-2.0 */
/*
 * lines.h - give the lines behind a change their old numbers
 *
 * Macros such as WARN() put the number of their line into the code. A fix that
 * adds a line would change every function behind it.
 */
#ifndef KLP_BUILD_LINES_H
#define KLP_BUILD_LINES_H

#include <stdio.h>

#include "fault.h"

/**
 * struct lines_hunk - a group of changed lines
 * @first: number of its first line in the new text
 * @count: lines there, maybe 0
 * @behind: old number of the line behind it
 */
struct lines_hunk {
	size_t first;
	size_t count;
	size_t behind;
};

/**
 * struct lines_hunks - all of them
 * @hunk: from the first line to the last
 * @count: how many
 */
struct lines_hunks {
	struct lines_hunk *hunk;
	size_t count;
};

/**
 * lines_read_diff() - read what diff -U0 printed
 * @text: its output
 * @size: of that
 * @hunks: set, to be freed in either case
 * @fault: why not
 */
bool lines_read_diff(const char *text, size_t size, struct lines_hunks *hunks,
		     struct fault *fault);

/**
 * lines_place() - write a text with #line directives
 * @text: the new text
 * @size: of that
 * @hunks: of lines_read_diff()
 * @out: where to write it
 *
 * Each goes to the first line behind a change where a directive may stand. As
 * that may be in a branch that is not compiled, there is another one behind
 * each #if, #else and #endif from there on.
 */
void lines_place(const char *text, size_t size, const struct lines_hunks *hunks,
		 FILE *out);

#endif /* KLP_BUILD_LINES_H */
