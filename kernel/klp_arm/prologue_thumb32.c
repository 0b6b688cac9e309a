// SPDX-License-Identifier: GPL-2.0
/*
 * prologue_thumb32.c - decodes 32-bit T32 instructions (ARM ARM, A6.3).
 *
 * An instruction is given as one word, its first halfword on top.
 */
#include "prologue_insn.h"

/* The data-processing opcodes that matter here (ARM ARM, Table A6-11). */
enum {
	DP_AND = 0,
	DP_BIC = 1,
	DP_ORR = 2,
	DP_ORN = 3,
	DP_EOR = 4,
	DP_ADD = 8,
	DP_ADC = 10,
	DP_SBC = 11,
	DP_SUB = 13,
	DP_RSB = 14,
};

/* LDM and STM, increment after and decrement before. */
static void decode_multiple(struct klp_arm_insn *insn, u32 word)
{
	bool load = word >> 20 & 1;
	bool writeback = word >> 21 & 1;
	bool up = word >> 23 & 1;
	u32 mask = word & 0xffff;

	if ((word >> 24 & 1) == up) { /* SRS, RFE */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_SYSTEM_INSTRUCTION);
		return;
	}
	insn->rn = word >> 16 & 0xf;
	if (mask & BIT(KLP_ARM_SP) || !(mask & (mask - 1)) || insn->rn == 15)
		return;
	if (writeback && mask >> insn->rn & 1)
		return;
	if (mask >> KLP_ARM_PC) {
		if (load)
			klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		return;
	}
	klp_arm_insn_multiple(insn, load, mask);
	insn->imm = up ? 0 : -insn->bytes;
	if (writeback)
		insn->writeback = up ? insn->bytes : -insn->bytes;
}

/* LDRD and STRD; exclusives and table branches share their space. */
static void decode_double(struct klp_arm_insn *insn, u32 word)
{
	bool load = word >> 20 & 1;
	bool writeback = word >> 21 & 1;
	bool pre = word >> 24 & 1;
	u8 rn = word >> 16 & 0xf;
	u8 rt = word >> 12 & 0xf;
	u8 rt2 = word >> 8 & 0xf;
	u32 offset = (word & 0xff) * 4;

	if (!pre && !writeback) {
		if ((word & 0xfff000e0) == 0xe8d00000) /* TBB, TBH */
			klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		return;
	}
	if (rt == 13 || rt == 15 || rt2 == 13 || rt2 == 15)
		return;
	if (load && rt == rt2)
		return;
	if (writeback && (rn == 15 || rn == rt || rn == rt2))
		return;
	insn->op = load ? KLP_ARM_OP_LOAD : KLP_ARM_OP_STORE;
	insn->bytes = 8;
	insn->count = 2;
	insn->list[0] = rt;
	insn->list[1] = rt2;
	klp_arm_insn_index(insn, rn, word >> 23 & 1 ? offset : -offset, pre,
			   writeback);
}

/* SP may only be the result of moving it or of adding to it. */
static bool bad_destination(const struct klp_arm_insn *insn)
{
	if (insn->rd != KLP_ARM_SP)
		return false;
	return insn->op != KLP_ARM_OP_COPY &&
	       (insn->op == KLP_ARM_OP_CLOBBER ||
		insn->op == KLP_ARM_OP_SET || insn->rn != KLP_ARM_SP);
}

/*
 * What data processing with an immediate and with a shifted register have in
 * common. Return: true if a value is computed that the caller may know more
 * about than that it clobbers rd.
 */
static bool decode_data(struct klp_arm_insn *insn, u32 word)
{
	u32 opcode = word >> 21 & 0xf;

	insn->rd = word >> 8 & 0xf;
	insn->rn = word >> 16 & 0xf;
	switch (opcode) {
	case DP_AND: case DP_EOR: case DP_ADD: case DP_SUB:
		/* With rd = PC they are TST, TEQ, CMN and CMP. */
		if (insn->rn == KLP_ARM_PC)
			return false;
		if (insn->rd == KLP_ARM_PC && word >> 20 & 1) {
			insn->op = KLP_ARM_OP_NOP;
			return false;
		}
		break;
	case DP_ORR: case DP_ORN: /* with rn = PC they are MOV and MVN */
		break;
	case DP_BIC: case DP_ADC: case DP_SBC: case DP_RSB:
		if (insn->rn == KLP_ARM_PC)
			return false;
		break;
	default:
		return false;
	}
	if (insn->rd == KLP_ARM_PC)
		return false;
	insn->op = KLP_ARM_OP_CLOBBER;
	return true;
}

