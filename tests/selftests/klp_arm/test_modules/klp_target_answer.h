/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_target_answer.h - which version of a function answered a call.
 */
#ifndef _KLP_TARGET_ANSWER_H
#define _KLP_TARGET_ANSWER_H

#include <linux/kernel.h>
#include <linux/types.h>

/* Answers: 0 is the old function, n > 0 is version n, or one of these. */
#define TARGET_BAD		(-1)	/* the result is none of any version */
#define TARGET_REGISTERS	(-2)	/* SP or a callee-saved register lost */
#define TARGET_MIXED		(-3)	/* calls of one task do not agree */

static inline int target_answer(u32 result, u32 expected)
{
	u32 version = result - expected;

	return version < 4 ? version : TARGET_BAD;
}

/* The answers of two calls that must come from the same version. */
static inline int target_both(int one, int other)
{
	if (one < 0)
		return one;
	return one == other ? one : TARGET_MIXED;
}

static inline const char *target_answer_name(int answer)
{
	static const char * const names[] = {
		"mixed", "registers", "bad", "old", "new", "new2", "new3",
	};

	return names[answer - TARGET_MIXED];
}

#endif /* _KLP_TARGET_ANSWER_H */
