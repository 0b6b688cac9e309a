/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_test.h - what a target module and the patch for it agree on.
 */
#ifndef _KLP_TEST_H
#define _KLP_TEST_H

#include <linux/bitops.h>
#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/wordpart.h>

/*
 * A function that is patched: the compiler may not inline, clone or analyse
 * it, so that every call is a plain call by the procedure call standard.
 */
#define __patchable __attribute__((__noipa__))

/* Makes the compiler save these registers, so that there is a frame. */
static __always_inline void test_need_frame(void)
{
	asm volatile("" : : : "r4", "r5", "r6", "lr");
}

/*
 * What the functions compute: a sum over all that they were passed, in which
 * order and place count. A replacement adds its version, the old one adds 0.
 */
static inline u32 test_mix(u32 sum, u32 word)
{
	return rol32(sum, 7) + word;
}

static inline u32 test_mix64(u32 sum, u64 value)
{
	return test_mix(test_mix(sum, lower_32_bits(value)),
			upper_32_bits(value));
}

#endif /* _KLP_TEST_H */
