// SPDX-License-Identifier: GPL-2.0
/*
 * unwind_test.c - what the unwind tables of trampolines make of a stack.
 */
#include "ehabi.h"
#include "trampoline_code.h"
#include "../ktap.h"

#define ROUNDS 20000

/* Where the stack begins, and the largest frame that has a table. */
#define STACK_AT 0x8000U
#define MAX_FRAME 8192U

static const struct klp_arm_recipe leaf;

/* push {r4, r5, r6, lr}; sub sp, #8 */
static const struct klp_arm_recipe framed = {
	.sp_delta = 24,
	.restore = BIT(4) | BIT(5) | BIT(6),
	.slot = { [4] = 8, [5] = 12, [6] = 16 },
};

/* A stack, whose words are their own addresses' complements. */
static int load(void *cookie, u32 address, u32 *value)
{
	const u32 *top = cookie;

	if (address < STACK_AT || address >= *top || address & 3)
		return -EFAULT;
	*value = ~address;
	return 0;
}

static u32 next(u32 *state)
{
	/* xorshift32 (Marsaglia, "Xorshift RNGs", 2003). */
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static struct klp_arm_recipe random_recipe(u32 *state)
{
	struct klp_arm_recipe recipe = { 0 };
	u32 reg, slot = 0;

	for (reg = 4; reg <= 11; reg++) {
		if (next(state) & 1)
			continue;
		slot += next(state) % 8 ? 0 : next(state) % 200 * 4;
		recipe.restore |= (u16)BIT(reg);
		recipe.slot[reg] = (u16)slot;
		slot += 4;
	}
	recipe.sp_delta = slot + next(state) % 100 * 4;
	return recipe;
}

/* Walk out of a trampoline. Return: what is wrong, or NULL. */
static const char *walk_differs(const struct klp_arm_recipe *recipe)
{
	struct klp_arm_ehabi_frame frame = { .vrs = { [13] = STACK_AT } };
	u32 top = STACK_AT + 4 + recipe->sp_delta;
	u32 table[KLP_ARM_TRAMPOLINE_WORDS], reg;

	for (reg = 4; reg <= 11; reg++)
		frame.vrs[reg] = reg;
	klp_arm_trampoline_unwind(recipe, table);
	if (klp_arm_ehabi_unwind(table, KLP_ARM_TRAMPOLINE_WORDS, &frame, load,
				 &top))
		return "the table";
	if (frame.vrs[13] != top)
		return "sp";
	if (frame.vrs[15] != ~STACK_AT)
		return "the return address";
	for (reg = 4; reg <= 11; reg++) {
		u32 slot = STACK_AT + 4 + recipe->slot[reg];
		u32 expected = recipe->restore & BIT(reg) ? ~slot : reg;

		if (frame.vrs[reg] != expected)
			return "a register";
	}
	return NULL;
}

static void test_unwind(struct ktap *ktap)
{
	u32 round, state = 1;
	const char *differs = walk_differs(&leaf) ?: walk_differs(&framed);

	for (round = 0; round < ROUNDS && !differs; round++) {
		struct klp_arm_recipe recipe = random_recipe(&state);

		differs = walk_differs(&recipe);
	}
	ktap_result(ktap, !differs, "a walk undoes what the direct form undoes",
		    "%s differs in round %u", differs, round);
}

static void test_unwind_limit(struct ktap *ktap)
{
	struct klp_arm_recipe recipe = { .sp_delta = MAX_FRAME };
	u32 table[KLP_ARM_TRAMPOLINE_WORDS];
	const char *differs;

	/* The worst case: gaps, and registers that each need an opcode. */
	recipe.restore = 0x0ff0;
	for (u32 reg = 4; reg <= 11; reg++)
		recipe.slot[reg] = (u16)((12 - reg) * 1000);
	differs = walk_differs(&recipe);
	recipe.sp_delta += 4;
	klp_arm_trampoline_unwind(&recipe, table);
	ktap_result(ktap, !differs && !(table[0] >> 31),
		    "the largest frame is described, a larger one is not", "%s",
		    differs ?: "it is");
}

int main(void)
{
	struct ktap ktap = { 0 };

	ktap_start();
	test_unwind(&ktap);
	test_unwind_limit(&ktap);
	return ktap_end(&ktap);
}
