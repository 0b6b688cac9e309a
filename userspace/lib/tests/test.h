/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * test.h - what the files of libklp-test share
 */
#ifndef KLP_TEST_H
#define KLP_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <klp/klp.h>

struct test_case {
	const char *name; /* NULL ends a list */
	void (*run)(void);
};

extern const struct test_case read_cases[];
extern const struct test_case report_cases[];
extern const struct test_case event_cases[];
extern const struct test_case name_cases[];
extern const struct test_case damage_cases[];

extern unsigned int failures; /* of the case that is running */

#define EXPECT(condition)                                                      \
	do {                                                                   \
		if (!(condition)) {                                            \
			printf("# %s:%d: %s\n", __FILE__, __LINE__,            \
			       #condition);                                    \
			failures++;                                            \
		}                                                              \
	} while (0)

#define EXPECT_TEXT(text, wanted) EXPECT(strcmp(text, wanted) == 0)

/* A task name that is not fit for terminals, as replies.py has it. */
#define HOSTILE "q\"\\\n\x1b[31m\xff\xc3\xa9\xe2\x80\xae\x7f"

/* The later contexts, and a listener, answer from this scenario. */
void choose_scenario(const char *name);
bool scenario_exists(const char *name);
struct klp_ctx *open_scenario(const char *name);

/* A file that scenarios.py wrote. */
FILE *open_written(const char *name);

/* Has the last error of the context this in it? */
bool said(const struct klp_ctx *ctx, const char *text);

#endif /* KLP_TEST_H */
