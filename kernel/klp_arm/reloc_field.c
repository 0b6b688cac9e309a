// SPDX-License-Identifier: GPL-2.0
/*
 * reloc_field.c - what a relocation writes into a field.
 *
 * A field is a word of data, or an instruction of 32 bits with its first half in
 * the upper half-word, as the ARM ARM, DDI 0406C, prints it. "A8.8" is a section
 * of that.
 *
 * Plain C: the kernel and the host tests build the same file.
 */

#include "reloc_field.h"

enum form {
	FORM_UNKNOWN,
	FORM_NONE,
	FORM_WORD,
	FORM_PREL31,
	FORM_BRANCH,	   /* B, BL: A8.8.18, A8.8.25 */
	FORM_MOV,	   /* MOVW, MOVT: A8.8.102, A8.8.106 */
	FORM_THUMB_BRANCH, /* B.W, BL: encodings T4, T1 */
	FORM_THUMB_JUMP19, /* B<c>.W: A8.8.18, encoding T3 */
	FORM_THUMB_MOV,
};

struct kind {
	enum form form;
	bool relative; /* to the place */
	bool high;     /* the upper 16 bits */
};

static const struct kind kinds[] = {
	[KLP_ARM_RELOC_NONE] = { FORM_NONE },
	[KLP_ARM_RELOC_ABS32] = { FORM_WORD },
	[KLP_ARM_RELOC_TARGET1] = { FORM_WORD },
	[KLP_ARM_RELOC_REL32] = { FORM_WORD, .relative = true },
	[KLP_ARM_RELOC_PREL31] = { FORM_PREL31, .relative = true },
	[KLP_ARM_RELOC_PC24] = { FORM_BRANCH, .relative = true },
	[KLP_ARM_RELOC_CALL] = { FORM_BRANCH, .relative = true },
	[KLP_ARM_RELOC_JUMP24] = { FORM_BRANCH, .relative = true },
	[KLP_ARM_RELOC_MOVW_ABS_NC] = { FORM_MOV },
	[KLP_ARM_RELOC_MOVT_ABS] = { FORM_MOV, .high = true },
	[KLP_ARM_RELOC_MOVW_PREL_NC] = { FORM_MOV, .relative = true },
	[KLP_ARM_RELOC_MOVT_PREL] = { FORM_MOV, true, true },
	[KLP_ARM_RELOC_THM_CALL] = { FORM_THUMB_BRANCH, .relative = true },
	[KLP_ARM_RELOC_THM_JUMP24] = { FORM_THUMB_BRANCH, .relative = true },
	[KLP_ARM_RELOC_THM_JUMP19] = { FORM_THUMB_JUMP19, .relative = true },
	[KLP_ARM_RELOC_THM_MOVW_ABS_NC] = { FORM_THUMB_MOV },
	[KLP_ARM_RELOC_THM_MOVT_ABS] = { FORM_THUMB_MOV, .high = true },
	[KLP_ARM_RELOC_THM_MOVW_PREL_NC] = { FORM_THUMB_MOV, .relative = true },
	[KLP_ARM_RELOC_THM_MOVT_PREL] = { FORM_THUMB_MOV, true, true },
};

/* PC reads as the address of the instruction plus this much (A2.3). */
#define PC_AHEAD 8
#define PC_AHEAD_THUMB 4

static const struct kind *kind_of(u32 type)
{
	static const struct kind unknown;

	return type < ARRAY_SIZE(kinds) ? &kinds[type] : &unknown;
}

/**
 * klp_arm_reloc_is_known() - can a relocation of this type be written?
 * @type: type of the relocation
 *
 * Those that have no symbol (V4BX), and those that only assembly for processors
 * before ARMv7 has (ALU_PC_G0_NC and its kin), cannot.
 *
 * Return: whether klp_arm_reloc_encode() knows it.
 * Since: 1.0
 */
bool klp_arm_reloc_is_known(u32 type)
{
	return kind_of(type)->form != FORM_UNKNOWN;
}

/**
 * klp_arm_reloc_is_thumb() - is the field a Thumb instruction?
 * @type: type of the relocation
 *
 * Return: whether it is; it is aligned to two bytes, then.
 * Since: 1.0
 */
bool klp_arm_reloc_is_thumb(u32 type)
{
	switch (kind_of(type)->form) {
	case FORM_THUMB_BRANCH:
	case FORM_THUMB_JUMP19:
	case FORM_THUMB_MOV:
		return true;
	default:
		return false;
	}
}

/**
 * klp_arm_reloc_is_branch() - is the field a branch, which reaches only so far?
 * @type: type of the relocation
 *
 * Return: whether it is.
 * Since: 1.0
 */
bool klp_arm_reloc_is_branch(u32 type)
{
	switch (kind_of(type)->form) {
	case FORM_BRANCH:
	case FORM_THUMB_BRANCH:
	case FORM_THUMB_JUMP19:
		return true;
	default:
		return false;
	}
}

/**
 * klp_arm_reloc_pc_ahead() - tell how much of a branch's addend is not the target's
 * @type: type of the relocation, one of a branch
 *
 * The addend of a branch to a symbol is minus this.
 *
 * Return: how far PC is ahead of the branch.
 * Since: 1.0
 */
