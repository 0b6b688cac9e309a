// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_slow.c - its callback keeps live patching busy, and no signal ends that
 */
#include <linux/delay.h>

#define KLPCTL_FUNCTION "klpctl_target_answer"
#define KLPCTL_ANSWER 5
#define KLPCTL_PRE_PATCH (ssleep(10), 0)
#include "klpctl_patch.h"
