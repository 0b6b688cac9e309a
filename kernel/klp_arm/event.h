/* SPDX-License-Identifier: GPL-2.0 */
/*
 * event.h - tell listeners what happened.
 *
 * All of it is called with klp_mutex held, so that events come in the order in
 * which things happened; what was changed has been changed already.
 */
#ifndef _KLP_ARM_EVENT_H
#define _KLP_ARM_EVENT_H

#include <linux/types.h>
#include <uapi/linux/klp_arm.h>

struct klp_arm_blocker;
struct klp_arm_failure;
struct klp_patch;

u64 klp_arm_event_last(void);
void klp_arm_event_patch(enum klp_arm_event_kind kind,
			 struct klp_patch *patch);
void klp_arm_event_transition(enum klp_arm_event_kind kind);
void klp_arm_event_blocker(const struct klp_arm_blocker *blocker);
void klp_arm_event_failure(const struct klp_arm_failure *failure);
void klp_arm_event_module(enum klp_arm_event_kind kind, const char *name);

#endif /* _KLP_ARM_EVENT_H */
