// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_empty.c - marked as a livepatch, but it enables no patch
 */
#include <linux/init.h>
#include <linux/module.h>

static int __init klpctl_empty_init(void)
{
	return 0;
}

/* A module with an init function needs it, or it can never be removed. */
static void __exit klpctl_empty_exit(void)
{
}

module_init(klpctl_empty_init);
module_exit(klpctl_empty_exit);
MODULE_DESCRIPTION("Marked as a patch, for klpctl's tests");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_INFO(test, "Y");
