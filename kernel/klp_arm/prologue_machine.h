/* SPDX-License-Identifier: GPL-2.0 */
/*
 * prologue_machine.h - the abstract machine that runs a prologue.
 */
#ifndef _KLP_ARM_PROLOGUE_MACHINE_H
#define _KLP_ARM_PROLOGUE_MACHINE_H

#include "prologue.h"
#include "prologue_insn.h"

/*
 * No frame is larger than the largest kernel stack (arch/arm
 * thread_info.h: THREAD_SIZE is 8 KiB, 16 KiB with KASAN).
 */
#define KLP_ARM_FRAME_MAX 16384

/* Stack arguments the prologue may read: far below any kernel stack. */
#define KLP_ARM_STACK_ARGUMENTS 256

/* Entry values kept on the stack; one more is forgotten, hence unproven. */
#define KLP_ARM_SLOTS 32

enum klp_arm_kind {
	KLP_ARM_UNKNOWN = 0,
	KLP_ARM_ENTRY,		/* what register @number held at entry */
	KLP_ARM_STACK,		/* entry SP + (s32)@number */
	KLP_ARM_CONSTANT,	/* @number */
};

struct klp_arm_value {
	enum klp_arm_kind kind;
	u32 number;
};

/**
 * struct klp_arm_machine - the state before an instruction
 * @reg: r0-r14; [13] is always KLP_ARM_STACK, a multiple of 4 in
 *       [-KLP_ARM_FRAME_MAX, 0]
 * @blame: offset of the instruction that last wrote the register, or took
 *         its entry value to or from a slot
 * @slot: words of the stack, all at or above SP and below entry SP, that
 *        hold the entry value of a register
 * @slots: how many
 */
struct klp_arm_machine {
	struct klp_arm_value reg[15];
	u16 blame[15];
	struct klp_arm_slot {
		s32 offset;	/* from entry SP */
		u32 number;
	} slot[KLP_ARM_SLOTS];
	u32 slots;
};

void klp_arm_machine_init(struct klp_arm_machine *machine);
enum klp_arm_reason klp_arm_machine_step(struct klp_arm_machine *machine,
					 const struct klp_arm_insn *insn,
					 u32 at);
const struct klp_arm_slot *
klp_arm_machine_slot(const struct klp_arm_machine *machine, u32 number);
bool klp_arm_machine_word(const struct klp_arm_machine *machine, s32 offset,
			  u32 *number);

#endif /* _KLP_ARM_PROLOGUE_MACHINE_H */
