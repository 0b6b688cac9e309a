// SPDX-License-Identifier: GPL-2.0
/*
 * klp_nl_family.c - a generic netlink family that has nothing to say.
 *
 * Removing it makes the netlink core wait for all requests that are being
 * handled, and all new ones wait behind it.
 */

#include <linux/module.h>
#include <net/genetlink.h>

static struct genl_family family = {
	.name = "klp_nl_family",
	.version = 1,
	.module = THIS_MODULE,
};

static int __init klp_nl_family_init(void)
{
	return genl_register_family(&family);
}

static void __exit klp_nl_family_exit(void)
{
	genl_unregister_family(&family);
}

module_init(klp_nl_family_init);
module_exit(klp_nl_family_exit);
MODULE_DESCRIPTION("netlink test: a family that can be removed");
MODULE_LICENSE("GPL");
