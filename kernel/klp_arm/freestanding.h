/* SPDX-License-Identifier: GPL-2.0 */
/*
 * freestanding.h - the few names that let one file compile in the kernel and
 * in userspace.
 *
 * The verifier and the unwinder below it are plain C: the kernel, klpctl and
 * the host tests build the same files. This is the only place that knows
 * which of them is being built.
 */
#ifndef _KLP_ARM_FREESTANDING_H
#define _KLP_ARM_FREESTANDING_H

#include <linux/types.h>

#ifdef __KERNEL__

#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/string.h>

/* The instruction set of this kernel */
#define KLP_ARM_THUMB IS_ENABLED(CONFIG_THUMB2_KERNEL)

#else

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __s32 s32;

#define BIT(n) (1UL << (n))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif

#endif /* _KLP_ARM_FREESTANDING_H */
