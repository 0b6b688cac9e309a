// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - executes the redirect of every traced function of ARM kernels and
 * object files; usage() says how.
 */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "mutation.h"
#include "program.h"

/* The first functions get that many runs, all others one. */
#define FIRST 64
#define FIRST_ROUNDS 16

struct options {
	u32 every;
	bool mutate;
	bool no_unwind;
	bool allow_refused;
	const char *discard;
};

struct totals {
	size_t functions;
	size_t accepted;
	size_t proved;
	size_t refused;
	size_t mistakes;
	size_t unseen;
	size_t reasons[KLP_ARM_REASON_COUNT];
};

static void usage(FILE *to)
{
	fprintf(to,
		"usage: klp-arm-proof [OPTION]... FILE...\n"
		"\n"
		"Executes, for each traced function of vmlinux or object files, its prologue,\n"
		"its tracing call and each way to a replacement, and compares registers and\n"
		"stack with those at the function's first instruction.\n"
		"\n"
		"  --every=N        only each Nth function\n"
		"  --mutate         make mistakes in recipes and trampolines: each must be seen\n"
		"  --no-unwind      let the verifier do without unwind data\n"
		"  --allow-refused  functions that the verifier refuses are no failure\n"
		"  --discard=FILE   take klp_arm_discard_frame from there, for kernels without\n"
		"\n"
		"Exit status: 0 every recipe holds, 1 not, 2 usage or a file that is no use.\n");
}

static void print_recipe(const struct klp_arm_recipe *recipe)
{
	u32 reg;

	printf("recipe: sp_delta %u", recipe->sp_delta);
	for (reg = 4; reg < 12; reg++)
		if (recipe->restore >> reg & 1)
			printf(", r%u at %u", reg, recipe->slot[reg]);
}

static void prove(struct paths *paths, const char *name,
		  const struct path_func *func, struct totals *total)
{
	u32 rounds = total->accepted <= FIRST ? FIRST_ROUNDS : 1;
	u32 round;

	for (round = 0; round < rounds; round++) {
		if (paths_run(paths, func, func->entry + round))
			continue;
		printf("%s: %s (", name, paths->difference);
		print_recipe(&func->recipe);
		printf(")\n");
		return;
	}
	total->proved++;
}

static void make_mistakes(struct paths *paths, const char *name,
			  const struct path_func *func, struct totals *total)
{
	const char *mistake;
	u32 number;

	for (number = 0;; number++) {
		struct path_func wrong = *func;

		mistake = mutation_make(paths, &wrong, number);
		if (!mistake)
			break;
		if (!*mistake)
			continue;
		total->mistakes++;
		if (!paths_run(paths, &wrong, func->entry))
			continue;
		total->unseen++;
		printf("%s: mistake %u, %s, is not seen (", name, number,
		       mistake);
		print_recipe(&wrong.recipe);
		printf(")\n");
	}
}

static void refuse(const char *path, const char *name,
		   const struct klp_arm_verdict *verdict, struct totals *total)
{
	total->refused++;
	total->reasons[verdict->reason]++;
	printf("%s: %s: refused: %s", path, name,
	       klp_arm_reason_name(verdict->reason));
	if (verdict->insn_size)
		printf(" at +0x%x: %0*x", verdict->offset,
		       verdict->insn_size * 2, verdict->insn);
	printf("\n");
}

static void check_site(const struct program *program, struct paths *paths,
		       const char *path, struct image_place site,
		       const struct options *options, struct totals *total)
{
	const struct image_func *func = image_func_at(&program->image, site);
	struct klp_arm_verdict verdict;
	struct klp_arm_prologue in;
	struct path_func placed;

	total->functions++;
	if (!func || !program->address[site.section]) {
		printf("%s: section %zu+0x%x: no function symbol\n", path,
		       site.section, site.offset);
		return;
	}
	image_describe(&program->image, func, site, &in);
	if (options->no_unwind)
		in.unwind_kind = KLP_ARM_UNWIND_UNCHECKED;
	if (klp_arm_prologue_verify(&in, &verdict)) {
		refuse(path, func->name, &verdict, total);
		return;
	}
	total->accepted++;
	placed = program_func(program, func, site);
	placed.recipe = verdict.recipe;
	if (options->mutate)
		make_mistakes(paths, func->name, &placed, total);
	else
		prove(paths, func->name, &placed, total);
}

static void print_paths(const struct paths *paths)
{
	enum path path;

	printf("%lu instructions; ways gone to the end:\n", paths->core.total);
	for (path = 0; path < PATH_COUNT; path++)
		if (paths->ran[path])
			printf("%8lu %s\n", paths->ran[path], path_name(path));
	if (!paths->code.redirect)
		printf("no klp_arm_redirect() in this file: its handler's ways are not run\n");
}

static bool check_file(const char *path, const struct options *options,
		       struct totals *total)
{
	static struct paths paths;
	struct program program;
	bool ok;
	size_t i;

	paths_open(&paths);
	ok = program_open(&program, path, &paths);
	if (ok && !paths.code.discard_frame && options->discard)
		ok = program_borrow(options->discard, &paths);
	for (i = 0; ok && i < program.image.sites; i += options->every)
		check_site(&program, &paths, path, program.image.site[i],
			   options, total);
	if (ok && !options->mutate)
		print_paths(&paths);
	program_close(&program);
	paths_close(&paths);
	return ok;
}

static int report(const struct options *options, const struct totals *total)
{
	size_t i;

	for (i = 0; i < KLP_ARM_REASON_COUNT; i++)
		if (total->reasons[i])
			printf("refused, %s: %zu\n", klp_arm_reason_name(i),
			       total->reasons[i]);
	if (options->mutate) {
		printf("%zu of %zu mistakes seen in %zu functions\n",
		       total->mistakes - total->unseen, total->mistakes,
		       total->accepted);
		return total->unseen || !total->mistakes;
	}
	printf("%zu of %zu functions, %zu refused\n", total->proved,
	       total->functions, total->refused);
	if (total->proved + total->refused != total->functions ||
	    !total->proved)
		return 1;
	return total->refused && !options->allow_refused;
}

static const struct option known[] = {
	{ "every", required_argument, NULL, 'e' },
	{ "mutate", no_argument, NULL, 'm' },
	{ "no-unwind", no_argument, NULL, 'n' },
	{ "allow-refused", no_argument, NULL, 'a' },
	{ "discard", required_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

int main(int argc, char **argv)
{
	struct options options = { .every = 1 };
	struct totals total = { 0 };
	bool ok = true;
	int option, i;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'e':
			options.every = (u32)strtoul(optarg, NULL, 10);
			break;
		case 'm':
			options.mutate = true;
			break;
		case 'n':
			options.no_unwind = true;
			break;
		case 'a':
			options.allow_refused = true;
			break;
		case 'd':
			options.discard = optarg;
			break;
		case 'h':
			usage(stdout);
			return 0;
		default:
			usage(stderr);
			return 2;
		}
	}
	if (optind == argc || !options.every) {
		usage(stderr);
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (i = optind; i < argc; i++)
		ok &= check_file(argv[i], &options, &total);
	option = report(&options, &total);
	return ok ? option : 2;
}
