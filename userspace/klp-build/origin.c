// SPDX-License-Identifier: GPL-2.0
/*
 * origin.c - the lines of the source that reasons are about
 */
#include <dwarf.h>
#include <elf.h>
#include <elfutils/libdw.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "names.h"
#include "origin.h"

/* Blocks in blocks: sources nest a few. Entries: several times what there is. */
#define MOST_NESTED 32
#define MOST_ENTRIES 2000000

/* What is looked for. */
struct search {
	const char *name;
	int tag;
	bool local; /* a static variable of a function */
	const char *file;
	int line;
	bool several;
	size_t entries;
};

static void take(struct search *search, Dwarf_Die *die)
{
	const char *file = types_source(dwarf_decl_file(die));
	int line;

	if (!file || dwarf_decl_line(die, &line) != 0)
		return;
	if (search->file &&
	    (search->line != line || strcmp(search->file, file) != 0))
		search->several = true;
	search->file = file;
	search->line = line;
}

static bool is_definition(Dwarf_Die *die)
{
	if (dwarf_tag(die) == DW_TAG_subprogram)
		return !dwarf_hasattr(die, DW_AT_declaration);
	return die_is_static(die);
}

static bool is_wanted(const struct search *search, Dwarf_Die *die,
		      unsigned int depth)
{
	const char *name;

	if (dwarf_tag(die) != search->tag || (depth > 0) != search->local ||
	    !is_definition(die))
		return false;
	name = dwarf_diename(die);
	return name && strcmp(name, search->name) == 0;
}

static void look_in(struct search *search, Dwarf_Die *parent,
		    unsigned int depth)
{
	Dwarf_Die die;
	int status = dwarf_child(parent, &die);

	for (; status == 0 && search->entries < MOST_ENTRIES;
	     status = dwarf_siblingof(&die, &die)) {
		const int tag = dwarf_tag(&die);

		search->entries++;
		if (is_wanted(search, &die, depth))
			take(search, &die);
		if (search->local && depth < MOST_NESTED &&
		    (tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block))
			look_in(search, &die, depth + 1);
	}
}

static void look_in_object(struct search *search, const struct elf32 *elf)
{
	Dwarf *dwarf = dwarf_begin_elf(elf->elf, DWARF_C_READ, NULL);
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;

	while (dwarf &&
	       dwarf_get_units(dwarf, unit, &unit, NULL, NULL, &die, NULL) == 0)
		look_in(search, &die, 0);
	/* The name is libdw's. */
	if (search->file)
		search->file = text_copy(search->file);
	dwarf_end(dwarf);
}

/* Is a symbol of that name a function? */
static int tag_of(const struct elf32 *elf, const char *name)
{
	size_t i;

	for (i = 1; i < elf->symbols; i++) {
		const struct elf32_symbol *symbol = &elf->symbol[i];

		if (!elf32_in_section(elf, symbol) ||
		    strcmp(symbol->name, name) != 0)
			continue;
		if (symbol->type == STT_FUNC)
			return DW_TAG_subprogram;
		if (symbol->type == STT_OBJECT)
			return DW_TAG_variable;
	}
	return 0;
}

static bool find(struct refusal *refusal, const struct elf32 *elf)
{
	struct search search = { .tag = tag_of(elf, refusal->symbol) };
	char *plain;
	bool found;

	if (!search.tag)
		return false;
	/* A clone was defined by the name in front of the first dot. */
	plain = text_copy(refusal->symbol);
	plain[1 + strcspn(plain + 1, ".")] = '\0';
	search.name = plain;
	search.local = search.tag == DW_TAG_variable &&
		       names_is_local(refusal->symbol);
	look_in_object(&search, elf);
	found = search.file && !search.several;
	if (found)
		refusal_set_source(refusal, search.file, search.line);
	free((char *)search.file);
	free(plain);
	return found;
}

void origin_note(struct refusals *refusals, const struct elf32 *old,
		 const struct elf32 *new)
{
	size_t i;

	for (i = 0; i < refusals->count; i++) {
		struct refusal *refusal = &refusals->refusal[i];

		if (!refusal->source && *refusal->symbol && !find(refusal, old))
			find(refusal, new);
	}
}
