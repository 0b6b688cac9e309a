// SPDX-License-Identifier: GPL-2.0
/*
 * prologue_test.c - the verifier's tables of prologues, under sanitizers.
 */
#include <stdlib.h>

#include "../ktap.h"
#include "tests/prologue_cases.h"

/* The copies are as long as they claim to be: ASan sees a read behind. */
static void check_row(struct ktap *ktap,
		      const struct klp_arm_prologue_case *row)
{
	size_t words = row->unwind_words ? row->unwind_words : 1;
	u8 *code = malloc(klp_arm_case_size(row));
	u32 *unwind = malloc(words * sizeof(*unwind));
	struct klp_arm_verdict verdict;
	struct klp_arm_prologue in;
	const char *differs;
	int err;

	if (!code || !unwind)
		abort();
	memset(&verdict, 0xa5, sizeof(verdict));
	klp_arm_case_code(row, code);
	klp_arm_case_input(row, code, &in);
	memcpy(unwind, row->unwind, words * sizeof(*unwind));
	in.unwind = unwind;
	err = klp_arm_prologue_verify(&in, &verdict);
	differs = klp_arm_case_differs(row, err, &verdict);
	ktap_result(
		ktap, !differs, row->name,
		"%s differs: got %s at +0x%x (%u bytes, 0x%x), sp_delta %u, restore 0x%x",
		differs, klp_arm_reason_name(verdict.reason), verdict.offset,
		verdict.insn_size, verdict.insn, verdict.recipe.sp_delta,
		verdict.recipe.restore);
	free(unwind);
	free(code);
}

static void check_reasons(struct ktap *ktap)
{
	const struct klp_arm_prologue_case *row;
	bool seen[KLP_ARM_REASON_COUNT] = { false };
	u32 i, k;

	for (i = 0; (row = klp_arm_case(i)); i++)
		seen[row->reason] = true;
	for (i = 0; i < KLP_ARM_REASON_COUNT; i++) {
		const char *name = klp_arm_reason_name(i);

		if (i <= KLP_ARM_REASON_LAST_OF_CODE)
			ktap_result(ktap, seen[i], name,
				    "no row expects this reason");
		for (k = 0; k < i; k++)
			if (!strcmp(name, klp_arm_reason_name(k)))
				ktap_result(ktap, false, "name is unique",
					    "%s is there twice", name);
	}
	ktap_result(ktap,
		    !strcmp(klp_arm_reason_name(KLP_ARM_REASON_COUNT),
			    "unknown") &&
			    klp_arm_reason_text(KLP_ARM_REASON_COUNT)[0],
		    "a reason out of range has a name", "it has not");
}

static void check_input(struct ktap *ktap, const char *name,
			const struct klp_arm_prologue *in,
			enum klp_arm_reason reason)
{
	struct klp_arm_verdict verdict;
	int err = klp_arm_prologue_verify(in, &verdict);

	ktap_result(ktap, err == -EOPNOTSUPP && verdict.reason == reason, name,
		    "got %d, %s", err, klp_arm_reason_name(verdict.reason));
}

static void check_inputs(struct ktap *ktap)
{
	static const u8 push_lr[8] = { 0x04, 0xe0, 0x2d, 0xe5 };
	struct klp_arm_prologue in = { .code = NULL, .size = 8, .site = 4 };

	check_input(ktap, "no code", &in, KLP_ARM_REASON_TRUNCATED);
	in.code = push_lr;
	in.site = 0xfffffffc;
	check_input(ktap, "site at the end of the address space", &in,
		    KLP_ARM_REASON_TRUNCATED);
	in.site = 4;
	in.size = 0;
	check_input(ktap, "no bytes of code", &in, KLP_ARM_REASON_TRUNCATED);
	in.size = 8;
	in.unwind_kind = KLP_ARM_UNWIND_TABLE;
	in.unwind_words = 1;
	check_input(ktap, "no table where one is announced", &in,
		    KLP_ARM_REASON_UNWIND_CORRUPT);
	in.unwind_kind = (enum klp_arm_unwind_kind)99;
	check_input(ktap, "an unwind kind of the future", &in,
		    KLP_ARM_REASON_UNWIND_CORRUPT);
}

int main(void)
{
	const struct klp_arm_prologue_case *row;
	struct ktap ktap = { 0 };
	u32 number;

	ktap_start();
	for (number = 0; (row = klp_arm_case(number)); number++)
		check_row(&ktap, row);
	check_reasons(&ktap);
	check_inputs(&ktap);
	return ktap_end(&ktap);
}
