// SPDX-License-Identifier: GPL-2.0
/*
 * klp_nl_busy.c - a patch whose callbacks keep the livepatch core busy.
 *
 * They wait, under klp_mutex, until the parameter "released" is set, and say in
 * "holding" that they do. A test that fails does not stop the machine for good:
 * they give up after HOLD_SECONDS.
 */

#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/seq_file.h>

#define HOLD_SECONDS 25
#define POLL_MS 10

static bool released, holding;

module_param(released, bool, 0644);
module_param(holding, bool, 0444);

static void hold(void)
{
	unsigned long end = jiffies + HOLD_SECONDS * HZ;

	WRITE_ONCE(holding, true);
	while (!READ_ONCE(released) && time_before(jiffies, end))
		msleep(POLL_MS);
	WRITE_ONCE(holding, false);
}

static int pre_patch(struct klp_object *obj)
{
	hold();

	return 0;
}

static void pre_unpatch(struct klp_object *obj)
{
	hold();
}

static int version_proc_show_busy(struct seq_file *m, void *v)
{
	seq_puts(m, "klp_nl_busy\n");

	return 0;
}

static struct klp_func funcs[] = { {
					   .old_name = "version_proc_show",
					   .new_func = version_proc_show_busy,
				   },
				   {} };

static struct klp_object objs[] = {
	{
		.funcs = funcs,
		.callbacks = {
			.pre_patch = pre_patch,
			.pre_unpatch = pre_unpatch,
		},
	},
	{}
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init klp_nl_busy_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit klp_nl_busy_exit(void)
{
}

module_init(klp_nl_busy_init);
module_exit(klp_nl_busy_exit);
MODULE_DESCRIPTION("netlink test: patch whose callbacks take their time");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
