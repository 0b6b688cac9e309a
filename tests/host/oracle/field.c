// SPDX-License-Identifier: GPL-2.0
/*
 * field.c - what an ordinary relocation has in its field before it is written
 *
 * As arch/arm/kernel/module.c reads it. What is written is the kernel's own code,
 * reloc_field.c.
 */
#include "field.h"

u32 field_load(u32 type, const u8 *place)
{
	u32 word;

	memcpy(&word, place, sizeof(word));
	return klp_arm_reloc_is_thumb(type) ? word << 16 | word >> 16 : word;
}

void field_store(u32 type, u8 *place, u32 field)
{
	u32 word = klp_arm_reloc_is_thumb(type) ? field << 16 | field >> 16 :
						  field;

	memcpy(place, &word, sizeof(word));
}

/* @value has so many @bits, the highest of which is the sign. */
static u32 extend(u32 value, unsigned int bits)
{
	u32 sign = 1U << (bits - 1);

	return (value ^ sign) - sign;
}

static u32 thumb_branch(u32 field)
{
	u32 sign = field >> 26 & 1;
	u32 i1 = !((field >> 13 & 1) ^ sign);
	u32 i2 = !((field >> 11 & 1) ^ sign);

	return extend(sign << 24 | i1 << 23 | i2 << 22 |
			      (field >> 16 & 0x3ff) << 12 |
			      (field & 0x7ff) << 1,
		      25);
}

static u32 thumb_jump19(u32 field)
{
	return extend((field >> 26 & 1) << 20 | (field >> 11 & 1) << 19 |
			      (field >> 13 & 1) << 18 |
			      (field >> 16 & 0x3f) << 12 | (field & 0x7ff) << 1,
		      21);
}

u32 field_addend(u32 type, u32 field)
{
	switch (type) {
	case KLP_ARM_RELOC_NONE:
		return 0;
	case KLP_ARM_RELOC_PREL31:
		return extend(field & 0x7fffffff, 31);
	case KLP_ARM_RELOC_PC24:
	case KLP_ARM_RELOC_CALL:
	case KLP_ARM_RELOC_JUMP24:
		return extend((field & 0xffffff) << 2, 26);
	case KLP_ARM_RELOC_MOVW_ABS_NC:
	case KLP_ARM_RELOC_MOVT_ABS:
	case KLP_ARM_RELOC_MOVW_PREL_NC:
	case KLP_ARM_RELOC_MOVT_PREL:
		return extend((field >> 4 & 0xf000) | (field & 0xfff), 16);
	case KLP_ARM_RELOC_THM_CALL:
	case KLP_ARM_RELOC_THM_JUMP24:
		return thumb_branch(field);
	case KLP_ARM_RELOC_THM_JUMP19:
		return thumb_jump19(field);
	case KLP_ARM_RELOC_THM_MOVW_ABS_NC:
	case KLP_ARM_RELOC_THM_MOVT_ABS:
	case KLP_ARM_RELOC_THM_MOVW_PREL_NC:
	case KLP_ARM_RELOC_THM_MOVT_PREL:
		return extend((field >> 4 & 0xf000) | (field >> 15 & 0x800) |
				      (field >> 4 & 0x700) | (field & 0xff),
			      16);
	default:
		return field;
	}
}
