// SPDX-License-Identifier: GPL-2.0
/*
 * invariant.c - what holds of every verdict, whatever the function is
 */
#include "invariant.h"

static const char *bad_recipe(const struct klp_arm_recipe *recipe)
{
	u32 reg, other;

	if (recipe->sp_delta % 4 || recipe->sp_delta > 16384)
		return "sp_delta";
	if (recipe->restore & ~0xff0)
		return "restore";
	for (reg = 0; reg < 16; reg++) {
		bool used = recipe->restore >> reg & 1;

		if (!used && recipe->slot[reg])
			return "slot of a register that is not restored";
		if (used && (recipe->slot[reg] % 4 ||
			     recipe->slot[reg] + 4U > recipe->sp_delta))
			return "slot outside the frame";
		for (other = 0; used && other < reg; other++) {
			if (recipe->restore >> other & 1 &&
			    recipe->slot[other] == recipe->slot[reg])
				return "slot of two registers";
		}
	}
	return NULL;
}

bool same_recipe(const struct klp_arm_recipe *left,
		 const struct klp_arm_recipe *right)
{
	return left->sp_delta == right->sp_delta &&
	       left->restore == right->restore &&
	       !memcmp(left->slot, right->slot, sizeof(left->slot));
}

const char *bad_verdict(const struct klp_arm_prologue *in, int err,
			const struct klp_arm_verdict *verdict)
{
	static const struct klp_arm_recipe none;

	if ((u32)verdict->reason >= KLP_ARM_REASON_COUNT)
		return "reason out of range";
	if (err != (verdict->reason ? -EOPNOTSUPP : 0))
		return "return value";
	if (verdict->insn_size && verdict->offset >= in->site)
		return "offset behind the site";
	if (!err)
		return bad_recipe(&verdict->recipe);
	if (!same_recipe(&verdict->recipe, &none))
		return "recipe in a refusal";
	return NULL;
}
