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
 * names.
 */

#include <linux/bitmap.h>
#include <linux/cacheflush.h>
#include <linux/err.h>
#include <linux/execmem.h>
#include <linux/kallsyms.h>
#include <linux/klp_arm.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/set_memory.h>

#include <asm/unwind.h>

#include "trampoline_code.h"
#include "trampoline_insn.h"
#include "trampoline_pool.h"

#define TRAMPOLINE_SIZE (KLP_ARM_TRAMPOLINE_WORDS * sizeof(u32))
#define PER_PAGE (PAGE_SIZE / TRAMPOLINE_SIZE)

/* What all of them are called, in /proc/kallsyms and in stack traces. */
#define KLP_ARM_SYMBOL "klp_trampoline"
#define KLP_ARM_SYMBOL_MODULE "klp_arm"

/* A trampoline's part of the unwind index: before, at, and after it leaves. */
#define INDEX_ENTRIES 3

/* Nothing is to be undone: the return address is in LR (EHABI, 6.3 and 10.3). */
#define INDEX_LEAF 0x80b0b0b0

/* Only the state of a used trampoline is known (EHABI, 5). */
#define INDEX_CANTUNWIND 1

/**
 * struct klp_arm_pool_page - a page of trampolines, and what belongs to it
 * @code: the page itself
 * @node: in klp_arm_pool
 * @used: which of its trampolines are taken
 * @unwind: makes @index known to the kernel's unwinder
 * @index: what EHABI says of each word of the page, in the order of addresses
 * @tables: what it refers to
 *
 * All of it is one piece of memory: what the index has of addresses are
 * distances of at most 1 GiB, which lowmem may be away from modules.
 */
struct klp_arm_pool_page {
	u32 code[PAGE_SIZE / sizeof(u32)];
	struct list_head node;
	DECLARE_BITMAP(used, PER_PAGE);
	struct unwind_table *unwind;
	struct unwind_idx index[PER_PAGE][INDEX_ENTRIES];
	u32 tables[PER_PAGE][KLP_ARM_TRAMPOLINE_WORDS];
};

/* klp_mutex protects it against writers; readers need RCU. */
static LIST_HEAD(klp_arm_pool);

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
	const u32 *code = page->code + nr * KLP_ARM_TRAMPOLINE_WORDS;
	struct unwind_idx *index = page->index[nr];
	unsigned int i;

	used = used && page->tables[nr][0] & BIT(31);
	for (i = 0; i < INDEX_ENTRIES; i++)
		index[i].insn = used ? prel31(&index[i].insn,
					      page->tables[nr]) :
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

	page->unwind = unwind_table_add((unsigned long)page->index,
					sizeof(page->index),
					(unsigned long)page->code, PAGE_SIZE);

	return page->unwind ? 0 : -ENOMEM;
}

static struct klp_arm_pool_page *make_page(void)
{
	struct klp_arm_pool_page *page;

	/* Memory for data: it is not executable while it is written. */
	page = execmem_alloc(EXECMEM_MODULE_DATA, sizeof(*page));
	if (!page)
		return NULL;

	memset(page, 0, sizeof(*page));
	if (make_executable(page->code))
		goto not_executable;
	if (add_index(page))
		goto not_executable;

	return page;

not_executable:
	execmem_free(page);
	return NULL;
}

static void free_page_of_trampolines(struct klp_arm_pool_page *page)
{
	unwind_table_del(page->unwind);
	execmem_free(page);
}

static bool reaches(unsigned long site, unsigned long addr)
{
	return klp_arm_insn_branch(KLP_ARM_THUMB, site, addr | KLP_ARM_THUMB);
}

static bool in_reach(unsigned long site, const struct klp_arm_pool_page *page)
{
	unsigned long addr = (unsigned long)page->code;

	return reaches(site, addr) &&
	       reaches(site, addr + PAGE_SIZE - sizeof(u32));
}

/* A page that a call can branch into, with room in it. */
static struct klp_arm_pool_page *find_room(unsigned long site)
{
	struct klp_arm_pool_page *page;

