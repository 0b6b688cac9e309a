// SPDX-License-Identifier: GPL-2.0
/*
 * judge.c - can what changed in an object be live-patched?
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "judge.h"
#include "layout.h"
#include "names.h"
#include "origin.h"
#include "padding.h"

/* The call that a tracing kernel's functions begin with (arch/arm ftrace). */
static bool is_traceable(const struct atoms *atoms, const struct atom *atom)
{
	size_t count;
	const struct ref *ref = atoms_refs(atoms, atom->section, atom->offset,
					   atom->size, &count);
	size_t i;

	for (i = 0; i < count; i++) {
		if (ref[i].kind == REF_SYMBOL && ref[i].type->branch &&
		    strcmp(atoms->elf.symbol[ref[i].target].name,
			   "__gnu_mcount_nc") == 0)
			return true;
	}
	return false;
}

static bool is_fixed(enum special_kind kind)
{
	return kind == SPECIAL_FIXED || kind == SPECIAL_UNKNOWN;
}

bool judge_counts(const struct judgement *judgement, const struct atoms *atoms,
		  const struct atom *atom)
{
	if (atom->kind == ATOM_PIECE ||
	    atoms_kind(atoms, atom) == SPECIAL_NOTES ||
	    atoms_kind(atoms, atom) == SPECIAL_CALLBACK)
		return false;
	if (atom->kind == ATOM_OBJECT &&
	    names_is_note(atom->name, atoms_section(atoms, atom)))
		return false;
	return judgement->module ||
	       !special_is_exit(atoms_section(atoms, atom));
}

static void judge_changed(struct judgement *judgement, size_t index)
{
	const struct atoms *old = judgement->comparison.old;
	const struct atom *atom = &old->atom[index];
	const struct elf32_section *section = atoms_section(old, atom);
	uint32_t where = judgement->comparison.where[index];

	if (is_fixed(atoms_kind(old, atom)))
		refuse_table(&judgement->refusals, section,
			     old->rule[atom->section], atom->name, where);
	else if (special_is_init(section))
		refuse_init(&judgement->refusals, old, atom, where);
	else if (atom->kind == ATOM_OBJECT)
		refuse_data(&judgement->refusals, old, atom, where);
	else if (!is_traceable(old, atom))
		refuse_untraceable(&judgement->refusals, old, atom);
	else
		judgement->changed++;
}

/* Is there a new one of that name, which could be the old one's successor? */
static bool has_successor(const struct comparison *comparison,
			  const struct atom *gone)
{
	size_t i;

	for (i = 0; i < comparison->new->count; i++) {
		const struct atom *atom = &comparison->new->atom[i];

		if (comparison->new_change[i] == CHANGE_NEW &&
		    atom->kind == ATOM_OBJECT &&
		    strcmp(atom->base, gone->base) == 0)
			return true;
	}
	return false;
}

static void judge_gone(struct judgement *judgement, size_t index)
{
	const struct atoms *old = judgement->comparison.old;
	const struct atom *atom = &old->atom[index];

	if (is_fixed(atoms_kind(old, atom)))
		refuse_table(&judgement->refusals, atoms_section(old, atom),
			     old->rule[atom->section], atom->name, 0);
	else if (atom->kind != ATOM_OBJECT)
		return;
	else if (old->elf.symbol[atom->symbol].bind != STB_LOCAL)
		refuse_removed(&judgement->refusals, old, atom);
	else if (names_is_local(atom->name) &&
		 has_successor(&judgement->comparison, atom))
		refuse_lost(&judgement->refusals, old, atom);
}

static void judge_new(struct judgement *judgement, size_t index)
{
	const struct atoms *new = judgement->comparison.new;
	const struct atom *atom = &new->atom[index];

	if (is_fixed(atoms_kind(new, atom)))
		refuse_table(&judgement->refusals, atoms_section(new, atom),
			     new->rule[atom->section], atom->name, 0);
}

static void judge_atoms(struct judgement *judgement)
{
	const struct comparison *comparison = &judgement->comparison;
	size_t i;

	for (i = 0; i < comparison->old->count; i++) {
		if (!judge_counts(judgement, comparison->old,
				  &comparison->old->atom[i]))
			continue;
		if (comparison->old_change[i] == CHANGE_CHANGED)
			judge_changed(judgement, i);
		else if (comparison->old_change[i] == CHANGE_GONE)
			judge_gone(judgement, i);
	}
	for (i = 0; i < comparison->new->count; i++) {
		if (comparison->new_change[i] == CHANGE_NEW &&
		    judge_counts(judgement, comparison->new,
				 &comparison->new->atom[i]))
			judge_new(judgement, i);
	}
}

