/* SPDX-License-Identifier: GPL-2.0 */
/*
 * target.h - which build of the kernel and of its modules a livepatch is for.
 */
#ifndef _KLP_ARM_TARGET_H
#define _KLP_ARM_TARGET_H

#include <linux/livepatch.h>
#include <uapi/linux/klp_arm.h>

enum klp_arm_target klp_arm_patch_target(struct klp_patch *patch);
bool klp_arm_target_required(void);
const char *klp_arm_module_fix(const struct module *mod, const char *previous);

#endif /* _KLP_ARM_TARGET_H */
