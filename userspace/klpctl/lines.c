// SPDX-License-Identifier: GPL-2.0
/*
 * lines.c - reading the kernel's text files
 */
#include <errno.h>

#include "lines.h"
#include "output.h"

FILE *open_text(const char *path)
{
	FILE *file = fopen(path, "re");

	if (!file && errno == ENOMEM)
		out_of_memory();
	/* What is not read for that reason would pass for what is not there. */
	if (!file && is_out_of_descriptors(errno))
		out_of_descriptors();
	return file;
}

bool read_line_of(FILE *file, char **line, size_t *size)
{
	errno = 0;
	if (getline(line, size, file) > 0)
		return true;
	if (errno == ENOMEM)
		out_of_memory();
	return false;
}
