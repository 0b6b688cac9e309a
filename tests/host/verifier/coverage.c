// SPDX-License-Identifier: GPL-2.0
/*
 * coverage.c - runs the verifier on every mcount site of ARM kernels and
 * modules.
 *
 *	klp-arm-coverage [--verbose] [--no-unwind] [--allow-refused] FILE...
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "image.h"

/* One word per 4 bytes of frame, and one for all that is larger. */
#define DELTAS 65
#define MASKS 256

struct coverage {
	size_t sites;
	size_t refused;
	size_t witnessed;
	size_t lengths[64];
	size_t deltas[DELTAS];
	size_t restores[MASKS];
	size_t reasons[KLP_ARM_REASON_COUNT];
};

struct options {
	bool verbose;
	bool no_unwind;
	bool allow_refused;
};

static void print_refusal(const char *path, const struct image_func *func,
			  const struct klp_arm_prologue *in,
			  const struct klp_arm_verdict *verdict)
{
	printf("%s: %s+0x%x: %s", path, func->name, in->site,
	       klp_arm_reason_name(verdict->reason));
	if (verdict->insn_size)
		printf(" at +0x%x: %0*x", verdict->offset,
		       verdict->insn_size * 2, verdict->insn);
	printf(" (%s)\n", klp_arm_reason_text(verdict->reason));
}

static void check_site(const struct image *image, const char *path,
		       struct image_place site, const struct options *options,
		       struct coverage *total)
{
	const struct image_func *func = image_func_at(image, site);
	struct klp_arm_verdict verdict;
	struct klp_arm_prologue in;
	u32 delta;

	total->sites++;
	if (!func) {
		printf("%s: section %s+0x%x: no function symbol\n", path,
		       image->section[site.section].name, site.offset);
		total->refused++;
		return;
	}
	image_describe(image, func, site, &in);
	if (options->no_unwind)
		in.unwind_kind = KLP_ARM_UNWIND_UNCHECKED;
	if (klp_arm_prologue_verify(&in, &verdict)) {
		print_refusal(path, func, &in, &verdict);
		total->refused++;
		total->reasons[verdict.reason]++;
		return;
	}
	total->witnessed += in.unwind_kind == KLP_ARM_UNWIND_TABLE;
	delta = verdict.recipe.sp_delta / 4;
	total->deltas[delta < DELTAS - 1 ? delta : DELTAS - 1]++;
	total->restores[verdict.recipe.restore >> 4]++;
	total->lengths[in.site / 2 < 63 ? in.site / 2 : 63]++;
}

static void print_histograms(const struct coverage *total)
{
	size_t i;

	printf("bytes from entry to the call site:\n");
	for (i = 0; i < ARRAY_SIZE(total->lengths); i++)
		if (total->lengths[i])
			printf("%8zu%s %8zu\n", 2 * i, i == 63 ? "+" : " ",
			       total->lengths[i]);
	printf("sp_delta:\n");
	for (i = 0; i < DELTAS; i++)
		if (total->deltas[i])
			printf("%8zu%s %8zu\n", 4 * i,
			       i == DELTAS - 1 ? "+" : " ", total->deltas[i]);
	printf("registers to reload:\n");
	for (i = 0; i < MASKS; i++) {
		unsigned int bit;

		if (!total->restores[i])
			continue;
		printf("%9zu ", total->restores[i]);
		for (bit = 0; bit < 8; bit++)
			if (i >> bit & 1)
				printf(" r%u", bit + 4);
		printf("%s\n", i ? "" : " none");
	}
	for (i = 1; i < KLP_ARM_REASON_COUNT; i++)
		if (total->reasons[i])
			printf("refused, %s: %zu\n", klp_arm_reason_name(i),
			       total->reasons[i]);
}

static int check_file(const char *path, const struct options *options,
		      struct coverage *total)
{
	struct image image;
	size_t i;
	int err;

	err = image_open(&image, path);
	if (err)
		fprintf(stderr, "%s: %s\n", path, image.error);
	for (i = 0; !err && i < image.sites; i++)
		check_site(&image, path, image.site[i], options, total);
	image_close(&image);
	return err;
}

static int usage(const char *name)
{
	fprintf(stderr,
		"usage: %s [--verbose] [--no-unwind] [--allow-refused] FILE...\n",
		name);
	return 2;
}

int main(int argc, char **argv)
{
	static const struct option known[] = {
		{ "verbose", no_argument, NULL, 'v' },
		{ "no-unwind", no_argument, NULL, 'n' },
		{ "allow-refused", no_argument, NULL, 'a' },
		{ NULL, 0, NULL, 0 },
	};
	struct options options = { 0 };
	struct coverage total = { 0 };
	int option, i, err = 0;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option == 'v')
			options.verbose = true;
		else if (option == 'n')
			options.no_unwind = true;
		else if (option == 'a')
			options.allow_refused = true;
		else
			return usage(argv[0]);
	}
	if (optind == argc)
		return usage(argv[0]);
	for (i = optind; i < argc; i++)
		err |= check_file(argv[i], &options, &total);
	if (options.verbose)
		print_histograms(&total);
	printf("%zu of %zu sites have a recipe, %zu refused; %zu confirmed by unwind data\n",
	       total.sites - total.refused, total.sites, total.refused,
	       total.witnessed);
	if (err)
		return 2;
	return total.refused && !options.allow_refused;
}
