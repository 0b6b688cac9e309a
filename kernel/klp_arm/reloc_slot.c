// SPDX-License-Identifier: GPL-2.0
/*
 * reloc_slot.c - the PLT entries of a livepatch for branches that do not reach.
 *
 * The entries are counted when the module is loaded, from its .klp.rela sections
 * alone, before it is known what a branch refers to and whether it reaches that.
 * Each pair of symbol and addend has one of its own in each section. Which one
 * follows from the section headers and the relocations, both of which the livepatch
 * core keeps. So a module that the livepatch is for may come and go any number of
 * times: the same entry is written anew each time, and none is ever added.
 *
 * The relocations of a section are sorted for that. Theirs is the only order that
 * changes: a RELA relocation does not depend on what others have written.
 */

#include <linux/klp_arm.h>
#include <linux/module.h>
#include <linux/sort.h>

#include "reloc_field.h"
#include "reloc_slot.h"

static bool is_branch(const struct elf32_rela *rela)
{
	return klp_arm_reloc_is_branch(ELF32_R_TYPE(rela->r_info));
}

static int compare(s64 a, s64 b)
{
	return a < b ? -1 : a > b;
}

/* Branches first, those of the same entry next to each other. */
static int compare_relas(const void *left, const void *right)
{
	const struct elf32_rela *a = left, *b = right;

	return compare(is_branch(b), is_branch(a)) ?:
	       compare(ELF32_R_SYM(a->r_info), ELF32_R_SYM(b->r_info)) ?:
	       compare(a->r_addend, b->r_addend) ?:
	       compare(a->r_offset, b->r_offset);
}

static unsigned int count_relas(const struct elf32_shdr *sec)
{
	return sec->sh_size / sizeof(struct elf32_rela);
}

static bool is_late(const struct elf32_shdr *sec)
{
	return sec->sh_type == SHT_RELA &&
	       sec->sh_flags & SHF_RELA_LIVEPATCH;
}

/**
 * klp_arm_slot_is_same() - do two branches share an entry?
 * @a: relocation of a branch
 * @b: another one, of the same section
 *
 * Return: whether they do.
 * Since: 1.0
 */
bool klp_arm_slot_is_same(const struct elf32_rela *a,
			  const struct elf32_rela *b)
{
	return ELF32_R_SYM(a->r_info) == ELF32_R_SYM(b->r_info) &&
	       a->r_addend == b->r_addend;
}

/* How many entries do the branches of a section need, at most? */
static unsigned int count_slots(const struct elf32_shdr *sec)
{
	const struct elf32_rela *rela = (void *)sec->sh_addr;
	unsigned int i, count = 0;

	for (i = 0; i < count_relas(sec) && is_branch(&rela[i]); i++)
		if (!i || !klp_arm_slot_is_same(&rela[i], &rela[i - 1]))
			count++;

	return count;
}

/**
 * klp_arm_slot_base() - find the entries of a section
 * @sechdrs: the section headers of a livepatch
 * @secidx: the section, or how many there are
 *
 * Return: the first entry of the branches of the section.
 * Since: 1.0
 */
unsigned int klp_arm_slot_base(const struct elf32_shdr *sechdrs,
			       unsigned int secidx)
{
	unsigned int i, base = KLP_ARM_SLOT_TRAP + 1;

	for (i = 1; i < secidx; i++)
		if (is_late(&sechdrs[i]))
			base += count_slots(&sechdrs[i]);

	return base;
}

/**
 * klp_arm_reserve_slots() - count the PLT entries that a module may need late
 * @name: of the module, for messages
 * @sechdrs: its section headers, whose sh_addr is where they are now
 * @count: how many there are
 *
 * Hook of the module loader, before the module is laid out in memory.
 *
 * Context: may sleep.
 * Return: how many, 0 if the module has no livepatch relocations, or after the log
 *	   has told why -ENOEXEC if they cannot be right.
 * Since: 1.0
 */
int klp_arm_reserve_slots(const char *name, struct elf32_shdr *sechdrs,
			  unsigned int count)
{
	bool any = false;
	unsigned int i;
	int err;

	err = klp_arm_check_relocs(name, sechdrs, count);
	if (err)
		return err;

	for (i = 1; i < count; i++) {
		struct elf32_shdr *sec = &sechdrs[i];

		if (!is_late(sec))
			continue;
		sort((void *)sec->sh_addr, count_relas(sec),
		     sizeof(struct elf32_rela), compare_relas, NULL);
		any = true;
	}

	return any ? klp_arm_slot_base(sechdrs, count) : 0;
}