/* Code that may be carried: clones are, where the kernel has none like it. */
static bool may_be_carried(const struct comparison *comparison, size_t index)
{
	const struct atoms *new = comparison->new;

	return index != ATOM_NONE &&
	       (comparison->new_change[index] != CHANGE_NONE ||
		!correlate_has_pair(new, &new->atom[index]));
}

/*
 * Of static variables that only their order tells apart, the new code could get the
 * one that another place has used. What is constant may be mixed up.
 */
static void judge_guesses(struct judgement *judgement)
{
	const struct comparison *comparison = &judgement->comparison;
	const struct atoms *new = comparison->new;
	bool *told = array_new(comparison->old->count, sizeof(*told));
	size_t i;

	for (i = 0; i < new->refs; i++) {
		const struct ref *ref = &new->ref[i];
		size_t old;

		if (ref->kind != REF_ATOM)
			continue;
		old = comparison->pairs.old_of[ref->target];
		if (old == ATOM_NONE || told[old] ||
		    !comparison->pairs.guessed[old] ||
		    !(atoms_section(comparison->old,
				    &comparison->old->atom[old])
			      ->flags &
		      SHF_WRITE) ||
		    !may_be_carried(comparison,
				    atoms_at(new, ref->section, ref->offset)))
			continue;
		told[old] = true;
		refuse_guessed(&judgement->refusals, comparison->old,
			       &comparison->old->atom[old]);
	}
	free(told);
}

/* Content that is compared for its own sake, as nothing refers to it. */
static bool stands_alone(const struct judgement *judgement,
			 const struct atoms *atoms, size_t index)
{
	const struct atom *atom = &atoms->atom[index];
	enum special_kind kind = atoms_kind(atoms, atom);

	if (atom->kind != ATOM_PIECE || kind == SPECIAL_NOTHING ||
	    kind == SPECIAL_CALLBACK || kind == SPECIAL_TABLE ||
	    kind == SPECIAL_TEXT || kind == SPECIAL_NOTES)
		return false;
	if (!judgement->module && special_is_exit(atoms_section(atoms, atom)))
		return false;
	return (!atom->used || is_fixed(kind)) && !padding_is(atoms, atom);
}

/* The pieces of an object that are compared so, by section and offset. */
struct pieces {
	const struct atom **piece;
	size_t count;
};

static void collect_pieces(const struct judgement *judgement,
			   const struct atoms *atoms, struct pieces *pieces)
{
	size_t i;

	pieces->piece = array_new(atoms->count, sizeof(const struct atom *));
	pieces->count = 0;
	for (i = 0; i < atoms->count; i++) {
		if (stands_alone(judgement, atoms, i))
			pieces->piece[pieces->count++] = &atoms->atom[i];
	}
}

/* Of a section of that name, the first that has not been looked at. */
static size_t find_piece(const struct atoms *atoms, const struct pieces *pieces,
			 const char *section)
{
	size_t i;

	for (i = 0; i < pieces->count; i++) {
		if (pieces->piece[i] &&
		    strcmp(atoms_section(atoms, pieces->piece[i])->name,
			   section) == 0)
			return i;
	}
	return ATOM_NONE;
}

static void refuse_piece(struct judgement *judgement, const struct atoms *atoms,
			 const struct atom *piece, uint32_t where)
{
	if (is_fixed(atoms_kind(atoms, piece)))
		refuse_table(&judgement->refusals, atoms_section(atoms, piece),
			     atoms->rule[piece->section], "",
			     piece->offset + where);
	else
		refuse_unnamed(&judgement->refusals,
			       atoms_section(atoms, piece),
			       piece->offset + where);
}

static void judge_piece(struct judgement *judgement, const struct atom *piece,
			struct pieces *news)
{
	const struct atoms *old = judgement->comparison.old;
	const struct atoms *new = judgement->comparison.new;
	const struct range left = { piece->section, piece->offset,
				    piece->size };
	size_t peer = find_piece(new, news, atoms_section(old, piece)->name);
	struct range right = { 0 };
	uint32_t where = 0;

	if (peer != ATOM_NONE) {
		right.section = news->piece[peer]->section;
		right.offset = news->piece[peer]->offset;
		right.size = news->piece[peer]->size;
		news->piece[peer] = NULL;
	}
	if (peer == ATOM_NONE ||
	    !compare_ranges(&judgement->comparison, &left, &right, &where))
		refuse_piece(judgement, old, piece, where);
}

