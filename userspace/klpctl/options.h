/* SPDX-License-Identifier: GPL-2.0 */
/*
 * options.h - the options of the command line
 */
#ifndef KLPCTL_OPTIONS_H
#define KLPCTL_OPTIONS_H

#include "main.h"

/*
 * Takes all options; optind is then that of the first word. On failure the
 * error has been printed. instead becomes the command that one stands for.
 */
enum status parse_options(struct app *app, int argc, char **argv,
			  const char **instead);

/* The first of the options in a mask, such as "--wait". */
const char *option_name(unsigned int mask);

#endif /* KLPCTL_OPTIONS_H */
