// SPDX-License-Identifier: GPL-2.0
/*
 * site.c - the -pg calls of patched functions: which there are, and which of
 * them are redirected.
 *
 * A site joins, is attached, leaves, and has left, or is cancelled before it is
 * attached (enum klp_arm_site_state); klp_mutex protects that. Calls can find it
 * by its address from right before it is attached, when all that belongs to it is
 * there, until none can be under way. What is attached or detached is so together
 * (site_ops.c).
 */

#include <linux/ftrace.h>
#include <linux/moduleparam.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/stop_machine.h>
#include <linux/uaccess.h>

#include <asm/insn.h>
#include <asm/opcodes.h>

#include "redirect.h"
#include "site_ops.h"
#include "site_table.h"
#include "trampoline_pool.h"

/* A branch with link: ARM ARM DDI 0406C, A8.8.25 */
#ifdef CONFIG_THUMB2_KERNEL
#define SITE_CALL_MASK 0xf800d000
#define SITE_CALL 0xf000d000
#else
#define SITE_CALL_MASK 0xff000000
#define SITE_CALL 0xeb000000
#endif

/* Under the name of the whole, not of this file: klp_arm.trampolines=0 */
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "klp_arm."

static bool trampolines __ro_after_init = true;
module_param(trampolines, bool, 0444);
MODULE_PARM_DESC(trampolines,
		 "Give every patched function a trampoline of its own");

static LIST_HEAD(klp_arm_sites);

/**
 * klp_arm_trampolines_on() - do patched functions get trampolines?
 *
 * Return: whether they do, which does not change after boot.
 * Since: 1.0
 */
bool klp_arm_trampolines_on(void)
{
	return trampolines;
}

/**
 * klp_arm_site_join() - let a call be attached with the next
 * @site: all zero; calls cannot find it before klp_arm_sites_attach()
 * @func: address of the function
 * @addr: address of the call, ftrace's rec->ip
 * @recipe: how the prologue before it is undone
 * @cookie: what the handler form passes on
 *
 * Context: klp_mutex held; may sleep.
 * Return: 0, or -ENOMEM; then @site is as it was.
 * Since: 1.0
 */
int klp_arm_site_join(struct klp_arm_site *site, unsigned long func,
		      unsigned long addr, const struct klp_arm_recipe *recipe,
		      void *cookie)
{
	int ret;

	/* A call too far away for a trampoline goes to the shared caller. */
	ret = klp_arm_trampoline_alloc(&site->trampoline, addr, recipe, cookie);
	if (ret && ret != -ERANGE)
		return ret;

	site->addr = addr;
	site->func = func;
	site->state = KLP_ARM_SITE_JOINING;
	list_add_tail(&site->node, &klp_arm_sites);
	klp_arm_site_table_add(site);

	return 0;
}

/**
 * klp_arm_site_leave() - let a call be detached with the next
 * @site: the call
 *
 * Context: klp_mutex held.
 * Return: whether klp_arm_sites_detach() will do it; else the function has no
 *	   site.
 * Since: 1.0
 */
bool klp_arm_site_leave(struct klp_arm_site *site)
{
	if (site->state == KLP_ARM_SITE_JOINING)
		site->state = KLP_ARM_SITE_CANCELLED;
	else if (site->state == KLP_ARM_SITE_ATTACHED)
		site->state = KLP_ARM_SITE_LEAVING;

	return site->state != KLP_ARM_SITE_NONE;
}

/**
 * klp_arm_site_release() - free what belongs to a site that has left
 * @site: the site; all zero again afterwards
 *
 * Context: klp_mutex held; may sleep.
 * Since: 1.0
 */
void klp_arm_site_release(struct klp_arm_site *site)
{
	if (site->state == KLP_ARM_SITE_NONE)
		return;

	list_del(&site->node);
	klp_arm_trampoline_free(&site->trampoline);
	memset(site, 0, sizeof(*site));
}

/*
 * What is the instruction at the call now? It is there to be read: klp_mutex is
 * held, or klp_arm_model_lock() while the model says that the func is patched.
 * klp_module_going() makes the site leave, and its hook changes the model, before
 * the module that has the call is freed. No site is in init text
 * (klp_arm_redirect_verify()).
 */
