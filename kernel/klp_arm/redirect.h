/* SPDX-License-Identifier: GPL-2.0 */
/*
 * redirect.h - what the livepatch core needs of the port: prove a function
 * redirectable, then redirect a call of it.
 */
#ifndef _KLP_ARM_REDIRECT_H
#define _KLP_ARM_REDIRECT_H

#include <linux/ftrace.h>

struct klp_func;

#ifdef CONFIG_KLP_ARM

#include "prologue.h"

/**
 * struct klp_arm_redirect - what the handler of one old function works from
 * @recipe: the proven undo recipe of its prologue
 *
 * Lives in struct klp_ops. Written once, before the ops are registered with
 * ftrace, and never changed: the handler reads it without a lock.
 */
struct klp_arm_redirect {
	struct klp_arm_recipe recipe;
};

int klp_arm_redirect_verify(unsigned long entry, unsigned long site,
			    struct klp_arm_verdict *verdict);
int klp_arm_redirect_prepare(struct klp_arm_redirect *redirect,
			     const struct klp_func *func, unsigned long site);
void klp_arm_redirect(const struct klp_arm_redirect *redirect,
		      struct ftrace_regs *fregs, const void *new_func);

#else /* !CONFIG_KLP_ARM */

struct klp_arm_redirect { };

static inline int klp_arm_redirect_prepare(struct klp_arm_redirect *redirect,
					   const struct klp_func *func,
					   unsigned long site)
{
	return 0;
}

static inline void klp_arm_redirect(const struct klp_arm_redirect *redirect,
				    struct ftrace_regs *fregs,
				    const void *new_func)
{
	ftrace_regs_set_instruction_pointer(fregs, (unsigned long)new_func);
}

#endif /* CONFIG_KLP_ARM */

#endif /* _KLP_ARM_REDIRECT_H */
