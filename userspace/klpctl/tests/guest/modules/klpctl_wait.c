// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_wait.c - replaces the function in which tasks of the target sleep
 */
#define KLPCTL_FUNCTION "klpctl_target_wait"
#define KLPCTL_ANSWER 3
#include "klpctl_patch.h"
