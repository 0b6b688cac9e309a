// SPDX-License-Identifier: GPL-2.0
/*
 * patch_late_range.c - a patch with a livepatch relocation that cannot be written:
 * wherever the target is, one of two fields of 31 bits cannot hold the distance.
 */
#include <linux/livepatch.h>
#include <linux/module.h>

#include "klp_late.h"
#include "klp_test.h"

#define BASE LATE_SYMBOL(LATE_BASE)

asm(".pushsection .data\n"
	".balign 4\n"
	LATE_WEAK(LATE_BASE)
	".reloc ., R_ARM_PREL31, " BASE "\n"
	".word 0x3fffffff\n"
	".reloc ., R_ARM_PREL31, " BASE "\n"
	".word 0x40000000\n"
	".popsection\n");

static u32 patch_sum(u32 a)
{
	test_need_frame();
	return a + 42;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_sum", .new_func = patch_sum },
	{ }
};

#define PATCH_OBJECT "target_late"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: a relocation that does not reach");
