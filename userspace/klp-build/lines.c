// SPDX-License-Identifier: GPL-2.0
/*
 * lines.c - give the lines behind a change their old numbers
 */
#include <stdlib.h>
#include <string.h>

#include "lex.h"
#include "lines.h"

static size_t line_size(const char *text, size_t size)
{
	const char *newline = memchr(text, '\n', size);

	return newline ? (size_t)(newline - text) + 1 : size;
}

/* "12,3" or "12", as after the '-' or the '+' of a hunk. */
static const char *read_range(const char *text, size_t *first, size_t *count)
{
	char *end;

	*first = strtoul(text, &end, 10);
	*count = 1;
	if (end == text)
		return NULL;
	if (*end != ',')
		return end;
	text = end + 1;
	*count = strtoul(text, &end, 10);
	return end == text ? NULL : end;
}

/* No text is as long. Sums of such numbers do not wrap. */
#define MOST_LINES 100000000

static bool read_hunk(const char *line, struct lines_hunk *hunk)
{
	size_t old;
	size_t olds;
	const char *pos = read_range(line + 4, &old, &olds);

	if (!pos || strncmp(pos, " +", 2) != 0)
		return false;
	pos = read_range(pos + 2, &hunk->first, &hunk->count);
	if (!pos || strncmp(pos, " @@", 3) != 0 || old > MOST_LINES ||
	    olds > MOST_LINES || hunk->first > MOST_LINES ||
	    hunk->count > MOST_LINES)
		return false;
	/* Of nothing, the number is that of the line before. */
	if (hunk->count == 0)
		hunk->first++;
	hunk->behind = olds ? old + olds : old + 1;
	return true;
}

/* The longest first line of a hunk, with all numbers but without the rest. */
#define HUNK_SIZE 128

bool lines_read_diff(const char *text, size_t size, struct lines_hunks *hunks,
		     struct fault *fault)
{
	size_t last = 0;

	hunks->hunk = NULL;
	hunks->count = 0;
	while (size > 0) {
		size_t len = line_size(text, size);
		struct lines_hunk *hunk;
		char line[HUNK_SIZE] = "";

		memcpy(line, text, len < sizeof(line) ? len : sizeof(line) - 1);
		text += len;
		size -= len;
		if (strncmp(line, "@@ -", 4) != 0)
			continue;
		hunks->hunk = array_more(hunks->hunk, hunks->count,
					 sizeof(*hunks->hunk));
		hunk = &hunks->hunk[hunks->count];
		if (!read_hunk(line, hunk) || hunk->first < last)
			return fault_set(fault, "not from diff -U0: %s", line);
		last = hunk->first + hunk->count;
		hunks->count++;
	}
	return true;
}

/* What is known at the beginning of a line. */
struct place {
	const struct lines_hunk *hunk; /* the last one before, or NULL */
	size_t left; /* changed lines of it that are still to come */
	bool due; /* numbers may be wrong from here on */
	bool any; /* there has been a directive */
};

static void enter_hunks(struct place *place, const struct lines_hunks *hunks,
			size_t *next, size_t number)
{
	while (*next < hunks->count && hunks->hunk[*next].first == number) {
		place->hunk = &hunks->hunk[(*next)++];
		place->left = place->hunk->count;
		place->due = true;
		if (place->left)
			return;
	}
}

static size_t old_number(const struct place *place, size_t number)
{
	return place->hunk->behind +
	       (number - place->hunk->first - place->hunk->count);
}

void lines_place(const char *text, size_t size, const struct lines_hunks *hunks,
		 FILE *out)
{
	struct place place = { 0 };
	struct lex lex = { 0 };
	size_t number = 1;
	size_t next = 0;

	while (size > 0) {
		size_t len = line_size(text, size);

		enter_hunks(&place, hunks, &next, number);
		if (place.any && lex.conditional)
			place.due = true;
		if (place.left) {
			place.left--;
		} else if (place.due && lex_is_open(&lex)) {
			fprintf(out, "#line %zu\n", old_number(&place, number));
			place.due = false;
			place.any = true;
		}
		fwrite(text, 1, len, out);
		lex_line(&lex, text, len);
		text += len;
		size -= len;
		number++;
	}
}
