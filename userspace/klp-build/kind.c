// SPDX-License-Identifier: GPL-2.0
/*
 * kind.c - what the bytes of a value mean
 */
#include <dwarf.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "die.h"
#include "fault.h"
#include "kind.h"

/*
 * Pointers to functions that take pointers to functions: sources nest a few, and a
 * message has to be read.
 */
#define MOST_NESTED 6
#define MOST_TEXT 1000

#define INTEGER "integer"

static void put_kind(FILE *out, Dwarf_Die type, unsigned int depth);

/* The size of the value itself is compared apart. */
static void put_scalar(FILE *out, Dwarf_Die *type, unsigned int depth)
{
	uint64_t encoding = DW_ATE_signed;
	uint64_t size = 0;

	die_number(type, DW_AT_encoding, &encoding);
	die_number(type, DW_AT_byte_size, &size);
	if (encoding == DW_ATE_boolean) {
		fputs("bool", out);
		return;
	}
	fputs(encoding == DW_ATE_float ? "float" : INTEGER, out);
	if (depth)
		fprintf(out, " of %" PRIu64 " byte%s", size,
			size == 1 ? "" : "s");
}

/* Of what a pointer leads to, a function returns or takes. */
static void put_target(FILE *out, Dwarf_Die *die, unsigned int depth)
{
	Dwarf_Die type;

	if (die_type(die, &type))
		put_kind(out, type, depth + 1);
	else
		fputs("void", out);
}

static void put_function(FILE *out, Dwarf_Die *type, unsigned int depth)
{
	const char *comma = "";
	Dwarf_Die child;
	int status = dwarf_child(type, &child);

	fputs("function(", out);
	for (; status == 0; status = dwarf_siblingof(&child, &child)) {
		const int tag = dwarf_tag(&child);

		if (tag == DW_TAG_formal_parameter) {
			fputs(comma, out);
			put_target(out, &child, depth);
		} else if (tag == DW_TAG_unspecified_parameters) {
			fprintf(out, "%s...", comma);
		}
		comma = ", ";
	}
	fputs(") that returns ", out);
	put_target(out, type, depth);
}

static void put_named(FILE *out, Dwarf_Die *type, const char *name)
{
	const bool has_tag = dwarf_diename(type) != NULL;
	const char *word = dwarf_tag(type) == DW_TAG_union_type ? "union" :
								  "struct";

	if (!name)
		fprintf(out, "unnamed %s", word);
	else if (has_tag)
		fprintf(out, "%s %s", word, name);
	else
		fputs(name, out);
}

static void put_kind(FILE *out, Dwarf_Die type, unsigned int depth)
{
	const char *name;

	if (!die_strip(&type, false, &name)) {
		fputs("void", out);
		return;
	}
	if (depth > MOST_NESTED || ftell(out) > MOST_TEXT) {
		fputs("...", out);
		return;
	}
	switch (dwarf_tag(&type)) {
	case DW_TAG_base_type:
	case DW_TAG_enumeration_type:
		put_scalar(out, &type, depth);
		break;
	case DW_TAG_pointer_type:
		fputs("pointer to ", out);
		put_target(out, &type, depth);
		break;
	case DW_TAG_array_type:
		fputs("array of ", out);
		put_target(out, &type, depth);
		break;
	case DW_TAG_subroutine_type:
		put_function(out, &type, depth);
		break;
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
		put_named(out, &type, name);
		break;
	default:
		fprintf(out, "type with tag %#x", dwarf_tag(&type));
	}
}

char *kind_spell(Dwarf_Die *type, bool bits)
{
	char *kind = NULL;
	size_t size = 0;
	FILE *out;

	if (bits)
		return text_copy(INTEGER);
	out = open_memstream(&kind, &size);
	if (!out)
		out_of_memory();
	put_kind(out, *type, 0);
	if (fclose(out) != 0)
		out_of_memory();
	return kind;
}
