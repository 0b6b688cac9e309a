// SPDX-License-Identifier: GPL-2.0
/*
 * trampoline_symbol.c - trampolines as symbols: whether, where, and their name.
 *
 * Asked in any context: see trampoline_pool.c for why no lock is needed.
 */

#include <linux/bitmap.h>
#include <linux/kallsyms.h>
#include <linux/klp_arm.h>
#include <linux/module.h>
#include <linux/string.h>

#include "trampoline_page.h"

/**
 * klp_arm_is_trampoline() - is there a trampoline at an address?
 * @addr: the address
 *
 * Context: any, also where RCU does not watch; takes no lock.
 * Return: whether it is inside of a page of trampolines.
 * Since: 1.0
 */
bool klp_arm_is_trampoline(unsigned long addr)
{
	const struct klp_arm_pool_memory *memory;
	const struct klp_arm_pool_page *page;

	for_each_page(page) {
		memory = READ_ONCE(page->memory);
		if (memory && addr - (unsigned long)memory->code < PAGE_SIZE)
			return true;
	}

	return false;
}

/**
 * klp_arm_trampoline_lookup() - name the trampoline at an address
 * @addr: the address
 * @size: gets the trampoline's size; may be NULL
 * @offset: gets the distance from its beginning; may be NULL
 * @modname: gets what stands for the name of a module; may be NULL
 * @name: gets the name; KSYM_NAME_LEN bytes
 *
 * Context: any, also where RCU does not watch; takes no lock.
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

static const struct klp_arm_pool_page *page_of(const struct llist_node *node)
{
	return node ? llist_entry(node, struct klp_arm_pool_page, node) : NULL;
}

/* Move on to the next trampoline, or stay if the cursor is at one. */
static bool find_next_trampoline(struct klp_arm_kallsym_cursor *cursor)
{
	for (; cursor->page; cursor->nr = 0) {
		cursor->nr = find_next_bit(cursor->page->used, PER_PAGE,
					   cursor->nr);
		if (cursor->nr < PER_PAGE)
			return true;
		cursor->page = page_of(cursor->page->node.next);
	}

	return false;
}

/**
 * klp_arm_trampoline_get_kallsym() - list trampolines as symbols
 * @cursor: all zero before the first call; where the last one left off
 * @symnum: which of them, from 0; finding the next one takes no search
 * @value: gets its address
 * @type: gets its type, as nm prints it
 * @name: gets its name; KSYM_NAME_LEN bytes
 * @module_name: gets what stands for the name of a module; MODULE_NAME_LEN
 *               bytes
 *
 * Trampolines that come or go meanwhile may be missed, as other symbols are.
 *
 * Context: any; takes no lock.
 * Return: 0, or -ERANGE if there are not so many.
 * Since: 1.0
 */
int klp_arm_trampoline_get_kallsym(struct klp_arm_kallsym_cursor *cursor,
				   unsigned int symnum, unsigned long *value,
				   char *type, char *name, char *module_name)
{
	const struct klp_arm_pool_memory *memory;

	if (!cursor->page || symnum < cursor->symnum) {
		cursor->page = page_of(READ_ONCE(klp_arm_pool.first));
		cursor->nr = 0;
		cursor->symnum = 0;
	}
	while (find_next_trampoline(cursor) && cursor->symnum < symnum) {
		cursor->nr++;
		cursor->symnum++;
	}
	if (!cursor->page)
		return -ERANGE;

	/* The page may have been freed just now. */
	memory = READ_ONCE(cursor->page->memory);
	*value = memory ? (unsigned long)memory->code +
			  cursor->nr * TRAMPOLINE_SIZE : 0;
	*type = 't';
	strscpy(name, KLP_ARM_SYMBOL, KSYM_NAME_LEN);
	strscpy(module_name, KLP_ARM_SYMBOL_MODULE, MODULE_NAME_LEN);

	return 0;
}
