/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kernel.h - a vmlinux, and what it and its modules export
 */
#ifndef KLP_BUILD_KERNEL_H
#define KLP_BUILD_KERNEL_H

#include "linked.h"

/**
 * struct kernel_export - an exported symbol
 * @name: of the symbol
 * @object: file that has it, without its ending; "vmlinux" for the kernel itself
 * @spaced: only modules that import its namespace may refer to it
 */
struct kernel_export {
	const char *name;
	const char *object;
	bool spaced;
};

/**
 * struct kernel - a vmlinux
 * @vmlinux: the file
 * @path: of it; what modules are called by begins in its directory
 * @text: of the files with all exports
 * @texts: how many
 * @export: sorted by name
 * @exports: how many
 */
struct kernel {
	struct linked vmlinux;
	const char *path;
	char **text;
	size_t texts;
	struct kernel_export *export;
	size_t exports;
};

/**
 * kernel_open() - read a vmlinux
 * @kernel: set; kernel_close() it in either case
 * @path: of vmlinux; has to stay
 * @fault: why not
 */
bool kernel_open(struct kernel *kernel, const char *path, struct fault *fault);

/**
 * kernel_read_exports() - read what the kernel or modules export
 * @kernel: of kernel_open()
 * @path: of a Module.symvers
 * @fault: why not
 */
bool kernel_read_exports(struct kernel *kernel, const char *path,
			 struct fault *fault);

/**
 * kernel_close() - forget a vmlinux
 * @kernel: of kernel_open()
 */
void kernel_close(struct kernel *kernel);

/**
 * kernel_exports() - may each module refer to a symbol by its name alone?
 * @kernel: the vmlinux
 * @name: of the symbol
 *
 * Return: false for what is exported in a namespace or by a module, too.
 */
bool kernel_exports(const struct kernel *kernel, const char *name);

/**
 * kernel_exporter() - the module that exports a symbol
 * @kernel: the vmlinux
 * @name: of the symbol
 *
 * Return: its file without the ending; NULL if no module does.
 */
const char *kernel_exporter(const struct kernel *kernel, const char *name);

#endif /* KLP_BUILD_KERNEL_H */
