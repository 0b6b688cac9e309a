// SPDX-License-Identifier: GPL-2.0
/*
 * refs.c - the references of an object, before and after its atoms are known
 */
#include <stdlib.h>
#include <string.h>

#include "branch.h"
#include "refs.h"

/* What a relocation is against: where it is, and what is added to that. */
static bool take_rel(const struct atoms *atoms, uint32_t section,
		     const struct elf32_rel *rel, struct raw_refs *raw,
		     struct fault *fault)
{
	const struct elf32_symbol *symbol = &atoms->elf.symbol[rel->symbol];
	struct raw_ref *ref;

	if (reloc_size(rel->type) == 0)
		return true;
	raw->ref = array_more(raw->ref, raw->count, sizeof(*raw->ref));
	ref = &raw->ref[raw->count++];
	memset(ref, 0, sizeof(*ref));
	ref->type = rel->type;
	ref->section = section;
	ref->offset = rel->offset;
	ref->symbol = rel->symbol;
	ref->delta = (int64_t)rel->addend - rel->type->bias;
	if (!elf32_in_section(&atoms->elf, symbol))
		return true;
	ref->to = symbol->section;
	ref->anchor = symbol->value;
	if (symbol->type == STT_SECTION) {
		ref->anchor += ref->delta;
		ref->delta = 0;
		/* Of Thumb code an address may have bit 0 set. */
		if (atoms->elf.section[ref->to].flags & SHF_EXECINSTR)
			ref->anchor &= ~1LL;
	}
	if (atoms->elf.section[ref->to].flags & SHF_ALLOC)
		return true;
	return fault_set(
		fault, "%s: %s+0x%x refers to section %s, which is not loaded",
		atoms->elf.path, atoms->elf.section[section].name, rel->offset,
		atoms->elf.section[ref->to].name);
}

static void take_branch(const struct atoms *atoms, uint32_t section,
			const struct branch *branch, struct raw_refs *raw)
{
	const size_t from = atoms_at(atoms, section, branch->offset);
	const struct atom *atom;
	struct raw_ref *ref;

	if (from == ATOM_NONE || branch->target < 0 ||
	    branch->target >= atoms->elf.section[section].size)
		return;
	atom = &atoms->atom[from];
	if (branch->target >= atom->offset &&
	    branch->target < (int64_t)atom->offset + atom->size)
		return;
	raw->ref = array_more(raw->ref, raw->count, sizeof(*raw->ref));
	ref = &raw->ref[raw->count++];
	memset(ref, 0, sizeof(*ref));
	ref->type = branch->type;
	ref->section = section;
	ref->offset = branch->offset;
	ref->to = section;
	ref->anchor = branch->target;
}

/* Is a field of a relocation there? */
static bool has_rel(const struct elf32 *elf, uint32_t section, uint32_t offset)
{
	size_t count;
	const struct elf32_rel *rel =
		elf32_rels(elf, section, offset, 1, &count);

	while (count-- > 0) {
		if (reloc_size(rel++->type))
			return true;
	}
	return false;
}

/* From one mapping symbol to the next. */
static void scan_code(const struct atoms *atoms, uint32_t index, char mode,
		      uint32_t from, uint32_t to, struct raw_refs *raw)
{
	const struct elf32_section *section = &atoms->elf.section[index];
	const uint8_t *data = section->data;
	struct branch branch = { .offset = from };
	uint32_t step;

	for (; branch.offset + (mode == 't' ? 2 : 4) <= to;
	     branch.offset += step) {
		const uint8_t *at = data + branch.offset;
		uint32_t first = (uint32_t)at[0] | (uint32_t)at[1] << 8;
		uint32_t second = 0;
		bool found;

		step = mode == 'a' || branch_is_wide(first) ? 4 : 2;
		if (step > to - branch.offset)
			return;
		if (step == 4)
			second = (uint32_t)at[2] | (uint32_t)at[3] << 8;
		found = mode == 'a' ?
				branch_arm(second << 16 | first, &branch) :
				branch_thumb(first, second, &branch);
		if (found && !has_rel(&atoms->elf, index, branch.offset))
			take_branch(atoms, index, &branch, raw);
	}
}

