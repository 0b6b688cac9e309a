/* SPDX-License-Identifier: GPL-2.0 */
/*
 * invariant.h - what holds of every verdict, whatever the function is
 */
#ifndef KLP_TEST_INVARIANT_H
#define KLP_TEST_INVARIANT_H

#include "prologue.h"

bool same_recipe(const struct klp_arm_recipe *left,
		 const struct klp_arm_recipe *right);

/* What is wrong with the verdict, or NULL. @err is what came with it. */
const char *bad_verdict(const struct klp_arm_prologue *in, int err,
			const struct klp_arm_verdict *verdict);

#endif /* KLP_TEST_INVARIANT_H */
