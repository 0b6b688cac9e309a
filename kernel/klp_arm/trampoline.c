// SPDX-License-Identifier: GPL-2.0
/*
 * trampoline.c - a function's own trampoline: its place and its form.
 *
 * Trampolines live in pages from execmem, 64 in each. A page is filled with
 * undefined instructions while it is not executable, and is read-only ever
 * after: all later changes go through the text-poke mapping, so that no mapping
 * is writable and executable at once.
 *
 * A trampoline is written before any call can reach it, and freed by its owner
 * when none can be inside any more (site.c). What changes in between, the form
 * and where the direct one goes, is written while the machine is stopped.
 * Nobody then executes a trampoline; a task may have been preempted inside, and
 * goes on in the form that it started in, because the words of both forms are
 * there all the time. A livepatch transition does not miss such a task: it has
 * an exception frame on its stack, which no reliable walk goes through.
 */

#include <linux/bitmap.h>
#include <linux/cacheflush.h>
#include <linux/execmem.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/rculist.h>
#include <linux/set_memory.h>
#include <linux/slab.h>

#include <asm/opcodes.h>
#include <asm/patch.h>

#include "entry.h"
#include "trampoline.h"
#include "trampoline_code.h"

#define TRAMPOLINE_SIZE (KLP_ARM_TRAMPOLINE_WORDS * sizeof(u32))
#define PER_PAGE (PAGE_SIZE / TRAMPOLINE_SIZE)

/* What a processor traps on, in ARM code (ARM ARM DDI 0406C, A8.8.247). */
#define POISON 0xe7f000f0

/**
 * struct klp_arm_pool_page - a page of trampolines
 * @node: in klp_arm_pool
 * @base: the page itself
 * @used: which of its trampolines are taken
 * @rcu: frees this when no reader of klp_arm_pool can see it any more
 */
struct klp_arm_pool_page {
	struct list_head node;
	u32 *base;
	DECLARE_BITMAP(used, PER_PAGE);
	struct rcu_head rcu;
};

/* klp_mutex protects it against writers; readers need RCU. */
static LIST_HEAD(klp_arm_pool);

static void poison(u32 *code, size_t words)
{
	size_t i;

	for (i = 0; i < words; i++)
		code[i] = __opcode_to_mem_arm(POISON);
}

static int protect_page(u32 *base)
{
	unsigned long addr = (unsigned long)base;
	bool strict = IS_ENABLED(CONFIG_STRICT_MODULE_RWX);
	int ret = 0;

	/* Not executable while it is writable. */
	if (strict)
		ret = set_memory_nx(addr, 1);
	if (ret)
		return ret;

	poison(base, PAGE_SIZE / sizeof(u32));
	flush_icache_range(addr, addr + PAGE_SIZE);

	/* A kernel that is less strict patches code where it is. */
	if (strict)
		ret = set_memory_rox(addr, 1);

	return ret;
}

static struct klp_arm_pool_page *add_page(void)
{
	struct klp_arm_pool_page *page;

	page = kzalloc(sizeof(*page), GFP_KERNEL);
	if (!page)
		return NULL;

	page->base = execmem_alloc(EXECMEM_FTRACE, PAGE_SIZE);
	if (!page->base)
		goto no_memory;
	if (protect_page(page->base))
		goto not_protected;

	list_add_rcu(&page->node, &klp_arm_pool);

	return page;

not_protected:
	execmem_free(page->base);
no_memory:
	kfree(page);
	return NULL;
}

static struct klp_arm_pool_page *find_room(void)
{
	struct klp_arm_pool_page *page;

	list_for_each_entry(page, &klp_arm_pool, node)
		if (!bitmap_full(page->used, PER_PAGE))
			return page;

	return add_page();
}

static void write_word(const struct klp_arm_trampoline *trampoline,
		       unsigned int word, u32 value)
{
	__patch_text(trampoline->code + word, value);
}

/**
 * klp_arm_trampoline_alloc() - make a trampoline, in its handler form
 * @trampoline: all zero; describes the new one on success
 * @recipe: how the function's prologue is undone
 * @cookie: what the handler gets
 *
 * Context: klp_mutex held; may sleep.
 * Return: 0, or -ENOMEM.
 * Since: 1.0
 */
