// SPDX-License-Identifier: GPL-2.0
/*
 * types.c - the structures and unions that an object's debug information has
 *
 * The relocations of debug information are not applied: they are against
 * sections, which begin at 0 in an object, so that the fields have all of it.
 */
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "enums.h"
#include "members.h"
#include "types.h"

/* Blocks in blocks: sources nest a few. */
#define MOST_BLOCKS 64

const char *types_source(const char *file)
{
	return file && strncmp(file, "./", 2) == 0 ? file + 2 : file;
}

static struct type *add_type(struct type_table *table, Dwarf_Die *named,
			     char *name)
{
	const char *file = types_source(dwarf_decl_file(named));
	struct type *type;

	table->type =
		array_more(table->type, table->count, sizeof(*table->type));
	type = &table->type[table->count++];
	memset(type, 0, sizeof(*type));
	type->name = name;
	type->file = text_copy(file ? file : "");
	dwarf_decl_line(named, &type->line);
	return type;
}

static bool take_aggregate(struct reader *reader, struct types *types,
			   Dwarf_Die *die, Dwarf_Die *named, char *name)
{
	struct type *type = add_type(&types->named, named, name);

	die_number(die, DW_AT_byte_size, &type->size);
	return members_read(reader, type, die);
}

static bool take_typedef(struct reader *reader, struct types *types,
			 Dwarf_Die *die)
{
	const char *name = dwarf_diename(die);
	Dwarf_Die type;

	if (!name || !die_type(die, &type) || !die_is_aggregate(&type) ||
	    dwarf_diename(&type))
		return true;
	return take_aggregate(reader, types, &type, die, text_copy(name));
}

/* The same name may be in several blocks of a function. */
static char *name_local(const struct type_table *table, size_t since,
			const char *function, const char *name)
{
	char *whole = text_make("%s.%s", function, name);
	const size_t length = strlen(whole);
	size_t before = 0;
	size_t i;

	for (i = since; i < table->count; i++) {
		const char *other = table->type[i].name;

		if (strncmp(other, whole, length) == 0 &&
		    (!other[length] || other[length] == '.'))
			before++;
	}
	if (before) {
		free(whole);
		whole = text_make("%s.%s.%zu", function, name, before);
	}
	return whole;
}

/**
 * struct function - where static variables are that only a function knows
 * @name: of the function, NULL outside of one
 * @since: index of its first variable
 * @depth: how many blocks around
 */
struct function {
	const char *name;
	size_t since;
	unsigned int depth;
};

/* What is constant is the same, or another one is used: klp-diff compares bytes. */
static bool take_variable(struct reader *reader, struct types *types,
			  Dwarf_Die *die, const struct function *function)
{
	const char *name = dwarf_diename(die);
	struct type *type;
	Dwarf_Word size;
	Dwarf_Die whole;

	if (!name || !die_is_static(die) || die_is_constant(die))
		return true;
	type = add_type(&types->variable, die,
			function->name ?
				name_local(&types->variable, function->since,
					   function->name, name) :
				text_copy(name));
	if (die_type(die, &whole) && dwarf_aggregate_size(&whole, &size) == 0)
		type->size = size;
	return members_read_one(reader, type, die);
}

static bool take_die(struct reader *reader, struct types *types, Dwarf_Die *die,
		     const struct function *function);

/* Functions and their blocks, for what is static in them. */
static bool take_block(struct reader *reader, struct types *types,
		       Dwarf_Die *die, const struct function *around)
{
	const char *name = around->name ? around->name : dwarf_diename(die);
	const struct function function = {
		.name = name,
		.since = around->name ? around->since : types->variable.count,
		.depth = around->depth + 1,
	};
	Dwarf_Die child;
	int more;

	if (!name || function.depth > MOST_BLOCKS)
		return true;
	for (more = reader_child(reader, die, &child, true); more > 0;
	     more = reader_child(reader, die, &child, false)) {
		if (!take_die(reader, types, &child, &function))
			return false;
	}
	return more == 0 || reader_is_damaged(reader, NULL);
}

/* Structures and unions are left out in a function: nothing else knows them. */
static bool take_die(struct reader *reader, struct types *types, Dwarf_Die *die,
		     const struct function *function)
{
	switch (dwarf_tag(die)) {
	case DW_TAG_variable:
		return take_variable(reader, types, die, function);
	case DW_TAG_subprogram:
	case DW_TAG_lexical_block:
		return take_block(reader, types, die, function);
	case DW_TAG_typedef:
		return function->name || take_typedef(reader, types, die);
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		if (function->name || !dwarf_diename(die) ||
		    dwarf_hasattr(die, DW_AT_declaration))
			return true;
		return take_aggregate(reader, types, die, die,
				      members_spell(die, dwarf_diename(die)));
	case DW_TAG_enumeration_type:
		return function->name || enums_read(reader, &types->enums, die);
	default:
		return true;
	}
}

