/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_arm.h - what the livepatch core tells the reporter.
 *
 * All of it is called with klp_mutex held, and is nothing at all when the
 * reporter is configured out.
 */
#ifndef _LINUX_KLP_ARM_H
#define _LINUX_KLP_ARM_H

#include <uapi/linux/klp_arm.h>

struct klp_patch;

#ifdef CONFIG_KLP_ARM_REPORT

int klp_arm_patch_added(struct klp_patch *patch);
void klp_arm_patch_removed(struct klp_patch *patch);
void klp_arm_state_changed(void);
void klp_arm_transition_started(struct klp_patch *patch, int state);
void klp_arm_transition_forced(void);
void klp_arm_transition_completed(struct klp_patch *patch);

#else /* !CONFIG_KLP_ARM_REPORT */

static inline int klp_arm_patch_added(struct klp_patch *patch)
{
	return 0;
}

static inline void klp_arm_patch_removed(struct klp_patch *patch)
{
}

static inline void klp_arm_state_changed(void)
{
}

static inline void klp_arm_transition_started(struct klp_patch *patch,
					      int state)
{
}

static inline void klp_arm_transition_forced(void)
{
}

static inline void klp_arm_transition_completed(struct klp_patch *patch)
{
}

#endif /* CONFIG_KLP_ARM_REPORT */

#endif /* _LINUX_KLP_ARM_H */
