// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - does a livepatch do what the patched kernel would?
 */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "funcs.h"
#include "pair.h"

/* What is asked for, and what came of it */
struct oracle {
	u32 seeds;
	u32 first_seed;
	bool show;
	size_t pairs;
	size_t alike;
	size_t different;
	size_t not_compared;
};

static void usage(FILE *file)
{
	fprintf(file,
		"Usage: klp-arm-oracle [OPTION]... --vmlinux FILE --livepatch FILE OBJECT...\n\n"
		"Executes each function of a livepatch, and the same one of the fixed objects,\n"
		"with the same random arguments and memory. Both have to do the same.\n\n"
		"  --vmlinux FILE    the kernel that the livepatch is for\n"
		"  --livepatch FILE  the livepatch\n"
		"  OBJECT            compiled from the fixed source, with -ffunction-sections\n"
		"  --seeds N         how often each function is executed (16)\n"
		"  --first-seed N    the first seed (1)\n"
		"  --trace           print all that the functions of the patched kernel do\n\n"
		"Exit status: 0 all alike, 1 not, 2 usage, or a file cannot be read.\n");
}

static u32 percent(const struct pair *pair, const struct pair_counts *counts)
{
	u32 i, code = 0, covered = 0;

	for (i = 0; i < pair->patched->size; i++) {
		code += !counts->data[i];
		covered += counts->covered[i];
	}
	return code ? 100 * covered / code : 100;
}

static void compare(struct oracle *oracle, const struct pair *pair,
		    const struct side *patched, const struct side *livepatch)
{
	struct pair_counts counts = {
		.seeds = oracle->seeds,
		.first_seed = oracle->first_seed,
		.show = oracle->show,
	};

	switch (pair_compare(pair, patched, livepatch, &counts)) {
	case PAIR_ALIKE:
		oracle->alike++;
		printf("%s: alike, %u of %u seeds, %lu steps, %u%% of its code executed\n",
		       pair->name, counts.alike, counts.seeds, counts.steps,
		       percent(pair, &counts));
		break;
	case PAIR_DIFFERENT:
		oracle->different++;
		break;
	case PAIR_NOT_COMPARED:
		oracle->not_compared++;
		printf("%s: not compared: %s\n", pair->name, counts.reason);
		break;
	}
	pair_free(&counts);
}

/*
 * A relocation that could not be written anywhere: the kernel would not load it. And
 * it has to say what it replaces.
 */
static bool loads(const struct side *livepatch)
{
	struct side side = *livepatch;
	struct proof_random random;
	bool ok;
	size_t i;

	proof_random_seed(&random, 1);
	side_place(&side, 0xbf000000, &random);
	ok = funcs_check(&side);
	for (i = 0; i < side.placed->faults; i++) {
		const struct placed_fault *fault = &side.placed->fault[i];

		if (strstr(fault->why, "is in module"))
			continue;
		printf("the livepatch cannot be loaded: %s+0x%x: %s\n",
		       side.livepatch->section[fault->section].name,
		       fault->offset, fault->why);
		ok = false;
	}
	side_free(&side);
	return ok;
}

static int compare_all(struct oracle *oracle, const struct side *patched,
		       const struct side *livepatch)
{
	struct pair *pairs = pair_find(livepatch, &oracle->pairs);
	bool ok = loads(livepatch);
	size_t i;

	for (i = 0; i < oracle->pairs; i++)
		compare(oracle, &pairs[i], patched, livepatch);
	free(pairs);
	printf("%zu of %zu alike, %zu not compared\n", oracle->alike,
	       oracle->pairs - oracle->not_compared, oracle->not_compared);
	return ok && oracle->alike && !oracle->different ? 0 : 1;
}

static int run(struct oracle *oracle, const char *vmlinux, const char *module,
	       char **paths, size_t count)
{
	struct kernel kernel;
	struct object livepatch;
	struct object *objects = calloc(count, sizeof(*objects));
	struct kernel_block *blocks = calloc(count, sizeof(*blocks));
	struct side patched = { .kernel = &kernel };
	struct side other;
	size_t i;
	int status;

	if (!objects || !blocks)
		err(2, "memory");
	kernel_open(&kernel, vmlinux);
	object_open(&livepatch, module);
	for (i = 0; i < count; i++) {
		object_open(&objects[i], paths[i]);
		blocks[i] = kernel_find_block(&kernel, &objects[i]);
	}
	patched.objects = objects;
	patched.block = blocks;
	patched.count = count;
	other = patched;
	other.livepatch = &livepatch;
	status = compare_all(oracle, &patched, &other);
	for (i = 0; i < count; i++)
		object_close(&objects[i]);
	object_close(&livepatch);
	kernel_close(&kernel);
	free(objects);
	free(blocks);
	return status;
}

static const struct option known[] = {
	{ "vmlinux", required_argument, NULL, 'v' },
	{ "livepatch", required_argument, NULL, 'l' },
	{ "seeds", required_argument, NULL, 's' },
	{ "first-seed", required_argument, NULL, 'f' },
	{ "trace", no_argument, NULL, 't' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

int main(int argc, char **argv)
{
	struct oracle oracle = { .seeds = 16, .first_seed = 1 };
	const char *vmlinux = NULL, *module = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'v':
			vmlinux = optarg;
			break;
		case 'l':
			module = optarg;
			break;
		case 's':
			oracle.seeds = (u32)strtoul(optarg, NULL, 10);
			break;
		case 'f':
			oracle.first_seed = (u32)strtoul(optarg, NULL, 10);
			break;
		case 't':
			oracle.show = true;
			break;
		case 'h':
			usage(stdout);
			return 0;
		default:
			usage(stderr);
			return 2;
		}
	}
	if (optind == argc || !vmlinux || !module || !oracle.seeds) {
		usage(stderr);
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	return run(&oracle, vmlinux, module, argv + optind,
		   (size_t)(argc - optind));
}
