// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_refused.c - names a function whose prologue cannot be undone
 */
#define KLPCTL_FUNCTION "klpctl_target_refused"
#define KLPCTL_ANSWER 0
#include "klpctl_patch.h"
