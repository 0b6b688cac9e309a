/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reloc_field.h - what a relocation writes into a field.
 */
#ifndef _KLP_ARM_RELOC_FIELD_H
#define _KLP_ARM_RELOC_FIELD_H

#include "freestanding.h"

/* Relocations of 32-bit ARM: ELF for the Arm Architecture, "Relocation codes" */
enum klp_arm_reloc_type {
	KLP_ARM_RELOC_NONE = 0,
	KLP_ARM_RELOC_PC24 = 1,
	KLP_ARM_RELOC_ABS32 = 2,
	KLP_ARM_RELOC_REL32 = 3,
	KLP_ARM_RELOC_THM_CALL = 10,
	KLP_ARM_RELOC_CALL = 28,
	KLP_ARM_RELOC_JUMP24 = 29,
	KLP_ARM_RELOC_THM_JUMP24 = 30,
	KLP_ARM_RELOC_TARGET1 = 38,
	KLP_ARM_RELOC_PREL31 = 42,
	KLP_ARM_RELOC_MOVW_ABS_NC = 43,
	KLP_ARM_RELOC_MOVT_ABS = 44,
	KLP_ARM_RELOC_MOVW_PREL_NC = 45,
	KLP_ARM_RELOC_MOVT_PREL = 46,
	KLP_ARM_RELOC_THM_MOVW_ABS_NC = 47,
	KLP_ARM_RELOC_THM_MOVT_ABS = 48,
	KLP_ARM_RELOC_THM_MOVW_PREL_NC = 49,
	KLP_ARM_RELOC_THM_MOVT_PREL = 50,
	KLP_ARM_RELOC_THM_JUMP19 = 51,
};

bool klp_arm_reloc_is_known(u32 type);
bool klp_arm_reloc_is_thumb(u32 type);
bool klp_arm_reloc_is_branch(u32 type);
u32 klp_arm_reloc_pc_ahead(u32 type);
int klp_arm_reloc_encode(u32 type, u32 value, u32 place, u32 *field);

#endif /* _KLP_ARM_RELOC_FIELD_H */
