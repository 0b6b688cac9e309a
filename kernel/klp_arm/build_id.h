/* SPDX-License-Identifier: GPL-2.0 */
/*
 * build_id.h - the build ids of the kernel and of modules.
 *
 * Each is BUILD_ID_SIZE_MAX bytes, all of them 0 where there is no build id.
 */
#ifndef _KLP_ARM_BUILD_ID_H
#define _KLP_ARM_BUILD_ID_H

#include <linux/buildid.h>
#include <linux/types.h>

struct module;

/* The linker script has all of the kernel's notes between the two. */
extern const char __start_notes[], __stop_notes[];

const unsigned char *klp_arm_kernel_build_id(void);
void klp_arm_module_build_id(const struct module *mod, unsigned char *id);
bool klp_arm_is_build_id(const unsigned char *id);

#endif /* _KLP_ARM_BUILD_ID_H */
