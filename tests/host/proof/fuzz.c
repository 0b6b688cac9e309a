// SPDX-License-Identifier: GPL-2.0
/*
 * fuzz.c - prologues that no compiler emits: what the verifier accepts is
 * executed, and must undo what was done; usage() says how.
 */
#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "seeds.h"
#include "snippet.h"

#define MOST_FINDINGS 10

struct options {
	u32 seed;
	unsigned long inputs;
	unsigned long seconds;
	const char *save;
	const char *code;
	bool thumb;
	bool mutate;
};

struct totals {
	unsigned long inputs;
	unsigned long accepted[2]; /* ARM, Thumb */
	unsigned long reloads;
	unsigned int findings;
};

static struct paths paths;

static void usage(FILE *to)
{
	fprintf(to,
		"usage: klp-arm-proof-fuzz [OPTION]... [VMLINUX]\n"
		"       klp-arm-proof-fuzz [--thumb] --code=BYTES\n"
		"\n"
		"Makes prologues from those of the verifier's tables, and of VMLINUX if given.\n"
		"Each that the verifier accepts is executed, and its recipe must restore the\n"
		"state at its first instruction. The same seed gives the same prologues.\n"
		"\n"
		"  --seed=N      which ones (1)\n"
		"  --inputs=N    how many (100000)\n"
		"  --seconds=N   as many as there is time for, instead\n"
		"  --save=DIR    keep findings there, which must exist\n"
		"  --mutate      make a mistake in each recipe, which must be found\n"
		"  --code=BYTES  hexadecimal, as in memory: only this one, with its push {lr}\n"
		"  --thumb       it is Thumb code\n"
		"\n"
		"Exit status: 0 nothing found, 1 something, 2 usage.\n");
}

static void describe(FILE *to, const struct seed *seed,
		     const struct klp_arm_recipe *recipe)
{
	u32 i;

	fprintf(to, "%s\nrecipe: sp_delta %u", paths.difference,
		recipe->sp_delta);
	for (i = 4; i < 12; i++)
		if (recipe->restore >> i & 1)
			fprintf(to, ", r%u at %u", i, recipe->slot[i]);
	fprintf(to,
		"\nunwind data: %s\nrepeat it: klp-arm-proof-fuzz%s --code=",
		seed->unwind_kind == KLP_ARM_UNWIND_UNCHECKED ? "none" : "yes",
		seed->thumb ? " --thumb" : "");
	for (i = 0; i < seed->halves; i++)
		fprintf(to, "%02x%02x", seed->half[i] & 0xff,
			seed->half[i] >> 8);
	fprintf(to, "\n");
}

static void keep_finding(const struct options *options,
			 const struct totals *total, const struct seed *seed,
			 const struct klp_arm_recipe *recipe)
{
	char path[4096];
	FILE *file;

	printf("finding %u, input %lu of seed %" PRIu32 ": ", total->findings,
	       total->inputs, options->seed);
	describe(stdout, seed, recipe);
	if (!options->save)
		return;
	snprintf(path, sizeof(path), "%s/proof-%" PRIu32 "-%lu.txt",
		 options->save, options->seed, total->inputs);
	file = fopen(path, "w");
	if (!file)
		err(2, "%s", path);
	describe(file, seed, recipe);
	if (fclose(file))
		err(2, "%s", path);
	printf("finding: %s\n", path);
}

static enum klp_arm_reason try_seed(const struct options *options,
				    const struct seed *seed,
				    struct totals *total)
{
	struct klp_arm_prologue in = {
		.code = seed->half,
		.size = sizeof(seed->half),
		.site = seed->halves * 2,
		.thumb = seed->thumb,
		.unwind_kind = seed->unwind_kind,
		.unwind = seed->unwind,
		.unwind_words = seed->unwind_words,
	};
	struct klp_arm_verdict verdict;
	struct path_func func;

