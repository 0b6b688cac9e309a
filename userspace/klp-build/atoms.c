// SPDX-License-Identifier: GPL-2.0
/*
 * atoms.c - an object as functions, variables and what refers to what
 */
#include <stdlib.h>
#include <string.h>

#include "atoms.h"
#include "names.h"
#include "refs.h"

static bool is_named(const struct elf32 *elf, const struct elf32_symbol *symbol)
{
	return (symbol->type == STT_FUNC || symbol->type == STT_OBJECT) &&
	       symbol->size && elf32_in_section(elf, symbol) &&
	       (elf->section[symbol->section].flags & SHF_ALLOC);
}

/* By place. What is larger comes first, and of one place the global name. */
static int compare_atoms(const void *left, const void *right)
{
	const struct atom *a = left;
	const struct atom *b = right;
	const int order = elf32_compare_places(a->section, a->offset,
					       b->section, b->offset);

	if (order)
		return order;
	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	if (a->used != b->used)
		return a->used ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void index_sections(struct atoms *atoms)
{
	size_t section = 0;
	size_t i;

	for (i = 0; i < atoms->count; i++) {
		while (section <= atoms->atom[i].section)
			atoms->first[section++] = i;
	}
	while (section <= atoms->elf.sections)
		atoms->first[section++] = atoms->count;
}

static struct atom *add_atom(struct atoms *atoms, enum atom_kind kind,
			     uint32_t section, uint32_t offset, uint32_t size)
{
	struct atom *atom;

	atoms->atom =
		array_more(atoms->atom, atoms->count, sizeof(*atoms->atom));
	atom = &atoms->atom[atoms->count++];
	memset(atom, 0, sizeof(*atom));
	atom->kind = kind;
	atom->name = "";
	atom->section = section;
	atom->offset = offset;
	atom->size = size;
	return atom;
}

/* While they are sorted, "used" says that the name is a global one. */
static void add_named(struct atoms *atoms)
{
	uint32_t i;

	for (i = 1; i < atoms->elf.symbols; i++) {
		const struct elf32_symbol *symbol = &atoms->elf.symbol[i];
		struct atom *atom;

		if (!is_named(&atoms->elf, symbol))
			continue;
		atom = add_atom(atoms,
				symbol->type == STT_FUNC ? ATOM_FUNC :
							   ATOM_OBJECT,
				symbol->section, symbol->value, symbol->size);
		atom->name = symbol->name;
		atom->symbol = i;
		atom->used = symbol->bind != STB_LOCAL;
	}
	if (atoms->count)
		qsort(atoms->atom, atoms->count, sizeof(*atoms->atom),
		      compare_atoms);
}

/* Symbols of one place become one atom; one within another is part of it. */
static bool merge_named(struct atoms *atoms, struct fault *fault)
{
	struct atom *last = NULL;
	size_t count = 0;
	size_t i;

	for (i = 0; i < atoms->count; i++) {
		const struct atom *atom = &atoms->atom[i];

		if (last && last->section == atom->section &&
		    atom->offset < last->offset + last->size) {
			if (atom->offset + atom->size >
			    last->offset + last->size)
				return fault_set(fault, "%s: %s and %s overlap",
						 atoms->elf.path, last->name,
						 atom->name);
			continue;
		}
		atoms->atom[count] = *atom;
		last = &atoms->atom[count++];
		last->used = false;
		last->base = names_base(last->name);
	}
	atoms->count = count;
	index_sections(atoms);
	return true;
}

struct cut {
	uint32_t section;
	uint32_t offset;
};

static int compare_cuts(const void *left, const void *right)
{
	const struct cut *a = left;
	const struct cut *b = right;

	return elf32_compare_places(a->section, a->offset, b->section,
				    b->offset);
}

struct cuts {
	struct cut *cut;
	size_t count;
	size_t next;
};

static void find_cuts(const struct raw_refs *raw, const struct elf32 *elf,
		      struct cuts *cuts)
{
	size_t i;

	cuts->cut = array_new(raw->count, sizeof(*cuts->cut));
	cuts->count = 0;
	cuts->next = 0;
	for (i = 0; i < raw->count; i++) {
		const struct raw_ref *ref = &raw->ref[i];

		if (!ref->to || ref->anchor < 0 ||
		    ref->anchor >= elf->section[ref->to].size)
			continue;
		cuts->cut[cuts->count].section = ref->to;
		cuts->cut[cuts->count++].offset = (uint32_t)ref->anchor;
	}
	qsort(cuts->cut, cuts->count, sizeof(*cuts->cut), compare_cuts);
}

/* One gap between named atoms becomes as many pieces as it has cuts. */
static void fill_gap(struct atoms *atoms, struct cuts *cuts, uint32_t section,
		     uint32_t from, uint32_t to)
{
	uint32_t start = from;

	while (cuts->next < cuts->count) {
		const struct cut *cut = &cuts->cut[cuts->next];

		if (cut->section > section ||
		    (cut->section == section && cut->offset >= to))
			break;
		cuts->next++;
		if (cut->section < section || cut->offset <= start)
			continue;
		add_atom(atoms, ATOM_PIECE, section, start,
			 cut->offset - start);
		start = cut->offset;
	}
	if (to > start)
		add_atom(atoms, ATOM_PIECE, section, start, to - start);
}

static void fill_section(struct atoms *atoms, struct cuts *cuts,
			 uint32_t section, size_t first, size_t end)
{
	uint32_t offset = 0;
	size_t i;

	for (i = first; i < end; i++) {
		/* The array may move while pieces are added to it. */
		const struct atom atom = atoms->atom[i];

		fill_gap(atoms, cuts, section, offset, atom.offset);
		offset = atom.offset + atom.size;
	}
	fill_gap(atoms, cuts, section, offset,
		 atoms->elf.section[section].size);
	/* Something may refer to a section with nothing in it. */
	if (atoms->elf.section[section].size == 0)
		add_atom(atoms, ATOM_PIECE, section, 0, 0);
}

static void add_pieces(struct atoms *atoms, const struct raw_refs *raw)
{
	const size_t named = atoms->count;
	struct cuts cuts;
	uint32_t i;

	find_cuts(raw, &atoms->elf, &cuts);
	for (i = 1; i < atoms->elf.sections; i++) {
		if ((atoms->elf.section[i].flags & SHF_ALLOC) &&
		    atoms->rule[i]->kind != SPECIAL_TEXT)
			fill_section(atoms, &cuts, i, atoms->first[i],
				     atoms->first[i + 1]);
	}
	free(cuts.cut);
	if (atoms->count > named)
		qsort(atoms->atom, atoms->count, sizeof(*atoms->atom),
		      compare_atoms);
	index_sections(atoms);
}

static void find_symbols(struct atoms *atoms)
{
	size_t i;

	atoms->of_symbol =
		array_new(atoms->elf.symbols, sizeof(*atoms->of_symbol));
	for (i = 0; i < atoms->elf.symbols; i++) {
		const struct elf32_symbol *symbol = &atoms->elf.symbol[i];

		atoms->of_symbol[i] = ATOM_NONE;
		if (is_named(&atoms->elf, symbol))
			atoms->of_symbol[i] =
				atoms_at(atoms, symbol->section, symbol->value);
	}
}

static int compare_entries(const void *left, const void *right)
{
	const struct atom_entry *a = left;
	const struct atom_entry *b = right;

	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	return elf32_compare_places(a->section, a->offset, b->section,
				    b->offset);
}

static bool read_table(struct atoms *atoms, uint32_t section,
		       struct fault *fault)
{
	const struct elf32_section *table = &atoms->elf.section[section];
	const uint32_t size = atoms->rule[section]->entry;
	uint32_t offset;

	if (table->size % size)
		return fault_set(fault,
				 "%s: %s has other entries than of %u bytes",
				 atoms->elf.path, table->name, size);
	for (offset = 0; offset < table->size; offset += size) {
		struct atom_entry *entry;
		size_t count;
		const struct ref *ref =
			atoms_refs(atoms, section, offset, 4, &count);

		if (count != 1 || ref->kind != REF_ATOM)
			return fault_set(fault,
					 "%s: %s+0x%x does not refer to code",
					 atoms->elf.path, table->name, offset);
		atoms->entry = array_more(atoms->entry, atoms->entries,
					  sizeof(*atoms->entry));
		entry = &atoms->entry[atoms->entries++];
		entry->owner = ref->target;
		entry->section = section;
		entry->offset = offset;
	}
	return true;
}

static bool read_tables(struct atoms *atoms, struct fault *fault)
{
	uint32_t i;

	for (i = 1; i < atoms->elf.sections; i++) {
		if (atoms->rule[i]->kind == SPECIAL_TABLE &&
		    !read_table(atoms, i, fault))
			return false;
	}
	if (atoms->entries)
		qsort(atoms->entry, atoms->entries, sizeof(*atoms->entry),
		      compare_entries);
	return true;
}

/* Variables that are reached through another one cannot be told apart. */
static bool check_anchors(const struct elf32 *elf, struct fault *fault)
{
	size_t i;

	for (i = 1; i < elf->symbols; i++) {
		if (strncmp(elf->symbol[i].name, ".LANCHOR", 8) == 0)
			return fault_set(fault,
					 "%s: built with section anchors",
					 elf->path);
	}
	return true;
}

bool atoms_read(struct atoms *atoms, const char *path, struct fault *fault)
{
	struct raw_refs raw = { 0 };
	bool done = false;
	size_t i;

	memset(atoms, 0, sizeof(*atoms));
	if (!elf32_open(&atoms->elf, path, fault) ||
	    !check_anchors(&atoms->elf, fault))
		return false;
	atoms->rule =
		array_new(atoms->elf.sections, sizeof(const struct special *));
	for (i = 0; i < atoms->elf.sections; i++)
		atoms->rule[i] = special_of(&atoms->elf.section[i]);
	atoms->first =
		array_new(atoms->elf.sections + 1, sizeof(*atoms->first));
	add_named(atoms);
	if (merge_named(atoms, fault) && refs_collect(atoms, &raw, fault)) {
		add_pieces(atoms, &raw);
		find_symbols(atoms);
		done = refs_resolve(atoms, &raw, fault) &&
		       read_tables(atoms, fault);
	}
	free(raw.ref);
	return done;
}

void atoms_free(struct atoms *atoms)
{
	size_t i;

	for (i = 0; i < atoms->count; i++)
		free(atoms->atom[i].base);
	for (i = 0; atoms->bytes && i < atoms->elf.sections; i++)
		free(atoms->bytes[i]);
	free(atoms->bytes);
	free(atoms->rule);
	free(atoms->atom);
	free(atoms->first);
	free(atoms->of_symbol);
	free(atoms->ref);
	free(atoms->first_ref);
	free(atoms->entry);
	elf32_close(&atoms->elf);
	memset(atoms, 0, sizeof(*atoms));
	atoms->elf.fd = -1;
}

size_t atoms_at(const struct atoms *atoms, uint32_t section, uint32_t offset)
{
	size_t low = atoms->first[section];
	size_t high = atoms->first[section + 1];
	const size_t first = low;
	const struct atom *atom;

	while (low < high) { /* the first one that begins behind it */
		size_t middle = low + (high - low) / 2;

		if (atoms->atom[middle].offset <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == first)
		return ATOM_NONE;
	atom = &atoms->atom[low - 1];
	if (offset < atom->offset + atom->size ||
	    offset == atoms->elf.section[section].size)
		return low - 1;
	return ATOM_NONE;
}

static size_t first_ref_at(const struct atoms *atoms, uint32_t section,
			   uint32_t offset)
{
	size_t low = atoms->first_ref[section];
	size_t high = atoms->first_ref[section + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (atoms->ref[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct ref *atoms_refs(const struct atoms *atoms, uint32_t section,
			     uint32_t offset, uint32_t size, size_t *count)
{
	size_t first = first_ref_at(atoms, section, offset);

	*count = first_ref_at(atoms, section, offset + size) - first;
	return atoms->ref + first;
}

const struct atom_entry *atoms_entries(const struct atoms *atoms, size_t owner,
				       size_t *count)
{
	size_t low = 0;
	size_t high = atoms->entries;
	size_t first;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (atoms->entry[middle].owner < owner)
			low = middle + 1;
		else
			high = middle;
	}
	first = low;
	while (low < atoms->entries && atoms->entry[low].owner == owner)
		low++;
	*count = low - first;
	return *count ? &atoms->entry[first] : NULL;
}

const struct elf32_section *atoms_section(const struct atoms *atoms,
					  const struct atom *atom)
{
	return &atoms->elf.section[atom->section];
}

enum special_kind atoms_kind(const struct atoms *atoms, const struct atom *atom)
{
	return atoms->rule[atom->section]->kind;
}
