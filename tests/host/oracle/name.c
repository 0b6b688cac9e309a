// SPDX-License-Identifier: GPL-2.0
/*
 * name.c - numbers, written so that they are the same on both sides
 *
 * What a side has for itself is somewhere else on the other one: it is called by its
 * name, a string is its text, and other constant data what is there.
 */
#include <elf.h>
#include <stdio.h>

#include "side.h"
#include "stands.h"

/* More would be the next string. */
#define MOST_TEXT 100

static void name_kernel(const struct object_symbol *symbol, u32 address,
			char *text)
{
	u32 offset = address - object_offset(symbol);

	if (offset)
		snprintf(text, SIDE_NAME, "%.120s+0x%x<%08x>", symbol->name,
			 offset, address);
	else
		snprintf(text, SIDE_NAME, "%.120s<%08x>", symbol->name,
			 address);
}

/* klp-build has a section of its own for strings. */
static bool is_text(const struct object_section *section)
{
	return section->flags & SHF_STRINGS ||
	       strncmp(section->name, ".rodata.str", 11) == 0;
}

static void name_constant(const struct side *side, const struct placed *placed,
			  const struct object_section *section, u32 address,
			  char *text)
{
	const u8 *data = placed_read(placed, address);
	u32 word;

	if (section->flags & SHF_EXECINSTR || !data) {
		snprintf(text, SIDE_NAME, "code of its own");
	} else if (section->flags & SHF_WRITE) {
		snprintf(text, SIDE_NAME, "data without a size");
	} else if (is_text(section)) {
		snprintf(text, SIDE_NAME, "\"%.*s\"", MOST_TEXT,
			 (const char *)data);
	} else {
		memcpy(&word, data, sizeof(word));
		/* What it points at is not looked at once more. */
		if (word - placed->base < placed->size)
			snprintf(text, SIDE_NAME, "constant that points");
		else
			snprintf(text, SIDE_NAME, "constant %08x", word);
	}
	(void)side;
}

static bool name_own(const struct side *side, const struct placed *placed,
		     u32 address, char *text)
{
	const struct object *object = placed->object;
	const struct object_symbol *atom, *known;
	u32 offset, section = placed_section_at(placed, address, &offset);

	if (!section)
		return false;
	atom = object_atom_at(object, section, offset);
	/* What ends where something else begins: what is meant is that. */
	if (atom && offset - object_offset(atom) >= atom->size &&
	    !(object->section[section].flags & SHF_WRITE))
		atom = NULL;
	if (!atom) {
		name_constant(side, placed, &object->section[section], address,
			      text);
		return true;
	}
	known = side_stands_for(side, object, atom);
	offset -= object_offset(atom);
	if (known)
		name_kernel(known, object_offset(known) + offset, text);
	else
		snprintf(text, SIDE_NAME, "new %.*s+0x%x",
			 (int)stands_base(atom->name), atom->name, offset);
	return true;
}

void side_name(const struct side *side, u32 number, char text[static SIDE_NAME])
{
	const struct object_symbol *symbol;
	size_t i;

	for (i = 0; i < side_placed(side); i++)
		if (number - side->placed[i].base < side->placed[i].size &&
		    name_own(side, &side->placed[i], number, text))
			return;
	symbol = kernel_symbol_at(side->kernel, number);
	if (symbol)
		name_kernel(symbol, number, text);
	else
		snprintf(text, SIDE_NAME, "0x%x", number);
}
