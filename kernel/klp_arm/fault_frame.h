/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fault_frame.h - code of the kernel that took a page fault, or another
 * exception, for the stack walk.
 */
#ifndef _KLP_ARM_FAULT_FRAME_H
#define _KLP_ARM_FAULT_FRAME_H

#include <linux/types.h>

bool klp_arm_fault_is_proved(unsigned long pc, u32 *lost);
bool klp_arm_fault_registers(unsigned long ret, unsigned long sp,
			     unsigned long high, u32 vrs[16]);
bool klp_arm_exception_registers(unsigned long sp, unsigned long high,
				 u32 vrs[16]);

#endif /* _KLP_ARM_FAULT_FRAME_H */
