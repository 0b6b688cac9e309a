// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * libklp-test.c - the library against the answers that scenarios.py writes
 */
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

static const char *directory;

unsigned int failures;

static void path_of(const char *name, const char *suffix, char path[512])
{
	snprintf(path, 512, "%s/%s%s", directory, name, suffix);
}

void choose_scenario(const char *name)
{
	char path[512];

	path_of(name, ".replay", path);
	setenv("KLP_REPLAY", path, 1);
}

bool scenario_exists(const char *name)
{
	char path[512];

	path_of(name, ".replay", path);
	return access(path, R_OK) == 0;
}

struct klp_ctx *open_scenario(const char *name)
{
	struct klp_ctx *ctx;

	choose_scenario(name);
	if (klp_ctx_new(&ctx) != 0)
		abort();
	return ctx;
}

FILE *open_written(const char *name)
{
	char path[512];
	FILE *file;

	path_of(name, "", path);
	file = fopen(path, "re");
	if (!file)
		abort();
	return file;
}

bool said(const struct klp_ctx *ctx, const char *text)
{
	if (strstr(klp_last_error(ctx), text))
		return true;
	printf("# \"%s\" lacks \"%s\"\n", klp_last_error(ctx), text);
	return false;
}

static size_t count_cases(const struct test_case *cases)
{
	size_t count = 0;

	while (cases[count].name)
		count++;
	return count;
}

int main(int argc, char **argv)
{
	const struct test_case *const lists[] = { read_cases, report_cases,
						  event_cases, name_cases,
						  damage_cases };
	const size_t count = sizeof(lists) / sizeof(lists[0]);
	const struct test_case *test;
	unsigned int failed = 0;
	unsigned int number = 0;
	size_t total = 0;
	size_t i;

	if (argc != 2) {
		fprintf(stderr, "usage: %s SCENARIOS\n", argv[0]);
		return 2;
	}
	directory = argv[1];
	for (i = 0; i < count; i++)
		total += count_cases(lists[i]);
	printf("KTAP version 1\n1..%zu\n", total);
	for (i = 0; i < count; i++) {
		for (test = lists[i]; test->name; test++) {
			failures = 0;
			test->run();
			printf("%sok %u - libklp: %s\n", failures ? "not " : "",
			       ++number, test->name);
			failed += failures > 0;
		}
	}
	return failed > 0;
}
