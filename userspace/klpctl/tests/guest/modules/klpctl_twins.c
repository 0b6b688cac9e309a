// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_twins.c - names a function of which there are two
 */
#define KLPCTL_FUNCTION "klpctl_target_twin"
#define KLPCTL_ANSWER 0
#include "klpctl_patch.h"
