/* SPDX-License-Identifier: GPL-2.0 */
/*
 * lines.h - reading the kernel's text files
 *
 * A file that could not be read for lack of memory or of descriptors is none that is
 * not there: both functions end klpctl then, as out_of_memory() does.
 */
#ifndef KLPCTL_LINES_H
#define KLPCTL_LINES_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>

/* Is that errno one of a process, or a machine, that has too many open files? */
static inline bool is_out_of_descriptors(int number)
{
	return number == EMFILE || number == ENFILE;
}

_Noreturn void out_of_descriptors(void);

/* NULL with errno. */
FILE *open_text(const char *path);

/* As getline(); false at the end. */
bool read_line_of(FILE *file, char **line, size_t *size);

#endif /* KLPCTL_LINES_H */
