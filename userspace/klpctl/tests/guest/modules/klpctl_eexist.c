// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_eexist.c - its callback returns an errno that could mean a loaded module
 */
#define KLPCTL_FUNCTION "klpctl_target_answer"
#define KLPCTL_ANSWER 4
#define KLPCTL_PRE_PATCH (-EEXIST)
#include "klpctl_patch.h"
