// SPDX-License-Identifier: GPL-2.0
/*
 * prologue_arm.c - decodes A32 instructions (ARM ARM, chapter A5).
 */
#include "prologue_insn.h"

/* The data-processing opcodes that matter here (ARM ARM, Table A5-3). */
enum {
	DP_SUB = 2,
	DP_ADD = 4,
	DP_TST = 8,
	DP_CMN = 11,
	DP_ORR = 12,
	DP_MOV = 13,
	DP_MVN = 15,
};

static u32 ror32_imm(u32 value, u32 amount)
{
	return amount ? value >> amount | value << (32 - amount) : value;
}

/* Comparisons: bits 15-12 are zero, or this is the old TEQP and friends. */
static bool decode_compare(struct klp_arm_insn *insn, u32 word, u32 opcode)
{
	if (opcode < DP_TST || opcode > DP_CMN)
		return false;
	if (!(word >> 12 & 0xf))
		insn->op = KLP_ARM_OP_NOP;
	return true;
}

/* Data processing with a modified immediate. */
static void decode_data_imm(struct klp_arm_insn *insn, u32 word)
{
	u32 opcode = word >> 21 & 0xf;
	u32 value = ror32_imm(word & 0xff, (word >> 8 & 0xf) * 2);

	if (decode_compare(insn, word, opcode))
		return;
	insn->rd = word >> 12 & 0xf;
	insn->rn = word >> 16 & 0xf;
	insn->imm = value;
	if (insn->rd == KLP_ARM_PC) {
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		return;
	}
	if (opcode == DP_MOV || opcode == DP_MVN) {
		if (insn->rn)
			return;
		insn->op = KLP_ARM_OP_SET;
		insn->imm = opcode == DP_MOV ? value : ~value;
		return;
	}
	insn->op = KLP_ARM_OP_CLOBBER;
	if (insn->rn == KLP_ARM_PC)
		return;
	if (opcode == DP_ADD || opcode == DP_SUB) {
		insn->op = KLP_ARM_OP_ADD_IMM;
		insn->imm = opcode == DP_ADD ? value : -value;
	} else if (opcode == DP_ORR) {
		insn->op = KLP_ARM_OP_OR_IMM;
	}
}

/* Data processing with a register shifted by an immediate. */
static void decode_data_reg(struct klp_arm_insn *insn, u32 word)
{
	u32 opcode = word >> 21 & 0xf;
	bool left = !(word >> 5 & 3);

	if (decode_compare(insn, word, opcode))
		return;
	insn->rd = word >> 12 & 0xf;
	insn->rn = word >> 16 & 0xf;
	insn->rm = word & 0xf;
	insn->imm = word >> 7 & 0x1f;
	if (insn->rd == KLP_ARM_PC) {
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		return;
	}
	if ((opcode == DP_MOV || opcode == DP_MVN) && insn->rn)
		return;
	insn->op = KLP_ARM_OP_CLOBBER;
	if (insn->rm == KLP_ARM_PC || !left)
		return;
	if (opcode == DP_MOV && !insn->imm)
		insn->op = KLP_ARM_OP_COPY;
	else if (opcode == DP_ADD && insn->rn != KLP_ARM_PC)
		insn->op = KLP_ARM_OP_ADD_REG;
	else if (opcode == DP_SUB && insn->rn != KLP_ARM_PC)
		insn->op = KLP_ARM_OP_SUB_REG;
}

/* Data processing with a register shifted by a register. */
static void decode_data_shifted(struct klp_arm_insn *insn, u32 word)
{
	u32 opcode = word >> 21 & 0xf;
	u32 rn = word >> 16 & 0xf;

	if ((word & 0xf) == 15 || (word >> 8 & 0xf) == 15 || rn == 15)
		return;
	if (decode_compare(insn, word, opcode))
		return;
	insn->rd = word >> 12 & 0xf;
	if (insn->rd == KLP_ARM_PC)
		return;
	if ((opcode == DP_MOV || opcode == DP_MVN) && rn)
		return;
	insn->op = KLP_ARM_OP_CLOBBER;
}