u32 klp_arm_reloc_pc_ahead(u32 type)
{
	return klp_arm_reloc_is_thumb(type) ? PC_AHEAD_THUMB : PC_AHEAD;
}

/*
 * Is there an instruction that has such a field? Not BLX: all of a kernel is of one
 * instruction set.
 */
static bool is_at_home(enum form form, u32 field)
{
	switch (form) {
	case FORM_BRANCH:
		return (field & 0x0e000000) == 0x0a000000 &&
		       (field & 0xf0000000) != 0xf0000000;
	case FORM_MOV:
		return (field & 0x0fb00000) == 0x03000000;
	case FORM_THUMB_BRANCH:
		return (field & 0xf8009000) == 0xf0009000;
	case FORM_THUMB_JUMP19:
		return (field & 0xf800d000) == 0xf0008000 &&
		       (field & 0x03800000) != 0x03800000;
	case FORM_THUMB_MOV:
		return (field & 0xfb708000) == 0xf2400000;
	default:
		return true;
	}
}

/* Does a signed number have no more than @bits, with the sign? */
static bool fits(u32 value, unsigned int bits)
{
	u32 rest = value >> (bits - 1);

	return !rest || rest == 0xffffffffU >> (bits - 1);
}

static int encode_branch(u32 offset, u32 *field)
{
	if (offset & 3)
		return -EINVAL;
	if (!fits(offset, 26))
		return -ERANGE;

	*field = (*field & 0xff000000) | (offset >> 2 & 0x00ffffff);
	return 0;
}

static void encode_mov(u32 value, u32 *field)
{
	*field = (*field & 0xfff0f000) | (value & 0xf000) << 4 |
		 (value & 0x0fff);
}

/* S:I1:I2:imm10:imm11:0, where J1 and J2 are I1 and I2 unless S is 0. */
static int encode_thumb_branch(u32 offset, u32 *field)
{
	u32 sign = offset >> 24 & 1;
	u32 j1 = !(offset >> 23 & 1) ^ sign;
	u32 j2 = !(offset >> 22 & 1) ^ sign;

	if (offset & 1)
		return -EINVAL;
	if (!fits(offset, 25))
		return -ERANGE;

	*field = (*field & 0xf800d000) | sign << 26 |
		 (offset >> 12 & 0x3ff) << 16 | j1 << 13 | j2 << 11 |
		 (offset >> 1 & 0x7ff);
	return 0;
}

/* S:J2:J1:imm6:imm11:0 */
static int encode_thumb_jump19(u32 offset, u32 *field)
{
	if (offset & 1)
		return -EINVAL;
	if (!fits(offset, 21))
		return -ERANGE;

	*field = (*field & 0xfbc0d000) | (offset >> 20 & 1) << 26 |
		 (offset >> 12 & 0x3f) << 16 | (offset >> 18 & 1) << 13 |
		 (offset >> 19 & 1) << 11 | (offset >> 1 & 0x7ff);
	return 0;
}

/* imm4:i:imm3:imm8 */
static void encode_thumb_mov(u32 value, u32 *field)
{
	*field = (*field & 0xfbf08f00) | (value & 0xf000) << 4 |
		 (value & 0x0800) << 15 | (value & 0x0700) << 4 |
		 (value & 0x00ff);
}

static int encode_prel31(u32 offset, u32 *field)
{
	if (!fits(offset, 31))
		return -ERANGE;

	*field = (*field & 0x80000000) | (offset & 0x7fffffff);
	return 0;
}

/**
 * klp_arm_reloc_encode() - write a relocation into a field
 * @type: type of the relocation
 * @value: symbol plus addend. Of a branch to Thumb code, and of the address of
 *	   such code, bit 0 is set
 * @place: address of the field
 * @field: the field; what does not belong to the relocation stays. What the
 *	   field held of an earlier one does not matter
 *
 * Return: 0, -ERANGE if a branch does not get there, -EINVAL if it would end in
 *	   the other instruction set, or between two instructions, or -ENOEXEC
 *	   if the type is not known or the field is in no instruction of its
 *	   kind. @field is as it was, then.
 * Since: 1.0
 */
int klp_arm_reloc_encode(u32 type, u32 value, u32 place, u32 *field)
{
	const struct kind *kind = kind_of(type);

	if (!is_at_home(kind->form, *field))
		return -ENOEXEC;
	if (kind->form == FORM_THUMB_BRANCH || kind->form == FORM_THUMB_JUMP19)
		value ^= 1;
	if (kind->relative)
		value -= place;
	if (kind->high)
		value >>= 16;

	switch (kind->form) {
	case FORM_NONE:
		return 0;
	case FORM_WORD:
		*field = value;
		return 0;
	case FORM_PREL31:
		return encode_prel31(value, field);
	case FORM_BRANCH:
		return encode_branch(value, field);
	case FORM_MOV:
		encode_mov(value, field);
		return 0;
	case FORM_THUMB_BRANCH:
		return encode_thumb_branch(value, field);
	case FORM_THUMB_JUMP19:
		return encode_thumb_jump19(value, field);
	case FORM_THUMB_MOV:
		encode_thumb_mov(value, field);
		return 0;
	case FORM_UNKNOWN:
		break;
	}

	return -ENOEXEC;
}
