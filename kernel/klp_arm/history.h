/* SPDX-License-Identifier: GPL-2.0 */
/*
 * history.h - transitions that are over.
 */
#ifndef _KLP_ARM_HISTORY_H
#define _KLP_ARM_HISTORY_H

#include <linux/moduleparam.h>
#include "blocker.h"

/**
 * struct klp_arm_history - one of them
 * @id: its number, from 1
 * @patch: name of the patch
 * @patch_id: number of the load of the patch
 * @direction: where it took the tasks in the end
 * @result: how it ended
 * @started: monotonic clock, ns
 * @started_real: wall clock, ns since 1970
 * @duration_ms: from the start to the end
 * @attempts: how often all tasks were asked
 * @signals: how often they were sent a signal
 * @worst: the blocker that was asked most often; attempts are 0 if none was
 */
struct klp_arm_history {
	u64 id;
	char patch[MODULE_NAME_LEN];
	u64 patch_id;
	enum klp_arm_direction direction;
	enum klp_arm_result result;
	u64 started, started_real, duration_ms;
	u32 attempts, signals;
	struct klp_arm_blocker worst;
};

/**
 * struct klp_arm_history_counters - how many, since boot
 * @results: transitions, by how they ended
 * @dropped: transitions that are no longer remembered
 */
struct klp_arm_history_counters {
	u64 results[KLP_ARM_RESULT_FORCED + 1];
	u64 dropped;
};

void klp_arm_history_add(const struct klp_arm_history *entry);
bool klp_arm_history_from(u64 from, struct klp_arm_history *entry);
void klp_arm_history_read_counters(struct klp_arm_history_counters *counters);

#endif /* _KLP_ARM_HISTORY_H */
