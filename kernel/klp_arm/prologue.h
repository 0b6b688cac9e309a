/* SPDX-License-Identifier: GPL-2.0 */
/*
 * prologue.h - can a function be redirected at its -pg call, and how is its
 * prologue undone.
 */
#ifndef _KLP_ARM_PROLOGUE_H
#define _KLP_ARM_PROLOGUE_H

#include "freestanding.h"
#include "reason.h"

/* What is known about the function's own EHABI data. */
enum klp_arm_unwind_kind {
	KLP_ARM_UNWIND_UNCHECKED = 0,	/* built without: one witness only */
	KLP_ARM_UNWIND_TABLE,		/* @unwind, @unwind_words are valid */
	KLP_ARM_UNWIND_CANTUNWIND,	/* index entry says cannot unwind */
};

/**
 * struct klp_arm_prologue - a function, as the verifier is asked about it
 * @code: its first byte; instructions in memory order (little endian)
 * @size: bytes readable at @code, at least @site + 4 for a whole function
 * @site: byte offset of the mcount call, i.e. what follows ``push {lr}``
 * @thumb: Thumb-2 code (any Thumb bit is already gone from @code)
 * @unwind_kind: which of the three cases above holds
 * @unwind: first word of the compact model data: the index entry's second
 *          word when it is inline, else the .ARM.extab entry
 * @unwind_words: words readable at @unwind
 */
struct klp_arm_prologue {
	const void *code;
	u32 size;
	u32 site;
	bool thumb;
	enum klp_arm_unwind_kind unwind_kind;
	const u32 *unwind;
	u32 unwind_words;
};

/**
 * struct klp_arm_recipe - how the prologue is undone at the call site
 * @sp_delta: entry SP minus SP just before the site's ``push {lr}``, bytes
 * @restore: bit n set: reload r<n>, 4 <= n <= 11
 * @slot: [n]: byte offset, from SP just before that push, of the word that
 *        holds the entry value of r<n>; below @sp_delta; 0 if bit n is clear
 */
struct klp_arm_recipe {
	u32 sp_delta;
	u16 restore;
	u16 slot[16];
};

/**
 * struct klp_arm_verdict - the answer
 * @reason: KLP_ARM_REASON_NONE, or why not
 * @offset: byte offset of the instruction to blame (refusals only)
 * @insn: that instruction; a 32-bit Thumb one has its first half on top
 * @insn_size: 2 or 4, or 0 when no instruction is to blame
 * @recipe: all zero unless accepted
 */
struct klp_arm_verdict {
	enum klp_arm_reason reason;
	u32 offset;
	u32 insn;
	u8 insn_size;
	struct klp_arm_recipe recipe;
};

int klp_arm_prologue_verify(const struct klp_arm_prologue *in,
			    struct klp_arm_verdict *out);

#endif /* _KLP_ARM_PROLOGUE_H */
