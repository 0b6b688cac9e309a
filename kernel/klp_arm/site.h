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

struct klp_func;

/**
 * enum klp_arm_site_state - what ftrace knows of a site
 * @KLP_ARM_SITE_NONE: nothing: the function is not redirected this way
 * @KLP_ARM_SITE_JOINING: nothing yet
 * @KLP_ARM_SITE_ATTACHED: calls are redirected
 * @KLP_ARM_SITE_LEAVING: as attached; no replacement is left
 * @KLP_ARM_SITE_LEFT: nothing any more, and no call is under way
 */
enum klp_arm_site_state {
	KLP_ARM_SITE_NONE,
	KLP_ARM_SITE_JOINING,
	KLP_ARM_SITE_ATTACHED,
	KLP_ARM_SITE_LEAVING,
	KLP_ARM_SITE_LEFT,
};

/**
 * struct klp_arm_site - the -pg call of one patched function
 * @by_addr: finds the site by @addr; read with preemption disabled
 * @node: in klp_arm_sites
 * @addr: address of the call, ftrace's rec->ip
 * @state: see there
 * @attached: ftrace sends its calls to us: the state is ATTACHED or LEAVING
 * @reachable: the call can branch to the trampoline
 * @trampoline: what it calls then
 *
 * All but @by_addr, @addr and @reachable, which do not change while it can be
 * found, is protected by klp_mutex.
 */
struct klp_arm_site {
	struct hlist_node by_addr;
	struct list_head node;
	unsigned long addr;
	enum klp_arm_site_state state;
	bool attached;
	bool reachable;
	struct klp_arm_trampoline trampoline;
};

bool klp_arm_trampolines_on(void);
int klp_arm_site_join(struct klp_arm_site *site, unsigned long addr,
		      const struct klp_arm_recipe *recipe, void *cookie);
bool klp_arm_site_leave(struct klp_arm_site *site);
void klp_arm_site_release(struct klp_arm_site *site);
int klp_arm_sites_attach(void);
void klp_arm_sites_detach(void);
void klp_arm_sites_switch(void);
enum klp_arm_entry_path klp_arm_site_entry_path(const struct klp_arm_site *site);

#endif /* _KLP_ARM_SITE_H */
