// SPDX-License-Identifier: GPL-2.0
/*
 * site_table.c - find the -pg call of a patched function, by its address or by
 * that of the function.
 *
 * Sites are added and removed under klp_mutex, and found without it. A call finds
 * its site by its address. By the function's address it is found by the livepatch
 * core, which holds klp_mutex, but for a task that looks at its own stack
 * (__klp_sched_try_switch()): that has disabled preemption.
 *
 * What was written to a site before it is put into one of the tables comes first
 * for whoever finds it there: hash_add_rcu() publishes it by a store-release, and
 * the lookups follow the pointer by a dependent load.
 */

#include <linux/hashtable.h>
#include <linux/rculist.h>

#include "site_table.h"

static DEFINE_HASHTABLE(klp_arm_sites_by_addr, 10);
static DEFINE_HASHTABLE(klp_arm_sites_by_func, 10);

/**
 * klp_arm_site_find() - find the site at the address of a call
 * @addr: the address, ftrace's rec->ip
 *
 * A site that was found stays until klp_arm_sites_detach() has waited for this
 * call.
 *
 * Context: any, with preemption disabled or klp_mutex held; takes no lock.
 * Return: the site, or NULL if no function that has its call there is patched.
 * Since: 1.0
 */
struct klp_arm_site *klp_arm_site_find(unsigned long addr)
{
	struct klp_arm_site *site;

	hash_for_each_possible_rcu_notrace(klp_arm_sites_by_addr, site, by_addr,
					   addr)
		if (site->addr == addr)
			return site;

	return NULL;
}

/**
 * klp_arm_site_of() - find the site of a function
 * @func: address of the function
 *
 * Context: any, with preemption disabled or klp_mutex held; takes no lock.
 * Return: the site, or NULL if the function is not redirected this way.
 * Since: 1.0
 */
struct klp_arm_site *klp_arm_site_of(unsigned long func)
{
	struct klp_arm_site *site;

	hash_for_each_possible_rcu_notrace(klp_arm_sites_by_func, site, by_func,
					   func)
		if (site->func == func)
			return site;

	return NULL;
}

/**
 * klp_arm_site_table_add() - let the core find a site by its function
 * @site: the site; @site->func is set
 *
 * Context: klp_mutex held.
 * Since: 1.0
 */
void klp_arm_site_table_add(struct klp_arm_site *site)
{
	hash_add_rcu(klp_arm_sites_by_func, &site->by_func, site->func);
}

/**
 * klp_arm_site_table_publish() - let calls find a site, too
 * @site: the site; recipe, trampoline and func_stack are complete
 *
 * Context: klp_mutex held.
 * Since: 1.0
 */
void klp_arm_site_table_publish(struct klp_arm_site *site)
{
	hash_add_rcu(klp_arm_sites_by_addr, &site->by_addr, site->addr);
}

/**
 * klp_arm_site_table_remove() - let nobody find a site any more
 * @site: the site, whether calls could find it or not
 *
 * Who has found it may still use it: the caller waits for them.
 *
 * Context: klp_mutex held.
 * Since: 1.0
 */
void klp_arm_site_table_remove(struct klp_arm_site *site)
{
	hash_del_rcu(&site->by_addr);
	hash_del_rcu(&site->by_func);
}
