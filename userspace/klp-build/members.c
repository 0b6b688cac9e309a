// SPDX-License-Identifier: GPL-2.0
/*
 * members.c - the members that a structure or a variable has
 */
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "kind.h"
#include "members.h"

/* Unnamed structures in unnamed structures: sources nest a few. */
#define MOST_NESTED 16

/*
 * Entries in all, and bytes of the paths of members: several times what the largest
 * objects of a kernel have. Damaged debug information may lead in a circle, and
 * unnamed structures that hold each other twice double with each of them.
 */
#define MOST_ENTRIES 10000000
#define MOST_PATHS (64 << 20)

/* Where a member is: behind which names, and at which offset. */
struct place {
	const char *prefix;
	uint64_t offset;
	unsigned int depth;
};

static bool read_members(struct reader *reader, struct type *type,
			 Dwarf_Die *die, const struct place *place);

bool reader_is_damaged(struct reader *reader, const struct type *type)
{
	const int error = dwarf_errno();

	return fault_set(reader->fault,
			 "%s: debug information of %s cannot be read: %s",
			 reader->elf->path, type ? type->name : "the object",
			 error ? dwarf_errmsg(error) : "it is incomplete");
}

int reader_child(struct reader *reader, Dwarf_Die *parent, Dwarf_Die *child,
		 bool first)
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

/* A type with a name of its own is compared by itself, once. */
char *members_spell(Dwarf_Die *die, const char *name)
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

	die_number(die, DW_AT_data_member_location, &bytes);
	*offset = bytes * 8;
	if (die_number(die, DW_AT_bit_size, size)) {
		if (die_number(die, DW_AT_data_bit_offset, &bytes)) {
			*offset = bytes;
			return true;
		}
		/* As DWARF 4 has it: counted from the storage's other end. */
		if (!die_number(die, DW_AT_bit_offset, &behind))
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

static int by_offset(const void *left, const void *right)
{
	const Dwarf_Off *a = left;
	const Dwarf_Off *b = right;

	return *a < *b ? -1 : *a > *b;
}

/*
 * Structures without a name are compared where they are, as are those that only one
 * function knows: another function may have another one of that name.
 */
static bool is_compared_here(const struct reader *reader, Dwarf_Die *content,
			     const char *name)
{
	const Dwarf_Off offset = dwarf_dieoffset(content);

	return die_is_aggregate(content) &&
	       (!name || !reader->shareds ||
		!bsearch(&offset, reader->shared, reader->shareds,
			 sizeof(offset), by_offset));
}

/* The members of a structure that is compared where it is. */
static bool read_inner(struct reader *reader, struct type *type, Dwarf_Die *die,
		       const char *name, const char *joint,
		       const struct place *place)
{
	struct place inner = *place;
	char *prefix;
	bool read;

	inner.depth++;
	if (!name)
		return read_members(reader, type, die, &inner);
	prefix = text_make("%s%s%s", place->prefix, name, joint);
	inner.prefix = prefix;
	read = read_members(reader, type, die, &inner);
	free(prefix);
	return read;
}

/* A pointer to a structure without a name has its members in no other place. */
static bool read_pointed(struct reader *reader, struct type *type,
			 Dwarf_Die *content, const char *name,
			 const struct place *place)
{
	struct place there = { place->prefix, 0, place->depth };
	const char *known;
	Dwarf_Die target;

	if (!name || dwarf_tag(content) != DW_TAG_pointer_type ||
	    !die_type(content, &target) || !die_strip(&target, true, &known) ||
	    !die_is_aggregate(&target) || known)
		return true;
	return read_inner(reader, type, &target, name, "->", &there);
}

static struct member *add_member(struct reader *reader, struct type *type,
				 const char *name, const struct place *place)
{
	struct member *member;

	type->member =
		array_more(type->member, type->members, sizeof(*type->member));
	member = &type->member[type->members];
	member->path = name ? text_make("%s%s", place->prefix, name) :
			      text_make("%s%zu", place->prefix, type->members);
	member->offset = place->offset;
	member->holds = NULL;
	member->kind = NULL;
	reader->paths += strlen(member->path) + 1;
	type->members++;
	return member;
}

static bool is_array(Dwarf_Die type)
{
	const char *name;

	return die_strip(&type, false, &name) &&
	       dwarf_tag(&type) == DW_TAG_array_type;
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

	if (!die_type(die, &whole))
		return reader_is_damaged(reader, type);
	content = whole;
	if (!die_strip(&content, true, &known) ||
	    !get_place(die, &whole, &offset, &size))
		return reader_is_damaged(reader, type);
	here.offset += offset;
	if (is_compared_here(reader, &content, known)) {
		if (!read_inner(reader, type, &content, name, ".", &here))
			return false;
		/* Of an array, its length counts too. */
		if (!is_array(whole))
			return true;
	}
	member = add_member(reader, type, name, &here);
	member->size = size;
	if (die_is_aggregate(&content) && known)
		member->holds = members_spell(&content, known);
	else
		member->kind =
			kind_spell(&whole, dwarf_hasattr(die, DW_AT_bit_size));
	if (reader->paths > MOST_PATHS)
		return fault_set(reader->fault,
				 "%s: the members of %s have more names than an"
				 " object of a kernel",
				 reader->elf->path, type->name);
	return read_pointed(reader, type, &content, name, place);
}

static bool read_members(struct reader *reader, struct type *type,
			 Dwarf_Die *die, const struct place *place)
{
	Dwarf_Die child;
	int more;

	if (place->depth > MOST_NESTED)
		return fault_set(reader->fault, "%s: %s is nested too deeply",
				 reader->elf->path, type->name);
	for (more = reader_child(reader, die, &child, true); more > 0;
	     more = reader_child(reader, die, &child, false)) {
		if (dwarf_tag(&child) == DW_TAG_member &&
		    !read_member(reader, type, &child, place))
			return false;
	}
	return more == 0 || reader_is_damaged(reader, type);
}

static const struct place start = { .prefix = "" };

bool members_read(struct reader *reader, struct type *type, Dwarf_Die *die)
{
	return read_members(reader, type, die, &start);
}

bool members_read_one(struct reader *reader, struct type *type, Dwarf_Die *die)
{
	return read_member(reader, type, die, &start);
}
