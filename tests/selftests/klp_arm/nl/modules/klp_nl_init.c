// SPDX-License-Identifier: GPL-2.0
/*
 * klp_nl_init.c - a module whose initialization takes a while, then its text is
 * freed.
 */

#include <linux/delay.h>
#include <linux/module.h>

/* No clone may take its place: it would have another name. */
static noinline __noclone int __init klp_nl_init_slow(unsigned int milliseconds)
{
	msleep(milliseconds);

	return 0;
}

static int __init klp_nl_init_init(void)
{
	return klp_nl_init_slow(300);
}

static void __exit klp_nl_init_exit(void)
{
}

module_init(klp_nl_init_init);
module_exit(klp_nl_init_exit);
MODULE_DESCRIPTION("netlink test: init text that is freed while it is asked about");
MODULE_LICENSE("GPL");
