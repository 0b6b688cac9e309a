// SPDX-License-Identifier: GPL-2.0
/*
 * target_varargs.c - a variable number of arguments, of several types.
 */
#include <linux/kernel.h>
#include <linux/stdarg.h>
#include <linux/string.h>

#include "klp_test.h"
#include "klp_target_answer.h"

static __printf(3, 4) __patchable int target_print(char *text, size_t size,
						   const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text, size, format, args);
	va_end(args);
	return length;
}

static int target_call(void)
{
	static const char expected[] =
		"-1 0123456789abcdef word z fedcba9876543210 end 77";
	char text[80] = "";
	int length;

	length = target_print(text, sizeof(text), "%d %016llx %s %c %llx %s %u",
			      -1, 0x0123456789abcdefULL, "word", 'z',
			      0xfedcba9876543210ULL, "end", 77);
	if (strcmp(text, expected))
		return TARGET_BAD;
	return target_answer(length, strlen(expected));
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: variable arguments");
