/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trampoline_page.h - pages of trampolines, as their pool and their names know
 * them.
 */
#ifndef _KLP_ARM_TRAMPOLINE_PAGE_H
#define _KLP_ARM_TRAMPOLINE_PAGE_H

#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/types.h>

#include <asm/unwind.h>

#include "trampoline_code.h"

#define TRAMPOLINE_SIZE (KLP_ARM_TRAMPOLINE_WORDS * sizeof(u32))
#define PER_PAGE (PAGE_SIZE / TRAMPOLINE_SIZE)

/* What all of them are called, in /proc/kallsyms and in stack traces. */
#define KLP_ARM_SYMBOL "klp_trampoline"
#define KLP_ARM_SYMBOL_MODULE "klp_arm"

/* A trampoline's part of the unwind index: before, at, and after it leaves. */
#define INDEX_ENTRIES 3

/**
 * struct klp_arm_pool_memory - a page of trampolines, and what describes it
 * @code: the page itself
 * @index: what EHABI says of each word of the page, in the order of addresses
 * @tables: what it refers to
 *
 * All of it is one piece of memory: what the index has of addresses are
 * distances of at most 1 GiB, which lowmem may be away from modules.
 */
struct klp_arm_pool_memory {
	u32 code[PAGE_SIZE / sizeof(u32)];
	struct unwind_idx index[PER_PAGE][INDEX_ENTRIES];
	u32 tables[PER_PAGE][KLP_ARM_TRAMPOLINE_WORDS];
};

/**
 * struct klp_arm_pool_page - a place for a page of trampolines
 * @node: in klp_arm_pool, for ever
 * @memory: the page; NULL while there is none
 * @used: which of its trampolines are taken
 * @unwind: makes its index known to the kernel's unwinder
 *
 * klp_mutex protects it against other writers. Readers in any context look at
 * @node, @memory and @used, and read nothing of the memory.
 */
struct klp_arm_pool_page {
	struct llist_node node;
	struct klp_arm_pool_memory *memory;
	DECLARE_BITMAP(used, PER_PAGE);
	struct unwind_table *unwind;
};

extern struct llist_head klp_arm_pool;

/* For readers, and for writers too */
#define for_each_page(page)						\
	llist_for_each_entry(page, READ_ONCE(klp_arm_pool.first), node)

#endif /* _KLP_ARM_TRAMPOLINE_PAGE_H */
