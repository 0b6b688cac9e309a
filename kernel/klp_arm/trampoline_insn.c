// SPDX-License-Identifier: GPL-2.0
/*
 * trampoline_insn.c - the instructions that trampolines are made of.
 *
 * "A8.8" and "A6" are sections of the ARM ARM, DDI 0406C.
 *
 * Plain C: the kernel and the host tests build the same file.
 */

#include "trampoline_insn.h"

#define REG_SP 13
#define REG_LR 14

/* ARM: A8.8.63, A8.8.64, A8.8.18 */
#define LDR_SP_OFFSET 0xe59d0000U	/* ldr rT, [sp, #imm12] */
#define LDR_LR_SP_POST 0xe49de000U	/* ldr lr, [sp], #imm12 */
#define LDR_LITERAL 0xe59f0000U		/* ldr rT, [pc, #imm12] */
#define BRANCH 0xea000000U

/* The first half of a Thumb instruction is the lower one in memory (A6.1). */
#define THUMB32(first, second) ((u32)(first) | (u32)(second) << 16)

/* Thumb: A8.8.62, A8.8.9, A8.8.102, A8.8.106, A8.8.18 */
#define LDR_SP_OFFSET_THUMB THUMB32(0xf8dd, 0x0000)	/* ldr.w rT, [sp, #imm12] */
#define LDR_LR_SP_POST_THUMB THUMB32(0xf85d, 0xeb00)	/* ldr lr, [sp], #imm8 */
#define LDR_LITERAL_THUMB THUMB32(0xf8df, 0x0000)	/* ldr.w rT, [pc, #imm12] */
#define ADDW_SP THUMB32(0xf20d, 0x0d00)			/* addw sp, sp, #imm12 */
#define MOVW THUMB32(0xf240, 0x0000)			/* movw rD, #imm16 */
#define MOVT THUMB32(0xf2c0, 0x0000)			/* movt rD, #imm16 */
#define BRANCH_THUMB THUMB32(0xf000, 0x9000)		/* b.w */

#define IMM8_MAX 0xffU
#define IMM12_MAX 0xfffU

/* PC reads as the address of the instruction plus this much (A2.3). */
#define PC_AHEAD 8
#define PC_AHEAD_THUMB 4

/* A constant of 12 bits is in three places of an instruction (A6.3.2). */
static u32 with_imm12(u32 word, u32 value)
{
	u32 i = value >> 11 & 1, imm3 = value >> 8 & 7, imm8 = value & 0xff;

	return word | THUMB32(i << 10, imm3 << 12 | imm8);
}

/* One of 16 bits has four more, in the first half (A8.8.102, encoding T3). */
static u32 with_imm16(u32 word, u32 value)
{
	return with_imm12(word, value & 0xfff) | THUMB32(value >> 12, 0);
}

/**
 * klp_arm_insn_load_frame() - encode the load of a register from the stack
 * @thumb: for a Thumb-2 kernel
 * @reg: the register, not SP or PC
 * @offset: from SP, at most 4095
 *
 * Return: the instruction.
 * Since: 1.0
 */
u32 klp_arm_insn_load_frame(bool thumb, u32 reg, u32 offset)
{
	if (thumb)
		return LDR_SP_OFFSET_THUMB |
		       THUMB32(0, reg << 12 | offset);

	return LDR_SP_OFFSET | reg << 12 | offset;
}

/**
 * klp_arm_insn_leave_frame() - encode "load LR from [SP] and raise SP"
 * @thumb: for a Thumb-2 kernel
 * @bytes: how far SP rises
 * @word: gets the instructions: one, or in Thumb code two for more than 255 bytes.
 *        SP rises after the load, so nothing is read below it
 *
 * Return: how many, or 0 if it is too far.
 * Since: 1.0
 */
u32 klp_arm_insn_leave_frame(bool thumb, u32 bytes, u32 *word)
{
	if (bytes > IMM12_MAX)
		return 0;

	if (!thumb) {
		word[0] = LDR_LR_SP_POST | bytes;
		return 1;
	}

	if (bytes <= IMM8_MAX) {
		word[0] = LDR_LR_SP_POST_THUMB | THUMB32(0, bytes);
		return 1;
	}

	word[0] = klp_arm_insn_load_frame(thumb, REG_LR, 0);
	word[1] = with_imm12(ADDW_SP, bytes);

	return 2;
}

/**
 * klp_arm_insn_load_literal() - encode the load of a register from a word of code
 * @thumb: for a Thumb-2 kernel
 * @reg: the register; PC makes it a jump
 * @at: number of the word that the instruction is for
 * @literal: number of the word to be loaded, above @at, in ARM code by two at
 *           least. Words are numbered from an address that is a multiple of four
 *
 * Return: the instruction.
 * Since: 1.0
 */
u32 klp_arm_insn_load_literal(bool thumb, u32 reg, u32 at, u32 literal)
{
	u32 distance = (literal - at) * 4;

	if (thumb)
		return LDR_LITERAL_THUMB |
		       THUMB32(0, reg << 12 | (distance - PC_AHEAD_THUMB));

	return LDR_LITERAL | reg << 12 | (distance - PC_AHEAD);
}

/**
 * klp_arm_insn_move_thumb() - encode two instructions that set a register
 * @reg: the register, not SP or PC
 * @value: what to
 * @word: gets the instructions, of Thumb code
 *
 * Since: 1.0
 */
void klp_arm_insn_move_thumb(u32 reg, u32 value, u32 word[2])
{
	word[0] = with_imm16(MOVW, value & 0xffff) |
		  THUMB32(0, reg << 8);
	word[1] = with_imm16(MOVT, value >> 16) | THUMB32(0, reg << 8);
}

/* 24 bits of halfwords, signed: 16 MiB either way (A8.8.18, encoding T4). */
static u32 branch_thumb(u32 from, u32 to)
{
	u32 offset = (to & ~1U) - from - PC_AHEAD_THUMB;
	u32 s = offset >> 31, imm10 = offset >> 12 & 0x3ff;
	u32 imm11 = offset >> 1 & 0x7ff;
	/* J1 = NOT(I1 EOR S), and so J2 */
	u32 j1 = (offset >> 23 & 1) ^ s ^ 1, j2 = (offset >> 22 & 1) ^ s ^ 1;

	if (!(to & 1) || offset + 0x1000000 >= 0x2000000)
		return 0;

	return BRANCH_THUMB |
	       THUMB32(s << 10 | imm10, j1 << 13 | j2 << 11 | imm11);
}

/**
 * klp_arm_insn_branch() - encode a branch
 * @thumb: for a Thumb-2 kernel
 * @from: address of the branch
 * @to: where it goes, with bit 0 set if that is Thumb code
 *
 * Return: the instruction, or 0 if @to is out of its range or is code of the
 * other instruction set, which a branch cannot switch to.
 * Since: 1.0
 */
u32 klp_arm_insn_branch(bool thumb, u32 from, u32 to)
{
	u32 offset = to - from - PC_AHEAD;

	if (thumb)
		return branch_thumb(from, to);

	/* 24 bits of words, signed: 32 MiB either way. */
	if (to & 3 || offset + 0x2000000 >= 0x4000000)
		return 0;

	return BRANCH | (offset >> 2 & 0xffffffU);
}
