// SPDX-License-Identifier: GPL-2.0
/*
 * carry.c - which parts of the new object a livepatch has to have
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "carry.h"
#include "padding.h"

static const struct atoms *news(const struct carry *carry)
{
	return carry->refer->judgement->comparison.new;
}

static struct refusals *refusals(const struct carry *carry)
{
	return &carry->refer->judgement->refusals;
}

static void mark(struct carry *carry, size_t index)
{
	if (carry->carried[index])
		return;
	carry->carried[index] = true;
	carry->work[carry->count++] = index;
}

static size_t count_named(const struct atoms *atoms, uint32_t section)
{
	size_t count = 0;
	size_t i;

	for (i = atoms->first[section]; i < atoms->first[section + 1]; i++)
		count += atoms->atom[i].kind != ATOM_PIECE;
	return count;
}

/* Does ARM or Thumb code of fixups end with a jump back? */
static bool ends_with_jump(const struct atoms *atoms, const struct atom *piece)
{
	size_t count;
	const struct ref *ref = atoms_refs(atoms, piece->section, piece->offset,
					   piece->size, &count);
	const uint32_t end = piece->offset + piece->size;
	const uint8_t *data = atoms_section(atoms, piece)->data;

	if (!count || !data)
		return false;
	ref += count - 1;
	if (ref->offset + reloc_size(ref->type) != end)
		return false;
	switch (ref->type->type) {
	case R_ARM_JUMP24:
		/* Any condition but "always" falls through. */
		return data[end - 1] >> 4 == 14;
	case R_ARM_THM_JUMP24:
	case R_ARM_THM_PC11:
		return true;
	default:
		return false;
	}
}

/*
 * What is beside a function in its own section is of it: an assembler puts
 * constants there, and nothing refers to them that could be seen. In a section of
 * many functions there is no telling whose they are.
 */
static void mark_code(struct carry *carry, size_t index)
{
	const struct atoms *atoms = news(carry);
	const struct atom *atom = &atoms->atom[index];
	const size_t end = atoms->first[atom->section + 1];
	const size_t named = count_named(atoms, atom->section);
	size_t i;

	if (named == 1) {
		for (i = atoms->first[atom->section]; i < end; i++)
			mark(carry, i);
		return;
	}
	if (atom->kind == ATOM_PIECE) {
		if (named || !ends_with_jump(atoms, atom))
			refuse_beside(refusals(carry),
				      atoms_section(atoms, atom), atom->offset);
		return;
	}
	if (index + 1 < end && atoms->atom[index + 1].kind == ATOM_PIECE &&
	    !padding_is(atoms, &atoms->atom[index + 1]))
		refuse_beside(refusals(carry), atoms_section(atoms, atom),
			      atoms->atom[index + 1].offset);
}

/*
 * Data without names is cut wherever something refers to it, which may be in the
 * middle of a table: pieces that follow each other stay together.
 */
static void mark_pieces(struct carry *carry, size_t index)
{
	const struct atoms *atoms = news(carry);
	const uint32_t section = atoms->atom[index].section;
	size_t i;

	for (i = index;
	     i > atoms->first[section] && atoms->atom[i - 1].kind == ATOM_PIECE;
	     i--)
		mark(carry, i - 1);
	for (i = index + 1;
	     i < atoms->first[section + 1] && atoms->atom[i].kind == ATOM_PIECE;
	     i++)
		mark(carry, i);
}

static void follow(struct carry *carry, const struct ref *ref, size_t count,
		   bool in_table)
{
	struct referee referee;

	for (; count > 0; count--, ref++) {
		if (refer(carry->refer, ref, in_table, &referee) &&
		    referee.kind == REFEREE_COPY)
			mark(carry, referee.atom);
	}
}

static void look_at(struct carry *carry, size_t index)
{
	const struct atoms *atoms = news(carry);
	const struct atom *atom = &atoms->atom[index];
	const struct atom_entry *entry;
	struct linked_symbol key;
	const struct ref *ref;
	size_t entries;
	size_t count;

	if (atoms_kind(atoms, atom) == SPECIAL_CODE)
		mark_code(carry, index);
	else if (atom->kind == ATOM_PIECE)
		mark_pieces(carry, index);
	ref = atoms_refs(atoms, atom->section, atom->offset, atom->size,
			 &count);
	follow(carry, ref, count, false);
	entry = atoms_entries(atoms, index, &entries);
	for (; entries > 0; entries--, entry++) {
		if (refer_entry(carry->refer, entry, &key) ==
		    REFER_ENTRY_DROPPED)
			continue;
		ref = atoms_refs(atoms, entry->section, entry->offset,
				 atoms->rule[entry->section]->entry, &count);
		follow(carry, ref, count, true);
	}
}

/* Would others find what the kernel has, instead of what is new? */
static bool has_rival(const struct refer *refer, const char *name)
{
	struct linked *home = refer->sympos.linked;
	struct linked_symbol symbol;

	if (linked_global(home, name, &symbol))
		return true;
	return linked_is_module(home) &&
	       (linked_global(&refer->kernel->vmlinux, name, &symbol) ||
		kernel_exporter(refer->kernel, name));
}

/* New, and seen by the other objects of the livepatch. */
static bool is_offered(struct carry *carry, size_t index)
{
	const struct atoms *atoms = news(carry);
	const struct atom *atom = &atoms->atom[index];
	const enum special_kind kind = atoms_kind(atoms, atom);

	if (carry->refer->judgement->comparison.new_change[index] !=
		    CHANGE_NEW ||
	    (kind != SPECIAL_CODE && kind != SPECIAL_DATA) ||
	    atoms->elf.symbol[atom->symbol].bind == STB_LOCAL ||
	    !judge_counts(carry->refer->judgement, atoms, atom) ||
	    special_is_init(atoms_section(atoms, atom)))
		return false;
	if (!has_rival(carry->refer, atom->name))
		return true;
	refuse_moved(refusals(carry), atoms, atom);
	return false;
}

void carry(struct refer *refer, struct carry *carry)
{
	const struct comparison *comparison = &refer->judgement->comparison;
	const struct atoms *atoms = comparison->new;
	size_t i;

	carry->refer = refer;
	carry->carried = array_new(atoms->count, sizeof(*carry->carried));
	carry->work = array_new(atoms->count, sizeof(*carry->work));
	carry->count = 0;
	for (i = 0; i < atoms->count; i++) {
		const struct atom *atom = &atoms->atom[i];

		if ((comparison->new_change[i] == CHANGE_CHANGED &&
		     atom->kind == ATOM_FUNC &&
		     judge_counts(refer->judgement, atoms, atom)) ||
		    is_offered(carry, i))
			mark(carry, i);
	}
	for (i = 0; i < refer->judgement->author.callbacks; i++)
		mark(carry, refer->judgement->author.callback[i].atom);
	/* Each atom is marked once, so that there is room for all of them. */
	for (i = 0; i < carry->count; i++)
		look_at(carry, carry->work[i]);
}

void carry_free(struct carry *carry)
{
	free(carry->carried);
	free(carry->work);
	memset(carry, 0, sizeof(*carry));
}
