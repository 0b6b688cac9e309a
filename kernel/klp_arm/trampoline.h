/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trampoline.h - a function's own trampoline: its place and its form.
 */
#ifndef _KLP_ARM_TRAMPOLINE_H
#define _KLP_ARM_TRAMPOLINE_H

#include <linux/types.h>

struct klp_arm_recipe;
struct klp_arm_pool_page;

/**
 * struct klp_arm_trampoline - the trampoline of one old function
 * @page: where it is; NULL if there is none
 * @code: its first word; does not change while there is one
 * @direct: the first word of the direct form; 0 if there is no such form
 * @handler: the first word of the handler form
 * @leave: number of the direct form's last instruction
 * @target: where calls go; NULL if the handler is asked
 * @wanted: where they are to go at the next switch
 *
 * klp_mutex protects all but @code.
 */
struct klp_arm_trampoline {
	struct klp_arm_pool_page *page;
	u32 *code;
	u32 direct;
	u32 handler;
	u32 leave;
	const void *target;
	const void *wanted;
};

int klp_arm_trampoline_alloc(struct klp_arm_trampoline *trampoline,
			     unsigned long site,
			     const struct klp_arm_recipe *recipe, void *cookie);
void klp_arm_trampoline_free(struct klp_arm_trampoline *trampoline);
void klp_arm_trampoline_retire(struct klp_arm_trampoline *trampoline);
bool klp_arm_trampoline_want(struct klp_arm_trampoline *trampoline,
			     const void *target);
void klp_arm_trampoline_install(struct klp_arm_trampoline *trampoline);

#endif /* _KLP_ARM_TRAMPOLINE_H */
