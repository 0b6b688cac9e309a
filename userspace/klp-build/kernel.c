// SPDX-License-Identifier: GPL-2.0
/*
 * kernel.c - a vmlinux, and what it and its modules export
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "kernel.h"

static int compare_exports(const void *left, const void *right)
{
	const struct kernel_export *a = left;
	const struct kernel_export *b = right;

	return strcmp(a->name, b->name);
}

/* A line is: checksum, name, object, kind of export, namespace. */
static bool read_export(struct kernel *kernel, char *line)
{
	static const char tab[] = "\t";
	char *rest = line;
	const char *field[5] = { "", "", "", "", "" };
	size_t i;

	for (i = 0; i < 5 && rest; i++)
		field[i] = strsep(&rest, tab);
	if (i < 4)
		return false;
	kernel->export = array_more(kernel->export, kernel->exports,
				    sizeof(*kernel->export));
	kernel->export[kernel->exports++] = (struct kernel_export){
		.name = field[1],
		.object = field[2],
		.spaced = *field[4],
	};
	return true;
}

bool kernel_read_exports(struct kernel *kernel, const char *path,
			 struct fault *fault)
{
	size_t size;
	char *rest = file_read(path, &size, fault);
	char *line;

	if (!rest)
		return false;
	kernel->text =
		array_more(kernel->text, kernel->texts, sizeof(*kernel->text));
	kernel->text[kernel->texts++] = rest;
	while ((line = strsep(&rest, "\n"))) {
		if (*line && !read_export(kernel, line))
			return fault_set(fault,
					 "%s: '%s' is no export of a kernel",
					 path, line);
	}
	if (kernel->exports)
		qsort(kernel->export, kernel->exports, sizeof(*kernel->export),
		      compare_exports);
	return true;
}

bool kernel_open(struct kernel *kernel, const char *path, struct fault *fault)
{
	memset(kernel, 0, sizeof(*kernel));
	kernel->path = path;
	return linked_open(&kernel->vmlinux, LINKED_VMLINUX, path, fault);
}

void kernel_close(struct kernel *kernel)
{
	linked_close(&kernel->vmlinux);
	free(kernel->export);
	while (kernel->texts > 0)
		free(kernel->text[--kernel->texts]);
	free(kernel->text);
	memset(kernel, 0, sizeof(*kernel));
}

static const struct kernel_export *find(const struct kernel *kernel,
					const char *name)
{
	const struct kernel_export wanted = { .name = name };

	if (!kernel->exports)
		return NULL;
	return bsearch(&wanted, kernel->export, kernel->exports,
		       sizeof(*kernel->export), compare_exports);
}

static bool is_kernels(const struct kernel_export *export)
{
	return strcmp(export->object, LINKED_VMLINUX) == 0;
}

bool kernel_exports(const struct kernel *kernel, const char *name)
{
	const struct kernel_export *export = find(kernel, name);

	return export && is_kernels(export) && !export->spaced;
}

const char *kernel_exporter(const struct kernel *kernel, const char *name)
{
	const struct kernel_export *export = find(kernel, name);

	return export && !is_kernels(export) ? export->object : NULL;
}
