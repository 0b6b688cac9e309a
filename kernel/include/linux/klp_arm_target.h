/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_arm_target.h - puts build ids into the .modinfo of a livepatch.
 *
 * scripts/Makefile.livepatch includes it in front of each file of a livepatch.
 * It is assembly, as MODULE_INFO() would need headers that the file has not
 * configured yet (pr_fmt).
 *
 * KLP_TARGET is the build id of vmlinux; KLP_TARGET_MODS is a list of
 * "module:build id", separated by commas, or not defined.
 */
#ifndef _LINUX_KLP_ARM_TARGET_H
#define _LINUX_KLP_ARM_TARGET_H

#ifdef KLP_TARGET_MODS
#define KLP_TARGET_MOD_ENTRIES						\
	".irp module, " KLP_TARGET_MODS "\n"				\
	".asciz \"klp_target_mod=\\module\"\n"				\
	".endr\n"
#else
#define KLP_TARGET_MOD_ENTRIES
#endif

__asm__(".pushsection .modinfo, \"a\"\n"
	".asciz \"klp_target=" KLP_TARGET "\"\n"
	KLP_TARGET_MOD_ENTRIES
	".popsection\n");

#endif /* _LINUX_KLP_ARM_TARGET_H */
