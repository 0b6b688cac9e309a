// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_second.c - the target answers 2, over whatever is there
 */
#define KLPCTL_FUNCTION "klpctl_target_answer"
#define KLPCTL_ANSWER 2
#include "klpctl_patch.h"
