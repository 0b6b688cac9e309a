// SPDX-License-Identifier: GPL-2.0
/*
 * compare.c - what differs between two objects, by meaning
 *
 * References count by what they lead to, not by where that is. What has a name
 * of its own is the same whatever is in it; strings, clones and data without a
 * lasting name are the same if they have the same content.
 */
#include <stdlib.h>
#include <string.h>

#include "compare.h"

/* Atoms that are compared for one pair of objects: many times what is needed. */
#define MOST_STEPS 2000000

/* Bytes that are compared in one step. */
#define STEP_SIZE 256

static bool atoms_equal(struct comparison *comparison, size_t old, size_t new,
			unsigned int depth, uint32_t *where);

static const uint8_t *range_bytes(const struct atoms *atoms,
				  const struct range *range)
{
	const uint8_t *bytes = atoms->bytes[range->section];

	if (!bytes)
		bytes = atoms->elf.section[range->section].data;
	return bytes ? bytes + range->offset : NULL;
}

static bool content_targets_equal(struct comparison *comparison, size_t old,
				  size_t new, unsigned int depth)
{
	const struct atom *a = &comparison->old->atom[old];
	const struct atom *b = &comparison->new->atom[new];
	uint32_t where;

	if (a->kind != b->kind || (a->base && strcmp(a->base, b->base) != 0))
		return false;
	return depth + 1 < COMPARE_NESTED &&
	       atoms_equal(comparison, old, new, depth + 1, &where);
}

static bool targets_equal(struct comparison *comparison, const struct ref *old,
			  const struct ref *new, unsigned int depth)
{
	const struct atoms *olds = comparison->old;
	const struct atoms *news = comparison->new;
	bool paired;

	if (old->kind != new->kind || old->delta != new->delta)
		return false;
	switch (old->kind) {
	case REF_TEXT:
		return old->at_seam ==
		       new->at_seam &&strcmp(old->text, new->text) == 0;
	case REF_SYMBOL:
		return strcmp(olds->elf.symbol[old->target].name,
			      news->elf.symbol[new->target].name) == 0;
	case REF_ATOM:
		break;
	}
	paired = correlate_has_pair(olds, &olds->atom[old->target]);
	if (paired != correlate_has_pair(news, &news->atom[new->target]))
		return false;
	if (paired)
		return comparison->pairs.new_of[old->target] == new->target;
	return content_targets_equal(comparison, old->target, new->target,
				     depth);
}

static bool refs_equal(struct comparison *comparison, const struct range *old,
		       const struct range *new, unsigned int depth,
		       uint32_t *where)
{
	size_t olds;
	size_t news;
	const struct ref *a = atoms_refs(comparison->old, old->section,
					 old->offset, old->size, &olds);
	const struct ref *b = atoms_refs(comparison->new, new->section,
					 new->offset, new->size, &news);
	size_t i;

	for (i = 0; i < olds && i < news; i++) {
		uint32_t offset = a[i].offset - old->offset;

		if (offset == b[i].offset - new->offset &&
		    a[i].type == b[i].type &&targets_equal(comparison, &a[i],
							   &b[i], depth))
			continue;
		*where = offset;
		return false;
	}
	if (olds == news)
		return true;
	*where = i < olds ? a[i].offset - old->offset :
			    b[i].offset - new->offset;
	return false;
}

static bool bytes_equal(const uint8_t *old, const uint8_t *new, uint32_t size,
			uint32_t *where)
{
	uint32_t i;

	if (!old || !new) {
		if (size == 0 || (!old && !new))
			return true;
		*where = 0;
		return false;
	}
	for (i = 0; i < size; i++) {
		if (old[i] != new[i]) {
			*where = i;
			return false;
		}
	}
	return true;
}

/* The earlier of the two places where content differs is the more telling. */
static bool ranges_equal(struct comparison *comparison, const struct range *old,
			 const struct range *new, unsigned int depth,
			 uint32_t *where)
{
	uint32_t size = old->size < new->size ? old->size : new->size;
	uint32_t in_bytes = size;
	uint32_t in_refs = size;
	bool equal = bytes_equal(range_bytes(comparison->old, old),
				 range_bytes(comparison->new, new), size,
				 &in_bytes);

	if (!refs_equal(comparison, old, new, depth, &in_refs))
		equal = false;
	*where = in_bytes < in_refs ? in_bytes : in_refs;
	return equal && old->size == new->size;
}

bool compare_ranges(struct comparison *comparison, const struct range *old,
		    const struct range *new, uint32_t *where)
{
	return ranges_equal(comparison, old, new, 0, where);
}

/* One entry of a table, but for what does not count in it. */
static bool entries_equal(struct comparison *comparison,
			  const struct atom_entry *old,
			  const struct atom_entry *new, unsigned int depth)
{
	const struct special *rule = comparison->old->rule[old->section];
	const struct range a = { old->section, old->offset, rule->entry };
	const struct range b = { new->section, new->offset, rule->entry };
	const uint8_t *left = range_bytes(comparison->old, &a);
	const uint8_t *right = range_bytes(comparison->new, &b);
	const unsigned int rest = rule->skip + rule->skipped;
	uint32_t where;

	if (rule != comparison->new->rule[new->section] ||
	    !refs_equal(comparison, &a, &b, depth, &where))
		return false;
	return bytes_equal(left, right, rule->skip, &where) &&
	       bytes_equal(left + rest, right + rest, rule->entry - rest,
			   &where);
}

