/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reloc_slot.h - the PLT entries of a livepatch for branches that do not reach.
 */
#ifndef _KLP_ARM_RELOC_SLOT_H
#define _KLP_ARM_RELOC_SLOT_H

#include <linux/elf.h>
#include <linux/types.h>

/*
 * The first of a livepatch's entries is where branches go that have no target
 * now: it traps.
 */
#define KLP_ARM_SLOT_TRAP 0

int klp_arm_check_relocs(const char *name, const struct elf32_shdr *sechdrs,
			 unsigned int count);
bool klp_arm_slot_is_same(const struct elf32_rela *a, const struct elf32_rela *b);
unsigned int klp_arm_slot_base(const struct elf32_shdr *sechdrs, unsigned int secidx);

#endif /* _KLP_ARM_RELOC_SLOT_H */