/* Before any member is read: one may be of a structure that comes later. */
static bool note_shared(struct reader *reader, Dwarf_Die *unit)
{
	Dwarf_Die child;
	int more;

	for (more = reader_child(reader, unit, &child, true); more > 0;
	     more = reader_child(reader, unit, &child, false)) {
		if (!die_is_aggregate(&child))
			continue;
		reader->shared = array_more(reader->shared, reader->shareds,
					    sizeof(*reader->shared));
		reader->shared[reader->shareds++] = dwarf_dieoffset(&child);
	}
	return more == 0 || reader_is_damaged(reader, NULL);
}

static bool read_unit(struct reader *reader, struct types *types,
		      Dwarf_Die *unit)
{
	static const struct function none;
	Dwarf_Die child;
	int more;

	if (!note_shared(reader, unit))
		return false;
	for (more = reader_child(reader, unit, &child, true); more > 0;
	     more = reader_child(reader, unit, &child, false)) {
		if (!take_die(reader, types, &child, &none))
			return false;
	}
	return more == 0 || reader_is_damaged(reader, NULL);
}

static bool read_units(struct reader *reader, struct types *types, Dwarf *dwarf)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;
	int status;

	for (;;) {
		status = dwarf_get_units(dwarf, unit, &unit, NULL, NULL, &die,
					 NULL);
		if (status != 0)
			return status > 0 || reader_is_damaged(reader, NULL);
		if (!read_unit(reader, types, &die))
			return false;
	}
}

static void free_type(struct type *type)
{
	while (type->members > 0) {
		free(type->member[--type->members].path);
		free(type->member[type->members].holds);
		free(type->member[type->members].kind);
	}
	free(type->member);
	free(type->name);
	free(type->file);
}

static int by_name(const void *left, const void *right)
{
	const struct type *a = left;
	const struct type *b = right;

	return strcmp(a->name, b->name);
}

static void sort_types(struct type_table *table)
{
	size_t kept = 0;
	size_t i;

	if (table->count)
		qsort(table->type, table->count, sizeof(*table->type), by_name);
	for (i = 0; i < table->count; i++) {
		if (kept && !by_name(&table->type[kept - 1], &table->type[i]))
			free_type(&table->type[i]);
		else
			table->type[kept++] = table->type[i];
	}
	table->count = kept;
}

/* Of a source without functions and variables, compilers describe nothing. */
static bool needs_types(const struct elf32 *elf)
{
	size_t i;

	for (i = 1; i < elf->symbols; i++) {
		if (elf->symbol[i].size && elf->symbol[i].type != STT_SECTION &&
		    elf32_in_section(elf, &elf->symbol[i]))
			return true;
	}
	return false;
}

static bool has_types(const struct elf32 *elf)
{
	size_t i;

	for (i = 1; i < elf->sections; i++) {
		if (strcmp(elf->section[i].name, ".debug_info") == 0)
			return true;
	}
	return false;
}

bool types_read(const struct elf32 *elf, struct types *types,
		struct fault *fault)
{
	struct reader reader = { .elf = elf, .fault = fault };
	Dwarf *dwarf;
	bool read;

	memset(types, 0, sizeof(*types));
	if (!has_types(elf))
		return !needs_types(elf) ||
		       fault_set(fault,
				 "%s: compiled without -g, so that"
				 " structures cannot be compared",
				 elf->path);
	dwarf = dwarf_begin_elf(elf->elf, DWARF_C_READ, NULL);
	if (!dwarf)
		return reader_is_damaged(&reader, NULL);
	read = read_units(&reader, types, dwarf);
	free(reader.shared);
	dwarf_end(dwarf);
	if (read) {
		sort_types(&types->named);
		sort_types(&types->variable);
		enums_sort(&types->enums);
	}
	return read;
}

const struct type *types_find(const struct type_table *table, const char *name)
{
	const struct type key = { .name = (char *)name };

	if (table->count == 0)
		return NULL;
	return bsearch(&key, table->type, table->count, sizeof(key), by_name);
}

static void free_table(struct type_table *table)
{
	while (table->count > 0)
		free_type(&table->type[--table->count]);
	free(table->type);
	table->type = NULL;
}

void types_free(struct types *types)
{
	free_table(&types->named);
	free_table(&types->variable);
	enums_free(&types->enums);
}
