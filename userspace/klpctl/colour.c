// SPDX-License-Identifier: GPL-2.0
/*
 * colour.c - which words of the text have a colour, and whether any has
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "colour.h"

static const struct {
	const char *field;
	const char *value;
	enum colour colour;
} colours[] = {
	{ "state", "enabled", COLOUR_GREEN },
	{ "state", "patched", COLOUR_GREEN },
	{ "state", "enabling", COLOUR_YELLOW },
	{ "state", "disabling", COLOUR_YELLOW },
	{ "state", "patching", COLOUR_YELLOW },
	{ "state", "unpatching", COLOUR_YELLOW },
	{ "forced", "yes", COLOUR_RED },
	{ "reason", "running", COLOUR_RED },
	{ "reason", "sleeping-on-func", COLOUR_RED },
	{ "reason", "unreliable-stack", COLOUR_RED },
	{ "reason", "idle", COLOUR_RED },
};

bool colour_is_welcome(void)
{
	const char *refusal = getenv("NO_COLOR"); /* no-color.org */
	const char *terminal = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(refusal && *refusal) && terminal &&
	       strcmp(terminal, "dumb") != 0;
}

enum colour colour_of(const char *field, const char *value)
{
	size_t i;

	for (i = 0; i < sizeof(colours) / sizeof(colours[0]); i++) {
		if (strcmp(field, colours[i].field) == 0 &&
		    strcmp(value, colours[i].value) == 0)
			return colours[i].colour;
	}
	return COLOUR_NONE;
}

void print_coloured(const struct app *app, enum colour colour, const char *text)
{
	/* ECMA-48, SGR: the colours that every terminal has. */
	static const char *const begin[] = {
		[COLOUR_GREEN] = "\033[32m",
		[COLOUR_YELLOW] = "\033[33m",
		[COLOUR_RED] = "\033[31m",
	};

	if (app->colour && colour != COLOUR_NONE)
		printf("%s%s\033[0m", begin[colour], text);
	else
		fputs(text, stdout);
}
