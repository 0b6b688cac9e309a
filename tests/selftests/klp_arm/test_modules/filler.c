// SPDX-License-Identifier: GPL-2.0
/*
 * filler.c - takes all of the module area next to the kernel when "full" is
 * set, so that the modules that are loaded after it land out of branch range.
 */
#include <linux/execmem.h>
#include <linux/kprobes.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/pgtable.h>

static LIST_HEAD(filler_chunks);
static void *(*filler_alloc)(enum execmem_type type, size_t size);
static void (*filler_free)(void *chunk);
static void (*filler_flush)(void);
static bool full;

/* The functions are not exported; a probe finds out where one is. */
static void *filler_find(const char *name)
{
	struct kprobe probe = { .symbol_name = name };
	unsigned long address;

	if (register_kprobe(&probe))
		return NULL;
	address = (unsigned long)probe.addr;
	unregister_kprobe(&probe);
	/* A pointer to a function has bit 0 set in Thumb code. */
	return (void *)(address | IS_ENABLED(CONFIG_THUMB2_KERNEL));
}

/*
 * Not while the module loads: the init sections of modules, this one's too,
 * would leave gaps when they are freed.
 */
static int filler_fill(const char *value, const struct kernel_param *param)
{
	struct list_head *chunk;
	size_t size;

	if (full)
		return -EBUSY;
	filler_flush();
	for (size = SZ_1M; size >= PAGE_SIZE; size /= 2) {
		do {
			chunk = filler_alloc(EXECMEM_MODULE_TEXT, size);
			if (!chunk)
				return -ENOMEM;
			list_add(chunk, &filler_chunks);
		} while ((unsigned long)chunk < MODULES_END);
	}
	return param_set_bool(value, param);
}

static const struct kernel_param_ops filler_ops = {
	.set = filler_fill,
	.get = param_get_bool,
};

module_param_cb(full, &filler_ops, &full, 0600);
MODULE_PARM_DESC(full, "take what is left of the module area");

static int __init filler_init(void)
{
	filler_alloc = filler_find("execmem_alloc");
	filler_free = filler_find("execmem_free");
	filler_flush = filler_find("flush_module_init_free_work");
	return filler_alloc && filler_free && filler_flush ? 0 : -ENOENT;
}

static void __exit filler_exit(void)
{
	struct list_head *chunk, *next;

	list_for_each_safe(chunk, next, &filler_chunks)
		filler_free(chunk);
}

module_init(filler_init);
module_exit(filler_exit);
MODULE_DESCRIPTION("Fills the module area for klp_arm tests");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