struct mapping {
	uint32_t section;
	uint32_t offset;
	char mode;
};

static int compare_mappings(const void *left, const void *right)
{
	const struct mapping *a = left;
	const struct mapping *b = right;

	return elf32_compare_places(a->section, a->offset, b->section,
				    b->offset);
}

/* In a section with one function only, no branch leaves it unseen. */
static bool is_shared_code(const struct atoms *atoms, uint32_t section)
{
	return atoms->rule[section]->kind == SPECIAL_CODE &&
	       atoms->elf.section[section].data &&
	       atoms->first[section + 1] - atoms->first[section] > 1;
}

static void take_branches(const struct atoms *atoms, struct raw_refs *raw)
{
	struct mapping *mapping = NULL;
	size_t count = 0;
	size_t i;

	for (i = 1; i < atoms->elf.symbols; i++) {
		const struct elf32_symbol *symbol = &atoms->elf.symbol[i];

		if (!elf32_mapping(symbol) ||
		    !elf32_in_section(&atoms->elf, symbol) ||
		    !is_shared_code(atoms, symbol->section))
			continue;
		mapping = array_more(mapping, count, sizeof(*mapping));
		mapping[count].section = symbol->section;
		mapping[count].offset = symbol->value;
		mapping[count++].mode = elf32_mapping(symbol);
	}
	if (count)
		qsort(mapping, count, sizeof(*mapping), compare_mappings);
	for (i = 0; i < count; i++) {
		const struct mapping *this = &mapping[i];
		uint32_t end = atoms->elf.section[this->section].size;

		if (i + 1 < count && this[1].section == this->section)
			end = this[1].offset;
		if (this->mode != 'd')
			scan_code(atoms, this->section, this->mode,
				  this->offset, end, raw);
	}
	free(mapping);
}

static int compare_raw(const void *left, const void *right)
{
	const struct raw_ref *a = left;
	const struct raw_ref *b = right;
	const int order = elf32_compare_places(a->section, a->offset,
					       b->section, b->offset);

	if (order)
		return order;
	return (a->type->type > b->type->type) -
	       (a->type->type < b->type->type);
}

bool refs_collect(const struct atoms *atoms, struct raw_refs *raw,
		  struct fault *fault)
{
	const struct elf32 *elf = &atoms->elf;
	uint32_t i;
	size_t j;

	memset(raw, 0, sizeof(*raw));
	for (i = 1; i < elf->sections; i++) {
		const struct elf32_section *section = &elf->section[i];

		if (atoms->rule[i]->kind == SPECIAL_NOTHING)
			continue;
		for (j = 0; j < section->rels; j++) {
			if (!take_rel(atoms, i,
				      &elf->rel[section->first_rel + j], raw,
				      fault))
				return false;
		}
	}
	take_branches(atoms, raw);
	if (raw->count)
		qsort(raw->ref, raw->count, sizeof(*raw->ref), compare_raw);
	return true;
}

static bool resolve_text(const struct atoms *atoms, const struct raw_ref *raw,
			 struct ref *ref, struct fault *fault)
{
	const struct elf32_section *section = &atoms->elf.section[raw->to];
	const char *end;

	ref->kind = REF_TEXT;
	if (raw->anchor < 0 || raw->anchor >= section->size || !section->data ||
	    !memchr(section->data + raw->anchor, '\0',
		    section->size - (size_t)raw->anchor))
		return fault_set(fault, "%s: %s+0x%x refers to no string",
				 atoms->elf.path,
				 atoms->elf.section[raw->section].name,
				 raw->offset);
	ref->text = (const char *)section->data + raw->anchor;
	ref->delta = raw->delta;
	/* One before a string is the end of the string before that. */
	ref->at_seam = *ref->text == '\0' &&
		       atoms->elf.symbol[raw->symbol].type == STT_SECTION;
	if (!ref->at_seam)
		return true;
	end = (const char *)section->data + section->size;
	while (ref->text + 1 < end && *ref->text == '\0')
		ref->text++;
	/* What is not ended is not what an address before it is for. */
	if (!memchr(ref->text, '\0', (size_t)(end - ref->text)))
		ref->text = "";
	return true;
}

