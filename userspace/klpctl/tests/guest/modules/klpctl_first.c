// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_first.c - the target answers 1
 */
#define KLPCTL_FUNCTION "klpctl_target_answer"
#define KLPCTL_ANSWER 1
#include "klpctl_patch.h"
MODULE_VERSION("1.0");
