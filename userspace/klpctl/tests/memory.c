// SPDX-License-Identifier: GPL-2.0
/*
 * memory.c - malloc() and kin of which one call fails, for tests of klpctl
 *
 * KLP_FAIL_AT is its number, from 1 on. KLP_COUNT_FD is where the number of calls
 * is written to at the end. The C library's own calls, and those of json-c, come
 * here too. Those of memory.h do not count.
 */
#include <errno.h>

#include "memory.h"
#undef malloc
#undef calloc
#undef fopen
#undef getline

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static unsigned long calls;
static int sure;

static int fails(void)
{
	const char *at = getenv("KLP_FAIL_AT");

	if (sure || ++calls != (at ? strtoul(at, NULL, 10) : 0))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}

void *sure_malloc(size_t size)
{
	return __libc_malloc(size);
}

void *sure_calloc(size_t count, size_t size)
{
	return __libc_calloc(count, size);
}

FILE *sure_fopen(const char *path, const char *mode)
{
	FILE *file;

	sure = 1;
	file = fopen(path, mode);
	sure = 0;
	return file;
}

ssize_t sure_getline(char **line, size_t *size, FILE *file)
{
	ssize_t len;

	sure = 1;
	len = getline(line, size, file);
	sure = 0;
	return len;
}

__attribute__((destructor)) static void tell_count(void)
{
	const char *fd = getenv("KLP_COUNT_FD");

	if (fd)
		dprintf((int)strtol(fd, NULL, 10), "%lu", calls);
}
