// SPDX-License-Identifier: GPL-2.0
/*
 * build_id.c - the build ids of the kernel and of modules.
 *
 * Linux keeps them in memory only where stack traces are to show them. The notes
 * of a module cannot be found later, so its build id is taken while the module
 * is being loaded.
 */

#include <linux/elf.h>
#include <linux/init.h>
#include <linux/klp_arm.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "build_id.h"

/**
 * struct klp_arm_module_id - the build id of a module that has one
 * @node: in klp_arm_module_ids
 * @mod: the module
 * @id: its build id
 */
struct klp_arm_module_id {
	struct list_head node;
	const struct module *mod;
	unsigned char id[BUILD_ID_SIZE_MAX];
};

static LIST_HEAD(klp_arm_module_ids);
/* Raw: it is taken where find_module() has preemption disabled. */
static DEFINE_RAW_SPINLOCK(klp_arm_module_ids_lock);

static unsigned char klp_arm_kernel_id[BUILD_ID_SIZE_MAX] __ro_after_init;

/* No module is loaded before. */
static int __init klp_arm_find_kernel_build_id(void)
{
	build_id_parse_buf(__start_notes, klp_arm_kernel_id,
			   __stop_notes - __start_notes);

	return 0;
}
early_initcall(klp_arm_find_kernel_build_id);

/**
 * klp_arm_kernel_build_id() - tell which build this kernel is
 *
 * Return: its build id.
 */
const unsigned char *klp_arm_kernel_build_id(void)
{
	return klp_arm_kernel_id;
}

/**
 * klp_arm_is_build_id() - tell a build id from the place of one
 * @id: BUILD_ID_SIZE_MAX bytes
 *
 * Return: true if something was linked with that id, false if it has none.
 */
bool klp_arm_is_build_id(const unsigned char *id)
{
	return memchr_inv(id, 0, BUILD_ID_SIZE_MAX);
}

/**
 * klp_arm_module_finalize() - remember the build id of a module
 * @hdr: its ELF header
 * @sechdrs: its sections, which are where they stay
 * @mod: the module; nobody else can find it yet
 *
 * Hook of the module loader.
 *
 * Context: may sleep.
 * Return: 0, or -ENOMEM.
 */
int klp_arm_module_finalize(const Elf_Ehdr *hdr, const Elf_Shdr *sechdrs,
			    const struct module *mod)
{
	struct klp_arm_module_id *entry;
	const Elf_Shdr *section;

	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return -ENOMEM;

	entry->mod = mod;
	for (section = sechdrs; section < sechdrs + hdr->e_shnum; section++) {
		if (section->sh_type != SHT_NOTE ||
		    !(section->sh_flags & SHF_ALLOC) ||
		    build_id_parse_buf((void *)section->sh_addr, entry->id,
				       section->sh_size))
			continue;

		raw_spin_lock(&klp_arm_module_ids_lock);
		list_add(&entry->node, &klp_arm_module_ids);
		raw_spin_unlock(&klp_arm_module_ids_lock);

		return 0;
	}
	kfree(entry);

	return 0;
}

/**
 * klp_arm_module_cleanup() - forget the build id of a module
 * @mod: the module, which find_module() no longer finds
 *
 * Hook of the module loader. It is called once more, with nothing to do, where
 * loading has failed.
 */
void klp_arm_module_cleanup(const struct module *mod)
{
	struct klp_arm_module_id *entry, *found = NULL;

	raw_spin_lock(&klp_arm_module_ids_lock);
	list_for_each_entry(entry, &klp_arm_module_ids, node) {
		if (entry->mod == mod) {
			list_del(&entry->node);
			found = entry;
			break;
		}
	}
	raw_spin_unlock(&klp_arm_module_ids_lock);
	kfree(found);
}

/**
 * klp_arm_module_build_id() - tell which build a module is
 * @mod: the module
 * @id: gets its build id
 *
 * Context: any but interrupts.
 */
void klp_arm_module_build_id(const struct module *mod, unsigned char *id)
{
	const struct klp_arm_module_id *entry;

	memset(id, 0, BUILD_ID_SIZE_MAX);
	raw_spin_lock(&klp_arm_module_ids_lock);
	list_for_each_entry(entry, &klp_arm_module_ids, node) {
		if (entry->mod == mod) {
			memcpy(id, entry->id, sizeof(entry->id));
			break;
		}
	}
	raw_spin_unlock(&klp_arm_module_ids_lock);
}
