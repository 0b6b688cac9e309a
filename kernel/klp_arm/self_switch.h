/* SPDX-License-Identifier: GPL-2.0 */
/*
 * self_switch.h - functions in which a task switches itself to a patch.
 */
#ifndef _KLP_ARM_SELF_SWITCH_H
#define _KLP_ARM_SELF_SWITCH_H

#include "freestanding.h"

bool klp_arm_switches_task(const char *name);

#endif /* _KLP_ARM_SELF_SWITCH_H */
