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

static struct linked *home(const struct refer *refer)
{
	return refer->sympos.linked;
}

/* Is it there, and counted in one way, whenever the core looks for it? */
static bool is_usable(struct refer *refer, const struct linked_symbol *symbol)
{
	if (symbol->freed)
		refuse_freed(&refer->judgement->refusals, symbol->name);
	else if (symbol->unsteady)
		refuse_unsteady(&refer->judgement->refusals, symbol->name,
				symbol->object);
	else
		return true;
	return false;
}

bool refer_old(struct refer *refer, size_t old, struct linked_symbol *symbol)
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
		return !linked_is_module(home(refer)) ||
		       is_usable(refer, symbol);
	refuse_unfound(&refer->judgement->refusals, atoms, atom,
		       home(refer)->object,
		       linked_count(home(refer), atom->name));
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
	if (!linked_is_module(home(refer)) &&
	    atoms->elf.symbol[atom->symbol].bind != STB_LOCAL &&
	    kernel_exports(refer->kernel, atom->name))
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

/* A module has its own first; of others it sees what they export. */
static bool find_in_modules(struct refer *refer, const char *name,
			    struct referee *referee, bool *found)
{
	struct fault fault = { 0 };
	const char *exporter;

	*found = linked_global(home(refer), name, &referee->symbol);
	if (*found)
		return is_usable(refer, &referee->symbol);
	exporter = kernel_exporter(refer->kernel, name);
	if (!exporter)
		return true;
	*found = true;
	if (modules_find(&refer->modules, exporter, name, &referee->symbol,
			 &fault))
		return is_usable(refer, &referee->symbol);
	refuse_export(&refer->judgement->refusals, name, fault.text);
	return false;
}

static bool refer_symbol(struct refer *refer, const struct ref *ref,
			 struct referee *referee)
{
	const struct elf32_symbol *symbol =
		&news(refer)->elf.symbol[ref->target];
	const bool exported = kernel_exports(refer->kernel, symbol->name);
	bool found = false;

	referee->kind = REFEREE_KERNEL;
	referee->name = symbol->name;
	referee->weak = symbol->bind == STB_WEAK;
	if (symbol->section != SHN_UNDEF) {
		refuse_place(&refer->judgement->refusals,
			     &news(refer)->elf.section[ref->section],
			     ref->offset, symbol->name);
		return false;
	}
	if (linked_is_module(home(refer))) {
		if (!find_in_modules(refer, symbol->name, referee, &found))
			return false;
		if (found)
			return true;
	}
	if (!linked_global(&refer->kernel->vmlinux, symbol->name,
			   &referee->symbol)) {
		referee->kind = REFEREE_OUTSIDE;
		return true;
	}
	if (exported)
		referee->kind = REFEREE_EXPORT;
	return is_usable(refer, &referee->symbol);
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

/* arch/arm/include/asm/jump_label.h: code, where it goes on, key */
#define JUMP_TABLE "__jump_table"
#define JUMP_KEY 8

enum refer_entry refer_entry(struct refer *pair, const struct atom_entry *entry,
			     struct linked_symbol *key)
{
	const struct atoms *atoms = news(pair);
	const struct elf32_section *section =
		&atoms->elf.section[entry->section];
	struct referee referee;
	const struct ref *ref;
	size_t count;

	if (strcmp(section->name, JUMP_TABLE) != 0)
		return REFER_ENTRY_COPIED;
	ref = atoms_refs(atoms, entry->section, entry->offset + JUMP_KEY, 1,
			 &count);
	if (!count || !refer(pair, ref, true, &referee) ||
	    referee.kind != REFEREE_KERNEL ||
	    strcmp(referee.symbol.object, LINKED_VMLINUX) == 0)
		return REFER_ENTRY_COPIED;
	*key = referee.symbol;
	if (names_is_tracepoint(key->name))
		return REFER_ENTRY_DROPPED;
	refuse_key(&pair->judgement->refusals, section, entry->offset,
		   key->name, key->object);
	return REFER_ENTRY_COPIED;
}
