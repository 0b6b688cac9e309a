/* SPDX-License-Identifier: GPL-2.0 */
/*
 * unwind_index.h - a function's EHABI data, by address.
 */
#ifndef _KLP_ARM_UNWIND_INDEX_H
#define _KLP_ARM_UNWIND_INDEX_H

#include <asm/unwind.h>

#include "ehabi.h"
#include "prologue.h"

/* The address behind a prel31 field (EHABI, 5): sign bit 30, bit 31 ignored. */
static inline unsigned long klp_arm_prel31(const unsigned long *field)
{
	long offset = (long)(*field << 1) >> 1;

	return (unsigned long)field + offset;
}

/**
 * klp_arm_unwind_lookup() - find the unwind data that covers an address
 * @addr: address of an instruction, without a Thumb bit
 * @table: set to the first word of the compact model data, for
 *         KLP_ARM_UNWIND_TABLE; else untouched
 * @start: set to where the index entry's code begins, for
 *         KLP_ARM_UNWIND_TABLE; else untouched; may be NULL
 *
 * Kernels with the port have unwind data for all that the compiler made
 * (Kconfig: ARM_UNWIND), so code without any is as good as code that says
 * that it cannot be unwound.
 *
 * Tables of a module are its memory. free_module() and do_free_init() take them
 * off the list, then wait for an RCU grace period, then free them. So preemption
 * stays disabled from before @addr was found to be text that stays until @table
 * was read; init text is refused before it comes here, since free_module() takes
 * its table off the list too late for that.
 *
 * Context: preemption disabled, for module addresses; takes a raw spinlock;
 *	    prints nothing.
 * Return: KLP_ARM_UNWIND_TABLE or KLP_ARM_UNWIND_CANTUNWIND.
 * Since: 1.0
 */
static inline enum klp_arm_unwind_kind
klp_arm_unwind_lookup(unsigned long addr, const u32 **table,
		      unsigned long *start)
{
	const struct unwind_idx *idx = unwind_find_idx(addr);

	if (!idx || idx->insn == KLP_ARM_EHABI_CANTUNWIND)
		return KLP_ARM_UNWIND_CANTUNWIND;
	if (start)
		*start = klp_arm_prel31(&idx->addr_offset);

	/* Bit 31 set: the data itself, else a prel31 to it (EHABI, 5). */
	if (idx->insn & BIT(31))
		*table = (const u32 *)&idx->insn;
	else
		*table = (const u32 *)klp_arm_prel31(&idx->insn);
	return KLP_ARM_UNWIND_TABLE;
}

#endif /* _KLP_ARM_UNWIND_INDEX_H */
