// SPDX-License-Identifier: GPL-2.0
/*
 * module.c - inserting and removing modules, and what the kernel says of them
 *
 * The system calls are made as they are: a library that also unpacks modules
 * and knows modprobe's configuration would be loaded with every command.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "module.h"

/* The flag of TAINT_LIVEPATCH (Documentation/admin-guide/tainted-kernels.rst). */
#define LIVEPATCH_FLAG 'K'

int module_insert(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (syscall(SYS_finit_module, fd, "", 0))
		err = -errno;
	close(fd);
	return err;
}

/* A module that is in use is not waited for. */
int module_remove(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? -errno : 0;
}

static bool make_path(char *path, size_t size, const char *name,
		      const char *file)
{
	int len = snprintf(path, size, "/sys/module/%s/%s", name, file);

	return len > 0 && (size_t)len < size;
}

bool module_is_loaded(const char *name)
{
	char path[128];

	/* Code that is built in may have a directory too, but not this file. */
	return make_path(path, sizeof(path), name, "initstate") &&
	       access(path, F_OK) == 0;
}

bool module_is_livepatch(const char *name)
{
	char flags[64] = "";
	char path[128];
	FILE *file;

	if (!make_path(path, sizeof(path), name, "taint"))
		return false;
	file = fopen(path, "re");
	if (!file)
		return false;
	if (!fgets(flags, sizeof(flags), file))
		flags[0] = '\0';
	fclose(file);
	return strchr(flags, LIVEPATCH_FLAG) != NULL;
}