/*
 * A loop may begin in front of an array, or end behind it: what is beside a section
 * is of its first atom, or its last. A section with one atom has no other.
 */
static size_t find_target(const struct atoms *atoms, const struct raw_ref *raw)
{
	const size_t first = atoms->first[raw->to];
	const size_t end = atoms->first[raw->to + 1];

	if (first == end)
		return ATOM_NONE;
	if (end - first == 1 || raw->anchor < 0)
		return first;
	if (raw->anchor > atoms->elf.section[raw->to].size)
		return end - 1;
	return atoms_at(atoms, raw->to, (uint32_t)raw->anchor);
}

static bool resolve_atom(const struct atoms *atoms, const struct raw_ref *raw,
			 struct ref *ref, struct fault *fault)
{
	const struct atom *target;

	ref->kind = REF_ATOM;
	ref->target = ATOM_NONE;
	if (raw->symbol)
		ref->target = atoms->of_symbol[raw->symbol];
	if (ref->target == ATOM_NONE)
		ref->target = find_target(atoms, raw);
	if (ref->target == ATOM_NONE)
		return fault_set(fault,
				 "%s: %s+0x%x refers to a place outside of %s",
				 atoms->elf.path,
				 atoms->elf.section[raw->section].name,
				 raw->offset, atoms->elf.section[raw->to].name);
	target = &atoms->atom[ref->target];
	ref->delta = raw->anchor - target->offset + raw->delta;
	ref->at_seam = ref->delta == 0 && ref->target > atoms->first[raw->to] &&
		       target[-1].kind == ATOM_OBJECT &&
		       target[-1].offset + target[-1].size == target->offset &&
		       atoms->elf.symbol[raw->symbol].type == STT_SECTION;
	return true;
}

static bool resolve(struct atoms *atoms, const struct raw_ref *raw,
		    struct fault *fault)
{
	struct ref *ref = &atoms->ref[atoms->refs++];

	ref->type = raw->type;
	ref->section = raw->section;
	ref->offset = raw->offset;
	if (raw->to == 0) {
		ref->kind = REF_SYMBOL;
		ref->target = raw->symbol;
		ref->delta = raw->delta;
		return true;
	}
	if (atoms->rule[raw->to]->kind == SPECIAL_TEXT)
		return resolve_text(atoms, raw, ref, fault);
	if (!resolve_atom(atoms, raw, ref, fault))
		return false;
	atoms->atom[ref->target].used = true;
	return true;
}

static void clear_field(struct atoms *atoms, const struct ref *ref)
{
	const struct elf32_section *section = &atoms->elf.section[ref->section];
	uint8_t *place;

	if (!atoms->bytes[ref->section]) {
		atoms->bytes[ref->section] = array_new(section->size, 1);
		memcpy(atoms->bytes[ref->section], section->data,
		       section->size);
	}
	place = atoms->bytes[ref->section] + ref->offset;
	reloc_store(ref->type, place,
		    reloc_load(ref->type, place) & ~reloc_mask(ref->type));
}

bool refs_resolve(struct atoms *atoms, const struct raw_refs *raw,
		  struct fault *fault)
{
	size_t section = 0;
	size_t i;

	atoms->ref = array_new(raw->count, sizeof(*atoms->ref));
	atoms->first_ref =
		array_new(atoms->elf.sections + 1, sizeof(*atoms->first_ref));
	atoms->bytes = array_new(atoms->elf.sections, sizeof(*atoms->bytes));
	for (i = 0; i < raw->count; i++) {
		while (section <= raw->ref[i].section)
			atoms->first_ref[section++] = i;
		if (!resolve(atoms, &raw->ref[i], fault))
			return false;
		clear_field(atoms, &atoms->ref[i]);
	}
	while (section <= atoms->elf.sections)
		atoms->first_ref[section++] = raw->count;
	return true;
}