static u32 read_call(unsigned long addr)
{
	u32 insn;

	if (copy_from_kernel_nofault(&insn, (void *)addr, sizeof(insn)))
		return 0;

	return KLP_ARM_THUMB ? __mem_to_opcode_thumb32(insn) :
						  __mem_to_opcode_arm(insn);
}

/* What is it if it calls the trampoline? 0 if there is no trampoline. */
static u32 trampoline_call(const struct klp_arm_site *site)
{
	unsigned long code = (unsigned long)site->trampoline.code;

	return code ? arm_gen_branch_link(site->addr, code, false) : 0;
}

static bool calls_trampoline(const struct klp_arm_site *site)
{
	u32 call = trampoline_call(site);

	return call && read_call(site->addr) == call;
}

static unsigned int collect(unsigned long *addrs, enum klp_arm_site_state state)
{
	struct klp_arm_site *site;
	unsigned int count = 0;

	list_for_each_entry(site, &klp_arm_sites, node) {
		if (site->state != state)
			continue;
		if (addrs)
			addrs[count] = site->addr;
		count++;
	}

	return count;
}

/*
 * ftrace stops where it finds code that it does not expect, and says so only to
 * the first that registers. Look at the calls themselves.
 */
static int check_attached(void)
{
	struct klp_arm_site *site;

	list_for_each_entry(site, &klp_arm_sites, node)
		if (klp_arm_site_is_attached(site) &&
		    (read_call(site->addr) & SITE_CALL_MASK) != SITE_CALL)
			return -ENODEV;

	return 0;
}

/* All at once did not work: attach those before the one that is to blame. */
static int attach_each(void)
{
	struct klp_arm_site *site;
	int ret;

	list_for_each_entry(site, &klp_arm_sites, node) {
		if (site->state != KLP_ARM_SITE_JOINING)
			continue;
		ret = klp_arm_ops_attach(&site->addr, 1);
		if (ret)
			return ret;
		site->state = KLP_ARM_SITE_ATTACHED;
	}

	return 0;
}

/*
 * Not earlier: the shared handler looks up a call that ftrace let through
 * without a look at our filter, so a site can be found before it is attached.
 */
static void publish_joining(void)
{
	struct klp_arm_site *site;

	list_for_each_entry(site, &klp_arm_sites, node)
		if (site->state == KLP_ARM_SITE_JOINING)
			klp_arm_site_table_publish(site);
}

/**
 * klp_arm_sites_attach() - redirect the calls of all sites that joined
 *
 * Context: klp_mutex held; may sleep.
 * Return: 0, or why not; some may be attached then, from the first that joined
 *	   on: the caller makes all of them leave, and detaches them.
 * Since: 1.0
 */
int klp_arm_sites_attach(void)
{
	struct klp_arm_site *site;
	unsigned long *addrs;
	unsigned int count;
	int ret;

	/* One vain attempt for all that join together is enough. */
	klp_arm_pool_retry();

	count = collect(NULL, KLP_ARM_SITE_JOINING);
	if (!count)
		return 0;

	addrs = kvmalloc_array(count, sizeof(*addrs), GFP_KERNEL);
	if (!addrs)
		return -ENOMEM;

	collect(addrs, KLP_ARM_SITE_JOINING);
	publish_joining();
	ret = klp_arm_ops_attach(addrs, count);
	kvfree(addrs);
	if (ret) {
		ret = attach_each();
		if (ret)
			return ret;
	}

	list_for_each_entry(site, &klp_arm_sites, node)
		if (site->state == KLP_ARM_SITE_JOINING)
			site->state = KLP_ARM_SITE_ATTACHED;

	return check_attached();
}

/*
 * Wait for calls that are under way, and for lookups: those that a trampoline or
 * the handler were preempted in, those where RCU does not watch, and tasks that
 * look at their own stack (__klp_sched_try_switch()), with preemption disabled.
 * The same is done for any dynamic ops (kernel/trace/ftrace.c,
 * ftrace_shutdown()).
 */
static void synchronize_calls(void)
{
	synchronize_rcu_tasks_rude();
	synchronize_rcu_tasks();
}

