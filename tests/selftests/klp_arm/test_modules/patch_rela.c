// SPDX-License-Identifier: GPL-2.0
/*
 * patch_rela.c - a patch that asks for a livepatch relocation.
 *
 * The section is made complete by mkklprela on the host: no assembler knows
 * how to point its header to the text.
 */
#include "klp_test.h"
#include <linux/livepatch.h>

static u32 patch_twice(u32 a)
{
	return 2 * a + 1;
}

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_twice", .new_func = patch_twice },
	{ }
};

asm(".pushsection .klp.rela.vmlinux..text, \"a\", %progbits\n"
	".word 0, 0, 0\n"
	".popsection\n");

#define PATCH_OBJECT "target_leaf"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: livepatch relocations");
