// SPDX-License-Identifier: GPL-2.0
/*
 * prologue_thumb16.c - decodes 16-bit T32 instructions (ARM ARM, A6.2).
 */
#include "prologue_insn.h"

/* 00xxxx: shift, add, subtract, move and compare with immediates. */
static void decode_immediate(struct klp_arm_insn *insn, u32 half)
{
	u32 kind = half >> 11 & 7;
	u32 imm8 = half & 0xff;
	bool subtract = half >> 9 & 1;

	insn->rd = half & 7;
	insn->rn = half >> 3 & 7;
	switch (kind) {
	case 0: /* LSL; by 0 it is MOVS */
		insn->rm = insn->rn;
		insn->op = half >> 6 & 0x1f ? KLP_ARM_OP_CLOBBER :
					      KLP_ARM_OP_COPY;
		break;
	case 1: /* LSR */
	case 2: /* ASR */
		insn->op = KLP_ARM_OP_CLOBBER;
		break;
	case 3: /* ADD, SUB: bit 10 tells a 3-bit immediate */
		insn->rm = half >> 6 & 7;
		if (half >> 10 & 1) {
			insn->op = KLP_ARM_OP_ADD_IMM;
			insn->imm = subtract ? -(u32)insn->rm : insn->rm;
		} else {
			insn->op = subtract ? KLP_ARM_OP_SUB_REG :
					      KLP_ARM_OP_ADD_REG;
		}
		break;
	case 4: /* MOV */
		insn->rd = half >> 8 & 7;
		insn->op = KLP_ARM_OP_SET;
		insn->imm = imm8;
		break;
	case 5: /* CMP */
		insn->op = KLP_ARM_OP_NOP;
		break;
	default: /* ADD, SUB with 8 bits */
		insn->rd = half >> 8 & 7;
		insn->rn = insn->rd;
		insn->op = KLP_ARM_OP_ADD_IMM;
		insn->imm = kind == 6 ? imm8 : -imm8;
		break;
	}
}

/* 010000: data processing on two low registers. */
static void decode_data(struct klp_arm_insn *insn, u32 half)
{
	switch (half >> 6 & 0xf) {
	case 8:  /* TST */
	case 10: /* CMP */
	case 11: /* CMN */
		insn->op = KLP_ARM_OP_NOP;
		break;
	default:
		insn->rd = half & 7;
		insn->op = KLP_ARM_OP_CLOBBER;
		break;
	}
}

/* 010001: ADD, CMP and MOV with high registers, BX, BLX. */
static void decode_high(struct klp_arm_insn *insn, u32 half)
{
	u32 kind = half >> 8 & 3;

	insn->rd = (half >> 4 & 8) | (half & 7);
	insn->rn = insn->rd;
	insn->rm = half >> 3 & 0xf;
	if (kind == 1)
		insn->op = KLP_ARM_OP_NOP;
	else if (kind == 3 || insn->rd == KLP_ARM_PC)
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
	else if (insn->rm == KLP_ARM_PC)
		insn->op = KLP_ARM_OP_CLOBBER;
	else
		insn->op = kind ? KLP_ARM_OP_COPY : KLP_ARM_OP_ADD_REG;
}

/* 010010 to 1001xx: single loads and stores. */
static void decode_single(struct klp_arm_insn *insn, u32 half)
{
	bool load = half >> 11 & 1;
	u32 imm5 = half >> 6 & 0x1f;
	u32 imm8 = half & 0xff;
	u8 rn = half >> 3 & 7;

	switch (half >> 12) {
	case 4: /* LDR (literal) */
		klp_arm_insn_single(insn, true, half >> 8 & 7, 4);
		klp_arm_insn_index(insn, KLP_ARM_PC, imm8 * 4, true, false);
		break;
	case 5: /* register offset: STR, STRH, STRB, then loads */
		klp_arm_insn_refuse(insn, (half >> 9 & 7) < 3 ?
				    KLP_ARM_REASON_STORE_UNPROVEN :
				    KLP_ARM_REASON_LOAD_UNPROVEN);
		break;
	case 6: /* STR, LDR */
		klp_arm_insn_single(insn, load, half & 7, 4);
		klp_arm_insn_index(insn, rn, imm5 * 4, true, false);
		break;
	case 7: /* STRB, LDRB */
		klp_arm_insn_single(insn, load, half & 7, 1);
		klp_arm_insn_index(insn, rn, imm5, true, false);
		break;
	case 8: /* STRH, LDRH */
		klp_arm_insn_single(insn, load, half & 7, 2);
		klp_arm_insn_index(insn, rn, imm5 * 2, true, false);
		break;
	default: /* STR, LDR relative to SP */
		klp_arm_insn_single(insn, load, half >> 8 & 7, 4);
		klp_arm_insn_index(insn, KLP_ARM_SP, imm8 * 4, true, false);
		break;
	}
}

