/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ehabi_cases.h - unwind tables and what executing them must do, for the
 * KUnit suite and for the host's unit test.
 */
#ifndef _KLP_ARM_EHABI_CASES_H
#define _KLP_ARM_EHABI_CASES_H

#include "../ehabi.h"

/* The stack: word i, at KLP_ARM_CASE_SP + 4 * i, holds 0x500 + i. */
#define KLP_ARM_CASE_SP 0x10000U
#define KLP_ARM_CASE_DEPTH 64U

/* popped[]: stack word that a register must have been loaded from. */
#define KLP_ARM_FROM(word) ((word) + 1)

/**
 * struct klp_arm_ehabi_case - one row; what is not named is 0
 * @name: what is executed
 * @table: the table
 * @words: words of @table that exist
 * @base: r7 and r11 before, as an offset from SP; all others are 0xa0 + n
 * @err: expected return value; if it is not 0 nothing more is expected
 * @rise: expected SP, as an offset from the SP before
 * @popped: expected source of each register, KLP_ARM_FROM(), or 0: unchanged
 */
struct klp_arm_ehabi_case {
	const char *name;
	u32 table[8];
	u32 words;
	s32 base;
	int err;
	s32 rise;
	u8 popped[16];
};

const struct klp_arm_ehabi_case *klp_arm_ehabi_case(u32 number);
const char *klp_arm_ehabi_case_differs(const struct klp_arm_ehabi_case *row,
				       const u32 *table);

#endif /* _KLP_ARM_EHABI_CASES_H */