	list_for_each_entry(page, &klp_arm_pool, node)
		if (in_reach(site, page) && !bitmap_full(page->used, PER_PAGE))
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
		klp_arm_pool_too_far = (unsigned long)page->code;
		free_page_of_trampolines(page);
		return ERR_PTR(-ERANGE);
	}

	list_add_rcu(&page->node, &klp_arm_pool);

	return page;
}

static unsigned int number_of(const struct klp_arm_pool_page *page,
			      const u32 *code)
{
	return (code - page->code) / KLP_ARM_TRAMPOLINE_WORDS;
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
	*code = page->code + nr * KLP_ARM_TRAMPOLINE_WORDS;

	return page;
}

/**
 * klp_arm_pool_describe() - make a trampoline known to the unwinder
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

	klp_arm_trampoline_unwind(recipe, page->tables[nr]);
	write_index(page, nr, true, leave);
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

	write_index(page, nr, false, 0);
	__clear_bit(nr, page->used);
	if (!bitmap_empty(page->used, PER_PAGE) ||
	    list_is_singular(&klp_arm_pool))
		return;

	list_del_rcu(&page->node);
	synchronize_rcu();
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

/* The page that an address is in, or NULL; RCU keeps it. */
static struct klp_arm_pool_page *find_page(unsigned long addr)
{
	struct klp_arm_pool_page *page;

	list_for_each_entry_rcu(page, &klp_arm_pool, node)
		if (addr - (unsigned long)page->code < PAGE_SIZE)
			return page;

	return NULL;
}

/**
 * klp_arm_is_trampoline() - is there a trampoline at an address?
 * @addr: the address
 *
 * Context: any where RCU watches.
 * Return: whether it is inside of a page of trampolines.
 * Since: 1.0
 */
bool klp_arm_is_trampoline(unsigned long addr)
{
	bool found;

	rcu_read_lock();
	found = find_page(addr);
	rcu_read_unlock();

	return found;
}

/**
 * klp_arm_trampoline_lookup() - name the trampoline at an address
 * @addr: the address
 * @size: gets the trampoline's size; may be NULL
 * @offset: gets the distance from its beginning; may be NULL
 * @modname: gets what stands for the name of a module; may be NULL
 * @name: gets the name; KSYM_NAME_LEN bytes
 *
 * Context: any where RCU watches.
 * Return: the length of the name, or 0 if there is no trampoline.
 * Since: 1.0
 */
int klp_arm_trampoline_lookup(unsigned long addr, unsigned long *size,
			      unsigned long *offset, char **modname, char *name)
{
	if (!klp_arm_is_trampoline(addr))
		return 0;

	if (size)
		*size = TRAMPOLINE_SIZE;
	if (offset)
		*offset = addr % TRAMPOLINE_SIZE;
	if (modname)
		*modname = KLP_ARM_SYMBOL_MODULE;

	return strscpy(name, KLP_ARM_SYMBOL, KSYM_NAME_LEN);
}

/**
 * klp_arm_trampoline_get_kallsym() - list trampolines as symbols
 * @symnum: which of them, from 0
 * @value: gets its address
 * @type: gets its type, as nm prints it
 * @name: gets its name; KSYM_NAME_LEN bytes
 * @module_name: gets what stands for the name of a module; MODULE_NAME_LEN
 *               bytes
 *
 * Return: 0, or -ERANGE if there are not so many.
 * Since: 1.0
 */
int klp_arm_trampoline_get_kallsym(unsigned int symnum, unsigned long *value,
				   char *type, char *name, char *module_name)
{
	struct klp_arm_pool_page *page;
	unsigned int nr;

	guard(rcu)();
	list_for_each_entry_rcu(page, &klp_arm_pool, node) {
		for_each_set_bit(nr, page->used, PER_PAGE) {
			if (symnum--)
				continue;
			*value = (unsigned long)page->code +
				 nr * TRAMPOLINE_SIZE;
			*type = 't';
			strscpy(name, KLP_ARM_SYMBOL, KSYM_NAME_LEN);
			strscpy(module_name, KLP_ARM_SYMBOL_MODULE,
				MODULE_NAME_LEN);
			return 0;
		}
	}

	return -ERANGE;
}
