// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_eperm.c - its callback returns an errno that could mean no permission
 */
#define KLPCTL_FUNCTION "klpctl_target_answer"
#define KLPCTL_ANSWER 4
#define KLPCTL_PRE_PATCH (-EPERM)
#include "klpctl_patch.h"
