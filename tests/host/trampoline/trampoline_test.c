// SPDX-License-Identifier: GPL-2.0
/*
 * trampoline_test.c - the words of trampolines, and what their unwind tables
 * make of a stack.
 */
#include <stdint.h>
#include <stdlib.h>

#include "ehabi.h"
#include "trampoline_code.h"
#include "../ktap.h"

#define COOKIE 0x11223344U
#define HANDLER 0x55667788U
#define ROUNDS 20000

/* Where the stack of the unwinding tests begins. */
#define STACK_AT 0x8000U
#define MAX_FRAME 8192U

static const struct klp_arm_recipe leaf;

/* push {r4, r5, r6, lr}; sub sp, #8 */
static const struct klp_arm_recipe framed = {
	.sp_delta = 24,
	.restore = BIT(4) | BIT(5) | BIT(6),
	.slot = { [4] = 8, [5] = 12, [6] = 16 },
};

static struct klp_arm_trampoline_code
generate(const struct klp_arm_recipe *recipe)
{
	struct klp_arm_trampoline_code code;

	klp_arm_trampoline_generate(recipe, COOKIE, HANDLER, &code);
	return code;
}

/* The encodings are what arm-linux-gnueabihf-as makes of the comments. */
static void test_leaf(struct ktap *ktap)
{
	struct klp_arm_trampoline_code code = generate(&leaf);

	ktap_result(ktap,
		    code.leave == 1 &&
			    code.direct == 0xe49de004 && /* ldr lr, [sp], #4 */
			    code.word[1] == 0xe59ff030, /* ldr pc, [pc, #48] */
		    "a leaf is left in two instructions", "0x%x 0x%x at %u",
		    code.direct, code.word[1], code.leave);
}

static void test_framed(struct ktap *ktap)
{
	struct klp_arm_trampoline_code code = generate(&framed);

	ktap_result(
		ktap,
		code.leave == 4 &&
			code.direct == 0xe59d400c && /* ldr r4, [sp, #12] */
			code.word[1] == 0xe59d5010 && /* ldr r5, [sp, #16] */
			code.word[2] == 0xe59d6014 && /* ldr r6, [sp, #20] */
			code.word[3] == 0xe49de01c && /* ldr lr, [sp], #28 */
			code.word[4] == 0xe59ff024, /* ldr pc, [pc, #36] */
		"a frame costs a load for each register",
		"0x%x 0x%x 0x%x 0x%x 0x%x at %u", code.direct, code.word[1],
		code.word[2], code.word[3], code.word[4], code.leave);
}

static void test_handler(struct ktap *ktap)
{
	struct klp_arm_trampoline_code code = generate(&framed);

	ktap_result(ktap,
		    code.word[KLP_ARM_TRAMPOLINE_SWITCH] == code.handler &&
			    code.handler == 0xea000009 && /* b .+44 */
			    code.word[11] == 0xe59fc000 && /* ldr ip, [pc] */
			    code.word[12] == 0xe59ff000 && /* ldr pc, [pc] */
			    code.word[13] == COOKIE && code.word[14] == HANDLER,
		    "a new trampoline asks the handler", "0x%x 0x%x 0x%x",
		    code.handler, code.word[11], code.word[12]);
}

static void test_all_registers(struct ktap *ktap)
{
	struct klp_arm_trampoline_code code;
	struct klp_arm_recipe recipe = { .sp_delta = 36, .restore = 0x0ff0 };
	u32 reg;

	for (reg = 4; reg <= 11; reg++)
		recipe.slot[reg] = (u16)((reg - 4) * 4);
	code = generate(&recipe);
	ktap_result(ktap,
		    code.leave == 9 && code.word[7] == 0xe59db020 &&
			    code.word[8] == 0xe49de028 &&
			    code.word[10] == 0xe7f000f0,
		    "all registers leave a word before the handler form",
		    "leaves at %u", code.leave);
}

static void test_large_frame(struct ktap *ktap)
{
	struct klp_arm_recipe recipe = { .sp_delta = 4088 };
	struct klp_arm_trampoline_code fits = generate(&recipe), large;

	recipe.sp_delta = 4092;
	large = generate(&recipe);
	ktap_result(
		ktap,
		fits.direct == 0xe49deffc && !large.direct && !large.leave &&
			large.word[KLP_ARM_TRAMPOLINE_SWITCH] == large.handler,
		"a frame out of a load's reach keeps the handler form",
		"0x%x 0x%x", fits.direct, large.direct);
}

static void test_branch(struct ktap *ktap)
{
	const u32 from = 0xbf000000;

	ktap_result(ktap,
		    klp_arm_trampoline_branch(from, from + 8) == 0xea000000,
		    "a branch is relative to two instructions ahead", "no");
	ktap_result(ktap,
		    klp_arm_trampoline_branch(from, from + 8 + 0x1fffffc) ==
				    0xea7fffff &&
			    klp_arm_trampoline_branch(
				    from, from + 8 - 0x2000000) == 0xea800000,
		    "a branch reaches 32 MiB either way", "no");
	ktap_result(ktap,
		    !klp_arm_trampoline_branch(from, from + 8 + 0x2000000) &&
			    !klp_arm_trampoline_branch(from,
						       from + 8 - 0x2000004),
		    "a branch does not reach further", "no");
	ktap_result(ktap, !klp_arm_trampoline_branch(from, from + 9),
		    "a branch does not reach Thumb code", "no");
}

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
	test_leaf(&ktap);
	test_framed(&ktap);
	test_handler(&ktap);
	test_all_registers(&ktap);
	test_large_frame(&ktap);
	test_branch(&ktap);
	test_unwind(&ktap);
	test_unwind_limit(&ktap);
	return ktap_end(&ktap);
}
