/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trampoline_insn.h - the instructions that trampolines are made of.
 *
 * Each is a word as it is in memory, in a little-endian kernel: of a 32-bit
 * Thumb instruction, the first half is the lower one. No other Thumb
 * instructions are used, so that a trampoline has the same words in both
 * instruction sets.
 */
#ifndef _KLP_ARM_TRAMPOLINE_INSN_H
#define _KLP_ARM_TRAMPOLINE_INSN_H

#include "freestanding.h"

/* What a processor traps on (ARM ARM DDI 0406C, A8.8.247) */
#define KLP_ARM_INSN_UDF 0xe7f000f0U		/* udf #0 */
#define KLP_ARM_INSN_UDF_THUMB 0xa000f7f0U	/* udf.w #0 */

u32 klp_arm_insn_load_frame(bool thumb, u32 reg, u32 offset);
u32 klp_arm_insn_leave_frame(bool thumb, u32 bytes, u32 *word);
u32 klp_arm_insn_load_literal(bool thumb, u32 reg, u32 at, u32 literal);
void klp_arm_insn_move_thumb(u32 reg, u32 value, u32 word[2]);
u32 klp_arm_insn_branch(bool thumb, u32 from, u32 to);

#endif /* _KLP_ARM_TRAMPOLINE_INSN_H */
