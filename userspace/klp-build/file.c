// SPDX-License-Identifier: GPL-2.0
/*
 * file.c - a text file as a string
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

/* No text that is read here is as large. */
#define LARGEST_FILE (256UL << 20)

char *file_read(const char *path, size_t *size, struct fault *fault)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t room = 4096;
	size_t got;

	*size = 0;
	if (!file) {
		fault_set(fault, "%s: %s", path, strerror(errno));
		return NULL;
	}
	do {
		room *= 2;
		text = realloc(text, room);
		if (!text)
			out_of_memory();
		got = fread(text + *size, 1, room - 1 - *size, file);
		*size += got;
	} while (got > 0 && room < LARGEST_FILE);
	text[*size] = '\0';
	if (ferror(file) || got) {
		fault_set(fault, "%s: %s", path,
			  ferror(file) ? strerror(errno) : "too large");
		free(text);
		text = NULL;
	}
	fclose(file);
	return text;
}
