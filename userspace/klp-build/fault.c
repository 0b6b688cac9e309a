// SPDX-License-Identifier: GPL-2.0
/*
 * fault.c - why something could not be done, and memory that never lacks
 */
#include <err.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"

bool fault_set(struct fault *fault, const char *format, ...)
{
	va_list args;

	if (fault->text[0])
		return false;
	va_start(args, format);
	vsnprintf(fault->text, sizeof(fault->text), format, args);
	va_end(args);
	return false;
}

_Noreturn void out_of_memory(void)
{
	errx(EXIT_FAILURE, "there is no memory left");
}

void *array_more(void *array, size_t count, size_t size)
{
	size_t room = count ? count * 2 : 16;

	/* Full at 0, 16, 32, 64...: no one has to remember the room. */
	if (count && (count < 16 || (count & (count - 1))))
		return array;
	array = reallocarray(array, room, size);
	if (!array)
		out_of_memory();
	return array;
}

void *array_new(size_t count, size_t size)
{
	void *array = calloc(count ? count : 1, size);

	if (!array)
		out_of_memory();
	return array;
}

char *text_copy(const char *text)
{
	char *copied = strdup(text);

	if (!copied)
		out_of_memory();
	return copied;
}

char *text_make(const char *format, ...)
{
	char *text;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		out_of_memory();
	va_end(args);
	return text;
}
