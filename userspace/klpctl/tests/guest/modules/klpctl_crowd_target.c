// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_crowd_target.c - a module with KLPCTL_CROWD functions to be replaced
 *
 * They are klpctl_crowd_0, klpctl_crowd_1 and so on. Nobody calls them, but the
 * tracer finds their calls as those of any other function.
 */
#include <linux/module.h>
#include <linux/stringify.h>

#include "crowd.h"

/* The kernel's instruction set: a compiler leaves asm like this to the assembler. */
#ifdef CONFIG_THUMB2_KERNEL
#define ISA ".thumb\n"
#else
#define ISA ".arm\n"
#endif

asm(ISA
	".altmacro\n"
	".macro klpctl_crowd_member number\n"
	".align 2\n"
	".type klpctl_crowd_\\number, %function\n"
	"klpctl_crowd_\\number:\n"
	".fnstart\n"
	".save {r4, lr}\n"
	"push {r4, lr}\n"
	"push {lr}\n"
	"bl __gnu_mcount_nc\n"
	"mov r0, #0\n"
	"pop {r4, pc}\n"
	".fnend\n"
	".size klpctl_crowd_\\number, . - klpctl_crowd_\\number\n"
	".endm\n"
	".text\n"
	".set klpctl_crowd_count, 0\n"
	".rept " __stringify(KLPCTL_CROWD) "\n"
	"klpctl_crowd_member %klpctl_crowd_count\n"
	".set klpctl_crowd_count, klpctl_crowd_count + 1\n"
	".endr\n"
	".noaltmacro\n");

static int __init klpctl_crowd_target_init(void)
{
	return 0;
}

/* A module with an init function needs it, or it can never be removed. */
static void __exit klpctl_crowd_target_exit(void)
{
}

module_init(klpctl_crowd_target_init);
module_exit(klpctl_crowd_target_exit);
MODULE_DESCRIPTION("Functions to be replaced, for klpctl's tests");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
