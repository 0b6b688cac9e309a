// SPDX-License-Identifier: GPL-2.0
/*
 * refer.c - what the references of new code become
 */
#include <string.h>

#include "names.h"
#include "refer.h"

static const struct atoms *news(const struct refer *refer)
{
	return refer->judgement->comparison.new;
}

bool refer_old(struct refer *refer, size_t old, struct kernel_symbol *symbol)
{
	const struct atoms *atoms = refer->judgement->comparison.old;
	const struct atom *atom = &atoms->atom[old];
	const struct elf32_section *section = atoms_section(atoms, atom);
	const bool global = atoms->elf.symbol[atom->symbol].bind != STB_LOCAL;

	if (special_is_init(section) || special_is_exit(section)) {
		refuse_freed(&refer->judgement->refusals, atom->name);
		return false;
	}
	if (sympos_symbol(&refer->sympos, atom->name, global, symbol))
		return true;
	refuse_unfound(&refer->judgement->refusals, atoms, atom,
		       kernel_count(refer->sympos.kernel, atom->name));
	return false;
}

static bool refer_kernel(struct refer *refer, size_t old,
			 struct referee *referee)
{
	const struct atoms *atoms = refer->judgement->comparison.old;
	const struct atom *atom = &atoms->atom[old];

	if (!refer_old(refer, old, &referee->symbol))
		return false;
	referee->kind = REFEREE_KERNEL;
	if (atoms->elf.symbol[atom->symbol].bind != STB_LOCAL &&
	    kernel_exports(refer->sympos.kernel, atom->name))
		referee->kind = REFEREE_EXPORT;
	return true;
}

/*
 * Does an atom refer to the inside of a function that changed? What is in the
 * kernel refers to the inside of the old one.
 */
static bool is_tied(const struct refer *refer, size_t index, unsigned int depth)
{
	const struct atoms *atoms = news(refer);
	const struct atom *atom = &atoms->atom[index];
	size_t count;
	const struct ref *ref = atoms_refs(atoms, atom->section, atom->offset,
					   atom->size, &count);

	if (depth == COMPARE_NESTED)
		return true;
	for (; count > 0; count--, ref++) {
		if (ref->kind != REF_ATOM || ref->target == index)
			continue;
		if (refer->judgement->comparison.new_change[ref->target] ==
		    CHANGE_CHANGED) {
			if (ref->delta)
				return true;
		} else if (!correlate_has_pair(atoms,
					       &atoms->atom[ref->target]) &&
			   is_tied(refer, ref->target, depth + 1)) {
			return true;
		}
	}
	return false;
}

/* A copy in the livepatch, if there may be one. */
static bool refer_copy(struct refer *refer, size_t index,
		       struct referee *referee)
{
	const struct atoms *atoms = news(refer);
	const struct atom *atom = &atoms->atom[index];
	const struct elf32_section *section = atoms_section(atoms, atom);
	const enum special_kind kind = atoms_kind(atoms, atom);

	referee->kind = REFEREE_COPY;
	referee->atom = index;
	if (special_is_init(section) || special_is_exit(section))
		refuse_freed(&refer->judgement->refusals, atom->name);
	else if (kind != SPECIAL_CODE && kind != SPECIAL_DATA &&
		 kind != SPECIAL_NOTES)
		refuse_copy(&refer->judgement->refusals, section, atom->name);
	else if (atom->kind == ATOM_PIECE && kind == SPECIAL_DATA &&
		 (section->flags & SHF_WRITE) && atom->size)
		refuse_copy(&refer->judgement->refusals, section, "");
	else
		return true;
	return false;
}

/* An atom that compilers make anew each time. */
static bool refer_unpaired(struct refer *refer, size_t index,
			   struct referee *referee)
{
	struct comparison *comparison = &refer->judgement->comparison;
	const struct atom *atom = &comparison->new->atom[index];
	size_t twin = ATOM_NONE;

	if (atom->kind == ATOM_FUNC &&
	    comparison->new_change[index] == CHANGE_NONE &&
	    !is_tied(refer, index, 0))
		twin = compare_twin(comparison, index);
	if (twin != ATOM_NONE)
		return refer_kernel(refer, twin, referee);
	return refer_copy(refer, index, referee);
}

static bool is_data(const struct atom *atom)
{
	return atom->kind == ATOM_OBJECT;
}

static bool refer_atom(struct refer *refer, const struct ref *ref,
		       bool in_table, struct referee *referee)
{
	const struct comparison *comparison = &refer->judgement->comparison;
	const struct atoms *atoms = comparison->new;
	const struct atom *atom = &atoms->atom[ref->target];
	const size_t old = comparison->pairs.old_of[ref->target];

	if (!correlate_has_pair(atoms, atom))
		return refer_unpaired(refer, ref->target, referee);
	if (old == ATOM_NONE)
		return refer_copy(refer, ref->target, referee);
	if (comparison->new_change[ref->target] == CHANGE_CHANGED) {
		if (in_table || ref->type->branch || ref->delta)
			return refer_copy(refer, ref->target, referee);
		return refer_kernel(refer, old, referee);
	}
	if (is_data(atom) && is_tied(refer, ref->target, 0)) {
		if (!(atoms_section(atoms, atom)->flags & SHF_WRITE))
			return refer_copy(refer, ref->target, referee);
		refuse_copy(&refer->judgement->refusals,
			    atoms_section(atoms, atom), atom->name);
		return false;
	}
	if (!is_data(atom) && ref->delta) {
		refuse_inside(&refer->judgement->refusals, atoms, atom);
		return false;
	}
	return refer_kernel(refer, old, referee);
}

static bool refer_symbol(struct refer *refer, const struct ref *ref,
			 struct referee *referee)
{
	const struct elf32_symbol *symbol =
		&news(refer)->elf.symbol[ref->target];
	struct kernel *kernel = refer->sympos.kernel;

	referee->kind = REFEREE_OUTSIDE;
	referee->name = symbol->name;
	referee->weak = symbol->bind == STB_WEAK;
	if (symbol->section != SHN_UNDEF) {
		refuse_place(&refer->judgement->refusals,
			     &news(refer)->elf.section[ref->section],
			     ref->offset, symbol->name);
		return false;
	}
	if (!kernel_global(kernel, symbol->name, &referee->symbol))
		return true;
	referee->kind = kernel_exports(kernel, symbol->name) ? REFEREE_EXPORT :
							       REFEREE_KERNEL;
	if (!referee->symbol.freed)
		return true;
	refuse_freed(&refer->judgement->refusals, symbol->name);
	return false;
}

bool refer(struct refer *refer, const struct ref *ref, bool in_table,
	   struct referee *referee)
{
	memset(referee, 0, sizeof(*referee));
	if (ref->kind == REF_TEXT) {
		referee->kind = REFEREE_TEXT;
		return true;
	}
	if (ref->kind == REF_SYMBOL)
		return refer_symbol(refer, ref, referee);
	/* The end of one variable, or the start of the next one */
	if (ref->at_seam) {
		refuse_place(&refer->judgement->refusals,
			     &news(refer)->elf.section[ref->section],
			     ref->offset, news(refer)->atom[ref->target].name);
		return false;
	}
	return refer_atom(refer, ref, in_table, referee);
}
