// SPDX-License-Identifier: GPL-2.0
/*
 * die.c - entries of debug information
 */
#include <dwarf.h>

#include "die.h"

/* Typedefs and arrays on the way to a type: sources nest a few. */
#define MOST_STEPS 100

bool die_number(Dwarf_Die *die, unsigned int name, uint64_t *number)
{
	Dwarf_Attribute attribute;
	Dwarf_Word word;

	if (!dwarf_attr(die, name, &attribute) ||
	    dwarf_formudata(&attribute, &word) != 0)
		return false;
	*number = word;
	return true;
}

bool die_is_aggregate(Dwarf_Die *die)
{
	const int tag = dwarf_tag(die);

	return tag == DW_TAG_structure_type || tag == DW_TAG_union_type;
}

bool die_is_static(Dwarf_Die *die)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *op;
	size_t count;

	return !dwarf_hasattr(die, DW_AT_declaration) &&
	       dwarf_attr(die, DW_AT_location, &attribute) &&
	       dwarf_getlocation(&attribute, &op, &count) == 0 && count > 0 &&
	       op->atom == DW_OP_addr;
}

/* A definition may have its type where it was declared first. */
bool die_type(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute attribute;

	return dwarf_attr_integrate(die, DW_AT_type, &attribute) &&
	       dwarf_formref_die(&attribute, type);
}

/* What says something of a type that has no consequence for its memory. */
static bool is_wrapper(int tag)
{
	return tag == DW_TAG_const_type || tag == DW_TAG_volatile_type ||
	       tag == DW_TAG_restrict_type || tag == DW_TAG_atomic_type;
}

bool die_strip(Dwarf_Die *type, bool arrays, const char **name)
{
	const char *alias = NULL;
	unsigned int steps;

	*name = NULL;
	for (steps = 0; steps < MOST_STEPS; steps++) {
		const int tag = dwarf_tag(type);
		Dwarf_Die next;

		if (tag == DW_TAG_typedef)
			alias = dwarf_diename(type);
		else if (arrays && tag == DW_TAG_array_type)
			alias = NULL;
		else if (!is_wrapper(tag))
			break;
		if (!die_type(type, &next))
			return false;
		*type = next;
	}
	*name = dwarf_diename(type);
	if (!*name && die_is_aggregate(type))
		*name = alias;
	return steps < MOST_STEPS;
}

bool die_is_constant(Dwarf_Die *die)
{
	Dwarf_Die type = *die;
	unsigned int steps;

	for (steps = 0; steps < MOST_STEPS; steps++) {
		Dwarf_Die next;
		int tag;

		if (!die_type(&type, &next))
			return false;
		tag = dwarf_tag(&next);
		if (tag == DW_TAG_const_type)
			return true;
		if (tag != DW_TAG_typedef && tag != DW_TAG_array_type &&
		    !is_wrapper(tag))
			return false;
		type = next;
	}
	return false;
}