static bool tables_equal(struct comparison *comparison, size_t old, size_t new,
			 unsigned int depth)
{
	size_t olds;
	size_t news;
	const struct atom_entry *a = atoms_entries(comparison->old, old, &olds);
	const struct atom_entry *b = atoms_entries(comparison->new, new, &news);
	size_t i;

	if (olds != news)
		return false;
	for (i = 0; i < olds; i++) {
		if (!entries_equal(comparison, &a[i], &b[i], depth))
			return false;
	}
	return true;
}

static bool sections_alike(const struct elf32_section *old,
			   const struct elf32_section *new)
{
	return old->type == new->type &&
	       old->flags == new->flags &&special_is_init(old) ==
		       special_is_init(new) &&
	       special_is_exit(old) == special_is_exit(new);
}

/* What refers to itself is equal if all the rest of it is. */
static bool is_assumed(const struct comparison *comparison, size_t old,
		       size_t new, unsigned int depth)
{
	unsigned int i;

	for (i = 0; i < depth; i++) {
		if (comparison->nest[i].old == old &&
		    comparison->nest[i].new == new)
			return true;
	}
	return false;
}

static bool atoms_equal(struct comparison *comparison, size_t old, size_t new,
			unsigned int depth, uint32_t *where)
{
	const struct atom *a = &comparison->old->atom[old];
	const struct atom *b = &comparison->new->atom[new];
	const struct range left = { a->section, a->offset, a->size };
	const struct range right = { b->section, b->offset, b->size };
	const size_t steps = 1 + a->size / STEP_SIZE;

	*where = 0;
	if (is_assumed(comparison, old, new, depth))
		return true;
	if (comparison->steps <= steps) {
		comparison->steps = 0;
		return false;
	}
	comparison->steps -= steps;
	comparison->nest[depth].old = old;
	comparison->nest[depth].new = new;
	return sections_alike(atoms_section(comparison->old, a),
			      atoms_section(comparison->new, b)) &&
	       ranges_equal(comparison, &left, &right, depth, where) &&
	       tables_equal(comparison, old, new, depth);
}

/* One with this name and content in the other object, or ATOM_NONE. */
static size_t find_twin(struct comparison *comparison, size_t old, size_t new)
{
	const struct atoms *others = old == ATOM_NONE ? comparison->old :
							comparison->new;
	const char *base = old == ATOM_NONE ? comparison->new->atom[new].base :
					      comparison->old->atom[old].base;
	uint32_t where;
	size_t i;

	for (i = 0; i < others->count; i++) {
		if (others->atom[i].kind == ATOM_PIECE ||
		    strcmp(others->atom[i].base, base) != 0)
			continue;
		if (atoms_equal(comparison, old == ATOM_NONE ? i : old,
				old == ATOM_NONE ? new : i, 0, &where))
			return i;
	}
	return ATOM_NONE;
}

size_t compare_twin(struct comparison *comparison, size_t new)
{
	return find_twin(comparison, ATOM_NONE, new);
}

static void compare_old(struct comparison *comparison, size_t old)
{
	const struct atom *atom = &comparison->old->atom[old];
	size_t new = comparison->pairs.new_of[old];

	if (atom->kind == ATOM_PIECE ||
	    atoms_kind(comparison->old, atom) == SPECIAL_NOTHING)
		return;
	if (new != ATOM_NONE) {
		if (atoms_equal(comparison, old, new, 0,
				&comparison->where[old]))
			return;
		comparison->old_change[old] = CHANGE_CHANGED;
		comparison->new_change[new] = CHANGE_CHANGED;
		return;
	}
	if (correlate_has_pair(comparison->old, atom) ||
	    find_twin(comparison, old, ATOM_NONE) == ATOM_NONE)
		comparison->old_change[old] = CHANGE_GONE;
}

static void compare_new(struct comparison *comparison, size_t new)
{
	const struct atom *atom = &comparison->new->atom[new];

	if (atom->kind == ATOM_PIECE ||
	    comparison->pairs.old_of[new] != ATOM_NONE ||
	    atoms_kind(comparison->new, atom) == SPECIAL_NOTHING)
		return;
	if (correlate_has_pair(comparison->new, atom) ||
	    find_twin(comparison, ATOM_NONE, new) == ATOM_NONE)
		comparison->new_change[new] = CHANGE_NEW;
}

bool compare(const struct atoms *old, const struct atoms *new,
	     struct comparison *comparison, struct fault *fault)
{
	size_t i;

	memset(comparison, 0, sizeof(*comparison));
	comparison->old = old;
	comparison->new = new;
	comparison->steps = MOST_STEPS;
	comparison->old_change = array_new(old->count, 1);
	comparison->new_change = array_new(new->count, 1);
	comparison->where = array_new(old->count, sizeof(*comparison->where));
	correlate(old, new, &comparison->pairs);
	for (i = 0; i < old->count; i++)
		compare_old(comparison, i);
	for (i = 0; i < new->count; i++)
		compare_new(comparison, i);
	if (comparison->steps)
		return true;
	return fault_set(fault,
			 "%s: refers to itself in too many ways to be compared",
			 old->elf.path);
}

void comparison_free(struct comparison *comparison)
{
	correlation_free(&comparison->pairs);
	free(comparison->old_change);
	free(comparison->new_change);
	free(comparison->where);
	memset(comparison, 0, sizeof(*comparison));
}
