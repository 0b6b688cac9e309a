/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trampoline_pool.h - the memory that trampolines live in.
 */
#ifndef _KLP_ARM_TRAMPOLINE_POOL_H
#define _KLP_ARM_TRAMPOLINE_POOL_H

#include <linux/types.h>

#include "trampoline_insn.h"

struct klp_arm_pool_page;
struct klp_arm_recipe;

/* What is where no trampoline is: a word that traps */
#define KLP_ARM_POOL_UDF (KLP_ARM_THUMB ? KLP_ARM_INSN_UDF_THUMB : \
					  KLP_ARM_INSN_UDF)

struct klp_arm_pool_page *klp_arm_pool_take(unsigned long site, u32 **code);
void klp_arm_pool_describe(struct klp_arm_pool_page *page, const u32 *code,
			   const struct klp_arm_recipe *recipe, u32 leave);
void klp_arm_pool_give(struct klp_arm_pool_page *page, const u32 *code);
void klp_arm_pool_retry(void);

#endif /* _KLP_ARM_TRAMPOLINE_POOL_H */
