// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * names-test.c - the names of enum values are those of the spec
 */
#include "test.h"

/* The function for an enum of the header, "?" if there is none. */
static const char *name_of(const char *type, unsigned int value)
{
#define NAME(text, function)                                                   \
	if (strcmp(type, text) == 0)                                           \
	return function(value)
	NAME("PATCH_STATE", klp_patch_state_name);
	NAME("FUNC_STATE", klp_func_state_name);
	NAME("DIRECTION", klp_direction_name);
	NAME("ENTRY_METHOD", klp_entry_method_name);
	NAME("ENTRY_PATH", klp_entry_path_name);
	NAME("UNWINDER", klp_unwinder_name);
	NAME("BLOCKER_REASON", klp_blocker_reason_name);
	NAME("STACK_REASON", klp_stack_reason_name);
	NAME("RESULT", klp_result_name);
	NAME("VERDICT_REASON", klp_verdict_reason_name);
	NAME("PATCH_ACTION", klp_patch_action_name);
	NAME("EVENT_KIND", klp_event_kind_name);
	NAME("TARGET", klp_target_name);
#undef NAME
	return "?";
}

/* Every value of every enum of the header has the name that it has there. */
static void test_names(void)
{
	FILE *file = open_written("names.txt");
	unsigned int count = 0;
	unsigned int value;
	char name[64];
	char type[64];

	while (fscanf(file, "%63s %u %63s", type, &value, name) == 3) {
		if (strcmp(name_of(type, value), name) != 0) {
			printf("# %s %u: %s\n", type, value, name);
			failures++;
		}
		EXPECT_TEXT(name_of(type, 9999), "unknown");
		count++;
	}
	fclose(file);
	EXPECT(count > 70);
	EXPECT_TEXT(klp_event_kind_name(KLP_EVENT_LOST), "lost");
	EXPECT_TEXT(klp_version(), KLP_VERSION_STRING);
}

const struct test_case name_cases[] = {
	{ "enum values have the names of the spec", test_names },
	{ NULL, NULL },
};
