// SPDX-License-Identifier: GPL-2.0
/*
 * oom.c - programs of the host's tests that lack memory
 */
#include "oom.h"

#include <err.h>
#include <stdlib.h>

_Noreturn void out_of_memory(void)
{
	err(EXIT_FAILURE, NULL);
}
