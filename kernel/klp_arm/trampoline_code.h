/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trampoline_code.h - the instructions of a function's own trampoline.
 */
#ifndef _KLP_ARM_TRAMPOLINE_CODE_H
#define _KLP_ARM_TRAMPOLINE_CODE_H

#include "prologue.h"

/* A power of two, so that whole trampolines fill a page. */
#define KLP_ARM_TRAMPOLINE_WORDS 16

/*
 * The words that change while a trampoline is in use, with the one that
 * @leave below tells. All others stay as they are, so that a task that was
 * preempted between any two of them goes on in the form that it started in.
 *
 * A direct form is only ever written while the handler form is switched on, and
 * is complete before it is switched on itself: whoever calls the function while
 * it is being written, and be it the code that writes, asks the handler.
 */
#define KLP_ARM_TRAMPOLINE_SWITCH 0	/* which form a call takes */
#define KLP_ARM_TRAMPOLINE_TARGET 15	/* where the direct form goes */

/* The first word of the handler form's own, and where that goes */
#define KLP_ARM_TRAMPOLINE_HANDLER 11
#define KLP_ARM_TRAMPOLINE_ENTRY 14

/**
 * struct klp_arm_trampoline_code - a trampoline, to be copied into place
 * @word: instructions and literals, for any address
 * @direct: the first word of the direct form; 0 if there is no such form
 * @handler: the first word of the handler form
 * @leave: number of the direct form's last instruction, at which registers and
 *         SP are those of the function's entry: klp_arm_trampoline_leave()
 */
struct klp_arm_trampoline_code {
	u32 word[KLP_ARM_TRAMPOLINE_WORDS];
	u32 direct;
	u32 handler;
	u32 leave;
};

void klp_arm_trampoline_generate(bool thumb,
				 const struct klp_arm_recipe *recipe,
				 u32 cookie, u32 handler,
				 struct klp_arm_trampoline_code *code);
u32 klp_arm_trampoline_leave(bool thumb, u32 from, u32 leave, u32 target);
void klp_arm_trampoline_unwind(const struct klp_arm_recipe *recipe,
			       u32 table[KLP_ARM_TRAMPOLINE_WORDS]);

#endif /* _KLP_ARM_TRAMPOLINE_CODE_H */
