// SPDX-License-Identifier: GPL-2.0
/*
 * found.c - looks at values, and says what is wrong with them
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "found.h"

/* Keeps the compiler from leaving the reads out. */
static volatile uint64_t seen;

_Noreturn void found(const char *what)
{
	fprintf(stderr, "fuzz: %s\n", what);
	abort();
}

void see_number(uint64_t value)
{
	seen ^= value;
}

void see_text(const char *text)
{
	if (text)
		seen += strlen(text);
}
