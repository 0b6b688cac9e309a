// SPDX-License-Identifier: GPL-2.0
/*
 * trace.c - what a function has done, line by line
 */
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "trace.h"

/* What came before a difference tells where it is. */
#define LINES_BEFORE 3

void trace_add(struct trace *trace, u32 step, const char *format, ...)
{
	va_list args;

	/* More room whenever there are a power of two of them */
	if (!(trace->lines & (trace->lines - 1))) {
		size_t room = trace->lines ? 2 * trace->lines : 1;

		trace->line = realloc(trace->line, room * sizeof(char *));
		trace->step = realloc(trace->step, room * sizeof(u32));
		if (!trace->line || !trace->step)
			err(2, "trace");
	}
	trace->step[trace->lines] = step;
	va_start(args, format);
	if (vasprintf(&trace->line[trace->lines], format, args) < 0)
		err(2, "trace");
	va_end(args);
	trace->lines++;
}

static int compare(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

void trace_sort(struct trace *trace)
{
	if (trace->lines)
		qsort(trace->line, trace->lines, sizeof(char *), compare);
}

void trace_clear(struct trace *trace)
{
	size_t i;

	for (i = 0; i < trace->lines; i++)
		free(trace->line[i]);
	free(trace->line);
	free(trace->step);
	memset(trace, 0, sizeof(*trace));
}

static void print_line(const char *who, const struct trace *trace, size_t at)
{
	if (at < trace->lines)
		printf("    %s, step %u: %s\n", who, trace->step[at],
		       trace->line[at]);
	else
		printf("    %s: nothing more\n", who);
}

void trace_print(const struct trace *trace, const char *what)
{
	size_t i;

	printf("%s:\n", what);
	for (i = 0; i < trace->lines; i++)
		print_line("patched kernel", trace, i);
}

bool trace_equal(const struct trace *patched, const struct trace *livepatch,
		 const char *what)
{
	size_t i, j;

	for (i = 0; i < patched->lines && i < livepatch->lines; i++)
		if (patched->step[i] != livepatch->step[i] ||
		    strcmp(patched->line[i], livepatch->line[i]) != 0)
			break;
	if (i == patched->lines && i == livepatch->lines)
		return true;
	printf("%s: different\n", what);
	for (j = i > LINES_BEFORE ? i - LINES_BEFORE : 0; j < i; j++)
		print_line("both", patched, j);
	print_line("patched kernel", patched, i);
	print_line("livepatch", livepatch, i);
	return false;
}
