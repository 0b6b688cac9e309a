// SPDX-License-Identifier: GPL-2.0
/*
 * target_registers.c - a function that saves and uses every callee-saved
 * register, called by code that knows what each of them held.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

/* The asm needs all of r4 to r11: the compiler saves them in the prologue. */
static __patchable int target_call(void)
{
	int answer = 0;

	asm volatile("mov	r4, #0\n"
		     "mov	r5, r4\n"
		     "mov	r6, r5\n"
		     "mov	r7, r6\n"
		     "mov	r8, r7\n"
		     "mov	r9, r8\n"
		     "mov	r10, r9\n"
		     "mov	%0, r10\n"
		     : "=r" (answer)
		     : : "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11",
			 "lr");
	return answer;
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: callee-saved registers");
