// SPDX-License-Identifier: GPL-2.0
/*
 * correlate.c - which symbol of the old object is which of the new one
 */
#include <stdlib.h>
#include <string.h>

#include "correlate.h"
#include "names.h"

/* A named atom, and what there is to know it by. */
struct candidate {
	const char *base;
	enum atom_kind kind;
	size_t atom;
	uint32_t content; /* hash of its bytes and what they refer to */
	uint32_t users; /* hash of the functions that refer to it */
};

struct candidates {
	struct candidate *candidate;
	size_t count;
};

/* FNV-1a */
static uint32_t hash(uint32_t seed, const void *data, size_t size)
{
	const uint8_t *byte = data;

	while (size-- > 0)
		seed = (seed ^ *byte++) * 16777619U;
	return seed;
}

#define HASH_START 2166136261U

static uint32_t hash_text(uint32_t seed, const char *text)
{
	return hash(seed, text, strlen(text) + 1);
}

bool correlate_has_pair(const struct atoms *atoms, const struct atom *atom)
{
	if (atom->kind == ATOM_PIECE ||
	    atoms_kind(atoms, atom) == SPECIAL_NOTES)
		return false;
	if (atom->kind == ATOM_FUNC)
		return !names_is_clone(atom->name);
	return !names_is_note(atom->name, atoms_section(atoms, atom));
}

static const char *target_name(const struct atoms *atoms, const struct ref *ref)
{
	switch (ref->kind) {
	case REF_ATOM:
		return atoms->atom[ref->target].base ?
			       atoms->atom[ref->target].base :
			       "";
	case REF_TEXT:
		return ref->text;
	case REF_SYMBOL:
		return atoms->elf.symbol[ref->target].name;
	}
	return "";
}

static uint32_t content_hash(const struct atoms *atoms, const struct atom *atom)
{
	const uint8_t *bytes = atoms->bytes[atom->section];
	uint32_t result = hash(HASH_START, &atom->size, sizeof(atom->size));
	const struct ref *ref;
	size_t count;
	size_t i;

	if (!bytes)
		bytes = atoms->elf.section[atom->section].data;
	if (bytes)
		result = hash(result, bytes + atom->offset, atom->size);
	ref = atoms_refs(atoms, atom->section, atom->offset, atom->size,
			 &count);
	for (i = 0; i < count; i++)
		result = hash_text(result, target_name(atoms, &ref[i]));
	return result;
}

/* The same set gives the same sum, in whatever order they refer to it. */
static uint32_t *user_hashes(const struct atoms *atoms)
{
	uint32_t *users = array_new(atoms->count, sizeof(*users));
	size_t *last = array_new(atoms->count, sizeof(*last));
	size_t i;

	for (i = 0; i < atoms->refs; i++) {
		const struct ref *ref = &atoms->ref[i];
		size_t from = atoms_at(atoms, ref->section, ref->offset);

		if (ref->kind != REF_ATOM || from == ATOM_NONE ||
		    !atoms->atom[from].base || last[ref->target] == from + 1)
			continue;
		/* References of one atom follow each other. */
		last[ref->target] = from + 1;
		users[ref->target] +=
			hash_text(HASH_START, atoms->atom[from].base);
	}
	free(last);
	return users;
}

static int compare_names(const struct candidate *a, const struct candidate *b)
{
	int names = strcmp(a->base, b->base);

	return names ? names : (int)a->kind - (int)b->kind;
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left;
	const struct candidate *b = right;
	int names = compare_names(a, b);

	if (names)
		return names;
	return (a->atom > b->atom) - (a->atom < b->atom);
}

static void collect(const struct atoms *atoms, struct candidates *list)
{
	uint32_t *users = user_hashes(atoms);
	size_t i;

	list->candidate = array_new(atoms->count, sizeof(*list->candidate));
	list->count = 0;
	for (i = 0; i < atoms->count; i++) {
		const struct atom *atom = &atoms->atom[i];
		struct candidate *candidate = &list->candidate[list->count];

		if (!correlate_has_pair(atoms, atom))
			continue;
		candidate->base = atom->base;
		candidate->kind = atom->kind;
		candidate->atom = i;
		candidate->content = content_hash(atoms, atom);
		candidate->users = users[i];
		list->count++;
	}
	free(users);
	qsort(list->candidate, list->count, sizeof(*list->candidate),
	      compare_candidates);
}

/* What two candidates of one name have to have in common, the most first. */
enum level {
	SAME_ALL,
	SAME_USERS,
	SAME_CONTENT,
	LEVELS
};

/* Candidates of one name, in both objects. */
struct group {
	const struct candidate *old;
	const struct candidate *new;
	size_t olds;
	size_t news;
	const struct atoms *atoms[2]; /* old and new */
	struct correlation *pairs;
};

static void pair(const struct group *group, size_t old, size_t new)
{
	group->pairs->new_of[group->old[old].atom] = group->new[new].atom;
	group->pairs->old_of[group->new[new].atom] = group->old[old].atom;
}

static bool old_is_free(const struct group *group, size_t old)
{
	return group->pairs->new_of[group->old[old].atom] == ATOM_NONE;
}

static bool new_is_free(const struct group *group, size_t new)
{
	return group->pairs->old_of[group->new[new].atom] == ATOM_NONE;
}

