// SPDX-License-Identifier: GPL-2.0
/*
 * reloc.c - the relocation types of 32-bit ARM that kernel code has
 *
 * Numbers and fields: AAELF32, "Relocation codes"; encodings of instructions:
 * ARM ARM (DDI 0406), A8.8.
 */
#include <elf.h>

#include "reloc.h"

static const struct reloc_type types[] = {
	{ "R_ARM_NONE", R_ARM_NONE, RELOC_FIELD_NONE, 0, false },
	{ "R_ARM_V4BX", R_ARM_V4BX, RELOC_FIELD_NONE, 0, false },
	{ "R_ARM_ABS32", R_ARM_ABS32, RELOC_FIELD_WORD, 0, false },
	{ "R_ARM_TARGET1", R_ARM_TARGET1, RELOC_FIELD_WORD, 0, false },
	{ "R_ARM_REL32", R_ARM_REL32, RELOC_FIELD_WORD, 0, false },
	{ "R_ARM_PREL31", R_ARM_PREL31, RELOC_FIELD_WORD31, 0, false },
	{ "R_ARM_PC24", R_ARM_PC24, RELOC_FIELD_BRANCH, -8, true },
	{ "R_ARM_CALL", R_ARM_CALL, RELOC_FIELD_BRANCH, -8, true },
	{ "R_ARM_JUMP24", R_ARM_JUMP24, RELOC_FIELD_BRANCH, -8, true },
	{ "R_ARM_MOVW_ABS_NC", R_ARM_MOVW_ABS_NC, RELOC_FIELD_MOV, 0, false },
	{ "R_ARM_MOVT_ABS", R_ARM_MOVT_ABS, RELOC_FIELD_MOV, 0, false },
	{ "R_ARM_MOVW_PREL_NC", R_ARM_MOVW_PREL_NC, RELOC_FIELD_MOV, 0, false },
	{ "R_ARM_MOVT_PREL", R_ARM_MOVT_PREL, RELOC_FIELD_MOV, 0, false },
	{ "R_ARM_LDR_PC_G0", R_ARM_PC13, RELOC_FIELD_LDR, 0, false },
	{ "R_ARM_ALU_PC_G0_NC", R_ARM_ALU_PC_G0_NC, RELOC_FIELD_ALU, 0, false },
	{ "R_ARM_ALU_PC_G1_NC", R_ARM_ALU_PC_G1_NC, RELOC_FIELD_ALU, 0, false },
	{ "R_ARM_LDR_PC_G2", R_ARM_LDR_PC_G2, RELOC_FIELD_LDR, 0, false },
	{ "R_ARM_THM_CALL", R_ARM_THM_PC22, RELOC_FIELD_THM_BRANCH, -4, true },
	{ "R_ARM_THM_JUMP24", R_ARM_THM_JUMP24, RELOC_FIELD_THM_BRANCH, -4,
	  true },
	{ "R_ARM_THM_JUMP19", R_ARM_THM_JUMP19, RELOC_FIELD_THM_COND, -4,
	  true },
	{ "R_ARM_THM_MOVW_ABS_NC", R_ARM_THM_MOVW_ABS_NC, RELOC_FIELD_THM_MOV,
	  0, false },
	{ "R_ARM_THM_MOVT_ABS", R_ARM_THM_MOVT_ABS, RELOC_FIELD_THM_MOV, 0,
	  false },
	{ "R_ARM_THM_MOVW_PREL_NC", R_ARM_THM_MOVW_PREL_NC, RELOC_FIELD_THM_MOV,
	  0, false },
	{ "R_ARM_THM_MOVT_PREL", R_ARM_THM_MOVT_PREL, RELOC_FIELD_THM_MOV, 0,
	  false },
	{ "R_ARM_THM_JUMP11", R_ARM_THM_PC11, RELOC_FIELD_THM_SHORT, -4, true },
	{ "R_ARM_THM_JUMP8", R_ARM_THM_PC9, RELOC_FIELD_THM_SHORT_COND, -4,
	  true },
};

/* For each layout, in the order of enum reloc_field. */
static const uint32_t masks[] = {
	[RELOC_FIELD_NONE] = 0,
	[RELOC_FIELD_WORD] = 0xffffffff,
	[RELOC_FIELD_WORD31] = 0x7fffffff,
	[RELOC_FIELD_BRANCH] = 0x00ffffff,
	[RELOC_FIELD_MOV] = 0x000f0fff,
	[RELOC_FIELD_ALU] = 0x00c00fff, /* two bits tell ADD from SUB */
	[RELOC_FIELD_LDR] = 0x00800fff, /* U, and imm12 */
	[RELOC_FIELD_THM_BRANCH] = 0x07ff2fff, /* S:imm10, J1, J2:imm11 */
	[RELOC_FIELD_THM_COND] = 0x043f2fff, /* S:imm6, J1, J2:imm11 */
	[RELOC_FIELD_THM_MOV] = 0x040f70ff, /* i:imm4, imm3, imm8 */
	[RELOC_FIELD_THM_SHORT] = 0x7ff,
	[RELOC_FIELD_THM_SHORT_COND] = 0xff,
};