static void detach_attached(void)
{
	unsigned long *addrs;
	unsigned int count;

	count = collect(NULL, KLP_ARM_SITE_LEAVING);
	if (!count)
		return;

	addrs = kvmalloc_array(count, sizeof(*addrs),
			       GFP_KERNEL | __GFP_NOFAIL);
	collect(addrs, KLP_ARM_SITE_LEAVING);
	klp_arm_ops_detach(addrs, count);
	kvfree(addrs);
}

static int retire_all(void *unused)
{
	struct klp_arm_site *site;

	list_for_each_entry(site, &klp_arm_sites, node)
		if (site->state == KLP_ARM_SITE_STUCK)
			klp_arm_trampoline_retire(&site->trampoline);

	return 0;
}

/*
 * The calls that ftrace, which is dead and has said so, has left to go to their
 * trampolines are still made. As with any change of a trampoline that calls can
 * reach, the words are written while the machine is stopped.
 */
static void retire_stuck(void)
{
	struct klp_arm_site *site;
	bool any = false;

	list_for_each_entry(site, &klp_arm_sites, node) {
		if (!klp_arm_site_is_going(site) || !calls_trampoline(site))
			continue;
		site->state = KLP_ARM_SITE_STUCK;
		any = true;
	}

	if (any)
		WARN_ON(stop_machine(retire_all, NULL, NULL));
}

/**
 * klp_arm_sites_detach() - give the calls of all sites that leave back
 *
 * Their calls run the old functions then, and none that was redirected is on
 * its way any more: replacements, and what the handler works from, can go.
 *
 * A call that is already in the shared handler but does not find its site any
 * more runs the old function, too: that is what a site without a replacement
 * is to do.
 *
 * Context: klp_mutex held; may sleep.
 * Since: 1.0
 */
void klp_arm_sites_detach(void)
{
	struct klp_arm_site *site;
	bool any = false;

	detach_attached();
	retire_stuck();

	list_for_each_entry(site, &klp_arm_sites, node) {
		if (!klp_arm_site_is_going(site))
			continue;
		klp_arm_site_table_remove(site);
		site->state = KLP_ARM_SITE_LEFT;
		any = true;
	}

	if (any)
		synchronize_calls();
}

static int install_all(void *unused)
{
	struct klp_arm_site *site;

	list_for_each_entry(site, &klp_arm_sites, node)
		klp_arm_trampoline_install(&site->trampoline);

	return 0;
}

/**
 * klp_arm_sites_switch() - let all trampolines take the form that they are to
 *
 * Context: klp_mutex held; may sleep.
 * Since: 1.0
 */
void klp_arm_sites_switch(void)
{
	WARN_ON(stop_machine(install_all, NULL, NULL));
}

/**
 * klp_arm_site_view() - note what klp_arm_site_entry_path() needs
 * @site: the site
 *
 * Context: klp_mutex held.
 * Return: the view, which is right until trampolines are switched.
 */
struct klp_arm_site_view klp_arm_site_view(const struct klp_arm_site *site)
{
	return (struct klp_arm_site_view) {
		.addr = site->addr,
		.call = trampoline_call(site),
		.direct = site->trampoline.target,
	};
}

/**
 * klp_arm_site_entry_path() - how calls get to the replacement now
 * @view: what klp_arm_site_view() noted
 * @path: gets the path
 *
 * It is read from the call itself: ftrace does not tell when another tracer
 * comes or goes.
 *
 * Context: any in which the function that has the call cannot be freed.
 * Return: whether calls are redirected at all.
 */
bool klp_arm_site_entry_path(const struct klp_arm_site_view *view,
			     enum klp_arm_entry_path *path)
{
	u32 insn;

	*path = KLP_ARM_ENTRY_PATH_SHARED;
	if (!view->addr)
		return true;

	insn = read_call(view->addr);
	if (view->call && insn == view->call)
		*path = view->direct ? KLP_ARM_ENTRY_PATH_DIRECT :
				       KLP_ARM_ENTRY_PATH_HANDLER;

	return (insn & SITE_CALL_MASK) == SITE_CALL;
}
