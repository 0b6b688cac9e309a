// SPDX-License-Identifier: GPL-2.0
/*
 * commands.c - what the commands of klp-diff have in common
 */
#include <stdio.h>

#include "commands.h"

int command_fail(const struct fault *fault)
{
	fprintf(stderr, "klp-diff: %s\n", fault->text);
	return OUTCOME_FAILED;
}
