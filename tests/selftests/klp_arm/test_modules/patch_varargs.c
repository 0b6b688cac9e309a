// SPDX-License-Identifier: GPL-2.0
/*
 * patch_varargs.c - patches the function of target_varargs.c.
 */
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/stdarg.h>

static __printf(3, 4) int patch_print(char *text, size_t size,
				      const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text, size, format, args);
	va_end(args);
	return length + 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_print", .new_func = (void *)patch_print },
	{ }
};

#define PATCH_OBJECT "target_varargs"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: variable arguments");
