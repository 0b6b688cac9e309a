/* SPDX-License-Identifier: GPL-2.0 */
/*
 * symbol.h - what the symbol table of a module says, and kallsyms does not.
 */
#ifndef _KLP_ARM_SYMBOL_H
#define _KLP_ARM_SYMBOL_H

struct module;

unsigned long klp_arm_symbol_size(const struct module *mod, unsigned long addr);

#endif /* _KLP_ARM_SYMBOL_H */
