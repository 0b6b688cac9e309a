/* SPDX-License-Identifier: GPL-2.0 */
/*
 * state.h - what a reader is told about patches and funcs.
 */
#ifndef _KLP_ARM_STATE_H
#define _KLP_ARM_STATE_H

#include "model.h"

enum klp_arm_patch_state
klp_arm_patch_state(const struct klp_arm_record *record);
bool klp_arm_core_busy(void);

#endif /* _KLP_ARM_STATE_H */
