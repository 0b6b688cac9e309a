// SPDX-License-Identifier: GPL-2.0
/*
 * pair.c - a function of a livepatch, and the same one of the patched kernel
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"
#include "pair.h"
#include "stands.h"
#include "tables.h"

/* Loops over lists of random memory have no end. */
#define MOST_STEPS 2000U

/* More differences of one function say nothing new. */
#define MOST_SHOWN 3U

/* Where modules are, and where they are when that is full. */
#define NEAR_LIVEPATCH 0xbf000000U
#define NEAR_PATCHED 0xbf800000U
#define FAR_LIVEPATCH 0xe0000000U
#define FAR_PATCHED 0xd8000000U
#define PAGES 0x400U

/* The lowest bit of a seed is for where branches go. */
#define SEED_FORCE 1U
#define SEED_ALTERNATIVES 2U
#define SEED_KEYS 4U
#define SEED_FAR_LIVEPATCH 2U
#define SEED_FAR_PATCHED 4U

/* The object's function that stands for the same as the livepatch's does. */
static void find_patched(const struct side *livepatch, struct pair *pair)
{
	const struct object_symbol *known = stands_by_label(
		livepatch->kernel, livepatch->livepatch, pair->livepatch);
	size_t i;

	for (i = 0; i < livepatch->count; i++) {
		const struct object *object = &livepatch->objects[i];
		const struct object_symbol *same =
			stands_named(object, pair->livepatch);

		if (!same)
			continue;
		if (known &&
		    stands_in_object(livepatch->kernel, object,
				     livepatch->block[i], same) != known)
			continue;
		pair->patched = same;
		pair->object = i;
		return;
	}
}

static bool has_label(const struct object *object,
		      const struct object_symbol *atom)
{
	u32 i;

	for (i = 1; i < object->symbols; i++)
		if (object->symbol[i].section == atom->section &&
		    object_offset(&object->symbol[i]) == object_offset(atom) &&
		    strncmp(object->symbol[i].name, "klp_new.", 8) == 0)
			return true;
	return false;
}

struct pair *pair_find(const struct side *livepatch, size_t *count)
{
	const struct object *object = livepatch->livepatch;
	struct pair *pairs = calloc(object->symbols + 1, sizeof(*pairs));
	u32 i;

	if (!pairs)
		err(2, "%s", object->path);
	*count = 0;
	for (i = 1; i < object->symbols; i++) {
		const struct object_symbol *symbol = &object->symbol[i];
		struct pair *pair = &pairs[*count];

		if (symbol->type != STT_FUNC || !object_is_atom(object, symbol))
			continue;
		/* The label is a function, too. */
		if (strncmp(symbol->name, "klp_new.", 8) == 0)
			continue;
		memset(pair, 0, sizeof(*pair));
		pair->name = symbol->name;
		pair->livepatch = symbol;
		find_patched(livepatch, pair);
		/* What registers the livepatch is in none. */
		if (pair->patched || has_label(object, symbol))
			++*count;
	}
	return pairs;
}

static const char *fault_in(const struct placed *placed,
			    const struct object_symbol *func)
{
	size_t i;

	for (i = 0; i < placed->faults; i++)
		if (placed->fault[i].section == func->section &&
		    placed->fault[i].offset - object_offset(func) < func->size)
			return placed->fault[i].why;
	return NULL;
}

static u32 choose_base(u32 near, u32 far, bool is_far,
		       struct proof_random *random)
{
	return (is_far ? far : near) +
	       PLACED_PAGE * (proof_random(random) % PAGES);
}

static void place_both(struct side *patched, struct side *livepatch, u32 seed)
{
	struct proof_random random;

	proof_random_seed(&random, seed);
	side_place(livepatch,
		   choose_base(NEAR_LIVEPATCH, FAR_LIVEPATCH,
			       seed & SEED_FAR_LIVEPATCH, &random),
		   &random);
	side_place(patched,
		   choose_base(NEAR_PATCHED, FAR_PATCHED,
			       seed & SEED_FAR_PATCHED, &random),
		   &random);
}

/* What a machine with one processor, and other static keys, make of the code */
static void change_code(struct side *side, u32 seed)
{
	if (seed & SEED_ALTERNATIVES)
		tables_use_alternatives(side);
	if (seed & SEED_KEYS)
		tables_flip_keys(side);
}

