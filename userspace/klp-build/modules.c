// SPDX-License-Identifier: GPL-2.0
/*
 * modules.c - what modules export to each other
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "modules.h"

/* As the kernel calls the module of a file; to be freed. */
static char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = text_copy(slash ? slash + 1 : path);
	char *pos;

	for (pos = name; *pos; pos++) {
		if (*pos == '-')
			*pos = '_';
	}
	return name;
}

/* Where the module is: names that are not absolute begin at the vmlinux. */
static char *file_of(const struct modules *modules, const char *path)
{
	const char *vmlinux = modules->kernel->path;
	const char *slash = strrchr(vmlinux, '/');
	const int length = slash ? (int)(slash + 1 - vmlinux) : 0;
	char *file;

	if (asprintf(&file, "%.*s%s.ko", *path == '/' ? 0 : length, vmlinux,
		     path) < 0)
		out_of_memory();
	return file;
}

static struct linked *open_exporter(struct modules *modules, const char *path,
				    struct fault *fault)
{
	char *name = name_of(path);
	struct linked *linked;
	char *file;
	bool read;
	size_t i;

	for (i = 0; i < modules->count; i++) {
		if (strcmp(modules->exporter[i].object, name) == 0) {
			free(name);
			return &modules->exporter[i];
		}
	}
	modules->exporter = array_more(modules->exporter, modules->count,
				       sizeof(*modules->exporter));
	modules->file = array_more(modules->file, modules->count,
				   sizeof(*modules->file));
	linked = &modules->exporter[modules->count];
	file = file_of(modules, path);
	read = linked_open(linked, name, file, fault);
	if (read) {
		modules->file[modules->count++] = file;
		return linked;
	}
	linked_close(linked);
	free(file);
	free(name);
	return NULL;
}

bool modules_find(struct modules *modules, const char *path, const char *name,
		  struct linked_symbol *symbol, struct fault *fault)
{
	struct linked *exporter = open_exporter(modules, path, fault);

	if (!exporter)
		return false;
	if (!linked_needs(modules->user, exporter->object))
		return fault_set(fault,
				 "'%s' is exported by module %s, which may not"
				 " be there when %s is: that does not depend on"
				 " it",
				 name, exporter->object, modules->user->object);
	if (!linked_global(exporter, name, symbol))
		return fault_set(fault,
				 "module %s has no symbol '%s', though"
				 " Module.symvers says so",
				 exporter->object, name);
	return true;
}

void modules_close(struct modules *modules)
{
	while (modules->count > 0) {
		struct linked *linked = &modules->exporter[--modules->count];
		char *name = (char *)linked->object;

		linked_close(linked);
		free(name);
		free(modules->file[modules->count]);
	}
	free(modules->exporter);
	free(modules->file);
	modules->exporter = NULL;
	modules->file = NULL;
}
