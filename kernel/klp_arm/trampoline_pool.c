// SPDX-License-Identifier: GPL-2.0
/*
 * trampoline_pool.c - the memory that trampolines live in.
 *
 * It is pages from execmem, with 64 trampolines in each. A page is filled with
 * undefined instructions while it is not executable, and is read-only ever
 * after: all later changes go through the text-poke mapping, so that no mapping
 * is writable and executable at once (CONFIG_STRICT_MODULE_RWX; without it
 * modules are not protected either).
 *
 * To the rest of the kernel the pages are text: they have unwind data and
 * names, and perf is told of them.
 *
 * Whether an address is in one of them is asked in any context, also where RCU
 * does not watch: for a stack trace of an idle or a dying CPU, say. So the list of
 * pages only grows. What is freed is the memory of a page, never its struct, which
 * is used again for the next page.
 */

#include <linux/bitmap.h>
#include <linux/cacheflush.h>
#include <linux/err.h>
#include <linux/execmem.h>
#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/perf_event.h>
#include <linux/set_memory.h>
#include <linux/slab.h>

#include <asm/unwind.h>

#include "trampoline_code.h"
#include "trampoline_insn.h"
#include "trampoline_page.h"
#include "trampoline_pool.h"

/* Nothing is to be undone: the return address is in LR (EHABI, 6.3 and 10.3). */
#define INDEX_LEAF 0x80b0b0b0

/* Only the state of a used trampoline is known (EHABI, 5). */
#define INDEX_CANTUNWIND 1

struct llist_head klp_arm_pool = LLIST_HEAD_INIT(klp_arm_pool);

/* How many of them have memory; klp_mutex protects it. */
static unsigned int klp_arm_pool_pages;

/*
 * Where the last new page was that could not be reached, or 0: another would be
 * no nearer, and making them in vain is costly. klp_mutex protects it.
 */
static unsigned long klp_arm_pool_too_far;

/* Executable from now on, and where modules are protected, not writable. */
static int make_executable(u32 *code)
{
	unsigned long addr = (unsigned long)code;
	size_t i;

	for (i = 0; i < PAGE_SIZE / sizeof(u32); i++)
		code[i] = KLP_ARM_POOL_UDF;
	flush_icache_range(addr, addr + PAGE_SIZE);

	/* A kernel that is less strict patches code where it is. */
	if (!IS_ENABLED(CONFIG_STRICT_MODULE_RWX))
		return set_memory_x(addr, 1);

	return set_memory_rox(addr, 1);
}

/* EHABI, 5: the distance to an address, as 31 bits with a sign. */
static u32 prel31(const void *field, const void *to)
{
	return ((u32)to - (u32)field) & ~BIT(31);
}

/*
 * Describe a trampoline to the unwinder, or that there is none. A walk that
 * looks up another trampoline meanwhile is not led astray: whatever these
 * three entries are, their addresses are inside of this one, or right before.
 *
 * The unwinder takes the first address of an entry for a function's first
 * instruction, where nothing is to be undone yet (arch/arm/kernel/unwind.c,
 * unwind_frame()). That is so where the trampoline is left, but not where it
 * begins, and not in the handler form: a word that is no instruction comes
 * before either.
 */
static void write_index(struct klp_arm_pool_page *page, unsigned int nr,
			bool used, u32 leave)
{
	struct klp_arm_pool_memory *memory = page->memory;
	const u32 *code = memory->code + nr * KLP_ARM_TRAMPOLINE_WORDS;
	struct unwind_idx *index = memory->index[nr];
	unsigned int i;

	used = used && memory->tables[nr][0] & BIT(31);
	for (i = 0; i < INDEX_ENTRIES; i++)
		index[i].insn = used ? prel31(&index[i].insn,
					      memory->tables[nr]) :
				       INDEX_CANTUNWIND;
	/* Without a direct form, any two words divide it as well. */
	if (used && leave)
		index[1].insn = INDEX_LEAF;
	else
		leave = 1;

	index[0].addr_offset = prel31(&index[0].addr_offset, code - 1);
	index[1].addr_offset = prel31(&index[1].addr_offset, code + leave);
	index[2].addr_offset = prel31(&index[2].addr_offset, code + leave + 1);
}

/* Let stack traces through interrupts find their way out of trampolines. */
static int add_index(struct klp_arm_pool_page *page)
{
	unsigned int nr;

	for (nr = 0; nr < PER_PAGE; nr++)
		write_index(page, nr, false, 0);

	page->unwind = unwind_table_add((unsigned long)page->memory->index,
					sizeof(page->memory->index),
					(unsigned long)page->memory->code,
					PAGE_SIZE);

	return page->unwind ? 0 : -ENOMEM;
}

/* A place that has no memory, new or used before. */
static struct klp_arm_pool_page *make_place(void)
{
	struct klp_arm_pool_page *page;

	for_each_page(page)
		if (!page->memory)
			return page;

	page = kzalloc(sizeof(*page), GFP_KERNEL);
	/* A full barrier: who finds the page finds it all zero. */
	if (page)
		llist_add(&page->node, &klp_arm_pool);

	return page;
}

static struct klp_arm_pool_page *make_page(void)
{
	struct klp_arm_pool_page *page = make_place();
	struct klp_arm_pool_memory *memory;

	if (!page)
		return NULL;

	/* Memory for data: it is not executable while it is written. */
	memory = execmem_alloc(EXECMEM_MODULE_DATA, sizeof(*memory));
	if (!memory)
		return NULL;

