/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kpatch-macros.h - the macros of kpatch, for fixes that were written for it
 *
 * They mean what those of <linux/klp_arm_patch.h> mean.
 */
#ifndef _KPATCH_MACROS_H
#define _KPATCH_MACROS_H

#include <linux/build_bug.h>
#include <linux/klp_arm_patch.h>
#include <linux/livepatch.h>
#include <linux/printk.h>

#define patch_object struct klp_object

#define KPATCH_PRE_PATCH_CALLBACK(fn)	KLP_PRE_PATCH_CALLBACK(fn)
#define KPATCH_POST_PATCH_CALLBACK(fn)	KLP_POST_PATCH_CALLBACK(fn)
#define KPATCH_PRE_UNPATCH_CALLBACK(fn)	KLP_PRE_UNPATCH_CALLBACK(fn)
#define KPATCH_POST_UNPATCH_CALLBACK(fn) KLP_POST_UNPATCH_CALLBACK(fn)

#define KPATCH_IGNORE_FUNCTION(fn)	KLP_IGNORE_FUNCTION(fn)

/* All variables of a section, named by a string */
#define KPATCH_IGNORE_SECTION(section)	__KLP_IGNORE("section " section)

#define KPATCH_PRINTK(fmt, ...)		_printk(fmt, ##__VA_ARGS__)

/* No function of a livepatch is exempt from the consistency model. */
#define KPATCH_FORCE_UNSAFE(fn)						\
	static_assert(0, "KPATCH_FORCE_UNSAFE(" #fn "): leave it out")

#endif /* _KPATCH_MACROS_H */
