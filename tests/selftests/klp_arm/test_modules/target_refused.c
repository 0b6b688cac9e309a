// SPDX-License-Identifier: GPL-2.0
/*
 * target_refused.c - functions whose prologue cannot be proved harmless, each
 * for another reason, and one that can. They all work.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

/*
 * r4 is saved and stands for what a compiler would do after the prologue, so
 * that every function can put SP right and returns 0.
 */
#define PROLOGUE	".save {r4, lr}\npush {r4, lr}\n"
#define BODY		"mov r4, sp\n" CALL
#define CALL		"push {lr}\n"				\
			"bl __gnu_mcount_nc\n"			\
			"mov sp, r4\n"				\
			"mov r0, #0\n"				\
			"pop {r4, pc}\n"

static __naked __patchable notrace int target_branch(u32 a)
{
	asm volatile(PROLOGUE "b 1f\n1:\n" BODY);
}

static __naked __patchable notrace int target_argument(u32 a)
{
	asm volatile(PROLOGUE "mov r2, #1\n" BODY);
}

static __naked __patchable notrace int target_stack(u32 a)
{
	asm volatile(PROLOGUE
		     "mov r4, sp\n"
		     "sub sp, sp, r0\n" CALL);
}

static __naked __patchable notrace int target_conditional(u32 a)
{
	asm volatile(PROLOGUE "cmp r0, #8\nmoveq ip, #1\n" BODY);
}

/* One register too many, and none: the table does not fit the code. */
static __naked __patchable notrace int target_lie(u32 a)
{
	asm volatile(".save {r4, r5, lr}\npush {r4, lr}\n" BODY);
}

static __naked __patchable notrace int target_silent(u32 a)
{
	asm volatile(".cantunwind\npush {r4, lr}\n" BODY);
}

static __patchable notrace int target_untraced(u32 a)
{
	return a - 8;
}

static __patchable int target_fine(u32 a)
{
	return a - 8;
}

static int target_call(void)
{
	return target_branch(8) | target_argument(8) | target_stack(8) |
	       target_conditional(8) | target_lie(8) | target_silent(8) |
	       target_untraced(8) | target_fine(8);
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: refused functions");
