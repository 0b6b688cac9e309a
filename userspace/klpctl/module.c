// SPDX-License-Identifier: GPL-2.0
/*
 * module.c - inserting and removing modules, and what the kernel says of them
 *
 * The system calls are made as they are: a library that also unpacks modules
 * and knows modprobe's configuration would be loaded with every command.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bound.h"
#include "lines.h"
#include "module.h"

/* The flag of TAINT_LIVEPATCH (Documentation/admin-guide/tainted-kernels.rst). */
#define LIVEPATCH_FLAG 'K'

static int insert(const void *fd)
{
	return syscall(SYS_finit_module, *(const int *)fd, "", 0) ? -errno : 0;
}

int module_insert(const struct app *app, int fd)
{
	return bound_call(app, insert, &fd, fd);
}

struct memory {
	const void *data;
	size_t size;
};

static int insert_memory(const void *arg)
{
	const struct memory *module = arg;

	return syscall(SYS_init_module, module->data, module->size, "") ?
		       -errno :
		       0;
}

/* The kernel may be told to take modules from some files only. */
int module_insert_memory(const struct app *app, const void *data, size_t size)
{
	const struct memory module = { .data = data, .size = size };

	return bound_call(app, insert_memory, &module, -1);
}

/* A module that is in use is not waited for. */
static int remove_now(const void *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? -errno : 0;
}

int module_remove(const struct app *app, const char *name)
{
	return bound_call(app, remove_now, name, -1);
}

/* Is it there to be asked? */
static bool is_mounted(const char *path)
{
	return access(path, F_OK) == 0;
}

static bool make_path(char *path, size_t size, const char *name,
		      const char *file)
{
	int len = snprintf(path, size, "%s/%s/%s", SYS_MODULE, name, file);

	return len > 0 && (size_t)len < size;
}

/* The first line of a file of a module, or false. */
static bool read_attribute(const char *name, const char *file, char *text,
			   size_t size)
{
	char path[128];
	FILE *in;
	bool got;

	if (!make_path(path, sizeof(path), name, file))
		return false;
	in = open_text(path);
	if (!in)
		return false;
	got = fgets(text, (int)size, in) != NULL;
	fclose(in);
	return got;
}

/* The line of a module in /proc/modules, newly allocated, or NULL. */
static char *find_line(const char *name)
{
	const size_t len = strlen(name);
	FILE *in = open_text(PROC_MODULES);
	char *line = NULL;
	size_t size = 0;

	while (in && read_line_of(in, &line, &size)) {
		if (strncmp(line, name, len) == 0 && line[len] == ' ') {
			fclose(in);
			return line;
		}
	}
	if (in)
		fclose(in);
	free(line);
	return NULL;
}

enum module_answer module_is_loaded(const char *name)
{
	enum module_answer answer;
	char path[128];
	char *line;

	if (is_mounted(SYS_MODULE)) {
		/* Code that is built in may have a directory too, but not this. */
		return make_path(path, sizeof(path), name, "initstate") &&
				       access(path, F_OK) == 0 ?
			       MODULE_YES :
			       MODULE_NO;
	}
	if (!is_mounted(PROC_MODULES))
		return MODULE_UNKNOWN;
	line = find_line(name);
	answer = line ? MODULE_YES : MODULE_NO;
	free(line);
	return answer;
}

bool module_srcversion(const char *name, char *text, size_t size)
{
	if (!read_attribute(name, "srcversion", text, size))
		return false;
	text[strcspn(text, "\n")] = '\0';
	return true;
}

enum module_answer module_is_livepatch(const char *name)
{
	enum module_answer answer;
	char flags[64] = "";
	char *line;

	if (is_mounted(SYS_MODULE))
		return read_attribute(name, "taint", flags, sizeof(flags)) &&
				       strchr(flags, LIVEPATCH_FLAG) ?
			       MODULE_YES :
			       MODULE_NO;
	if (!is_mounted(PROC_MODULES))
		return MODULE_UNKNOWN;
	line = find_line(name);
	/* The flags are the last word, in parentheses, if there are any. */
	answer = line && strchr(line, '(') &&
				 strchr(strrchr(line, '('), LIVEPATCH_FLAG) ?
			 MODULE_YES :
			 MODULE_NO;
	free(line);
	return answer;
}

bool module_is_coming(const char *name)
{
	char state[32] = "";
	bool coming;
	char *line;

	if (is_mounted(SYS_MODULE))
		return read_attribute(name, "initstate", state,
				      sizeof(state)) &&
		       strcmp(state, "coming\n") == 0;
	line = find_line(name);
	coming = line && strstr(line, " Loading ");
	free(line);
	return coming;
}

enum module_answer module_has_version(const struct klp_patch *patch,
				      const char *wanted)
{
	const char *told = klp_patch_version(patch);
	/* One page, which is all that a file of sysfs can have. */
	char version[4096] = "";

	if (!told)
		return MODULE_NO;
	if (!klp_patch_version_cut(patch))
		return strcmp(told, wanted) == 0 ? MODULE_YES : MODULE_NO;
	if (strncmp(told, wanted, strlen(told)) != 0)
		return MODULE_NO;
	if (!read_attribute(klp_patch_name(patch), "version", version,
			    sizeof(version)))
		return MODULE_UNKNOWN;
	version[strcspn(version, "\n")] = '\0';
	return strcmp(version, wanted) == 0 ? MODULE_YES : MODULE_NO;
}
