// SPDX-License-Identifier: GPL-2.0
/*
 * target_recursion.c - a function that calls itself.
 */
#include "klp_test.h"
#include "klp_target_answer.h"

#define DEPTH 12

/* @self lets a replacement call this one by its address. */
static __patchable u32 target_descend(u32 depth, u32 a, u32 b, u32 c,
				      void *self)
{
	if (!depth)
		return test_mix(test_mix(a, b), c);
	return test_mix(target_descend(depth - 1, a, b, c, self), depth);
}

static int target_call(void)
{
	u32 result = target_descend(DEPTH, 1, 2, 3, target_descend);
	u32 sums[3];
	u32 version, i;

	/* Every level of version n adds n. */
	for (version = 0; version < ARRAY_SIZE(sums); version++) {
		sums[version] = test_mix(test_mix(1, 2), 3) + version;
		for (i = 1; i <= DEPTH; i++)
			sums[version] = test_mix(sums[version], i) + version;
		if (result == sums[version])
			return version;
	}
	return TARGET_BAD;
}

#include "klp_target.h"

MODULE_DESCRIPTION("Target of klp_arm tests: recursion");
