// SPDX-License-Identifier: GPL-2.0
/*
 * patch_clobber.c - patches the function of target_registers.c with one that
 * loses a callee-saved register, as a wrong redirect would.
 */
#include <linux/compiler.h>
#include <linux/livepatch.h>

static __naked notrace int patch_call(void)
{
	asm volatile("mov	r5, #0\n"
		     "mov	r0, #1\n"
		     "bx	lr\n");
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_call", .new_func = patch_call },
	{ }
};

#define PATCH_OBJECT "target_registers"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: loses a register");