	memset(memory, 0, sizeof(*memory));
	if (make_executable(memory->code))
		goto free_memory;

	/* From here on it is text. Readers take the address, and nothing else. */
	WRITE_ONCE(page->memory, memory);
	if (add_index(page))
		goto no_text;

	klp_arm_pool_pages++;

	return page;

no_text:
	WRITE_ONCE(page->memory, NULL);
free_memory:
	execmem_free(memory);
	return NULL;
}

static void free_page_of_trampolines(struct klp_arm_pool_page *page)
{
	struct klp_arm_pool_memory *memory = page->memory;

	klp_arm_pool_pages--;
	WRITE_ONCE(page->memory, NULL);
	/* Walks that have found the index are over when it is freed. */
	unwind_table_del(page->unwind);
	synchronize_rcu();
	execmem_free(memory);
}

static bool reaches(unsigned long site, unsigned long addr)
{
	return klp_arm_insn_branch(KLP_ARM_THUMB, site, addr | KLP_ARM_THUMB);
}

static bool in_reach(unsigned long site, const struct klp_arm_pool_page *page)
{
	unsigned long addr = (unsigned long)page->memory->code;

	return reaches(site, addr) &&
	       reaches(site, addr + PAGE_SIZE - sizeof(u32));
}

/* A page that a call can branch into, with room in it. */
static struct klp_arm_pool_page *find_room(unsigned long site)
{
	struct klp_arm_pool_page *page;

	for_each_page(page)
		if (page->memory && in_reach(site, page) &&
		    !bitmap_full(page->used, PER_PAGE))
			return page;

	/* Modules may be that far away; do not try in vain each time. */
	if (!reaches(site, MODULES_END - PAGE_SIZE) ||
	    (klp_arm_pool_too_far && !reaches(site, klp_arm_pool_too_far)))
		return ERR_PTR(-ERANGE);

	page = make_page();
	if (!page)
		return ERR_PTR(-ENOMEM);

	/*
	 * The area for modules is full, or is filled from its far end only: of
	 * no use to us, or to others.
	 */
	if (!in_reach(site, page)) {
		klp_arm_pool_too_far = (unsigned long)page->memory->code;
		free_page_of_trampolines(page);
		return ERR_PTR(-ERANGE);
	}

	return page;
}

static unsigned int number_of(const struct klp_arm_pool_page *page,
			      const u32 *code)
{
	return (code - page->memory->code) / KLP_ARM_TRAMPOLINE_WORDS;
}

/**
 * klp_arm_pool_take() - find a place for a trampoline
 * @site: address of the call that is to reach it
 * @code: gets the place, which holds undefined instructions
 *
 * Context: klp_mutex held; may sleep.
 * Return: the page, for the functions below; or an ERR_PTR: -ENOMEM, or -ERANGE
 *	   if there is no place that @site reaches.
 * Since: 1.0
 */
struct klp_arm_pool_page *klp_arm_pool_take(unsigned long site, u32 **code)
{
	struct klp_arm_pool_page *page = find_room(site);
	unsigned int nr;

	if (IS_ERR(page))
		return page;

	nr = find_first_zero_bit(page->used, PER_PAGE);
	__set_bit(nr, page->used);
	*code = page->memory->code + nr * KLP_ARM_TRAMPOLINE_WORDS;

	return page;
}

/* perf learns of names when they come and go: it cannot ask for them later. */
static void tell_perf(const u32 *code, bool gone)
{
	perf_event_ksymbol(PERF_RECORD_KSYMBOL_TYPE_OOL, (u64)(unsigned long)code,
			   TRAMPOLINE_SIZE, gone, KLP_ARM_SYMBOL);
}

/**
 * klp_arm_pool_describe() - make a trampoline known to the unwinder and to perf
 * @page: from klp_arm_pool_take()
 * @code: likewise
 * @recipe: how the function's prologue is undone
 * @leave: number of the direct form's last instruction, or 0
 *
 * Context: klp_mutex held; no call can reach it yet.
 * Since: 1.0
 */
void klp_arm_pool_describe(struct klp_arm_pool_page *page, const u32 *code,
			   const struct klp_arm_recipe *recipe, u32 leave)
{
	unsigned int nr = number_of(page, code);

	klp_arm_trampoline_unwind(recipe, page->memory->tables[nr]);
	write_index(page, nr, true, leave);
	tell_perf(code, false);
}

/**
 * klp_arm_pool_give() - give a place back
 * @page: from klp_arm_pool_take()
 * @code: likewise; holds undefined instructions again
 *
 * The last page stays for the next patch: pages of executable memory are
 * costly to give back, because the whole area is flushed from all TLBs.
 *
 * Context: klp_mutex held; may sleep.
 * Since: 1.0
 */
void klp_arm_pool_give(struct klp_arm_pool_page *page, const u32 *code)
{
	unsigned int nr = number_of(page, code);

	tell_perf(code, true);
	write_index(page, nr, false, 0);
	__clear_bit(nr, page->used);
	if (bitmap_empty(page->used, PER_PAGE) && klp_arm_pool_pages > 1)
		free_page_of_trampolines(page);
}

/**
 * klp_arm_pool_retry() - look for nearer pages again, for modules may have gone
 *
 * Context: klp_mutex held.
 * Since: 1.0
 */
void klp_arm_pool_retry(void)
{
	klp_arm_pool_too_far = 0;
}
