// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_unknown.c - names a function that does not exist
 */
#define KLPCTL_FUNCTION "klpctl_target_nowhere"
#define KLPCTL_ANSWER 0
#include "klpctl_patch.h"