int klp_arm_trampoline_alloc(struct klp_arm_trampoline *trampoline,
			     const struct klp_arm_recipe *recipe, void *cookie)
{
	struct klp_arm_trampoline_code code;
	struct klp_arm_pool_page *page;
	unsigned int nr, i;

	page = find_room();
	if (!page)
		return -ENOMEM;

	nr = find_first_zero_bit(page->used, PER_PAGE);
	__set_bit(nr, page->used);

	klp_arm_trampoline_generate(recipe, (u32)cookie,
				    (u32)klp_arm_handler_caller, &code);

	trampoline->page = page;
	trampoline->code = page->base + nr * KLP_ARM_TRAMPOLINE_WORDS;
	trampoline->direct = code.direct;
	trampoline->handler = code.handler;
	trampoline->leave = code.leave;
	for (i = 0; i < KLP_ARM_TRAMPOLINE_WORDS; i++)
		write_word(trampoline, i, code.word[i]);

	return 0;
}

/**
 * klp_arm_trampoline_free() - give back a trampoline
 * @trampoline: one that no call can reach and no task can be inside of
 *
 * The last page stays for the next patch: pages of executable memory are
 * costly to give back, because the whole area is flushed from all TLBs.
 *
 * Context: klp_mutex held; may sleep.
 * Since: 1.0
 */
void klp_arm_trampoline_free(struct klp_arm_trampoline *trampoline)
{
	struct klp_arm_pool_page *page = trampoline->page;
	unsigned int i;

	if (!page)
		return;

	for (i = 0; i < KLP_ARM_TRAMPOLINE_WORDS; i++)
		write_word(trampoline, i, POISON);
	__clear_bit((trampoline->code - page->base) / KLP_ARM_TRAMPOLINE_WORDS,
		    page->used);
	trampoline->page = NULL;

	if (!bitmap_empty(page->used, PER_PAGE) ||
	    list_is_singular(&klp_arm_pool))
		return;

	list_del_rcu(&page->node);
	execmem_free(page->base);
	kfree_rcu(page, rcu);
}

/**
 * klp_arm_trampoline_want() - say where calls are to go from the next switch on
 * @trampoline: the trampoline
 * @target: the replacement, or NULL if the handler is to be asked
 *
 * Context: klp_mutex held.
 * Return: whether klp_arm_trampoline_install() has anything to do.
 * Since: 1.0
 */
bool klp_arm_trampoline_want(struct klp_arm_trampoline *trampoline,
			     const void *target)
{
	trampoline->wanted = trampoline->direct ? target : NULL;

	return trampoline->wanted != trampoline->target;
}

/**
 * klp_arm_trampoline_install() - let calls go where they are wanted to
 * @trampoline: the trampoline
 *
 * Context: klp_mutex held, by who stopped the machine.
 * Since: 1.0
 */
void klp_arm_trampoline_install(struct klp_arm_trampoline *trampoline)
{
	u32 leave = (u32)(trampoline->code + trampoline->leave);
	u32 target = (u32)trampoline->wanted;
	u32 branch;

	if (trampoline->wanted == trampoline->target)
		return;

	trampoline->target = trampoline->wanted;
	if (!trampoline->target) {
		write_word(trampoline, KLP_ARM_TRAMPOLINE_SWITCH,
			   trampoline->handler);
		return;
	}

	branch = klp_arm_trampoline_branch(leave, target);
	write_word(trampoline, KLP_ARM_TRAMPOLINE_TARGET,
		   __mem_to_opcode_arm(target));
	write_word(trampoline, trampoline->leave,
		   branch ?: klp_arm_trampoline_load(trampoline->leave));
	write_word(trampoline, KLP_ARM_TRAMPOLINE_SWITCH, trampoline->direct);
}

/**
 * klp_arm_trampoline_contains() - is there a trampoline at an address?
 * @addr: the address
 *
 * Context: any.
 * Return: whether it is inside of a page of trampolines.
 * Since: 1.0
 */
bool klp_arm_trampoline_contains(unsigned long addr)
{
	struct klp_arm_pool_page *page;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(page, &klp_arm_pool, node) {
		found = addr - (unsigned long)page->base < PAGE_SIZE;
		if (found)
			break;
	}
	rcu_read_unlock();

	return found;
}
