/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ehabi.h - one frame of the Exception Handling ABI for the ARM Architecture.
 *
 * Usable in the kernel and on a host. Nothing here prints, locks, allocates
 * or dereferences a virtual register: all memory goes through a callback.
 */
#ifndef _KLP_ARM_EHABI_H
#define _KLP_ARM_EHABI_H

#include "freestanding.h"

/* The second word of an index entry that says "stop here" (EHABI, index table entries). */
#define KLP_ARM_EHABI_CANTUNWIND 1U

/* One header word, then at most 255 more (EHABI, compact model: N is a byte). */
#define KLP_ARM_EHABI_MAX_WORDS 256U

/**
 * typedef klp_arm_ehabi_load_t - read one word of the stack being unwound
 * @cookie: what was given to klp_arm_ehabi_unwind()
 * @address: word address, a multiple of 4
 * @value: where the word goes
 *
 * Return: 0, or a negative errno to end the unwinding with that error.
 */
typedef int (*klp_arm_ehabi_load_t)(void *cookie, u32 address, u32 *value);

/**
 * struct klp_arm_ehabi_frame - virtual registers, in and out
 * @vrs: r0-r15; in: the registers inside the function, [15] is not read;
 *       out: those of the caller, [13] its SP, [15] the return address
 * @lr_popped: out: the table took LR from the stack
 * @pc_popped: out: the table took PC from the stack (else PC is LR)
 */
struct klp_arm_ehabi_frame {
	u32 vrs[16];
	bool lr_popped;
	bool pc_popped;
};

u32 klp_arm_ehabi_words(u32 first);
int klp_arm_ehabi_unwind(const u32 *table, u32 words,
			 struct klp_arm_ehabi_frame *frame,
			 klp_arm_ehabi_load_t load, void *cookie);

#endif /* _KLP_ARM_EHABI_H */
