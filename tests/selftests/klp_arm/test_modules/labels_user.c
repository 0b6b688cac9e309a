// SPDX-License-Identifier: GPL-2.0
/*
 * labels_user.c - many branches on the static keys of another module.
 */
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "labels.h"

static bool busy;
module_param(busy, bool, 0400);
MODULE_PARM_DESC(busy, "a thread on each processor runs the branches");

/* The keys do not change while this runs. Branches of init text go with it. */
static int __init labels_init(void)
{
	bool changed = labels_generation & 2;

	if (!labels_all_are(changed) ||
	    static_branch_likely(&labels_false) != changed ||
	    static_branch_unlikely(&labels_true) == changed)
		return -EINVAL;
	return busy ? labels_start() : 0;
}

static void __exit labels_exit(void)
{
	labels_stop();
}

module_init(labels_init);
module_exit(labels_exit);
MODULE_DESCRIPTION("Branches on static keys of another module, for klp_arm tests");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
