// SPDX-License-Identifier: GPL-2.0
/*
 * symbol.c - what the symbol table of a module says, and kallsyms does not.
 */

#include <linux/elf.h>
#include <linux/module.h>

#include "symbol.h"

/**
 * klp_arm_symbol_size() - tell how large a function of a module is
 * @mod: the module; the caller keeps it
 * @addr: the function's address, with or without a Thumb bit
 *
 * kallsyms takes the distance to the next symbol for the size, which is that of
 * the rest of the section for the last function. The table that it reads has the
 * real one. Of a livepatch module all symbols stay, of others those of init text
 * do not.
 *
 * Context: any.
 * Return: the size in bytes, or 0 if the table has no such function or no size.
 * Since: 1.0
 */
unsigned long klp_arm_symbol_size(const struct module *mod, unsigned long addr)
{
	const struct mod_kallsyms *table = &mod->core_kallsyms;
	const Elf_Sym *symbol;
	unsigned int i;

	for (i = 1; i < table->num_symtab; i++) {
		symbol = &table->symtab[i];
		if (ELF_ST_TYPE(symbol->st_info) == STT_FUNC &&
		    symbol->st_shndx != SHN_UNDEF && symbol->st_size &&
		    (symbol->st_value & ~1UL) == (addr & ~1UL))
			return symbol->st_size;
	}

	return 0;
}
