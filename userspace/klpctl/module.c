// SPDX-License-Identifier: GPL-2.0
/*
 * module.c - inserting and removing modules; the only file that knows libkmod
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <libkmod.h>

#include "module.h"

/* The flag of TAINT_LIVEPATCH (Documentation/admin-guide/tainted-kernels.rst). */
#define LIVEPATCH_FLAG 'K'

/* What libkmod would print, the callers say in their own words. */
static void discard(void *data, int priority, const char *file, int line,
		    const char *fn, const char *format, va_list args)
{
	(void)data;
	(void)priority;
	(void)file;
	(void)line;
	(void)fn;
	(void)format;
	(void)args;
}

static struct kmod_ctx *new_context(void)
{
	/* modprobe's configuration is about names, aliases and options. */
	static const char *const no_config[] = { NULL };
	struct kmod_ctx *ctx = kmod_new(NULL, no_config);

	if (ctx)
		kmod_set_log_fn(ctx, discard, NULL);
	return ctx;
}

int module_insert(const char *path)
{
	struct kmod_ctx *ctx = new_context();
	struct kmod_module *module;
	int err;

	if (!ctx)
		return -ENOMEM;
	err = kmod_module_new_from_path(ctx, path, &module);
	if (err == 0) {
		err = kmod_module_insert_module(module, 0, NULL);
		kmod_module_unref(module);
	}
	kmod_unref(ctx);
	return err;
}

int module_remove(const char *name)
{
	struct kmod_ctx *ctx = new_context();
	struct kmod_module *module;
	int err;

	if (!ctx)
		return -ENOMEM;
	err = kmod_module_new_from_name(ctx, name, &module);
	if (err == 0) {
		err = kmod_module_remove_module(module, KMOD_REMOVE_NOLOG);
		kmod_module_unref(module);
	}
	kmod_unref(ctx);
	return err;
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