static void decode_data_reg(struct klp_arm_insn *insn, u32 word)
{
	u32 opcode = word >> 21 & 0xf;
	bool left = !(word >> 4 & 3);

	insn->rm = word & 0xf;
	insn->imm = (word >> 10 & 0x1c) | (word >> 6 & 3);
	if (word & 0x8000 || insn->rm == KLP_ARM_PC)
		return;
	if (!decode_data(insn, word))
		return;
	if (left && opcode == DP_ADD)
		insn->op = KLP_ARM_OP_ADD_REG;
	else if (left && opcode == DP_SUB)
		insn->op = KLP_ARM_OP_SUB_REG;
	else if (left && opcode == DP_ORR && insn->rn == KLP_ARM_PC &&
		 !insn->imm)
		insn->op = KLP_ARM_OP_COPY;
}

/* ThumbExpandImm (ARM ARM, A6.3.2). */
static u32 expand_imm(u32 word)
{
	u32 imm8 = word & 0xff;
	u32 imm12 = (word >> 15 & 0x800) | (word >> 4 & 0x700) | imm8;
	u32 amount = imm12 >> 7;
	u32 value = imm8 | 0x80;

	switch (imm12 >> 8) {
	case 0:
		return imm8;
	case 1:
		return imm8 << 16 | imm8;
	case 2:
		return imm8 << 24 | imm8 << 8;
	case 3:
		return imm8 << 24 | imm8 << 16 | imm8 << 8 | imm8;
	default: /* amount is at least 8 */
		return value >> amount | value << (32 - amount);
	}
}

static void decode_data_imm(struct klp_arm_insn *insn, u32 word)
{
	u32 opcode = word >> 21 & 0xf;
	u32 value = expand_imm(word);

	if (!decode_data(insn, word))
		return;
	insn->imm = value;
	if (opcode == DP_ADD || opcode == DP_SUB) {
		insn->op = KLP_ARM_OP_ADD_IMM;
		insn->imm = opcode == DP_ADD ? value : -value;
	} else if (insn->rn == KLP_ARM_PC) { /* only ORR and ORN get here */
		insn->op = KLP_ARM_OP_SET;
		insn->imm = opcode == DP_ORR ? value : ~value;
	} else if (opcode == DP_ORR) {
		insn->op = KLP_ARM_OP_OR_IMM;
	}
}

/* ADDW, SUBW, ADR, MOVW, MOVT: a plain immediate. */
static void decode_plain_imm(struct klp_arm_insn *insn, u32 word)
{
	u32 imm12 = (word >> 15 & 0x800) | (word >> 4 & 0x700) |
		    (word & 0xff);
	u32 opcode = word >> 20 & 0x1f;

	insn->rd = word >> 8 & 0xf;
	insn->rn = word >> 16 & 0xf;
	if (insn->rd == KLP_ARM_PC)
		return;
	insn->imm = (word >> 4 & 0xf000) | imm12;
	switch (opcode) {
	case 0x00:
	case 0x0a:
		insn->op = insn->rn == KLP_ARM_PC ? KLP_ARM_OP_CLOBBER :
						    KLP_ARM_OP_ADD_IMM;
		insn->imm = opcode ? -imm12 : imm12;
		break;
	case 0x04:
		insn->op = KLP_ARM_OP_SET;
		break;
	case 0x0c:
		insn->op = KLP_ARM_OP_SET_TOP;
		break;
	default: /* saturation and bit fields */
		break;
	}
}

/* Branches and miscellaneous control. */
static void decode_control(struct klp_arm_insn *insn, u32 word)
{
	if (word & 0x5000) {
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
	} else if ((word & 0x03800000) != 0x03800000) {
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
	} else if (word == 0xf3af8000) {
		insn->op = KLP_ARM_OP_NOP;
	} else if ((word & 0xfff00000) == 0xf3c00000) { /* BXJ */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
	} else if ((word & 0xfff0f000) != 0xf7f0a000) { /* not UDF */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_SYSTEM_INSTRUCTION);
	}
}

