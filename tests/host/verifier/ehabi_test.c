// SPDX-License-Identifier: GPL-2.0
/*
 * ehabi_test.c - the unwinder's table of tables, under sanitizers.
 */
#include <stdlib.h>

#include "tests/ehabi_cases.h"
#include "../ktap.h"

int main(void)
{
	const struct klp_arm_ehabi_case *row;
	struct ktap ktap = { 0 };
	u32 number;

	ktap_start();
	for (number = 0; (row = klp_arm_ehabi_case(number)); number++) {
		size_t size = row->words * sizeof(u32);
		u32 *table = malloc(size);
		const char *differs;

		if (size && !table)
			abort();
		if (size)
			memcpy(table, row->table, size);
		differs = klp_arm_ehabi_case_differs(row, table);
		ktap_result(&ktap, !differs, row->name, "%s differs", differs);
		free(table);
	}
	return ktap_end(&ktap);
}