static void judge_pieces(struct judgement *judgement)
{
	const struct atoms *new = judgement->comparison.new;
	struct pieces olds;
	struct pieces news;
	size_t i;

	collect_pieces(judgement, judgement->comparison.old, &olds);
	collect_pieces(judgement, new, &news);
	for (i = 0; i < olds.count; i++)
		judge_piece(judgement, olds.piece[i], &news);
	for (i = 0; i < news.count; i++) {
		if (news.piece[i])
			refuse_piece(judgement, new, news.piece[i], 0);
	}
	free(olds.piece);
	free(news.piece);
}

/* What refers to a function that changed, and is not known. */
static void judge_sections(struct judgement *judgement)
{
	const struct atoms *old = judgement->comparison.old;
	size_t i;

	for (i = 0; i < old->refs; i++) {
		const struct ref *ref = &old->ref[i];

		if (old->rule[ref->section]->kind != SPECIAL_UNKNOWN ||
		    ref->kind != REF_ATOM ||
		    judgement->comparison.old_change[ref->target] !=
			    CHANGE_CHANGED)
			continue;
		refuse_unknown(&judgement->refusals,
			       &old->elf.section[ref->section],
			       old->atom[ref->target].name, ref->offset);
	}
}

/* The function of that name, if it has one. */
static size_t find_function(const struct atoms *atoms, const char *name)
{
	size_t i;

	for (i = 1; i < atoms->elf.symbols; i++) {
		const size_t atom = atoms->of_symbol[i];

		if (atom != ATOM_NONE &&
		    atoms->elf.symbol[i].type == STT_FUNC &&
		    strcmp(atoms->elf.symbol[i].name, name) == 0)
			return atom;
	}
	return ATOM_NONE;
}

/*
 * The compiler makes one function of two with the same code. What becomes of one
 * then becomes of the other.
 */
static void judge_shared(struct judgement *judgement)
{
	const struct comparison *comparison = &judgement->comparison;
	const struct elf32 *elf = &comparison->old->elf;
	size_t i;

	for (i = 1; i < elf->symbols; i++) {
		const struct elf32_symbol *symbol = &elf->symbol[i];
		const size_t old = comparison->old->of_symbol[i];
		size_t new;
		bool split;

		if (old == ATOM_NONE || symbol->type != STT_FUNC ||
		    names_is_clone(symbol->name) ||
		    comparison->old->atom[old].kind != ATOM_FUNC)
			continue;
		new = find_function(comparison->new, symbol->name);
		if (new == ATOM_NONE || comparison->pairs.new_of[old] == new)
			continue;
		split = strcmp(comparison->old->atom[old].name, symbol->name) !=
			0;
		refuse_shared(&judgement->refusals,
			      split ? comparison->old : comparison->new,
			      split ? &comparison->old->atom[old] :
				      &comparison->new->atom[new],
			      symbol->name);
	}
}

static bool judge_types(struct judgement *judgement, struct fault *fault)
{
	struct types old = { 0 };
	struct types new = { 0 };
	bool read = types_read(&judgement->comparison.old->elf, &old, fault) &&
		    types_read(&judgement->comparison.new->elf, &new, fault);

	if (read)
		layout_compare(&old, &new, judgement->comparison.old,
			       &judgement->author, &judgement->refusals);
	types_free(&new);
	types_free(&old);
	return read;
}

bool judge(const struct atoms *old, const struct atoms *new, bool module,
	   struct judgement *judgement, struct fault *fault)
{
	memset(judgement, 0, sizeof(*judgement));
	judgement->module = module;
	if (!compare(old, new, &judgement->comparison, fault) ||
	    !author_read(&judgement->author, new, fault))
		return false;
	author_apply(&judgement->author, &judgement->comparison,
		     &judgement->refusals);
	if (!judge_types(judgement, fault))
		return false;
	judge_atoms(judgement);
	judge_guesses(judgement);
	judge_pieces(judgement);
	judge_sections(judgement);
	judge_shared(judgement);
	author_judge_callbacks(&judgement->author, &judgement->comparison,
			       &judgement->refusals);
	origin_note(&judgement->refusals, &old->elf, &new->elf);
	return true;
}

void judgement_free(struct judgement *judgement)
{
	comparison_free(&judgement->comparison);
	author_free(&judgement->author);
	refusals_free(&judgement->refusals);
}
