// SPDX-License-Identifier: GPL-2.0
/*
 * branch.c - branches within a section, which need no relocation
 *
 * Encodings: ARM ARM (DDI 0406), A8.8.18 (B) and A8.8.25 (BL).
 */
#include <elf.h>

#include "branch.h"

static bool decode(unsigned int type, uint32_t bits, struct branch *branch)
{
	branch->type = reloc_type(type);
	branch->target = (int64_t)branch->offset - branch->type->bias +
			 reloc_decode(branch->type, bits);
	return true;
}

bool branch_arm(uint32_t word, struct branch *branch)
{
	uint32_t cond = word >> 28;

	/* With the condition 15 it is BLX, which goes to Thumb code. */
	if ((word & 0x0e000000) != 0x0a000000 || cond == 15)
		return false;
	return decode(cond == 14 && (word & 0x01000000) ? R_ARM_CALL :
							  R_ARM_JUMP24,
		      word, branch);
}

bool branch_is_wide(uint32_t first)
{
	return first >= 0xe800;
}

bool branch_thumb(uint32_t first, uint32_t second, struct branch *branch)
{
	uint32_t bits = first << 16 | second;

	if (!branch_is_wide(first)) {
		if ((first & 0xf800) == 0xe000)
			return decode(R_ARM_THM_PC11, first, branch);
		/* The conditions 14 and 15 are UDF and SVC. */
		if ((first & 0xf000) == 0xd000 && (first & 0x0e00) != 0x0e00)
			return decode(R_ARM_THM_PC9, first, branch);
		return false;
	}
	if ((first & 0xf800) != 0xf000)
		return false;
	if ((second & 0xd000) == 0xd000)
		return decode(R_ARM_THM_PC22, bits, branch);
	if ((second & 0xd000) == 0x9000)
		return decode(R_ARM_THM_JUMP24, bits, branch);
	/* The conditions 14 and 15 are other instructions. */
	if ((second & 0xd000) == 0x8000 && (first & 0x0380) != 0x0380)
		return decode(R_ARM_THM_JUMP19, bits, branch);
	return false;
}
