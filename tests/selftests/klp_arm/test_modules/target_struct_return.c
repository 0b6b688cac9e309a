// SPDX-License-Identifier: GPL-2.0
/*
 * target_struct_return.c - a structure returned through a hidden pointer,
 * which takes r0 from the arguments.
 */
#include "klp_structs.h"
#include "klp_test.h"
#include "klp_target_answer.h"

static __patchable struct test_large target_make(u32 a, u64 b, u32 c, u32 d)
{
	struct test_large large = { .word = { a, c, d, a ^ c, c ^ d, 0 } };

	test_need_frame();
	large.pair = b;
	return large;
}

static int target_call(void)
{
	struct test_large large = target_make(11, 12ULL << 33, 13, 14);

	if (large.word[0] != 11 || large.word[1] != 13 ||
	    large.word[2] != 14 || large.word[3] != (11 ^ 13) ||
	    large.word[4] != (13 ^ 14) || large.pair != 12ULL << 33)
		return TARGET_BAD;
	return target_answer(large.word[5], 0);
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: structure through a pointer");
