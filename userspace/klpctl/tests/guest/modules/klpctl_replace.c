// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_replace.c - the target answers 3, in the place of whatever is there
 */
#define KLPCTL_FUNCTION "klpctl_target_answer"
#define KLPCTL_ANSWER 3
#define KLPCTL_REPLACE true
#include "klpctl_patch.h"
