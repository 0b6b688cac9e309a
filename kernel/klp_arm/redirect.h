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
#include "site.h"

/**
 * struct klp_arm_redirect - what the handler of one old function works from
 * @recipe: the proven undo recipe of its prologue
 * @site: its tracing call, where trampolines are used
 *
 * Lives in struct klp_ops. The recipe is written once, before any call can find
 * the site, and never changed: the handler reads it without a lock.
 */
struct klp_arm_redirect {
	struct klp_arm_recipe recipe;
	struct klp_arm_site site;
};

int klp_arm_redirect_verify(const char *name, unsigned long entry,
			    unsigned long site, struct klp_arm_verdict *verdict);
int klp_arm_redirect_check(const struct klp_func *func);
bool klp_arm_redirect_leave_out(const struct klp_func *func);
int klp_arm_redirect_prepare(struct klp_arm_redirect *redirect,
			     const struct klp_func *func, unsigned long site);
void klp_arm_redirect_release(struct klp_arm_redirect *redirect);
struct klp_arm_redirect *klp_arm_redirect_of(const void *func);
bool klp_arm_redirect_want(struct klp_arm_redirect *redirect,
			   const struct klp_func *func);
void klp_arm_redirect(const struct klp_arm_redirect *redirect,
		      struct ftrace_regs *fregs, const void *new_func);

/* Has the function a trampoline of its own, not an ftrace_ops? */
static inline bool klp_arm_redirect_is_own(const struct klp_arm_redirect *redirect)
{
	return redirect->site.state != KLP_ARM_SITE_NONE;
}

/* No replacement is left: give it back with the next klp_arm_sites_detach(). */
static inline bool klp_arm_redirect_leave(struct klp_arm_redirect *redirect)
{
	return klp_arm_site_leave(&redirect->site);
}

static inline bool klp_arm_redirect_left(const struct klp_arm_redirect *redirect)
{
	return redirect->site.state == KLP_ARM_SITE_LEFT;
}

static inline bool
klp_arm_redirect_attached(const struct klp_arm_redirect *redirect)
{
	return klp_arm_site_is_attached(&redirect->site);
}

/* Implemented by the livepatch core: what a call is to do, its task decides. */
asmlinkage void klp_arm_handle_call(struct klp_arm_redirect *redirect,
				    unsigned long ip, unsigned long parent_ip,
				    struct ftrace_regs *fregs);

#else /* !CONFIG_KLP_ARM */

struct klp_arm_redirect { };

static inline int klp_arm_redirect_check(const struct klp_func *func)
{
	return 0;
}

static inline bool klp_arm_redirect_leave_out(const struct klp_func *func)
{
	return false;
}

static inline int klp_arm_redirect_prepare(struct klp_arm_redirect *redirect,
					   const struct klp_func *func,
					   unsigned long site)
{
	return 0;
}

static inline void klp_arm_redirect_release(struct klp_arm_redirect *redirect)
{
}

static inline bool klp_arm_trampolines_on(void)
{
	return false;
}

static inline struct klp_arm_redirect *klp_arm_redirect_of(const void *func)
{
	return NULL;
}

static inline bool klp_arm_redirect_want(struct klp_arm_redirect *redirect,
					 const struct klp_func *func)
{
	return false;
}

static inline bool klp_arm_redirect_is_own(const struct klp_arm_redirect *redirect)
{
	return false;
}

static inline bool klp_arm_redirect_leave(struct klp_arm_redirect *redirect)
{
	return false;
}

static inline bool klp_arm_redirect_left(const struct klp_arm_redirect *redirect)
{
	return false;
}

static inline bool
klp_arm_redirect_attached(const struct klp_arm_redirect *redirect)
{
	return true;
}

static inline int klp_arm_sites_attach(void)
{
	return 0;
}

static inline void klp_arm_sites_detach(void)
{
}

static inline void klp_arm_sites_switch(void)
{
}

static inline void klp_arm_redirect(const struct klp_arm_redirect *redirect,
				    struct ftrace_regs *fregs,
				    const void *new_func)
{
	ftrace_regs_set_instruction_pointer(fregs, (unsigned long)new_func);
}

#endif /* CONFIG_KLP_ARM */

#endif /* _KLP_ARM_REDIRECT_H */
