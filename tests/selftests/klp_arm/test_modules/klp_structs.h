/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_structs.h - structures that are passed and returned by value.
 */
#ifndef _KLP_STRUCTS_H
#define _KLP_STRUCTS_H

#include <linux/types.h>

/* Returned in memory that the caller provides, its address in r0. */
struct test_large {
	u32 word[6];
	u64 pair;
};

/* Passed in three registers. */
struct test_small {
	u32 a;
	u16 b;
	u8 c[5];
};

/* Begins in r3 and continues on the stack. */
struct test_split {
	u32 word[5];
};

#endif /* _KLP_STRUCTS_H */
