// SPDX-License-Identifier: GPL-2.0
/*
 * types.c - the structures and unions that an object's debug information has
 *
 * The relocations of debug information are not applied: they are against
 * sections, which begin at 0 in an object, so that the fields have all of it.
 */
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "types.h"

/* Unnamed structures in unnamed structures: sources nest a few. */
#define MOST_NESTED 16

/* Typedefs and arrays on the way to a type: the same. */
#define MOST_STEPS 100

/*
 * Entries in all, and bytes of the paths of members: several times what the largest
 * objects of a kernel have. Damaged debug information may lead in a circle, and
 * unnamed structures that hold each other twice double with each of them.
 */
#define MOST_ENTRIES 2000000
#define MOST_PATHS (64 << 20)

/* What is being read. */
struct reader {
	const struct elf32 *elf;
	struct types *types;
	struct fault *fault;
	size_t entries;
	size_t paths;
};

/* Where a member is: behind which names, and at which offset. */
struct place {
	const char *prefix;
	uint64_t offset;
	unsigned int depth;
};

static bool read_members(struct reader *reader, struct type *type,
			 Dwarf_Die *die, const struct place *place);

static bool is_damaged(struct reader *reader, const struct type *type)
{
	const int error = dwarf_errno();

	return fault_set(reader->fault,
			 "%s: debug information of %s cannot be read: %s",
			 reader->elf->path, type ? type->name : "the object",
			 error ? dwarf_errmsg(error) : "it is incomplete");
}

static bool get_number(Dwarf_Die *die, unsigned int name, uint64_t *number)
{
	Dwarf_Attribute attribute;
	Dwarf_Word word;

	if (!dwarf_attr(die, name, &attribute) ||
	    dwarf_formudata(&attribute, &word) != 0)
		return false;
	*number = word;
	return true;
}

static bool is_aggregate(Dwarf_Die *die)
{
	const int tag = dwarf_tag(die);

	return tag == DW_TAG_structure_type || tag == DW_TAG_union_type;
}

static bool get_type(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute attribute;

	return dwarf_attr(die, DW_AT_type, &attribute) &&
	       dwarf_formref_die(&attribute, type);
}

/* What says something of a type that has no consequence for its memory. */
static bool is_wrapper(int tag)
{
	return tag == DW_TAG_const_type || tag == DW_TAG_volatile_type ||
	       tag == DW_TAG_restrict_type || tag == DW_TAG_atomic_type;
}

/*
 * What the memory of a member consists of, behind typedefs and in arrays. An
 * unnamed structure has the name of the typedef that is nearest to it.
 */
static bool get_content(Dwarf_Die *die, Dwarf_Die *content, const char **name)
{
	const char *alias = NULL;
	unsigned int steps;

	*name = NULL;
	if (!get_type(die, content))
		return false;
	for (steps = 0; steps < MOST_STEPS; steps++) {
		const int tag = dwarf_tag(content);
		Dwarf_Die next;

		if (tag == DW_TAG_typedef)
			alias = dwarf_diename(content);
		else if (tag == DW_TAG_array_type)
			alias = NULL;
		else if (!is_wrapper(tag))
			break;
		if (!get_type(content, &next))
			return false;
		*content = next;
	}
	*name = dwarf_diename(content);
	if (!*name && is_aggregate(content))
		*name = alias;
	return steps < MOST_STEPS;
}

/* A type with a name of its own is compared by itself, once. */
static char *spell(Dwarf_Die *die, const char *name)
{
	if (!dwarf_diename(die))
		return text_copy(name);
	return text_make(
		"%s %s",
		dwarf_tag(die) == DW_TAG_union_type ? "union" : "struct", name);
}

/* Bit fields have their place in bits, all else in bytes. */
static bool get_place(Dwarf_Die *die, Dwarf_Die *type, uint64_t *offset,
		      uint64_t *size)
{
	uint64_t bytes = 0;
	uint64_t behind;
	Dwarf_Word whole;

	get_number(die, DW_AT_data_member_location, &bytes);
	*offset = bytes * 8;
	if (get_number(die, DW_AT_bit_size, size)) {
		if (get_number(die, DW_AT_data_bit_offset, &bytes)) {
			*offset = bytes;
			return true;
		}
		/* As DWARF 4 has it: counted from the storage's other end. */
		if (!get_number(die, DW_AT_bit_offset, &behind))
			return true;
		if (dwarf_aggregate_size(type, &whole) != 0)
			return false;
		*offset += whole * 8 - behind - *size;
		return true;
	}
	/* An array without end has no size. */
	*size = 0;
	if (dwarf_aggregate_size(type, &whole) == 0)
		*size = whole * 8;
	return true;
}

/* The members of an unnamed structure, which is all that a name is for. */
static bool read_unnamed(struct reader *reader, struct type *type,
			 Dwarf_Die *die, const char *name,
			 const struct place *place)
{
	struct place inner = *place;
	char *prefix;
	bool read;

	inner.depth++;
	if (!name)
		return read_members(reader, type, die, &inner);
	prefix = text_make("%s%s.", place->prefix, name);
	inner.prefix = prefix;
	read = read_members(reader, type, die, &inner);
	free(prefix);
	return read;
}

