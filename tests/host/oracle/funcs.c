// SPDX-License-Identifier: GPL-2.0
/*
 * funcs.c - what a livepatch tells the core to replace
 *
 * struct klp_func (include/linux/livepatch.h) begins with the name of the old function,
 * the address of the new one, and the position of the old one among all of its name.
 */
#include <elf.h>
#include <stdio.h>

#include "funcs.h"
#include "stands.h"

#define LABEL_PREFIX "klp_new."

/* The address of the new function is at @address. */
static bool is_right(const struct placed *placed, u32 address,
		     const struct object_symbol *label)
{
	const u8 *old = placed_read(placed, placed_word(placed, address - 4));
	u32 new = placed_word(placed, address);
	u32 position = placed_word(placed, address + 4);
	char wanted[512];
	u32 length;

	if (new != placed_symbol(placed, label)) {
		printf("%s: klp_func has another new function\n", label->name);
		return false;
	}
	snprintf(wanted, sizeof(wanted), LABEL_PREFIX "%.400s.%u",
		 old ? (const char *)old : "", position);
	/* Of a function of a module, that follows. */
	length = (u32)strlen(wanted);
	if (strncmp(wanted, label->name, length) == 0 &&
	    (!label->name[length] || label->name[length] == '.'))
		return true;
	printf("%s: klp_func says that this is %s\n", label->name, wanted);
	return false;
}

static bool is_label(const struct object_symbol *symbol)
{
	return symbol->section &&
	       strncmp(symbol->name, LABEL_PREFIX, strlen(LABEL_PREFIX)) == 0;
}

/* Of the relocations of one section */
static bool check_section(const struct placed *placed,
			  const struct object_section *section, size_t *found)
{
	const struct object *object = placed->object;
	bool ok = true;
	u32 at;

	for (at = 0; at + sizeof(Elf32_Rel) <= section->size;
	     at += sizeof(Elf32_Rel)) {
		Elf32_Rel rel;
		u32 symbol;

		memcpy(&rel, section->data + at, sizeof(rel));
		symbol = ELF32_R_SYM(rel.r_info);
		if (ELF32_R_TYPE(rel.r_info) != R_ARM_ABS32 ||
		    symbol >= object->symbols ||
		    !is_label(&object->symbol[symbol]))
			continue;
		++*found;
		ok &= is_right(placed,
			       placed->address[section->info] + rel.r_offset,
			       &object->symbol[symbol]);
	}
	return ok;
}

bool funcs_check(const struct side *side)
{
	const struct placed *placed = side->placed;
	const struct object *object = placed->object;
	size_t found = 0, labels = 0;
	bool ok = true;
	u32 i;

	for (i = 1; i < object->symbols; i++)
		labels += is_label(&object->symbol[i]);
	for (i = 1; i < object->sections; i++) {
		const struct object_section *section = &object->section[i];

		if (section->type == SHT_REL && section->data &&
		    section->info < object->sections &&
		    object->section[section->info].flags & SHF_WRITE)
			ok &= check_section(placed, section, &found);
	}
	if (found != labels)
		printf("%zu functions are to be replaced, and there are new ones of %zu\n",
		       found, labels);
	return ok && found && found == labels;
}