	total->inputs++;
	if (klp_arm_prologue_verify(&in, &verdict))
		return verdict.reason;
	total->accepted[seed->thumb]++;
	total->reloads += verdict.recipe.restore != 0;
	if (options->mutate)
		verdict.recipe.sp_delta += 4;
	func = snippet_place(&paths, &in, &verdict.recipe);
	if (!paths_run(&paths, &func, (u32)total->inputs)) {
		total->findings++;
		keep_finding(options, total, seed, &verdict.recipe);
	}
	return KLP_ARM_REASON_NONE;
}

static bool goes_on(const struct options *options, const struct totals *total,
		    time_t end)
{
	if (total->findings == MOST_FINDINGS)
		return false;
	if (options->seconds)
		return total->inputs % 256 || time(NULL) < end;
	return total->inputs < options->inputs;
}

static void fuzz(const struct options *options, const struct image *image,
		 struct totals *total)
{
	time_t end = time(NULL) + (time_t)options->seconds;
	struct proof_random random;
	struct seed seed, other;

	proof_random_seed(&random, options->seed);
	while (goes_on(options, total, end)) {
		const struct image *from = proof_random(&random) % 2 ? image :
								       NULL;

		seed_take(&seed, &random, from);
		seed_take(&other, &random, from);
		seed_mutate(&seed, &other, &random);
		try_seed(options, &seed, total);
	}
}

static bool read_code(const struct options *options, struct seed *seed)
{
	const char *at = options->code;
	unsigned int byte;
	u32 count = 0;
	u8 *code = (u8 *)seed->half;

	seed->thumb = options->thumb;
	for (; *at && count < sizeof(seed->half) - 4; at += 2) {
		if (sscanf(at, "%2x", &byte) != 1 || !at[1])
			return false;
		code[count++] = (u8)byte;
	}
	seed->halves = count / 2;
	return !*at;
}

static const struct option known[] = {
	{ "seed", required_argument, NULL, 's' },
	{ "inputs", required_argument, NULL, 'i' },
	{ "seconds", required_argument, NULL, 't' },
	{ "save", required_argument, NULL, 'd' },
	{ "mutate", no_argument, NULL, 'm' },
	{ "code", required_argument, NULL, 'c' },
	{ "thumb", no_argument, NULL, 'T' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static void read_options(int argc, char **argv, struct options *options)
{
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 's':
			options->seed = (u32)strtoul(optarg, NULL, 0);
			break;
		case 'i':
			options->inputs = strtoul(optarg, NULL, 0);
			break;
		case 't':
			options->seconds = strtoul(optarg, NULL, 0);
			break;
		case 'd':
			options->save = optarg;
			break;
		case 'm':
			options->mutate = true;
			break;
		case 'c':
			options->code = optarg;
			break;
		case 'T':
			options->thumb = true;
			break;
		case 'h':
			usage(stdout);
			exit(0);
		default:
			usage(stderr);
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	struct options options = { .seed = 1, .inputs = 100000 };
	struct totals total = { 0 };
	struct image image = { 0 };
	struct seed seed = { 0 };

	read_options(argc, argv, &options);
	if (argc - optind > 1 ||
	    (options.code && !read_code(&options, &seed))) {
		usage(stderr);
		return 2;
	}
	if (optind < argc && image_open(&image, argv[optind]))
		errx(2, "%s: %s", argv[optind], image.error);
	setvbuf(stdout, NULL, _IOLBF, 0);
	snippet_open(&paths);
	if (options.code)
		printf("verdict: %s\n",
		       klp_arm_reason_name(try_seed(&options, &seed, &total)));
	else
		fuzz(&options, image.sites ? &image : NULL, &total);
	printf("%lu inputs, %lu ARM and %lu Thumb recipes executed (%lu reload registers), %u findings\n",
	       total.inputs, total.accepted[0], total.accepted[1],
	       total.reloads, total.findings);
	paths_close(&paths);
	image_close(&image);
	return total.findings || !total.inputs;
}
