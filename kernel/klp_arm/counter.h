/* SPDX-License-Identifier: GPL-2.0 */
/*
 * counter.h - count redirected calls.
 */
#ifndef _KLP_ARM_COUNTER_H
#define _KLP_ARM_COUNTER_H

#include <linux/livepatch.h>

void klp_arm_counter_set(bool enabled);
bool klp_arm_counter_enabled(void);
bool klp_arm_counter_read(struct klp_func *func, u64 *hits);

#endif /* _KLP_ARM_COUNTER_H */
