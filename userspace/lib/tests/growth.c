// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * growth.c - asks for the state again and again, and compares the heap
 *
 *	GLIBC_TUNABLES=glibc.malloc.tcache_count=0 growth-test SCENARIOS [TIMES]
 *
 * Built without sanitizers, whose allocator tells nothing of the heap. What is
 * in use must be the same to the byte: there is no leak that is small enough
 * for a program that runs for a year.
 */
#include <malloc.h>
#include <stdlib.h>

#include "test.h"

#define TIMES 10000

/* Until then what the C library keeps for itself is there. */
#define WARM_UP 10

static const char *directory;

unsigned int failures;

static struct klp_ctx *open_full(void)
{
	struct klp_ctx *ctx;
	char path[512];

	snprintf(path, sizeof(path), "%s/full.replay", directory);
	setenv("KLP_REPLAY", path, 1);
	if (klp_ctx_new(&ctx) != 0)
		abort();
	return ctx;
}

static void read_state(struct klp_ctx *ctx)
{
	struct klp_snapshot *snapshot;

	if (klp_snapshot_get(ctx, &snapshot) != 0)
		abort();
	EXPECT(klp_patch_list_count(klp_snapshot_patches(snapshot)) == 2);
	klp_snapshot_free(snapshot);
}

/* As klpctl status does it: from opening the socket to closing it. */
static void read_anew(struct klp_ctx *unused)
{
	struct klp_ctx *ctx = open_full();

	(void)unused;
	read_state(ctx);
	klp_ctx_free(ctx);
}

static size_t used(void)
{
	const struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

static void repeat(void (*read)(struct klp_ctx *ctx), unsigned long times)
{
	struct klp_ctx *ctx = open_full();
	unsigned long i;
	size_t before;

	for (i = 0; i < WARM_UP; i++)
		read(ctx);
	before = used();
	for (i = 0; i < times; i++)
		read(ctx);
	printf("# %lu times: %zu bytes in use before, %zu after, heap of %zu\n",
	       times, before, used(), mallinfo2().arena);
	EXPECT(used() == before);
	klp_ctx_free(ctx);
}

static void report(unsigned int number, const char *name)
{
	printf("%sok %u - libklp: %s\n", failures ? "not " : "", number, name);
}

int main(int argc, char **argv)
{
	unsigned long times = TIMES;
	unsigned int failed;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: %s SCENARIOS [TIMES]\n", argv[0]);
		return 2;
	}
	directory = argv[1];
	if (argc == 3)
		times = strtoul(argv[2], NULL, 10);
	printf("KTAP version 1\n1..2\n");
	repeat(read_anew, times);
	report(1, "contexts that come and go leave nothing in memory");
	failed = failures;
	failures = 0;
	repeat(read_state, times);
	report(2, "a context that stays does not grow");
	return failed || failures || times == 0;
}