/* The addressing of a single load or store that is not imm12. */
static void decode_single_imm8(struct klp_arm_insn *insn, u32 word, bool load)
{
	bool pre = word >> 10 & 1;
	bool up = word >> 9 & 1;
	bool writeback = word >> 8 & 1;
	u32 offset = word & 0xff;
	u8 rn = word >> 16 & 0xf;

	if (!(word & 0x0fc0)) {
		klp_arm_insn_refuse(insn, load ?
				    KLP_ARM_REASON_LOAD_UNPROVEN :
				    KLP_ARM_REASON_STORE_UNPROVEN);
		return;
	}
	/* Neither indexed nor written back, or unprivileged: unknown. */
	if (!(word & 0x0800) || (!pre && !writeback) ||
	    (pre && up && !writeback) ||
	    (writeback && rn == (word >> 12 & 0xf))) {
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_UNKNOWN_INSTRUCTION);
		return;
	}
	klp_arm_insn_index(insn, rn, up ? offset : -offset, pre, writeback);
}

static void decode_single(struct klp_arm_insn *insn, u32 word)
{
	bool load = word >> 20 & 1;
	bool sign = word >> 24 & 1;
	bool up = word >> 23 & 1;
	u32 size = word >> 21 & 3;
	u32 imm12 = word & 0xfff;
	u8 rn = word >> 16 & 0xf;
	u8 rt = word >> 12 & 0xf;

	if (sign && !load) { /* Advanced SIMD element and structure */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_COPROCESSOR);
		return;
	}
	if (size == 3 || (sign && size == 2))
		return;
	if (rt == 15) { /* a branch, a preload hint, or UNPREDICTABLE */
		if (load && size == 2)
			klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		return;
	}
	if (rn == 15 && !load)
		return;
	klp_arm_insn_single(insn, load, rt, 1 << size);
	if (rn == 15)
		klp_arm_insn_index(insn, rn, up ? imm12 : -imm12, true, false);
	else if (up)
		klp_arm_insn_index(insn, rn, imm12, true, false);
	else
		decode_single_imm8(insn, word, load);
}

/* 11101 and 11110: everything but single loads, stores and arithmetic. */
static void decode_lower(struct klp_arm_insn *insn, u32 word)
{
	if ((word & 0xfe400000) == 0xe8000000)
		decode_multiple(insn, word);
	else if ((word & 0xfe400000) == 0xe8400000)
		decode_double(insn, word);
	else if ((word & 0xfe000000) == 0xea000000)
		decode_data_reg(insn, word);
	else if ((word & 0xf8008000) == 0xf0008000)
		decode_control(insn, word);
	else if ((word & 0xfa008000) == 0xf0000000)
		decode_data_imm(insn, word);
	else if ((word & 0xfa008000) == 0xf2000000)
		decode_plain_imm(insn, word);
}

/*
 * Decode the 32-bit T32 instruction @word into @insn, whatever @insn held.
 * Context: Any. @insn is borrowed for the call.
 */
void klp_arm_decode_thumb32(struct klp_arm_insn *insn, u32 word)
{
	memset(insn, 0, sizeof(*insn));
	klp_arm_insn_refuse(insn, KLP_ARM_REASON_UNKNOWN_INSTRUCTION);
	insn->size = 4;

	if ((word & 0xfe000000) == 0xec000000)
		klp_arm_decode_vfp_store(insn, word);
	else if ((word & 0xec000000) == 0xec000000)
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_COPROCESSOR);
	else if ((word & 0xfe000000) == 0xf8000000)
		decode_single(insn, word);
	else if (word >> 27 != 0x1f) /* else: shifts, extends, multiplies */
		decode_lower(insn, word);

	if (insn->op >= KLP_ARM_OP_SET && insn->op <= KLP_ARM_OP_CLOBBER &&
	    bad_destination(insn))
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_UNKNOWN_INSTRUCTION);
}
