// SPDX-License-Identifier: GPL-2.0
/*
 * ehabi_kunit.c - the unwinder's table, run at boot.
 */
#include <kunit/test.h>
#include <linux/string.h>

#include "ehabi_cases.h"

static const void *ehabi_next(const void *prev, char *desc)
{
	const struct klp_arm_ehabi_case *first = klp_arm_ehabi_case(0);
	const struct klp_arm_ehabi_case *row = prev;

	row = klp_arm_ehabi_case(row ? row - first + 1 : 0);
	if (row)
		strscpy(desc, row->name, KUNIT_PARAM_DESC_SIZE);
	return row;
}

/* The copy is as long as the table: KASAN sees a read behind its end. */
static void ehabi_table(struct kunit *test)
{
	const struct klp_arm_ehabi_case *row = test->param_value;
	u32 *table = NULL;
	u32 i;

	if (row->words) {
		table = kunit_kmalloc_array(test, row->words, sizeof(*table),
					    GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, table);
		for (i = 0; i < row->words; i++)
			table[i] = row->table[i];
	}
	KUNIT_EXPECT_STREQ(test,
			   klp_arm_ehabi_case_differs(row, table) ?: "nothing",
			   "nothing");
}

static struct kunit_case ehabi_cases[] = {
	KUNIT_CASE_PARAM(ehabi_table, ehabi_next),
	{}
};

static struct kunit_suite ehabi_suite = {
	.name = "klp_arm_ehabi",
	.test_cases = ehabi_cases,
};

kunit_test_suite(ehabi_suite);
