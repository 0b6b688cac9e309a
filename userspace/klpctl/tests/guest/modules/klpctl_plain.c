// SPDX-License-Identifier: GPL-2.0
/*
 * klpctl_plain.c - a module that is no livepatch
 */
#include <linux/module.h>

MODULE_DESCRIPTION("No patch, for klpctl's tests");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
