/* SPDX-License-Identifier: GPL-2.0 */
/*
 * prologue_cases.h - prologues and the verdicts they must get, one row each,
 * for the KUnit suite and for the host's unit test.
 */
#ifndef _KLP_ARM_PROLOGUE_CASES_H
#define _KLP_ARM_PROLOGUE_CASES_H

#include "../prologue.h"

/**
 * struct klp_arm_prologue_case - one row; what is not named is 0
 * @name: where the prologue is from, or what is wrong with it
 * @arm_code: the code, if @thumb is false
 * @thumb_code: the code, if @thumb is true
 * @thumb: which of the two
 * @site: &klp_arm_prologue.site
 * @size: &klp_arm_prologue.size; 0 stands for @site + 4
 * @unwind_kind: &klp_arm_prologue.unwind_kind
 * @unwind: &klp_arm_prologue.unwind
 * @unwind_words: &klp_arm_prologue.unwind_words
 * @reason: expected
 * @offset: expected offset of the instruction to blame
 * @insn_size: expected size of it; 0: none is blamed
 * @sp_delta: expected &klp_arm_recipe.sp_delta
 * @restore: expected &klp_arm_recipe.restore
 * @slot: expected &klp_arm_recipe.slot
 */
struct klp_arm_prologue_case {
	const char *name;
	union {
		u32 arm_code[72];
		u16 thumb_code[72];
	};
	bool thumb;
	u32 site;
	u32 size;
	enum klp_arm_unwind_kind unwind_kind;
	u32 unwind[4];
	u32 unwind_words;
	enum klp_arm_reason reason;
	u32 offset;
	u8 insn_size;
	u32 sp_delta;
	u16 restore;
	u16 slot[16];
};

struct klp_arm_prologue_table {
	const struct klp_arm_prologue_case *row;
	u32 rows;
};

extern const struct klp_arm_prologue_table klp_arm_cases_compiled_arm;
extern const struct klp_arm_prologue_table klp_arm_cases_compiled_thumb;
extern const struct klp_arm_prologue_table klp_arm_cases_accepted;
extern const struct klp_arm_prologue_table klp_arm_cases_insn;
extern const struct klp_arm_prologue_table klp_arm_cases_memory;
extern const struct klp_arm_prologue_table klp_arm_cases_state;
extern const struct klp_arm_prologue_table klp_arm_cases_thumb_insn;
extern const struct klp_arm_prologue_table klp_arm_cases_thumb_state;

const struct klp_arm_prologue_case *klp_arm_case(u32 number);
u32 klp_arm_case_size(const struct klp_arm_prologue_case *row);
void klp_arm_case_code(const struct klp_arm_prologue_case *row, u8 *code);
void klp_arm_case_input(const struct klp_arm_prologue_case *row, const u8 *code,
			struct klp_arm_prologue *in);
const char *klp_arm_case_differs(const struct klp_arm_prologue_case *row,
				 int err,
				 const struct klp_arm_verdict *verdict);

#endif /* _KLP_ARM_PROLOGUE_CASES_H */