/* 1010xx: ADR, and ADD (SP plus immediate) to a low register. */
static void decode_address(struct klp_arm_insn *insn, u32 half)
{
	insn->rd = half >> 8 & 7;
	insn->rn = KLP_ARM_SP;
	insn->imm = (half & 0xff) * 4;
	insn->op = half & 0x0800 ? KLP_ARM_OP_ADD_IMM : KLP_ARM_OP_CLOBBER;
}

static void decode_push_pop(struct klp_arm_insn *insn, u32 half)
{
	bool load = half >> 11 & 1;
	u32 mask = half & 0xff;

	if (half & 0x100)
		mask |= load ? BIT(KLP_ARM_PC) : BIT(KLP_ARM_LR);
	if (!mask)
		return;
	if (mask >> KLP_ARM_PC) {
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		return;
	}
	klp_arm_insn_multiple(insn, load, mask);
	insn->rn = KLP_ARM_SP;
	insn->imm = load ? 0 : -insn->bytes;
	insn->writeback = load ? insn->bytes : -insn->bytes;
}

/* 1011 1111: If-Then and hints. */
static void decode_hint(struct klp_arm_insn *insn, u32 half)
{
	if (half & 0xf)
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_CONDITIONAL);
	else if (half == 0xbf00)
		insn->op = KLP_ARM_OP_NOP;
	else
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_SYSTEM_INSTRUCTION);
}

/* 1011xx: miscellaneous. */
static void decode_misc(struct klp_arm_insn *insn, u32 half)
{
	u32 offset = (half & 0x7f) * 4;

	switch (half >> 8 & 0xf) {
	case 0x0: /* ADD, SUB (SP plus or minus immediate) */
		insn->op = KLP_ARM_OP_ADD_IMM;
		insn->rd = KLP_ARM_SP;
		insn->rn = KLP_ARM_SP;
		insn->imm = half & 0x80 ? -offset : offset;
		break;
	case 0x1: case 0x3: case 0x9: case 0xb: /* CBZ, CBNZ */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		break;
	case 0x2: /* SXTH, SXTB, UXTH, UXTB */
		insn->op = KLP_ARM_OP_CLOBBER;
		insn->rd = half & 7;
		break;
	case 0x4: case 0x5: case 0xc: case 0xd:
		decode_push_pop(insn, half);
		break;
	case 0x6: /* SETEND, CPS */
	case 0xe: /* BKPT */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_SYSTEM_INSTRUCTION);
		break;
	case 0xa: /* REV, REV16, HLT, REVSH */
		if ((half >> 6 & 3) == 2)
			break;
		insn->op = KLP_ARM_OP_CLOBBER;
		insn->rd = half & 7;
		break;
	case 0xf:
		decode_hint(insn, half);
		break;
	default:
		break;
	}
}

/* 1100xx: STM and LDM with a low base register, increment after. */
static void decode_multiple(struct klp_arm_insn *insn, u32 half)
{
	bool load = half >> 11 & 1;
	u32 mask = half & 0xff;

	insn->rn = half >> 8 & 7;
	if (!mask || (!load && mask >> insn->rn & 1))
		return;
	klp_arm_insn_multiple(insn, load, mask);
	if (!(mask >> insn->rn & 1))
		insn->writeback = insn->bytes;
}

/* 1101xx: conditional branches, UDF, SVC. */
static void decode_branch(struct klp_arm_insn *insn, u32 half)
{
	u32 condition = half >> 8 & 0xf;

	if (condition == 0xf)
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_SYSTEM_INSTRUCTION);
	else if (condition != 0xe)
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
}

/*
 * Decode the 16-bit T32 instruction @half into @insn, whatever @insn held.
 * Context: Any. @insn is borrowed for the call.
 */
void klp_arm_decode_thumb16(struct klp_arm_insn *insn, u32 half)
{
	memset(insn, 0, sizeof(*insn));
	klp_arm_insn_refuse(insn, KLP_ARM_REASON_UNKNOWN_INSTRUCTION);
	insn->size = 2;

	switch (half >> 12) {
	case 0x0: case 0x1: case 0x2: case 0x3:
		decode_immediate(insn, half);
		break;
	case 0x4:
		if (!(half & 0x0c00))
			decode_data(insn, half);
		else if (!(half & 0x0800))
			decode_high(insn, half);
		else
			decode_single(insn, half);
		break;
	case 0x5: case 0x6: case 0x7: case 0x8: case 0x9:
		decode_single(insn, half);
		break;
	case 0xa:
		decode_address(insn, half);
		break;
	case 0xb:
		decode_misc(insn, half);
		break;
	case 0xc:
		decode_multiple(insn, half);
		break;
	case 0xd:
		decode_branch(insn, half);
		break;
	default: /* 0xe: B; above it: half of a 32-bit instruction */
		if (half >> 11 == 0x1c)
			klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		break;
	}
}
