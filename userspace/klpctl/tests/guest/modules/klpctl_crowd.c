// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_crowd.c - a patch that replaces KLPCTL_CROWD functions at once
 */
#include <linux/livepatch.h>
#include <linux/module.h>

#include "crowd.h"

static char names[KLPCTL_CROWD][32];
static struct klp_func funcs[KLPCTL_CROWD + 1];

static struct klp_object objects[] = {
	{ .name = "klpctl_crowd_target", .funcs = funcs, }, {}
};

static struct klp_patch patch = {
	.mod = THIS_MODULE, .objs = objects,
};

static int klpctl_crowd_replacement(void)
{
	return 1;
}

static int __init klpctl_crowd_init(void)
{
	int i;

	for (i = 0; i < KLPCTL_CROWD; i++) {
		snprintf(names[i], sizeof(names[i]), "klpctl_crowd_%d", i);
		funcs[i].old_name = names[i];
		funcs[i].new_func = klpctl_crowd_replacement;
	}
	return klp_enable_patch(&patch);
}

static void __exit klpctl_crowd_exit(void)
{
}

module_init(klpctl_crowd_init);
module_exit(klpctl_crowd_exit);
MODULE_DESCRIPTION("Patch of many functions, for klpctl's tests");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_INFO(test, "Y");