#define ALU_ADD 0x00800000U
#define ALU_SUB 0x00400000U
#define LDR_UP 0x00800000U

const struct reloc_type *reloc_type(unsigned int type)
{
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].type == type)
			return &types[i];
	}
	return NULL;
}

const struct reloc_type *reloc_types(size_t *count)
{
	*count = sizeof(types) / sizeof(types[0]);
	return types;
}

size_t reloc_size(const struct reloc_type *type)
{
	if (type->field == RELOC_FIELD_NONE)
		return 0;
	return type->field >= RELOC_FIELD_THM_SHORT ? 2 : 4;
}

uint32_t reloc_mask(const struct reloc_type *type)
{
	return masks[type->field];
}

static bool is_thumb(const struct reloc_type *type)
{
	return type->field >= RELOC_FIELD_THM_BRANCH;
}

uint32_t reloc_load(const struct reloc_type *type, const uint8_t *place)
{
	uint32_t low;
	uint32_t high;

	if (type->field == RELOC_FIELD_NONE)
		return 0;
	low = (uint32_t)place[0] | (uint32_t)place[1] << 8;
	if (reloc_size(type) == 2)
		return low;
	high = (uint32_t)place[2] | (uint32_t)place[3] << 8;
	return is_thumb(type) ? low << 16 | high : high << 16 | low;
}

void reloc_store(const struct reloc_type *type, uint8_t *place, uint32_t bits)
{
	if (type->field == RELOC_FIELD_NONE)
		return;
	if (reloc_size(type) == 4 && is_thumb(type))
		bits = bits << 16 | bits >> 16;
	place[0] = bits & 0xff;
	place[1] = bits >> 8 & 0xff;
	if (reloc_size(type) == 2)
		return;
	place[2] = bits >> 16 & 0xff;
	place[3] = bits >> 24;
}

static int32_t sign_extend(uint32_t value, unsigned int bits)
{
	uint32_t sign = 1U << (bits - 1);

	return (int32_t)((value ^ sign) - sign);
}

/* A byte, rotated to the right by twice the upper four bits. */
static uint32_t expand(uint32_t imm12)
{
	unsigned int by = (imm12 >> 8) * 2;
	uint32_t value = imm12 & 0xff;

	return by ? value >> by | value << (32 - by) : value;
}

static bool collapse(uint32_t value, uint32_t *imm12)
{
	uint32_t by;

	for (by = 0; by < 16; by++) {
		uint32_t left = by ? value << by * 2 | value >> (32 - by * 2) :
				     value;

		if (left <= 0xff) {
			*imm12 = by << 8 | left;
			return true;
		}
	}
	return false;
}

/* I1 and I2 are stored as J1 and J2: inverted, if S is clear. */
static uint32_t thm_branch_value(uint32_t bits)
{
	uint32_t s = bits >> 26 & 1;
	uint32_t i1 = ~(bits >> 13 ^ s) & 1;
	uint32_t i2 = ~(bits >> 11 ^ s) & 1;

	return s << 24 | i1 << 23 | i2 << 22 | (bits >> 16 & 0x3ff) << 12 |
	       (bits & 0x7ff) << 1;
}

static uint32_t thm_branch_bits(uint32_t value)
{
	uint32_t s = value >> 24 & 1;
	uint32_t j1 = ~(value >> 23 ^ s) & 1;
	uint32_t j2 = ~(value >> 22 ^ s) & 1;

	return s << 26 | (value >> 12 & 0x3ff) << 16 | j1 << 13 | j2 << 11 |
	       (value >> 1 & 0x7ff);
}

static uint32_t thm_cond_value(uint32_t bits)
{
	return (bits >> 26 & 1) << 20 | (bits >> 11 & 1) << 19 |
	       (bits >> 13 & 1) << 18 | (bits >> 16 & 0x3f) << 12 |
	       (bits & 0x7ff) << 1;
}

static uint32_t thm_cond_bits(uint32_t value)
{
	return (value >> 20 & 1) << 26 | (value >> 12 & 0x3f) << 16 |
	       (value >> 18 & 1) << 13 | (value >> 19 & 1) << 11 |
	       (value >> 1 & 0x7ff);
}

