/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace.h - what a function has done, line by line
 */
#ifndef ORACLE_TRACE_H
#define ORACLE_TRACE_H

#include <stddef.h>

#include "freestanding.h"

/**
 * struct trace - lines
 * @line: each of them
 * @step: the instruction that each belongs to
 * @lines: how many
 */
struct trace {
	char **line;
	u32 *step;
	size_t lines;
};

/**
 * trace_add() - add a line
 * @trace: all zero, or with lines
 * @step: the instruction that it belongs to
 * @format: as for printf()
 */
__attribute__((format(printf, 3, 4))) void
trace_add(struct trace *trace, u32 step, const char *format, ...);

/**
 * trace_sort() - put lines that belong to no step in an order
 * @trace: the lines
 */
void trace_sort(struct trace *trace);

/**
 * trace_clear() - forget all lines
 * @trace: the lines
 */
void trace_clear(struct trace *trace);

/**
 * trace_print() - print all lines
 * @trace: the lines
 * @what: printed before them
 */
void trace_print(const struct trace *trace, const char *what);

/**
 * trace_equal() - compare two traces
 * @patched: what the patched kernel has done
 * @livepatch: what the livepatch has done
 * @what: printed before the first difference, with what came before that
 */
bool trace_equal(const struct trace *patched, const struct trace *livepatch,
		 const char *what);

#endif /* ORACLE_TRACE_H */