static bool read_member(struct reader *reader, struct type *type,
			Dwarf_Die *die, const struct place *place)
{
	const char *name = dwarf_diename(die);
	struct place here = *place;
	struct member *member;
	const char *known;
	Dwarf_Die content;
	Dwarf_Die whole;
	uint64_t offset;
	uint64_t size;

	if (!get_type(die, &whole) || !get_content(die, &content, &known) ||
	    !get_place(die, &whole, &offset, &size))
		return is_damaged(reader, type);
	here.offset += offset;
	if (is_aggregate(&content) && !known) {
		if (!read_unnamed(reader, type, &content, name, &here))
			return false;
		/* Of an array, its length counts too. */
		if (dwarf_tag(&whole) != DW_TAG_array_type)
			return true;
	}
	type->member =
		array_more(type->member, type->members, sizeof(*type->member));
	member = &type->member[type->members];
	member->path = name ? text_make("%s%s", place->prefix, name) :
			      text_make("%s%zu", place->prefix, type->members);
	member->offset = here.offset;
	member->size = size;
	member->holds = NULL;
	reader->paths += strlen(member->path) + 1;
	if (is_aggregate(&content) && known)
		member->holds = spell(&content, known);
	type->members++;
	if (reader->paths > MOST_PATHS)
		return fault_set(reader->fault,
				 "%s: the members of %s have more names than an"
				 " object of a kernel",
				 reader->elf->path, type->name);
	return true;
}

/* The first child, or the one behind a child: 1 if there is one, or -1. */
static int next_child(struct reader *reader, Dwarf_Die *parent,
		      Dwarf_Die *child, bool first)
{
	int status;

	if (++reader->entries > MOST_ENTRIES)
		return -1;
	if (first)
		status = dwarf_child(parent, child);
	else
		status = dwarf_siblingof(child, child);
	return status < 0 ? -1 : status == 0;
}

static bool read_members(struct reader *reader, struct type *type,
			 Dwarf_Die *die, const struct place *place)
{
	Dwarf_Die child;
	int more;

	if (place->depth > MOST_NESTED)
		return fault_set(reader->fault, "%s: %s is nested too deeply",
				 reader->elf->path, type->name);
	for (more = next_child(reader, die, &child, true); more > 0;
	     more = next_child(reader, die, &child, false)) {
		if (dwarf_tag(&child) == DW_TAG_member &&
		    !read_member(reader, type, &child, place))
			return false;
	}
	return more == 0 || is_damaged(reader, type);
}

const char *types_source(const char *file)
{
	return file && strncmp(file, "./", 2) == 0 ? file + 2 : file;
}

static bool add_type(struct reader *reader, Dwarf_Die *die, Dwarf_Die *named,
		     char *name)
{
	static const struct place start = { .prefix = "" };
	const char *file = types_source(dwarf_decl_file(named));
	struct types *types = reader->types;
	struct type *type;

	types->type =
		array_more(types->type, types->count, sizeof(*types->type));
	type = &types->type[types->count++];
	memset(type, 0, sizeof(*type));
	type->name = name;
	type->file = text_copy(file ? file : "");
	dwarf_decl_line(named, &type->line);
	get_number(die, DW_AT_byte_size, &type->size);
	return read_members(reader, type, die, &start);
}

/* Structures and unions, and unnamed ones that a typedef names. */
static bool take_die(struct reader *reader, Dwarf_Die *die)
{
	Dwarf_Die type;

	if (dwarf_tag(die) == DW_TAG_typedef) {
		if (!dwarf_diename(die) || !get_type(die, &type) ||
		    !is_aggregate(&type) || dwarf_diename(&type))
			return true;
		return add_type(reader, &type, die,
				text_copy(dwarf_diename(die)));
	}
	if (!is_aggregate(die) || !dwarf_diename(die) ||
	    dwarf_hasattr(die, DW_AT_declaration))
		return true;
	return add_type(reader, die, die, spell(die, dwarf_diename(die)));
}

static bool read_unit(struct reader *reader, Dwarf_Die *unit)
{
	Dwarf_Die child;
	int more;

	for (more = next_child(reader, unit, &child, true); more > 0;
	     more = next_child(reader, unit, &child, false)) {
		if (!take_die(reader, &child))
			return false;
	}
	return more == 0 || is_damaged(reader, NULL);
}

static bool read_units(struct reader *reader, Dwarf *dwarf)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;
	int status;

	for (;;) {
		status = dwarf_get_units(dwarf, unit, &unit, NULL, NULL, &die,
					 NULL);
		if (status != 0)
			return status > 0 || is_damaged(reader, NULL);
		if (!read_unit(reader, &die))
			return false;
	}
}

static void free_type(struct type *type)
{
	while (type->members > 0) {
		free(type->member[--type->members].path);
		free(type->member[type->members].holds);
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

static void sort_types(struct types *types)
{
	size_t kept = 0;
	size_t i;

	if (types->count)
		qsort(types->type, types->count, sizeof(*types->type), by_name);
	for (i = 0; i < types->count; i++) {
		if (kept && !by_name(&types->type[kept - 1], &types->type[i]))
			free_type(&types->type[i]);
		else
			types->type[kept++] = types->type[i];
	}
	types->count = kept;
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
	struct reader reader = { .elf = elf, .types = types, .fault = fault };
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
		return is_damaged(&reader, NULL);
	read = read_units(&reader, dwarf);
	dwarf_end(dwarf);
	if (read)
		sort_types(types);
	return read;
}

const struct type *types_find(const struct types *types, const char *name)
{
	const struct type key = { .name = (char *)name };

	if (types->count == 0)
		return NULL;
	return bsearch(&key, types->type, types->count, sizeof(key), by_name);
}

void types_free(struct types *types)
{
	while (types->count > 0)
		free_type(&types->type[--types->count]);
	free(types->type);
	types->type = NULL;
}
