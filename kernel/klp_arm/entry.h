/* SPDX-License-Identifier: GPL-2.0 */
/*
 * entry.h - the assembly of entry.S, as C sees it.
 */
#ifndef _KLP_ARM_ENTRY_H
#define _KLP_ARM_ENTRY_H

#include <linux/types.h>

/* Not callable from C: its address goes into a saved PC. */
void klp_arm_discard_frame(void);

/* Not callable from C: where the handler form of a trampoline goes. */
void klp_arm_handler_caller(void);

/**
 * klp_arm_capture_frame() - the caller's registers as a stack walk needs them
 * @vrs: r4-r11, SP and PC are stored at their numbers, the rest is untouched;
 *       PC is the return address of this very call
 *
 * Since: 1.0
 */
void klp_arm_capture_frame(u32 vrs[16]);

#endif /* _KLP_ARM_ENTRY_H */
