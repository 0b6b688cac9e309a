/* SPDX-License-Identifier: GPL-2.0 */
/*
 * memory.h - allocations that do not fail, for replay.c beside memory.c
 *
 * It is included ahead of replay.c, so that a test sees what klpctl and libklp do
 * without memory, and not what the test does.
 */
#ifndef KLPCTL_TEST_MEMORY_H
#define KLPCTL_TEST_MEMORY_H

#include <stdio.h>
#include <stdlib.h>

void *sure_malloc(size_t size);
void *sure_calloc(size_t count, size_t size);
FILE *sure_fopen(const char *path, const char *mode);
ssize_t sure_getline(char **line, size_t *size, FILE *file);

#define malloc sure_malloc
#define calloc sure_calloc
#define fopen sure_fopen
#define getline sure_getline

#endif /* KLPCTL_TEST_MEMORY_H */
