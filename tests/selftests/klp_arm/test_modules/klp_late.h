/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_late.h - refer to symbols that the livepatch core looks up.
 *
 * The names are what 'klp-diff link' makes livepatch relocations of, and are quoted
 * for the assembler, which would not take the comma. Weak, so that modpost lets the
 * symbols pass. The assembler has to be told what is a function.
 */
#ifndef _KLP_LATE_H
#define _KLP_LATE_H

#include <linux/types.h>

/* "OBJECT.NAME,POSITION" */
#define LATE_SYMBOL(name) "\".klp.sym." name "\""
#define LATE_WEAK(name) ".weak " LATE_SYMBOL(name) "\n"
#define LATE_FUNCTION(name) ".type " LATE_SYMBOL(name) ", %function\n"

#define LATE_CORE_KERNEL_TEXT "vmlinux.core_kernel_text,0"
#define LATE_LINUX_BANNER "vmlinux.linux_banner,1"
#define LATE_ADD_BASE "target_late.target_add_base,0"
#define LATE_BASE "target_late.target_base,0"

int late_core_kernel_text(unsigned long addr)
	asm(LATE_SYMBOL(LATE_CORE_KERNEL_TEXT));
u32 late_add_base(u32 a) asm(LATE_SYMBOL(LATE_ADD_BASE));

extern const char late_linux_banner[]
	asm(LATE_SYMBOL(LATE_LINUX_BANNER));
extern u32 late_base
	asm(LATE_SYMBOL(LATE_BASE));

/* Of patch_late.c, in assembly: where an instruction is that is relocated */
extern unsigned int patch_field;

#endif /* _KLP_LATE_H */
