/* SPDX-License-Identifier: GPL-2.0 */
/*
 * failure.h - stack checks that failed: the last ones, and how many.
 */
#ifndef _KLP_ARM_FAILURE_H
#define _KLP_ARM_FAILURE_H

#include <linux/moduleparam.h>
#include "blocker.h"

struct task_struct;

/**
 * struct klp_arm_failure - one of them
 * @id: its number, from 1
 * @time: monotonic clock, ns
 * @time_real: wall clock, ns since 1970
 * @patch: name of the patch in transition
 * @who: the task and the reason; of the numbers, only the first is of use
 */
struct klp_arm_failure {
	u64 id, time, time_real;
	char patch[MODULE_NAME_LEN];
	struct klp_arm_blocker who;
};

/**
 * struct klp_arm_failure_counters - how many, since boot
 * @checks: tasks that were asked
 * @reasons: of these, the ones that did not switch, by reason
 * @stacks: of KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK, why
 * @dropped: failures that are no longer remembered
 */
struct klp_arm_failure_counters {
	u64 checks;
	u64 reasons[KLP_ARM_BLOCKER_REASON_IDLE + 1];
	u64 stacks[KLP_ARM_STACK_REASON_TOO_DEEP + 1];
	u64 dropped;
};

bool klp_arm_failure_record(const struct klp_arm_blocker *who,
			    const char *patch);
void klp_arm_failure_count(int err, enum klp_arm_blocker_reason reason,
			   enum klp_arm_stack_reason stack_reason);
bool klp_arm_failure_from(u64 from, struct klp_arm_failure *failure);
u64 klp_arm_failure_newest(void);
void klp_arm_failure_clear(u64 up_to);
void klp_arm_failure_read_counters(struct klp_arm_failure_counters *counters);

#endif /* _KLP_ARM_FAILURE_H */
