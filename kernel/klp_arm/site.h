/* SPDX-License-Identifier: GPL-2.0 */
/*
 * site.h - the -pg calls of patched functions, as ftrace knows them.
 */
#ifndef _KLP_ARM_SITE_H
#define _KLP_ARM_SITE_H

#include <linux/list.h>
#include <linux/types.h>
#include <uapi/linux/klp_arm.h>

#include "trampoline.h"

/**
 * enum klp_arm_site_state - what ftrace knows of a site
 * @KLP_ARM_SITE_NONE: nothing: the function is not redirected this way
 * @KLP_ARM_SITE_JOINING: nothing yet
 * @KLP_ARM_SITE_CANCELLED: nothing; no replacement is left, either
 * @KLP_ARM_SITE_ATTACHED: calls are redirected
 * @KLP_ARM_SITE_LEAVING: as before; no replacement is left
 * @KLP_ARM_SITE_STUCK: it did not take the call away; the trampoline runs the old
 *                      function for good
 * @KLP_ARM_SITE_LEFT: nothing any more, and no call is under way
 */
enum klp_arm_site_state {
	KLP_ARM_SITE_NONE,
	KLP_ARM_SITE_JOINING,
	KLP_ARM_SITE_CANCELLED,
	KLP_ARM_SITE_ATTACHED,
	KLP_ARM_SITE_LEAVING,
	KLP_ARM_SITE_STUCK,
	KLP_ARM_SITE_LEFT,
};

/**
 * struct klp_arm_site - the -pg call of one patched function
 * @by_addr: finds the site by @addr
 * @by_func: finds the site by @func
 * @node: in klp_arm_sites
 * @addr: address of the call, ftrace's rec->ip
 * @func: address of the function
 * @state: see there
 * @trampoline: what it calls; has no code if none is in reach
 *
 * klp_mutex protects it. @addr, @func and the address of the trampoline do not
 * change while the site can be found, which calls do without any lock: it is
 * gone only after synchronize_calls(), which also waits for those that were
 * preempted.
 */
struct klp_arm_site {
	struct hlist_node by_addr;
	struct hlist_node by_func;
	struct list_head node;
	unsigned long addr;
	unsigned long func;
	enum klp_arm_site_state state;
	struct klp_arm_trampoline trampoline;
};

/**
 * struct klp_arm_site_view - what tells how calls go, without klp_mutex
 * @addr: address of the call, 0 if the function has an ftrace_ops of its own
 * @call: the instruction there that calls the trampoline, 0 if there is none
 * @direct: the trampoline goes straight to the replacement
 */
struct klp_arm_site_view {
	unsigned long addr;
	u32 call;
	bool direct;
};

/* Does the filter of our ops have it? */
static inline bool klp_arm_site_is_attached(const struct klp_arm_site *site)
{
	return site->state == KLP_ARM_SITE_ATTACHED ||
	       site->state == KLP_ARM_SITE_LEAVING;
}

/* Is it to be forgotten with the next klp_arm_sites_detach()? */
static inline bool klp_arm_site_is_going(const struct klp_arm_site *site)
{
	return site->state == KLP_ARM_SITE_LEAVING ||
	       site->state == KLP_ARM_SITE_CANCELLED ||
	       site->state == KLP_ARM_SITE_STUCK;
}

bool klp_arm_trampolines_on(void);
int klp_arm_site_join(struct klp_arm_site *site, unsigned long func,
		      unsigned long addr, const struct klp_arm_recipe *recipe,
		      void *cookie);
bool klp_arm_site_leave(struct klp_arm_site *site);
void klp_arm_site_release(struct klp_arm_site *site);
int klp_arm_sites_attach(void);
void klp_arm_sites_detach(void);
void klp_arm_sites_switch(void);
struct klp_arm_site_view klp_arm_site_view(const struct klp_arm_site *site);
bool klp_arm_site_entry_path(const struct klp_arm_site_view *view,
			     enum klp_arm_entry_path *path);

#endif /* _KLP_ARM_SITE_H */
