// SPDX-License-Identifier: GPL-2.0
/*
 * labels_key.c - two static keys with many branches, here and in labels_user.c,
 * and a way to change them while every processor runs the branches.
 */
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "labels.h"

struct static_key_false labels_false = STATIC_KEY_FALSE_INIT;
EXPORT_SYMBOL_GPL(labels_false);
struct static_key_true labels_true = STATIC_KEY_TRUE_INIT;
EXPORT_SYMBOL_GPL(labels_true);

unsigned int labels_generation;
EXPORT_SYMBOL_GPL(labels_generation);
atomic_t labels_rounds;
EXPORT_SYMBOL_GPL(labels_rounds);
atomic_t labels_wrong;
EXPORT_SYMBOL_GPL(labels_wrong);

static bool busy;
module_param(busy, bool, 0400);
MODULE_PARM_DESC(busy, "a thread on each processor runs the branches");

/* There, or back: every branch goes the other way then. */
static void labels_change(void)
{
	WRITE_ONCE(labels_generation, labels_generation + 1);
	/* Pairs with the smp_rmb() in labels_look() */
	smp_wmb();
	if (static_key_enabled(&labels_true)) {
		static_branch_enable(&labels_false);
		static_branch_disable(&labels_true);
	} else {
		static_branch_disable(&labels_false);
		static_branch_enable(&labels_true);
	}
	/* Pairs with the load in labels_look() */
	smp_store_release(&labels_generation, labels_generation + 1);
}

/* Wait until the threads have looked at what there is now. */
static int labels_seen(int rounds)
{
	int from = atomic_read(&labels_rounds);

	while (busy && atomic_read(&labels_rounds) - from < rounds) {
		if (schedule_timeout_killable(1))
			return -EINTR;
	}
	return 0;
}

/* One writer at a time: the parameters of a module have a lock. */
static int labels_set_changes(const char *value,
			      const struct kernel_param *param)
{
	unsigned int i, changes;
	int ret;

	ret = kstrtouint(value, 0, &changes);
	for (i = 0; !ret && i < changes; i++) {
		labels_change();
		if (!labels_all_are(labels_generation & 2))
			atomic_inc(&labels_wrong);
		ret = labels_seen(2 * num_online_cpus());
	}
	return ret;
}

static const struct kernel_param_ops labels_changes_ops = {
	.set = labels_set_changes,
};

module_param_cb(changes, &labels_changes_ops, NULL, 0200);
MODULE_PARM_DESC(changes, "change both keys, so often");

static int labels_get_wrong(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%d\n", atomic_read(&labels_wrong));
}

static const struct kernel_param_ops labels_wrong_ops = {
	.get = labels_get_wrong,
};

module_param_cb(wrong, &labels_wrong_ops, NULL, 0400);
MODULE_PARM_DESC(wrong, "how often a branch did not go as its key says");

static int __init labels_init(void)
{
	return busy ? labels_start() : 0;
}

static void __exit labels_exit(void)
{
	labels_stop();
}

module_init(labels_init);
module_exit(labels_exit);
MODULE_DESCRIPTION("Static keys with many branches, for klp_arm tests");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
