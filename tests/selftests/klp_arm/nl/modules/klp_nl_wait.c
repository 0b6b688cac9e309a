// SPDX-License-Identifier: GPL-2.0
/*
 * klp_nl_wait.c - patch the function of klp_nl_target that tasks sleep in.
 *
 * The replacement sleeps too, so a reversal can be held up as well.
 */

#include <linux/livepatch.h>
#include <linux/module.h>
#include "klp_nl_gate.h"

static noinline int klp_nl_target_pass_new(struct klp_nl_gate *g)
{
	atomic_inc(&g->waiting_new);
	wait_event(g->queue, atomic_read(&g->open));
	atomic_dec(&g->waiting_new);

	return 1;
}

static struct klp_func target_funcs[] = {
	{
		.old_name = "klp_nl_target_pass",
		.new_func = klp_nl_target_pass_new,
	},
	{}
};

static struct klp_object objs[] = { { .name = "klp_nl_target",
				      .funcs = target_funcs },
				    {} };

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init klp_nl_wait_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit klp_nl_wait_exit(void)
{
}

module_init(klp_nl_wait_init);
module_exit(klp_nl_wait_exit);
MODULE_DESCRIPTION("netlink test: patch of a function that tasks sleep in");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
