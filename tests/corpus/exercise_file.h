/* SPDX-License-Identifier: GPL-2.0 */
/*
 * exercise_file.h - files that are read or written whole
 */

#ifndef EXERCISE_FILE_H
#define EXERCISE_FILE_H

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/**
 * show_file() - have the kernel make what a file of it says
 * @name: name of the file; it need not be there
 */
static inline void show_file(const char *name)
{
	char buffer[4096];
	int file = open(name, O_RDONLY | O_NONBLOCK);

	if (file < 0)
		return;
	while (read(file, buffer, sizeof(buffer)) > 0)
		;
	close(file);
}

/**
 * put_file() - write to a file of the kernel
 * @name: name of the file; it need not be there
 * @text: what to write
 */
static inline void put_file(const char *name, const char *text)
{
	int file = open(name, O_WRONLY | O_NONBLOCK);

	if (file < 0)
		return;
	/* A kernel that refuses it has been entered, too. */
	(void)!write(file, text, strlen(text));
	close(file);
}

#endif
