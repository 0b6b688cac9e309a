/* SPDX-License-Identifier: GPL-2.0 */
/*
 * site_ops.h - what ftrace is told about the -pg calls of patched functions.
 */
#ifndef _KLP_ARM_SITE_OPS_H
#define _KLP_ARM_SITE_OPS_H

int klp_arm_ops_attach(unsigned long *addrs, unsigned int count);
void klp_arm_ops_detach(unsigned long *addrs, unsigned int count);

#endif /* _KLP_ARM_SITE_OPS_H */
