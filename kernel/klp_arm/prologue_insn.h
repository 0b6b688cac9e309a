/* SPDX-License-Identifier: GPL-2.0 */
/*
 * prologue_insn.h - what the two decoders tell the abstract machine.
 */
#ifndef _KLP_ARM_PROLOGUE_INSN_H
#define _KLP_ARM_PROLOGUE_INSN_H

#include "freestanding.h"
#include "reason.h"

#define KLP_ARM_IP 12
#define KLP_ARM_SP 13
#define KLP_ARM_LR 14
#define KLP_ARM_PC 15

/* Flags are dead at a function's entry (AAPCS), so S bits do not matter. */
enum klp_arm_op {
	KLP_ARM_OP_REFUSE = 0,	/* for @reason */
	KLP_ARM_OP_NOP,		/* changes nothing but flags */
	KLP_ARM_OP_SET,		/* rd = imm */
	KLP_ARM_OP_SET_TOP,	/* rd[31:16] = imm */
	KLP_ARM_OP_COPY,	/* rd = rm */
	KLP_ARM_OP_ADD_IMM,	/* rd = rn + imm */
	KLP_ARM_OP_OR_IMM,	/* rd = rn | imm */
	KLP_ARM_OP_ADD_REG,	/* rd = rn + (rm << imm) */
	KLP_ARM_OP_SUB_REG,	/* rd = rn - (rm << imm) */
	KLP_ARM_OP_CLOBBER,	/* rd = a value nobody needs to know */
	KLP_ARM_OP_LOAD,	/* list = memory at rn + imm; rn += writeback */
	KLP_ARM_OP_STORE,	/* memory at rn + imm = list; rn += writeback */
};

/**
 * struct klp_arm_insn - one decoded instruction
 * @op: what it does
 * @reason: KLP_ARM_OP_REFUSE: why
 * @size: 2 or 4 bytes of code
 * @rd: destination register; never 15
 * @rn: base or first operand; 15 only as the base of a load
 * @rm: second operand; never 15
 * @imm: immediate, shift amount, or offset of the lowest address from rn
 * @writeback: what is added to rn by a load or store
 * @bytes: size of the memory accessed
 * @count: registers in @list; loads: at least 1. They make up the memory in
 *         ascending order if @bytes is 4 * @count, else they are narrower
 *         than a word (loads) or of no interest (stores: 0)
 * @list: the registers loaded (never 15) or stored
 */
struct klp_arm_insn {
	enum klp_arm_op op;
	enum klp_arm_reason reason;
	u8 size;
	u8 rd;
	u8 rn;
	u8 rm;
	u32 imm;
	u32 writeback;
	u32 bytes;
	u8 count;
	u8 list[16];
};

void klp_arm_insn_refuse(struct klp_arm_insn *insn, enum klp_arm_reason reason);
void klp_arm_insn_single(struct klp_arm_insn *insn, bool load, u8 reg,
			 u8 bytes);
void klp_arm_insn_multiple(struct klp_arm_insn *insn, bool load, u32 mask);
void klp_arm_insn_index(struct klp_arm_insn *insn, u8 rn, u32 offset,
			bool pre, bool writeback);
void klp_arm_decode_vfp_store(struct klp_arm_insn *insn, u32 word);
void klp_arm_decode_arm(struct klp_arm_insn *insn, u32 word);
void klp_arm_decode_thumb16(struct klp_arm_insn *insn, u32 half);
void klp_arm_decode_thumb32(struct klp_arm_insn *insn, u32 word);

#endif /* _KLP_ARM_PROLOGUE_INSN_H */
