// SPDX-License-Identifier: GPL-2.0
/*
 * patch_late.c - a replacement that needs what is not exported: of the kernel, and
 * of target_late, which may come after the patch, and come again.
 *
 * The parameter "text" is a sum over the module's text and its PLT, "base" tells
 * whether the module's data refers to the target, "field" where an instruction is
 * that does.
 */
#include <linux/jhash.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "klp_late.h"
#include "klp_test.h"

asm(LATE_FUNCTION(LATE_CORE_KERNEL_TEXT) LATE_FUNCTION(LATE_ADD_BASE)
	LATE_WEAK(LATE_CORE_KERNEL_TEXT) LATE_WEAK(LATE_ADD_BASE)
	LATE_WEAK(LATE_LINUX_BANNER) LATE_WEAK(LATE_BASE));

/*
 * Addresses in data that is read-only when the target comes, and one past the
 * beginning. They are read by READ_ONCE(): the compiler would put them into the code.
 */
static u32 *patch_base = &late_base;
static const char *const patch_banner = late_linux_banner + 1;

/* Not a symbol, which would be a function without a tracing call for kprobes */
static __patchable u32 *patch_address(void)
{
	u32 *address;

	asm(".Lpatch_field: movw %0, #:lower16:" LATE_SYMBOL(LATE_BASE) "\n"
	    "movt %0, #:upper16:" LATE_SYMBOL(LATE_BASE)
	    : "=r" (address));

	return address;
}

asm(".pushsection .data\n"
	".balign 4\n"
	"patch_field: .word .Lpatch_field\n"
	".popsection\n");
module_param_named(field, patch_field, uint, 0400);
MODULE_PARM_DESC(field, "Address of an instruction that is relocated");

static u32 patch_sum(u32 a)
{
	u32 sum = late_add_base(a) + *READ_ONCE(patch_base);

	test_need_frame();
	sum += late_core_kernel_text((unsigned long)late_core_kernel_text);
	sum += late_linux_banner[0] == 'L' && *READ_ONCE(patch_banner) == 'i';
	sum += patch_address() != READ_ONCE(patch_base);

	/* 21 + 20 + 1 + 1 + 0 */
	return sum;
}

static int text_get(char *buffer, const struct kernel_param *param)
{
	const struct module_memory *text = &THIS_MODULE->mem[MOD_TEXT];

	return sysfs_emit(buffer, "%08x\n", jhash(text->base, text->size, 0));
}

static const struct kernel_param_ops text_ops = { .get = text_get };
module_param_cb(text, &text_ops, NULL, 0400);
MODULE_PARM_DESC(text, "Checksum of the text and the PLT");

static int base_get(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%s\n", READ_ONCE(patch_base) ? "set" : "null");
}

static const struct kernel_param_ops base_ops = { .get = base_get };
module_param_cb(base, &base_ops, NULL, 0400);
MODULE_PARM_DESC(base, "What the data has of the target");

static struct klp_func patch_funcs[] = {
	{ .old_name = "target_sum", .new_func = patch_sum },
	{ }
};

#define PATCH_OBJECT "target_late"
#include "klp_patch.h"

MODULE_DESCRIPTION("Patch of klp_arm tests: what is not exported");
