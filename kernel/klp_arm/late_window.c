// SPDX-License-Identifier: GPL-2.0
/*
 * late_window.c - write to a part of a module that may be read-only by now.
 *
 * Relocations against a module are written when that module comes, when the text
 * and the constants of the livepatch have long been read-only. Its pages get a
 * second mapping, which nobody else knows and which can be written. Nothing runs
 * what is written there, and nothing reads it: it belongs to functions that
 * replace those of a module that is not there yet.
 */

#include <linux/cacheflush.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "late_window.h"

static void *map_again(unsigned long start, size_t size)
{
	unsigned long addr = start & PAGE_MASK;
	unsigned int count = DIV_ROUND_UP(start + size - addr, PAGE_SIZE);
	struct page **pages;
	void *mapping = NULL;
	unsigned int i;

	pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return NULL;

	for (i = 0; i < count; i++, addr += PAGE_SIZE) {
		pages[i] = vmalloc_to_page((void *)addr);
		if (WARN_ON_ONCE(!pages[i]))
			goto out;
	}
	mapping = vmap(pages, count, VM_MAP, PAGE_KERNEL);
out:
	kvfree(pages);
	return mapping ? mapping + offset_in_page(start) : NULL;
}

/**
 * klp_arm_window_open() - begin to write to a part of a module
 * @window: filled
 * @start: address of the part
 * @size: bytes of it
 * @live: it may be read-only; if not, nothing has been protected yet
 *
 * Context: may sleep. Nothing else writes to the part or runs it.
 * Return: 0, or -ENOMEM.
 * Since: 1.0
 */
int klp_arm_window_open(struct klp_arm_window *window, unsigned long start,
			size_t size, bool live)
{
	*window = (struct klp_arm_window){ .start = start, .size = size };
	if (!live || !size)
		return 0;

	window->mapping = map_again(start, size);

	return window->mapping ? 0 : -ENOMEM;
}

/**
 * klp_arm_window_write() - write to a part of a module
 * @window: the part
 * @addr: address in it, without any alignment
 * @from: what to write
 * @size: bytes of that
 *
 * Since: 1.0
 */
void klp_arm_window_write(const struct klp_arm_window *window,
			  unsigned long addr, const void *from, size_t size)
{
	size_t offset = addr - window->start;

	if (WARN_ON_ONCE(offset > window->size || size > window->size - offset))
		return;

	if (window->mapping)
		memcpy(window->mapping + offset, from, size);
	else
		memcpy((void *)addr, from, size);
}

/**
 * klp_arm_window_close() - let processors see what was written
 * @window: the part
 *
 * Context: may sleep.
 * Since: 1.0
 */
void klp_arm_window_close(struct klp_arm_window *window)
{
	void *mapping = window->mapping;

	/* The loader does the same when it has written all of the module. */
	if (!mapping)
		return;

	flush_kernel_vmap_range(mapping, window->size);
	vunmap((void *)((unsigned long)mapping & PAGE_MASK));
	flush_icache_range(window->start, window->start + window->size);
	window->mapping = NULL;
}
