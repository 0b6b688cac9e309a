// SPDX-License-Identifier: GPL-2.0
/*
 * twin.c - the second function of a name that target.c has too
 */
#include <linux/compiler.h>
#include <linux/kernel.h>

#include "twin.h"

static noinline int klpctl_target_twin(void)
{
	barrier();
	return 0;
}

int klpctl_target_other_twin(void)
{
	return klpctl_target_twin();
}
