// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * damage-test.c - answers that make no sense, by design and by chance
 *
 * They may be refused or not, but must neither crash nor leak: the program is
 * built with the address and undefined-behaviour sanitizers.
 */
#include <errno.h>

#include "replay.h"
#include "test.h"

/* Each is so many damaged readings of every scenario. */
#define MUTATIONS 1000

/* Every kind of answer is read, what comes of it is freed. */
static int read_blockers(struct klp_ctx *ctx)
{
	struct klp_blocker_list *list;
	int err = klp_blocker_list_get(ctx, KLP_BLOCKER_WANT_STACK, &list);

	EXPECT(!list == (err != 0));
	klp_blocker_list_free(list);
	return err;
}

static int read_failures(struct klp_ctx *ctx)
{
	struct klp_failure_list *list;
	int err = klp_failure_list_get(ctx, 0, &list);

	EXPECT(!list == (err != 0));
	klp_failure_list_free(list);
	return err;
}

static int read_history(struct klp_ctx *ctx)
{
	struct klp_history_list *list;
	int err = klp_history_list_get(ctx, 0, &list);

	EXPECT(!list == (err != 0));
	klp_history_list_free(list);
	return err;
}

static int read_verdicts(struct klp_ctx *ctx)
{
	struct klp_verdict_list *list;
	int err = klp_verdict_list_get(ctx, NULL, "f", 0, &list);

	EXPECT(!list == (err != 0));
	klp_verdict_list_free(list);
	return err;
}

static int read_code(struct klp_ctx *ctx)
{
	struct klp_code *code;
	int err = klp_code_get(ctx, NULL, "f", 0, &code);

	EXPECT(!code == (err != 0));
	klp_code_free(code);
	return err;
}

static int read_patches(struct klp_ctx *ctx)
{
	struct klp_patch_list *list;
	int err = klp_patch_list_get(ctx, NULL, &list);

	EXPECT(!list == (err != 0));
	klp_patch_list_free(list);
	return err;
}

static int read_funcs(struct klp_ctx *ctx)
{
	struct klp_func_list *list;
	int err = klp_func_list_get(ctx, NULL, &list);

	EXPECT(!list == (err != 0));
	klp_func_list_free(list);
	return err;
}

static int read_transition(struct klp_ctx *ctx)
{
	struct klp_transition *transition;
	int err = klp_transition_get(ctx, &transition);

	EXPECT(!transition || err == 0);
	klp_transition_free(transition);
	return err;
}

static int read_info(struct klp_ctx *ctx)
{
	struct klp_info *info;
	int err = klp_info_get(ctx, &info);

	EXPECT(!info == (err != 0));
	klp_info_free(info);
	return err;
}

static const struct {
	const char *name; /* of the scenarios "bad-NAME-0", and so on */
	unsigned int count;
	int (*read)(struct klp_ctx *ctx);
} readers[] = {
	{ "blocker", 11, read_blockers }, { "failure", 5, read_failures },
	{ "history", 6, read_history },	  { "verdict", 4, read_verdicts },
	{ "patch", 7, read_patches },	  { "transition", 5, read_transition },
	{ "info", 5, read_info },	  { "family", 3, read_info },
	{ "func", 0, read_funcs },	  { "code", 8, read_code },
};

#define READERS (sizeof(readers) / sizeof(readers[0]))

static void test_malformed(void)
{
	unsigned int number;
	char name[64];
	size_t i;

	for (i = 0; i < READERS; i++) {
		for (number = 0; number < readers[i].count; number++) {
			struct klp_ctx *ctx;
			int err;

			snprintf(name, sizeof(name), "bad-%s-%u",
				 readers[i].name, number);
			ctx = open_scenario(name);
			err = readers[i].read(ctx);
			if (err != -EBADMSG)
				printf("# %s: %d\n", name, err);
			EXPECT(err == -EBADMSG);
			EXPECT(said(ctx, "malformed"));
			klp_ctx_free(ctx);
		}
		/* All that were made have been read. */
		snprintf(name, sizeof(name), "bad-%s-%u", readers[i].name,
			 number);
		EXPECT(!scenario_exists(name));
	}
}

/* One damaged answer to each request; counts those that were refused. */
static unsigned int read_damaged(struct klp_ctx *ctx, uint32_t seed)
{
	unsigned int refused = 0;
	size_t i;

	for (i = 0; i < READERS; i++) {
		replay_mutate(seed ^ (uint32_t)(i * 0x1111));
		refused += readers[i].read(ctx) != 0;
	}
	return refused;
}

static void test_answers(void)
{
	static const char *const names[] = { "enabled", "transition",	"stack",
					     "hostile", "many-objects", "full" };
	const size_t count = sizeof(names) / sizeof(names[0]);
	const size_t total = count * MUTATIONS * READERS;
	unsigned int refused = 0;
	uint32_t seed;
	size_t i;

	for (i = 0; i < count; i++) {
		struct klp_ctx *ctx = open_scenario(names[i]);

		/* Undamaged, so that the family is known. */
		EXPECT(read_info(ctx) == 0);
		for (seed = 1; seed <= MUTATIONS; seed++)
			refused += read_damaged(ctx, seed * 2654435761U);
		replay_mutate(0);
		klp_ctx_free(ctx);
	}
	printf("# %u of %zu damaged answers refused\n", refused, total);
	/* The damage must reach the parsers: neither all nor nothing fails. */
	EXPECT(refused > total / 4);
	EXPECT(refused < total * 9 / 10);
}

/* Reads a listener to its end; counts the events and the refusals. */
static void hear_damaged(struct klp_ctx *ctx, unsigned int *heard,
			 unsigned int *refused)
{
	struct klp_events *events;
	struct klp_event *event;
	int got;

	EXPECT(klp_events_open(ctx, &events) == 0);
	while ((got = klp_events_next(events, &event)) != 0) {
		EXPECT((got == 1) == (event != NULL));
		*heard += got == 1;
		*refused += got < 0;
		klp_event_free(event);
	}
	klp_events_close(events);
}

static void test_events(void)
{
	struct klp_ctx *ctx = open_scenario("events");
	unsigned int refused = 0;
	unsigned int heard = 0;
	uint32_t seed;

	EXPECT(read_info(ctx) == 0);
	for (seed = 1; seed <= MUTATIONS; seed++) {
		replay_mutate(seed * 2654435761U);
		hear_damaged(ctx, &heard, &refused);
	}
	replay_mutate(0);
	klp_ctx_free(ctx);
	printf("# %u damaged events refused, %u heard\n", refused, heard);
	EXPECT(refused > MUTATIONS && heard > MUTATIONS);
}

const struct test_case damage_cases[] = {
	{ "malformed answers are errors", test_malformed },
	{ "damaged answers do no harm", test_answers },
	{ "damaged events do no harm", test_events },
	{ NULL, NULL },
};
