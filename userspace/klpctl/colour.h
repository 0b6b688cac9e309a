/* SPDX-License-Identifier: GPL-2.0 */
/*
 * colour.h - which words of the text have a colour, and whether any has
 */
#ifndef KLPCTL_COLOUR_H
#define KLPCTL_COLOUR_H

#include "main.h"

enum colour {
	COLOUR_NONE,
	COLOUR_GREEN, /* as wanted */
	COLOUR_YELLOW, /* on its way */
	COLOUR_RED, /* worth a look */
};

/* Is stdout a terminal with colours, whose user has nothing against them? */
bool colour_is_welcome(void);

/* The colour that the value of a field has, by the names of the spec. */
enum colour colour_of(const char *field, const char *value);

/* Prints text, which must be safe for terminals, without a newline. */
void print_coloured(const struct app *app, enum colour colour,
		    const char *text);

#endif /* KLPCTL_COLOUR_H */
