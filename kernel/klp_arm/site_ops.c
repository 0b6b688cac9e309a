// SPDX-License-Identifier: GPL-2.0
/*
 * site_ops.c - what ftrace is told about the -pg calls of patched functions.
 *
 * All patched functions share one ftrace_ops, whose filter has their calls:
 * what is done to a thousand of them is one change of the filter, so the
 * machine is stopped once. The ops names klp_arm_handler_caller as its
 * trampoline; when ftrace, on its own terms, decides that a call is to go
 * there, klp_arm_call_target() makes it that function's own trampoline. While
 * another tracer has the function too, ftrace sends the call to the caller that
 * all tracers share, and klp_arm_shared_handler() gets it from there: what it
 * costs to find the function is the same for any number of them.
 */

#include <linux/ftrace.h>
#include <linux/klp_arm.h>
#include <linux/sched.h>

#include "entry.h"
#include "redirect.h"
#include "site_ops.h"
#include "site_table.h"

/* How many calls the filter has; klp_mutex protects it. */
static unsigned int klp_arm_attached;

/*
 * A call that came through the caller that all tracers share. A site that was
 * found stays until synchronize_calls() has waited for this very call.
 *
 * There are no registers if the call came through the caller that does not save
 * them, and was preempted there while its function was being patched: with no
 * other ops left, ftrace calls us without a look. Its task has not switched, so
 * the old function is what it has to run; unless the transition was forced,
 * when this is as wrong as all else that was under way.
 */
static void notrace klp_arm_shared_handler(unsigned long ip,
					   unsigned long parent_ip,
					   struct ftrace_ops *fops,
					   struct ftrace_regs *fregs)
{
	struct klp_arm_site *site = klp_arm_site_find(ip);

	if (site && fregs)
		klp_arm_handle_call(container_of(site, struct klp_arm_redirect,
						 site),
				    ip, parent_ip, fregs);
}

static struct ftrace_ops klp_arm_ops = {
	.func = klp_arm_shared_handler,
	.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY |
		 FTRACE_OPS_FL_PERMANENT,
	.trampoline = (unsigned long)klp_arm_handler_caller,
};

/**
 * klp_arm_call_target() - where a -pg call is to go
 * @ip: the call, ftrace's rec->ip
 * @addr: where ftrace wants it to go
 *
 * Context: ftrace changes code: the machine may be stopped. The answer for an
 *	    attached site is always the same.
 * Return: the function's own trampoline where ftrace means it and the call gets
 *	   there, else @addr or the caller that saves all registers.
 * Since: 1.0
 */
unsigned long klp_arm_call_target(unsigned long ip, unsigned long addr)
{
	struct klp_arm_site *site;

	if (addr != klp_arm_ops.trampoline)
		return addr;

	site = klp_arm_site_find(ip);
	if (site && site->trampoline.code)
		return (unsigned long)site->trampoline.code;

	return FTRACE_REGS_ADDR;
}

/*
 * Take calls out of the filter. What is taken away must be gone before its
 * replacement is, so there is no other way than to wait for memory.
 */
static int remove_from_filter(unsigned long *addrs, unsigned int count)
{
	int ret;

	while ((ret = ftrace_set_filter_ips(&klp_arm_ops, addrs, count, 1, 0)) ==
	       -ENOMEM)
		schedule_timeout_uninterruptible(HZ / 10);

	return ret;
}

/**
 * klp_arm_ops_attach() - redirect calls
 * @addrs: addresses of the calls, ftrace's rec->ip
 * @count: how many
 *
 * Context: klp_mutex held; may sleep.
 * Return: 0, or why none of them is.
 * Since: 1.0
 */
int klp_arm_ops_attach(unsigned long *addrs, unsigned int count)
{
	int ret;

	ret = ftrace_set_filter_ips(&klp_arm_ops, addrs, count, 0, 0);
	if (ret)
		return ret;

	/* An empty filter would mean every function: the first ones register. */
	if (!klp_arm_attached) {
		ret = register_ftrace_function(&klp_arm_ops);
		if (ret) {
			remove_from_filter(addrs, count);
			return ret;
		}
	}
	klp_arm_attached += count;

	return 0;
}

/**
 * klp_arm_ops_detach() - let calls run the old functions
 * @addrs: addresses of calls that are redirected
 * @count: how many
 *
 * Context: klp_mutex held; may sleep.
 * Since: 1.0
 */
void klp_arm_ops_detach(unsigned long *addrs, unsigned int count)
{
	unsigned int i;

	klp_arm_attached -= count;
	if (!klp_arm_attached)
		WARN_ON(unregister_ftrace_function(&klp_arm_ops));

	/* One that ftrace does not know any more must not keep the others. */
	if (!remove_from_filter(addrs, count))
		return;
	for (i = 0; i < count; i++)
		remove_from_filter(&addrs[i], 1);
}
