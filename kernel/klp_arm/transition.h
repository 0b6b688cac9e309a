/* SPDX-License-Identifier: GPL-2.0 */
/*
 * transition.h - the transition that is under way, for the reporter.
 */
#ifndef _KLP_ARM_TRANSITION_H
#define _KLP_ARM_TRANSITION_H

#include <linux/livepatch.h>
#include <uapi/linux/klp_arm.h>

/**
 * struct klp_arm_transition - the transition that is under way
 * @generation: number of the state that it belongs to
 * @patch: name of the patch, empty when no transition is under way
 * @patch_id: number of the load of @patch
 * @direction: where the tasks are taken
 * @started: monotonic clock, ns
 * @started_real: wall clock, ns since 1970
 * @elapsed_ms: since @started
 * @total: tasks that the core looks at
 * @remaining: of these, the ones that it waits for
 * @forced: the remaining tasks were switched by force
 * @reversed: @direction is not the first one
 * @attempts: how often the core has asked all tasks
 * @signals: how often it has sent them a signal
 */
struct klp_arm_transition {
	u32 generation;
	char patch[MODULE_NAME_LEN];
	u64 patch_id;
	enum klp_arm_direction direction;
	u64 started, started_real, elapsed_ms;
	u32 total, remaining;
	u32 attempts, signals;
	bool forced, reversed;
};

bool klp_arm_is_running(const struct klp_patch *patch,
			enum klp_arm_direction *direction);
bool klp_arm_task_remains(const struct task_struct *task);
void klp_arm_read_transition(struct klp_arm_transition *view);
void klp_arm_count_tasks(struct klp_arm_transition *view);

#endif /* _KLP_ARM_TRANSITION_H */