/* Miscellaneous instructions: bits 24-23 = 10, S = 0, bit 7 = 0. */
static void decode_misc(struct klp_arm_insn *insn, u32 word)
{
	switch (word >> 4 & 7) {
	case 0: /* MRS, MSR */
	case 6: /* ERET */
	case 7: /* BKPT, HVC, SMC */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_SYSTEM_INSTRUCTION);
		break;
	case 1: /* BX; CLZ is not a branch but is nothing to expect either */
		if ((word >> 21 & 3) == 1)
			klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		break;
	case 2: /* BXJ */
	case 3: /* BLX */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		break;
	default: /* saturating arithmetic */
		break;
	}
}

/* Extra loads and stores: halfword, signed byte, doubleword. */
static void decode_extra(struct klp_arm_insn *insn, u32 word)
{
	u32 kind = word >> 5 & 3;
	bool load = word >> 20 & 1;
	bool pre = word >> 24 & 1;
	bool writeback = word >> 21 & 1;
	bool twice = !load && kind != 1;
	u8 rn = word >> 16 & 0xf;
	u8 rt = word >> 12 & 0xf;
	u32 offset = (word >> 4 & 0xf0) | (word & 0xf);

	if (twice)
		load = kind == 2;
	if (!pre && writeback)
		return; /* unprivileged */
	writeback |= !pre;
	if (rt == 15 || (twice && (rt & 1 || rt == 14)))
		return;
	if (writeback && (rn == 15 || rn == rt || (twice && rn == rt + 1)))
		return;
	if (!(word >> 22 & 1)) {
		klp_arm_insn_refuse(insn, load ?
				    KLP_ARM_REASON_LOAD_UNPROVEN :
				    KLP_ARM_REASON_STORE_UNPROVEN);
		return;
	}
	if (twice)
		klp_arm_insn_multiple(insn, load, 3UL << rt);
	else
		klp_arm_insn_single(insn, load, rt, kind == 2 ? 1 : 2);
	klp_arm_insn_index(insn, rn, word >> 23 & 1 ? offset : -offset, pre,
			   writeback);
}

/* Bits 27-25 = 000: data processing, multiplies, extra loads and stores. */
static void decode_000(struct klp_arm_insn *insn, u32 word)
{
	bool misc = (word & 0x01900000) == 0x01000000;

	if ((word & 0x90) == 0x90) {
		/* Multiplies and exclusives have bits 6-5 = 00: unknown. */
		if (word & 0x60)
			decode_extra(insn, word);
	} else if (misc) {
		if (!(word & 0x80))
			decode_misc(insn, word);
	} else if (word & 0x10) {
		decode_data_shifted(insn, word);
	} else {
		decode_data_reg(insn, word);
	}
}

/* Bits 27-25 = 001: data processing, 16-bit moves, hints, MSR. */
static void decode_001(struct klp_arm_insn *insn, u32 word)
{
	if ((word & 0x01900000) != 0x01000000) {
		decode_data_imm(insn, word);
		return;
	}
	insn->rd = word >> 12 & 0xf;
	insn->imm = (word >> 4 & 0xf000) | (word & 0xfff);
	if (word & 0x00200000) {
		if (word == 0xe320f000)
			insn->op = KLP_ARM_OP_NOP;
		else
			klp_arm_insn_refuse(insn,
					    KLP_ARM_REASON_SYSTEM_INSTRUCTION);
	} else if (insn->rd != KLP_ARM_PC) {
		insn->op = word & 0x00400000 ? KLP_ARM_OP_SET_TOP :
					       KLP_ARM_OP_SET;
	}
}

