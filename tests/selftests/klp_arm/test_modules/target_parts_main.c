// SPDX-License-Identifier: GPL-2.0
/*
 * target_parts_main.c - a module with two sources, which needs another module. It is
 * fixed by built.patch, of which klp-build makes a livepatch.
 *
 * The parameter "text" is a sum over the text and the PLT of the module that has the
 * function which is asked; the old one does not tell.
 */
#include <linux/jhash.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

#include "klp_test.h"
#include "klp_target_answer.h"
#include "target_parts.h"

static u32 target_base = 1;

static __patchable u32 target_scale(u32 a)
{
	return a + READ_ONCE(target_base);
}

static __patchable u32 target_sum(u32 a)
{
	test_need_frame();
	return target_scale(a) + target_more(a) + READ_ONCE(labels_generation);
}

static int target_call(void)
{
	return target_answer(target_sum(1), 42);
}

static int text_get(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "none\n");
}

static const struct kernel_param_ops text_ops = { .get = text_get };
module_param_cb(text, &text_ops, NULL, 0400);
MODULE_PARM_DESC(text, "Checksum of the text and the PLT");

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: two sources, and another module");
