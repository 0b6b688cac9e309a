/* SPDX-License-Identifier: GPL-2.0 */
/*
 * event.h - tell listeners what happened.
 *
 * All of it but klp_arm_event_last() is called by hooks, with klp_mutex held, so
 * that events come in the order in which things happened; readers can see what
 * was changed already.
 */
#ifndef _KLP_ARM_EVENT_H
#define _KLP_ARM_EVENT_H

#include <linux/types.h>
#include <uapi/linux/klp_arm.h>

struct klp_arm_blocker;
struct klp_arm_failure;
struct klp_arm_record;
struct klp_arm_transition;

u64 klp_arm_event_last(void);
void klp_arm_event_patch(enum klp_arm_event_kind kind,
			 const struct klp_arm_record *record);
void klp_arm_event_transition(enum klp_arm_event_kind kind,
			      const struct klp_arm_transition *view);
void klp_arm_event_blocker(const struct klp_arm_blocker *blocker,
			   const char *patch);
void klp_arm_event_failure(const struct klp_arm_failure *failure);
void klp_arm_event_module(enum klp_arm_event_kind kind, const char *name);

#endif /* _KLP_ARM_EVENT_H */