/* Bits 27-25 = 010: word and unsigned byte, immediate offset. */
static void decode_single(struct klp_arm_insn *insn, u32 word)
{
	bool load = word >> 20 & 1;
	bool pre = word >> 24 & 1;
	bool byte = word >> 22 & 1;
	bool writeback = word >> 21 & 1;
	u8 rn = word >> 16 & 0xf;
	u8 rt = word >> 12 & 0xf;
	u32 offset = word & 0xfff;

	if (!pre && writeback)
		return; /* unprivileged */
	writeback |= !pre;
	if (writeback && (rn == 15 || rn == rt))
		return;
	if (rt == 15 && byte)
		return;
	if (rt == 15 && load) {
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		return;
	}
	klp_arm_insn_single(insn, load, rt, byte ? 1 : 4);
	klp_arm_insn_index(insn, rn, word >> 23 & 1 ? offset : -offset, pre,
			   writeback);
}

/* Bits 27-25 = 100: LDM and STM in their four directions. */
static void decode_multiple(struct klp_arm_insn *insn, u32 word)
{
	bool load = word >> 20 & 1;
	bool writeback = word >> 21 & 1;
	bool before = word >> 24 & 1;
	bool up = word >> 23 & 1;
	u32 mask = word & 0xffff;

	if (word >> 22 & 1) { /* user registers, exception return */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_SYSTEM_INSTRUCTION);
		return;
	}
	insn->rn = word >> 16 & 0xf;
	if (!mask || insn->rn == 15 || (writeback && mask >> insn->rn & 1))
		return;
	if (load && mask >> KLP_ARM_PC) {
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		return;
	}
	klp_arm_insn_multiple(insn, load, mask);
	insn->imm = up ? (before ? 4 : 0) :
			 (before ? 0 : 4) - insn->bytes;
	if (writeback)
		insn->writeback = up ? insn->bytes : -insn->bytes;
}

/* Condition field 1111: not conditional, and nothing for a prologue. */
static void decode_unconditional(struct klp_arm_insn *insn, u32 word)
{
	u32 top = word >> 24 & 0xf;

	if (top == 0xa || top == 0xb) /* BLX */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
	else if (top == 1 || top == 8 || top == 9 ||
		 (word & 0x0ff00000) == 0x05700000) /* CPS, SRS, DSB ... */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_SYSTEM_INSTRUCTION);
	else if (top >= 0xc || top == 2 || top == 3 ||
		 (word & 0x0f100000) == 0x04000000) /* NEON, LDC2, MCR2 ... */
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_COPROCESSOR);
}

/*
 * Decode the A32 instruction @word into @insn, whatever @insn held.
 * Context: Any. @insn is borrowed for the call.
 */
void klp_arm_decode_arm(struct klp_arm_insn *insn, u32 word)
{
	memset(insn, 0, sizeof(*insn));
	klp_arm_insn_refuse(insn, KLP_ARM_REASON_UNKNOWN_INSTRUCTION);
	insn->size = 4;

	if (word >> 28 == 0xf) {
		decode_unconditional(insn, word);
		return;
	}
	if (word >> 28 != 0xe) {
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_CONDITIONAL);
		return;
	}
	switch (word >> 25 & 7) {
	case 0:
		decode_000(insn, word);
		break;
	case 1:
		decode_001(insn, word);
		break;
	case 2:
		decode_single(insn, word);
		break;
	case 3: /* register offsets; bit 4 set: media, UDF */
		if (!(word & 0x10))
			klp_arm_insn_refuse(insn, word & 0x00100000 ?
					    KLP_ARM_REASON_LOAD_UNPROVEN :
					    KLP_ARM_REASON_STORE_UNPROVEN);
		break;
	case 4:
		decode_multiple(insn, word);
		break;
	case 5:
		klp_arm_insn_refuse(insn, KLP_ARM_REASON_BRANCH);
		break;
	case 6:
		klp_arm_decode_vfp_store(insn, word);
		break;
	default:
		klp_arm_insn_refuse(insn, word & 0x01000000 ?
				    KLP_ARM_REASON_SYSTEM_INSTRUCTION :
				    KLP_ARM_REASON_COPROCESSOR);
		break;
	}
}
