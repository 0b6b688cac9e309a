// SPDX-License-Identifier: GPL-2.0
/*
 * mutation.c - mistakes that the proof has to see.
 */
#include "mutation.h"

enum mutation {
	DELTA_MORE,
	DELTA_LESS,
	NOT_RESTORED, /* r4 to r11 */
	SLOT_OFF = NOT_RESTORED + 8, /* r4 to r11 */
	WORD_OFF = SLOT_OFF + 8, /* each word of the trampoline */
	MUTATIONS = WORD_OFF + KLP_ARM_TRAMPOLINE_WORDS,
};

static const char *change_recipe(struct klp_arm_recipe *recipe, u32 number)
{
	u32 reg;

	if (number == DELTA_MORE) {
		recipe->sp_delta += 4;
		return "wrong sp_delta";
	}
	if (number == DELTA_LESS) {
		if (!recipe->sp_delta)
			return "";
		recipe->sp_delta -= 4;
		return "wrong sp_delta";
	}
	reg = 4 + (number - NOT_RESTORED) % 8;
	if (!(recipe->restore >> reg & 1))
		return "";
	if (number >= SLOT_OFF) {
		recipe->slot[reg] ^= 4;
		return "wrong slot";
	}
	recipe->restore &= (u16)~BIT(reg);
	recipe->slot[reg] = 0;
	return "missing register";
}

/*
 * Off by four, or by four instructions, is what inverting bit 2 of a number
 * means: it is in the second half of a Thumb instruction.
 */
static u32 wrong_bits(bool thumb, u32 word)
{
	return thumb && word < KLP_ARM_TRAMPOLINE_ENTRY ? BIT(2 + 16) : BIT(2);
}

static const char *change_word(struct paths *paths,
			       const struct path_func *func, u32 word)
{
	bool handler = path_applies(paths, func, PATH_HANDLER);
	struct klp_arm_trampoline_code code;
	bool runs;

	klp_arm_trampoline_generate(func->thumb, &func->recipe, 0, 0, &code);
	if (word == KLP_ARM_TRAMPOLINE_SWITCH)
		runs = code.direct || handler;
	else if (word < KLP_ARM_TRAMPOLINE_HANDLER)
		runs = word <= code.leave;
	else if (word == KLP_ARM_TRAMPOLINE_TARGET)
		runs = code.direct;
	else
		runs = handler;
	if (!runs)
		return "";
	paths->flip_word = word;
	paths->flip_bits = wrong_bits(func->thumb, word);
	return "wrong trampoline";
}

const char *mutation_make(struct paths *paths, struct path_func *func,
			  u32 number)
{
	mutation_end(paths);
	if (number >= MUTATIONS)
		return NULL;
	if (number >= WORD_OFF)
		return change_word(paths, func, number - WORD_OFF);
	return change_recipe(&func->recipe, number);
}

void mutation_end(struct paths *paths)
{
	paths->flip_bits = 0;
}