static void run(struct side *side, const struct placed *placed,
		const struct object_symbol *func, u32 seed,
		struct pair_counts *counts, bool count, struct trace *trace)
{
	struct machine_run run = {
		.side = side,
		.start = placed_symbol(placed, func) & ~1U,
		.size = func->size,
		.seed = seed,
		.force = seed & SEED_FORCE,
		.most = MOST_STEPS,
		.data = counts->data,
		.covered = count ? counts->covered : NULL,
	};

	tables_list(side, run.start, run.size, trace);
	change_code(side, seed);
	machine_run(&run, trace);
	if (count)
		counts->steps += run.steps;
}

/* Is there a reason not to compare them, or a difference already? */
static enum pair_result check_faults(const struct pair *pair,
				     const struct side *patched,
				     const struct side *livepatch,
				     struct pair_counts *counts)
{
	const char *why =
		fault_in(&patched->placed[pair->object], pair->patched);
	const char *late = fault_in(livepatch->placed, pair->livepatch);

	if (why) {
		snprintf(counts->reason, sizeof(counts->reason), "%s", why);
		return PAIR_NOT_COMPARED;
	}
	if (late && strstr(late, "is in module")) {
		snprintf(counts->reason, sizeof(counts->reason), "%s", late);
		return PAIR_NOT_COMPARED;
	}
	if (late) {
		printf("%s: different\n    livepatch: %s\n", pair->name, late);
		return PAIR_DIFFERENT;
	}
	return PAIR_ALIKE;
}

static bool compare_seed(const struct pair *pair, struct side *patched,
			 struct side *livepatch, u32 seed,
			 struct pair_counts *counts)
{
	struct trace one = { 0 }, other = { 0 };
	char what[PAIR_REASON];
	bool same;

	run(patched, &patched->placed[pair->object], pair->patched, seed,
	    counts, true, &one);
	run(livepatch, livepatch->placed, pair->livepatch, seed, counts, false,
	    &other);
	snprintf(what, sizeof(what), "%s, seed %u", pair->name, seed);
	if (counts->show)
		trace_print(&one, what);
	same = trace_equal(&one, &other, what);
	trace_clear(&one);
	trace_clear(&other);
	return same;
}

/* Mapping symbols tell code from data: each is for what follows it. */
static void find_data(const struct object *object,
		      const struct object_symbol *func, bool *data)
{
	u32 start = object_offset(func);
	u32 i, j;

	for (i = start; i < start + func->size; i++) {
		const struct object_symbol *last = NULL;

		for (j = 1; j < object->symbols; j++) {
			const struct object_symbol *symbol = &object->symbol[j];

			if (symbol->section == func->section &&
			    symbol->name[0] == '$' && symbol->value <= i &&
			    (!last || symbol->value >= last->value))
				last = symbol;
		}
		data[i - start] = last && last->name[1] == 'd';
	}
}

void pair_free(struct pair_counts *counts)
{
	free(counts->covered);
	free(counts->data);
}

enum pair_result pair_compare(const struct pair *pair,
			      const struct side *patched,
			      const struct side *livepatch,
			      struct pair_counts *counts)
{
	enum pair_result result = PAIR_ALIKE;
	u32 i;

	if (!pair->patched) {
		snprintf(counts->reason, sizeof(counts->reason),
			 "no object has a function of that name and size");
		return PAIR_NOT_COMPARED;
	}
	counts->covered = calloc(pair->patched->size, sizeof(bool));
	counts->data = calloc(pair->patched->size, sizeof(bool));
	if (!counts->covered || !counts->data)
		err(2, "%s", pair->name);
	find_data(&patched->objects[pair->object], pair->patched, counts->data);
	for (i = 0; result == PAIR_ALIKE && i < counts->seeds; i++) {
		struct side here = *patched, there = *livepatch;
		u32 seed = counts->first_seed + i;

		place_both(&here, &there, seed);
		result = check_faults(pair, &here, &there, counts);
		if (result == PAIR_ALIKE &&
		    compare_seed(pair, &here, &there, seed, counts))
			counts->alike++;
		side_free(&here);
		side_free(&there);
		if (i + 1 - counts->alike == MOST_SHOWN)
			break;
	}
	if (result == PAIR_ALIKE && counts->alike != counts->seeds)
		result = PAIR_DIFFERENT;
	return result;
}
