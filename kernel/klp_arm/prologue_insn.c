// SPDX-License-Identifier: GPL-2.0
/*
 * prologue_insn.c - the parts of decoding that ARM and Thumb-2 share.
 *
 * "ARM ARM" in the decoders is the Arm Architecture Reference Manual,
 * ARMv7-A edition (DDI 0406C). An encoding that it calls UNPREDICTABLE is
 * refused as unknown. Each decoder starts from a zeroed struct, which means
 * "refuse", and only adds what it has recognised.
 */
#include "prologue_insn.h"

/* Give up on an instruction. */
void klp_arm_insn_refuse(struct klp_arm_insn *insn, enum klp_arm_reason reason)
{
	insn->op = KLP_ARM_OP_REFUSE;
	insn->reason = reason;
}

/* A load or store of one register; the address comes from _index(). */
void klp_arm_insn_single(struct klp_arm_insn *insn, bool load, u8 reg,
			 u8 bytes)
{
	insn->op = load ? KLP_ARM_OP_LOAD : KLP_ARM_OP_STORE;
	insn->bytes = bytes;
	insn->list[0] = reg;
	insn->count = load || bytes == 4;
}

/* A load or store of the registers in @mask, lowest first. */
void klp_arm_insn_multiple(struct klp_arm_insn *insn, bool load, u32 mask)
{
	u8 reg;

	insn->op = load ? KLP_ARM_OP_LOAD : KLP_ARM_OP_STORE;
	insn->count = 0;
	for (reg = 0; reg < 16; reg++) {
		if (mask >> reg & 1)
			insn->list[insn->count++] = reg;
	}
	insn->bytes = 4 * insn->count;
}

/* Offset, pre-indexed (@pre and @writeback) or post-indexed addressing. */
void klp_arm_insn_index(struct klp_arm_insn *insn, u8 rn, u32 offset,
			bool pre, bool writeback)
{
	insn->rn = rn;
	insn->imm = pre ? offset : 0;
	insn->writeback = writeback ? offset : 0;
}

/*
 * VSTM with a D or S register list, increment after or decrement before; an
 * odd count of words with D registers is FSTMX, which stores one word more
 * than the registers need (ARM ARM A8.8.412 VSTM, A2.7 FSTMX).
 */
static void decode_vstm(struct klp_arm_insn *insn, u32 word)
{
	bool doubles = word >> 8 & 1;
	bool down = word >> 24 & 1;
	bool writeback = word >> 21 & 1;
	u32 words = word & 0xff;
	u32 first, end;

	if (doubles) {
		first = (word >> 22 & 1) << 4 | (word >> 12 & 0xf);
		end = first + words / 2;
		if (words < 2 || words / 2 > 16 ||
		    end > (words & 1 ? 16 : 32))
			return;
	} else {
		first = (word >> 12 & 0xf) << 1 | (word >> 22 & 1);
		if (!words || first + words > 32)
			return;
	}
	insn->op = KLP_ARM_OP_STORE;
	insn->bytes = 4 * words;
	insn->rn = word >> 16 & 0xf;
	insn->imm = down ? -(4 * words) : 0;
	if (writeback)
		insn->writeback = down ? -(4 * words) : 4 * words;
}

/*
 * The coprocessor load and store space, bits 27-25 = 110, of both
 * instruction sets: VSTR and VSTM (VPUSH) of VFP registers leave every
 * register as it is and are decoded; all else is refused.
 */
void klp_arm_decode_vfp_store(struct klp_arm_insn *insn, u32 word)
{
	bool pre = word >> 24 & 1;
	bool up = word >> 23 & 1;
	bool writeback = word >> 21 & 1;
	bool load = word >> 20 & 1;
	u32 offset = (word & 0xff) * 4;

	klp_arm_insn_refuse(insn, KLP_ARM_REASON_COPROCESSOR);
	if ((word & 0xe00) != 0xa00 || load || (word >> 16 & 0xf) == 15)
		return;
	if (pre && !writeback) {
		insn->op = KLP_ARM_OP_STORE;
		insn->bytes = word & 0x100 ? 8 : 4;
		klp_arm_insn_index(insn, word >> 16 & 0xf,
				   up ? offset : -offset, true, false);
		return;
	}
	/* Of the rest only "increment after" and "decrement before, with
	 * write-back" are VSTM; 64-bit moves share this space.
	 */
	if (pre ? up : !up)
		return;
	decode_vstm(insn, word);
}