/* The next atom that refers to a target, from one of the references on. */
static const struct atom *next_user(const struct atoms *atoms, size_t target,
				    size_t *ref)
{
	while (*ref < atoms->refs) {
		const struct ref *one = &atoms->ref[(*ref)++];
		size_t from;

		if (one->kind != REF_ATOM || one->target != target)
			continue;
		from = atoms_at(atoms, one->section, one->offset);
		if (from != ATOM_NONE && atoms->atom[from].base)
			return &atoms->atom[from];
	}
	return NULL;
}

/* Does one function refer to both of them? */
static bool share_user(const struct group *group, size_t old, size_t new)
{
	const struct atom *left;
	const struct atom *right;
	size_t i = 0;

	while ((left = next_user(group->atoms[0], group->old[old].atom, &i))) {
		size_t j = 0;

		while ((right = next_user(group->atoms[1], group->new[new].atom,
					  &j))) {
			if (strcmp(left->base, right->base) == 0)
				return true;
		}
	}
	return false;
}

/* Is any of them a static local? A new one may have the name of what all share. */
static bool is_local(const struct group *group, size_t old, size_t new)
{
	const struct atom *left = &group->atoms[0]->atom[group->old[old].atom];
	const struct atom *right = &group->atoms[1]->atom[group->new[new].atom];

	return names_is_local(left->name) || names_is_local(right->name);
}

/* What static locals are of is the function. Many are zero, and alike. */
static bool fit(const struct group *group, size_t old, size_t new,
		enum level level)
{
	const struct candidate *a = &group->old[old];
	const struct candidate *b = &group->new[new];

	if (level != SAME_USERS && a->content != b->content)
		return false;
	if (a->users == b->users)
		return true;
	return level == SAME_CONTENT &&
	       (!is_local(group, old, new) || share_user(group, old, new));
}

/* The one new candidate that fits, and which only this old one fits. */
static size_t only_fit(const struct group *group, size_t old, enum level level)
{
	size_t found = SIZE_MAX;
	size_t i;

	for (i = 0; i < group->news; i++) {
		if (!new_is_free(group, i) || !fit(group, old, i, level))
			continue;
		if (found != SIZE_MAX)
			return SIZE_MAX;
		found = i;
	}
	for (i = 0; found != SIZE_MAX && i < group->olds; i++) {
		if (i != old && old_is_free(group, i) &&
		    fit(group, i, found, level))
			return SIZE_MAX;
	}
	return found;
}

/*
 * What is left, in the order of the objects, as long as one function refers to
 * both. Otherwise it is another variable with the same name.
 */
static void pair_by_position(const struct group *group)
{
	size_t i;
	size_t j;

	for (i = 0; i < group->olds; i++) {
		if (!old_is_free(group, i))
			continue;
		for (j = 0; j < group->news; j++) {
			if (new_is_free(group, j) && share_user(group, i, j))
				break;
		}
		if (j == group->news)
			continue;
		pair(group, i, j);
		group->pairs->guessed[group->old[i].atom] = true;
	}
}

static bool has_users(const struct group *group)
{
	return group->old->users && group->new->users;
}

static void pair_group(const struct group *group)
{
	enum level level;
	size_t old;

	/* A static local may have gone, and another one be new. */
	if (group->olds == 1 && group->news == 1 &&
	    (!is_local(group, 0, 0) || share_user(group, 0, 0) ||
	     !has_users(group))) {
		pair(group, 0, 0);
		return;
	}
	for (level = SAME_ALL; level < LEVELS; level++) {
		for (old = 0; old < group->olds; old++) {
			size_t new = SIZE_MAX;

			if (old_is_free(group, old))
				new = only_fit(group, old, level);
			if (new != SIZE_MAX)
				pair(group, old, new);
		}
	}
	pair_by_position(group);
}

static size_t group_size(const struct candidates *list, size_t first)
{
	size_t end = first;

	while (end < list->count && compare_names(&list->candidate[first],
						  &list->candidate[end]) == 0)
		end++;
	return end - first;
}

static void pair_all(const struct candidates *old, const struct candidates *new,
		     const struct atoms *const atoms[2],
		     struct correlation *pairs)
{
	size_t i = 0;
	size_t j = 0;

	while (i < old->count && j < new->count) {
		int order =
			compare_names(&old->candidate[i], &new->candidate[j]);
		struct group group = {
			.old = &old->candidate[i],
			.new = &new->candidate[j],
			.atoms = { atoms[0], atoms[1] },
			.pairs = pairs,
		};

		group.olds = group_size(old, i);
		group.news = group_size(new, j);
		if (order == 0)
			pair_group(&group);
		if (order <= 0)
			i += group.olds;
		if (order >= 0)
			j += group.news;
	}
}

static size_t *no_pairs(size_t count)
{
	size_t *pairs = array_new(count, sizeof(*pairs));
	size_t i;

	for (i = 0; i < count; i++)
		pairs[i] = ATOM_NONE;
	return pairs;
}

void correlate(const struct atoms *old, const struct atoms *new,
	       struct correlation *pairs)
{
	const struct atoms *const atoms[2] = { old, new };
	struct candidates olds;
	struct candidates news;

	pairs->new_of = no_pairs(old->count);
	pairs->old_of = no_pairs(new->count);
	pairs->guessed = array_new(old->count, sizeof(*pairs->guessed));
	collect(old, &olds);
	collect(new, &news);
	pair_all(&olds, &news, atoms, pairs);
	free(olds.candidate);
	free(news.candidate);
}

void correlation_free(struct correlation *pairs)
{
	free(pairs->new_of);
	free(pairs->old_of);
	free(pairs->guessed);
	memset(pairs, 0, sizeof(*pairs));
}
