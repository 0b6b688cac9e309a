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
	bool thumb;
	u32 word[5];
	struct klp_arm_recipe recipe;
} disproved[] = {
	{ "a word below SP does not survive an interrupt",
	  false,
	  /* str r4, [sp, #-4]; mov r4, #0; sub sp, sp, #4 */
	  { 0xe50d4004, 0xe3a04000, 0xe24dd004, 0xe1a00000, 0xe52de004 },
	  { .sp_delta = 4, .restore = BIT(4) } },
	{ "a word that SP has risen over does not, either",
	  false,
	  /* push {r4}; add sp, #4; sub sp, #4; mov r4, #0 */
	  { 0xe52d4004, 0xe28dd004, 0xe24dd004, 0xe3a04000, 0xe52de004 },
	  { .sp_delta = 4, .restore = BIT(4) } },
	{ "a changed stack argument is seen",
	  false,
	  /* str r0, [sp, #8] */
	  { 0xe58d0008, 0xe1a00000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a changed argument is seen",
	  false,
	  /* add r3, r3, #1 */
	  { 0xe2833001, 0xe1a00000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a changed LR is seen",
	  false,
	  /* bic lr, lr, #0xff */
	  { 0xe3ceeeff, 0xe3cee0ff, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a changed callee-saved VFP register is seen",
	  false,
	  /* vadd.i32 d8, d8, d8 */
	  { 0xf2288808, 0xe1a00000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "masked interrupts are seen",
	  false,
	  /* cpsid aif; cpsie i */
	  { 0xf10c01c0, 0xf1080080, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a store to elsewhere is seen",
	  false,
	  /* mov ip, #0; str ip, [ip] */
	  { 0xe3a0c000, 0xe58cc000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a prologue without an end is seen",
	  false,
	  /* b . */
	  { 0xeafffffe, 0xe1a00000, 0xe1a00000, 0xe1a00000, 0xe52de004 },
	  { 0 } },
	{ "a word below SP does not survive an interrupt in Thumb code",
	  true,
	  /* str r4, [sp, #-4]; mov.w r4, #0; sub.w sp, sp, #4 */
	  { 0x4c04f84d, 0x0400f04f, 0x0d04f1ad, 0x8000f3af, 0xed04f84d },
	  { .sp_delta = 4, .restore = BIT(4) } },
};

/*
 * Prologues with their recipes, and how many mistakes can be made in these and
 * in their trampolines. They end with push {lr}, and with all of r4-r11 changed
 * that they save.
 */
static const struct {
	const char *name;
	bool thumb;
	u32 word[12];
	u32 words;
	struct klp_arm_recipe recipe;
	u32 mistakes;
} correct[] = {
	{ "ARM code",
	  false,
	  /* push {r4, r11, ip, lr} */
	  { 0xe92d5810, 0xe3a04000, 0xe3a0b000, 0xe52de004 },
	  4,
	  { .sp_delta = 16, .restore = BIT(4) | BIT(11), .slot = { [11] = 4 } },
	  11 },
	{ "Thumb code",
	  true,
	  /* push {r4, r11, ip, lr} */
	  { 0x5810e92d, 0x0400f04f, 0x0b00f04f, 0xed04f84d },
	  4,
	  { .sp_delta = 16, .restore = BIT(4) | BIT(11), .slot = { [11] = 4 } },
	  11 },
	{ "a Thumb frame that two instructions leave",
	  true,
	  /* push.w {r4, lr}; sub.w sp, sp, #256 */
	  { 0x4010e92d, 0x7d80f5ad, 0x0400f04f, 0xed04f84d },
	  4,
	  { .sp_delta = 264, .restore = BIT(4), .slot = { [4] = 256 } },
	  9 },
	{ "a Thumb frame without a direct form",
	  true,
	  /* push {r4-r11, lr}; sub.w sp, sp, #256 */
	  { 0x4ff0e92d, 0x7d80f5ad, 0x0400f04f, 0x0500f04f, 0x0600f04f,
	    0x0700f04f, 0x0800f04f, 0x0900f04f, 0x0a00f04f, 0x0b00f04f,
	    0xed04f84d },
	  11,
	  { .sp_delta = 292,
	    .restore = 0x0ff0,
	    .slot = { [4] = 256,
		      [5] = 260,
		      [6] = 264,
		      [7] = 268,
		      [8] = 272,
		      [9] = 276,
		      [10] = 280,
		      [11] = 284 } },
	  18 },
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

static void check_mistakes(struct ktap *ktap, size_t row)
{
	struct klp_arm_prologue in = { .code = correct[row].word,
				       .site = 4 * correct[row].words,
				       .thumb = correct[row].thumb };
	u32 number, mistakes = 0, unseen = 0;
	struct path_func func;
	char name[96];

	for (number = 0;; number++) {
		const char *mistake;

		func = snippet_place(&paths, &in, &correct[row].recipe);
		mistake = mutation_make(&paths, &func, number);
		if (!mistake)
			break;
		if (!*mistake)
			continue;
		mistakes++;
		unseen += paths_run(&paths, &func, number + 1);
	}
	func = snippet_place(&paths, &in, &correct[row].recipe);
	snprintf(name, sizeof(name), "no mistake: %s", correct[row].name);
	ktap_result(ktap, paths_run(&paths, &func, 1), name, "%s",
		    paths.difference);
	snprintf(name, sizeof(name), "each mistake is seen: %s",
		 correct[row].name);
	ktap_result(ktap, mistakes == correct[row].mistakes && !unseen, name,
		    "%u mistakes, %u unseen", mistakes, unseen);
}

/* Run code with a recipe that the verifier did not give. */
static void check_disproved(struct ktap *ktap, size_t row)
{
	struct klp_arm_prologue in = { .code = disproved[row].word,
				       .site = sizeof(disproved[row].word),
				       .thumb = disproved[row].thumb };
	struct path_func func =
		snippet_place(&paths, &in, &disproved[row].recipe);

	ktap_result(ktap, !paths_run(&paths, &func, 1), disproved[row].name,
		    "it is not");
}

int main(void)
{
	const struct klp_arm_prologue_case *row;
	struct ktap ktap = { 0 };
	u32 number;
	size_t i;

	ktap_start();
	snippet_open(&paths);
	for (number = 0; (row = klp_arm_case(number)); number++)
		check_row(&ktap, row);
	for (i = 0; i < ARRAY_SIZE(correct); i++)
		check_mistakes(&ktap, i);
	for (i = 0; i < ARRAY_SIZE(disproved); i++)
		check_disproved(&ktap, i);
	paths_close(&paths);
	return ktap_end(&ktap);
}
