/* SPDX-License-Identifier: GPL-2.0 */
/*
 * modules.h - what modules export to each other
 */
#ifndef KLP_BUILD_MODULES_H
#define KLP_BUILD_MODULES_H

#include "kernel.h"

/**
 * struct modules - the modules that one module refers to
 * @kernel: that they are all of
 * @user: the module that refers to them
 * @exporter: those that were read so far
 * @file: of each
 * @count: how many
 */
struct modules {
	const struct kernel *kernel;
	const struct linked *user;
	struct linked *exporter;
	char **file;
	size_t count;
};

/**
 * modules_find() - look up a symbol that another module exports
 * @modules: the modules
 * @path: file of the other module, without its ending, as of kernel_exporter()
 * @name: of the symbol
 * @symbol: set, if it is there
 * @fault: why not
 *
 * The other module has to be there whenever the user is.
 */
bool modules_find(struct modules *modules, const char *path, const char *name,
		  struct linked_symbol *symbol, struct fault *fault);

/**
 * modules_close() - forget them
 * @modules: the modules
 */
void modules_close(struct modules *modules);

#endif /* KLP_BUILD_MODULES_H */
