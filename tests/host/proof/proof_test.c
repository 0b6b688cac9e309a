// SPDX-License-Identifier: GPL-2.0
/*
 * proof_test.c - the proof holds for the verifier's tables, and sees mistakes.
 */
#include <stdlib.h>

#include "../ktap.h"
#include "mutation.h"
#include "snippet.h"
#include "tests/prologue_cases.h"

/* Prologues that the verifier refuses, with the recipe that looks right. */
static const struct {
	const char *name;
	u32 word[5];
	struct klp_arm_recipe recipe;
} disproved[] = {
	{ "a word below SP does not survive an interrupt",
	  /* str r4, [sp, #-4]; mov r4, #0; sub sp, sp, #4 */
	  { 0xe50d4004, 0xe3a04000, 0xe24dd004, 0xe1a00000, 0xe52de004 },
	  { .sp_delta = 4, .restore = BIT(4) } },
	{ "a word that SP has risen over does not, either",
	  /* push {r4}; add sp, #4; sub sp, #4; mov r4, #0 */
	  { 0xe52d4004, 0xe28dd004, 0xe24dd004, 0xe3a04000, 0xe52de004 },
	  { .sp_delta = 4, .restore = BIT(4) } },
	{ "a changed stack argument is seen",
	  /* str r0, [sp, #8] */
	  { 0xe58d0008, 0xe1a00000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a changed argument is seen",
	  /* add r3, r3, #1 */
	  { 0xe2833001, 0xe1a00000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a changed LR is seen",
	  /* bic lr, lr, #0xff */
	  { 0xe3ceeeff, 0xe3cee0ff, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a changed callee-saved VFP register is seen",
	  /* vadd.i32 d8, d8, d8 */
	  { 0xf2288808, 0xe1a00000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "masked interrupts are seen",
	  /* cpsid aif; cpsie i */
	  { 0xf10c01c0, 0xf1080080, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a store to elsewhere is seen",
	  /* mov ip, #0; str ip, [ip] */
	  { 0xe3a0c000, 0xe58cc000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a prologue without an end is seen",
	  /* b . */
	  { 0xeafffffe, 0xe1a00000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
};

static struct paths paths;

static void check_row(struct ktap *ktap,
		      const struct klp_arm_prologue_case *row)
{
	u8 *code = malloc(klp_arm_case_size(row));
	struct klp_arm_verdict verdict;
	struct klp_arm_prologue in;
	struct path_func func;

	if (!code)
		abort();
	klp_arm_case_code(row, code);
	klp_arm_case_input(row, code, &in);
	if (!klp_arm_prologue_verify(&in, &verdict)) {
		func = snippet_place(&paths, &in, &verdict.recipe);
		ktap_result(ktap, paths_run(&paths, &func, row->site),
			    row->name, "%s", paths.difference);
	}
	free(code);
}

/* Run @words of code with a recipe that the verifier did not give. */
static bool runs(const u32 *word, u32 words, struct klp_arm_recipe recipe)
{
	struct klp_arm_prologue in = { .code = word, .site = 4 * words };
	struct path_func func = snippet_place(&paths, &in, &recipe);

	return paths_run(&paths, &func, 1);
}

static void check_mistakes(struct ktap *ktap)
{
	/* push {r4, r11, ip, lr}; mov r4, #0; mov r11, #0; push {lr} */
	static const u32 word[] = { 0xe92d5810, 0xe3a04000, 0xe3a0b000,
				    0xe52de004 };
	const struct klp_arm_recipe recipe = { .sp_delta = 16,
					       .restore = BIT(4) | BIT(11),
					       .slot = { [11] = 4 } };
	struct klp_arm_prologue in = { .code = word, .site = sizeof(word) };
	u32 number, mistakes = 0, unseen = 0;

	for (number = 0;; number++) {
		struct path_func func = snippet_place(&paths, &in, &recipe);
		const char *mistake = mutation_make(&paths, &func, number);

		if (!mistake)
			break;
		if (!*mistake)
			continue;
		mistakes++;
		unseen += paths_run(&paths, &func, number + 1);
	}
	ktap_result(ktap, runs(word, 4, recipe), "no mistake", "%s",
		    paths.difference);
	ktap_result(ktap, mistakes == 11 && !unseen,
		    "each mistake in a recipe or trampoline is seen",
		    "%u mistakes, %u unseen", mistakes, unseen);
}

static void check_code(struct ktap *ktap)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(disproved); i++)
		ktap_result(ktap,
			    !runs(disproved[i].word, 5, disproved[i].recipe),
			    disproved[i].name, "it is not");
}

int main(void)
{
	const struct klp_arm_prologue_case *row;
	struct ktap ktap = { 0 };
	u32 number;

	ktap_start();
	snippet_open(&paths);
	for (number = 0; (row = klp_arm_case(number)); number++)
		check_row(&ktap, row);
	check_mistakes(&ktap);
	check_code(&ktap);
	paths_close(&paths);
	return ktap_end(&ktap);
}