int32_t reloc_decode(const struct reloc_type *type, uint32_t bits)
{
	switch (type->field) {
	case RELOC_FIELD_NONE:
		return 0;
	case RELOC_FIELD_WORD:
		return (int32_t)bits;
	case RELOC_FIELD_WORD31:
		return sign_extend(bits & 0x7fffffff, 31);
	case RELOC_FIELD_BRANCH:
		return sign_extend((bits & 0xffffff) << 2, 26);
	case RELOC_FIELD_MOV:
		return sign_extend((bits >> 4 & 0xf000) | (bits & 0xfff), 16);
	case RELOC_FIELD_ALU:
		/* Neither ADD nor SUB would be no instruction of this type. */
		bits = bits & ALU_ADD ? expand(bits & 0xfff) :
					-expand(bits & 0xfff);
		return (int32_t)bits;
	case RELOC_FIELD_LDR:
		return bits & LDR_UP ? (int32_t)(bits & 0xfff) :
				       -(int32_t)(bits & 0xfff);
	case RELOC_FIELD_THM_BRANCH:
		return sign_extend(thm_branch_value(bits), 25);
	case RELOC_FIELD_THM_COND:
		return sign_extend(thm_cond_value(bits), 21);
	case RELOC_FIELD_THM_MOV:
		return sign_extend(
			(bits >> 16 & 0xf) << 12 | (bits >> 26 & 1) << 11 |
				(bits >> 12 & 7) << 8 | (bits & 0xff),
			16);
	case RELOC_FIELD_THM_SHORT:
		return sign_extend((bits & 0x7ff) << 1, 12);
	case RELOC_FIELD_THM_SHORT_COND:
		return sign_extend((bits & 0xff) << 1, 9);
	}
	return 0;
}

bool reloc_fits(const struct reloc_type *type, int64_t addend)
{
	uint32_t imm12;

	switch (type->field) {
	case RELOC_FIELD_NONE:
		return addend == 0;
	case RELOC_FIELD_WORD:
		return addend >= INT32_MIN && addend <= INT32_MAX;
	case RELOC_FIELD_WORD31:
		return addend >= -(1LL << 30) && addend < 1LL << 30;
	case RELOC_FIELD_BRANCH:
		return addend >= -(1LL << 25) && addend < 1LL << 25 &&
		       addend % 4 == 0;
	case RELOC_FIELD_MOV:
	case RELOC_FIELD_THM_MOV:
		return addend >= INT16_MIN && addend <= INT16_MAX;
	case RELOC_FIELD_ALU:
		return addend >= INT32_MIN && addend <= INT32_MAX &&
		       collapse((uint32_t)(addend < 0 ? -addend : addend),
				&imm12);
	case RELOC_FIELD_LDR:
		return addend > -4096 && addend < 4096;
	case RELOC_FIELD_THM_BRANCH:
		return addend >= -(1LL << 24) && addend < 1LL << 24 &&
		       addend % 2 == 0;
	case RELOC_FIELD_THM_COND:
		return addend >= -(1LL << 20) && addend < 1LL << 20 &&
		       addend % 2 == 0;
	case RELOC_FIELD_THM_SHORT:
		return addend >= -2048 && addend < 2048 && addend % 2 == 0;
	case RELOC_FIELD_THM_SHORT_COND:
		return addend >= -256 && addend < 256 && addend % 2 == 0;
	}
	return false;
}

static uint32_t alu_bits(int32_t addend)
{
	uint32_t value = (uint32_t)addend;
	uint32_t imm12 = 0;

	collapse(addend < 0 ? -value : value, &imm12);
	return (addend < 0 ? ALU_SUB : ALU_ADD) | imm12;
}

static uint32_t field_bits(const struct reloc_type *type, int32_t addend)
{
	uint32_t value = (uint32_t)addend;

	switch (type->field) {
	case RELOC_FIELD_NONE:
		return 0;
	case RELOC_FIELD_WORD:
	case RELOC_FIELD_WORD31:
		return value;
	case RELOC_FIELD_BRANCH:
		return value >> 2;
	case RELOC_FIELD_MOV:
		return (value & 0xf000) << 4 | (value & 0xfff);
	case RELOC_FIELD_ALU:
		return alu_bits(addend);
	case RELOC_FIELD_LDR:
		return addend < 0 ? -value : LDR_UP | value;
	case RELOC_FIELD_THM_BRANCH:
		return thm_branch_bits(value);
	case RELOC_FIELD_THM_COND:
		return thm_cond_bits(value);
	case RELOC_FIELD_THM_MOV:
		return (value >> 12 & 0xf) << 16 | (value >> 11 & 1) << 26 |
		       (value >> 8 & 7) << 12 | (value & 0xff);
	case RELOC_FIELD_THM_SHORT:
	case RELOC_FIELD_THM_SHORT_COND:
		return value >> 1;
	}
	return 0;
}

uint32_t reloc_encode(const struct reloc_type *type, uint32_t bits,
		      int32_t addend)
{
	uint32_t mask = reloc_mask(type);

	return (bits & ~mask) | (field_bits(type, addend) & mask);
}
