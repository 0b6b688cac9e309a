/* SPDX-License-Identifier: GPL-2.0 */
/*
 * counter.h - count redirected calls.
 */
#ifndef _KLP_ARM_COUNTER_H
#define _KLP_ARM_COUNTER_H

#include <linux/types.h>

struct klp_arm_func_entry;

void klp_arm_counter_set(bool enabled);
bool klp_arm_counter_enabled(void);
bool klp_arm_counter_read(const struct klp_arm_func_entry *entry, u64 *hits);

#endif /* _KLP_ARM_COUNTER_H */
