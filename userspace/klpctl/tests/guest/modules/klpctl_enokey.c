// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_enokey.c - its callback returns an errno that could mean no signature
 */
#define KLPCTL_FUNCTION "klpctl_target_answer"
#define KLPCTL_ANSWER 4
#define KLPCTL_PRE_PATCH (-ENOKEY)
#include "klpctl_patch.h"
