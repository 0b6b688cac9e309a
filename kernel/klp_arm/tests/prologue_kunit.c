// SPDX-License-Identifier: GPL-2.0
/*
 * prologue_kunit.c - the verifier's tables of prologues, run at boot.
 */
#include <kunit/test.h>
#include <linux/bitmap.h>
#include <linux/string.h>

#include "prologue_cases.h"

/* A row does not know its number, and the tables are not in one piece. */
static const void *prologue_next(const void *prev, char *desc)
{
	const struct klp_arm_prologue_case *row;
	u32 number = 0;

	row = klp_arm_case(0);
	while (prev && row) {
		bool found = row == prev;

		row = klp_arm_case(++number);
		if (found)
			break;
	}
	if (row)
		strscpy(desc, row->name, KUNIT_PARAM_DESC_SIZE);
	return row;
}

/* The copy is as long as the code: KASAN sees a read behind its end. */
static void prologue_verdict(struct kunit *test)
{
	const struct klp_arm_prologue_case *row = test->param_value;
	struct klp_arm_verdict verdict;
	struct klp_arm_prologue in;
	const char *differs;
	u8 *code;
	int err;

	code = kunit_kmalloc(test, klp_arm_case_size(row), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, code);
	klp_arm_case_code(row, code);
	klp_arm_case_input(row, code, &in);
	err = klp_arm_prologue_verify(&in, &verdict);
	differs = klp_arm_case_differs(row, err, &verdict);
	KUNIT_EXPECT_NULL_MSG(test, differs, "%s differs; got %s at +0x%x",
			      differs, klp_arm_reason_name(verdict.reason),
			      verdict.offset);
}

/* A reason that no row expects would be one that nothing tests. */
static void prologue_every_reason(struct kunit *test)
{
	DECLARE_BITMAP(seen, KLP_ARM_REASON_COUNT) = {};
	const struct klp_arm_prologue_case *row;
	u32 number, reason;

	for (number = 0; (row = klp_arm_case(number)); number++)
		__set_bit(row->reason, seen);
	for (reason = 0; reason <= KLP_ARM_REASON_LAST_OF_CODE; reason++)
		KUNIT_EXPECT_TRUE_MSG(test, test_bit(reason, seen), "%s",
				      klp_arm_reason_name(reason));
}

static struct kunit_case prologue_cases[] = {
	KUNIT_CASE_PARAM(prologue_verdict, prologue_next),
	KUNIT_CASE(prologue_every_reason),
	{}
};

static struct kunit_suite prologue_suite = {
	.name = "klp_arm_prologue",
	.test_cases = prologue_cases,
};

kunit_test_suite(prologue_suite);
