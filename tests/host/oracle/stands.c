// SPDX-License-Identifier: GPL-2.0
/*
 * stands.c - what of the kernel a function or variable of an object stands for
 *
 * Global symbols by name, local ones by name among those that the object had in the
 * kernel. The compiler numbers static variables of functions anew in each version:
 * if there are several of a name, they are in the same order.
 */
#include <stdio.h>

#include "stands.h"

#define LABEL_PREFIX "klp_new."

size_t stands_base(const char *name)
{
	size_t length = strlen(name);
	size_t digits = length;

	while (digits && name[digits - 1] >= '0' && name[digits - 1] <= '9')
		digits--;
	return digits > 1 && digits < length && name[digits - 1] == '.' ?
		       digits - 1 :
		       length;
}

/*
 * What macros make for one place in the code, and each version of the code has for
 * itself.
 */
static bool is_of_one_place(const struct object *object,
			    const struct object_symbol *atom)
{
	static const char *const names[] = {
		"__func__",	  "__FUNCTION__", "__PRETTY_FUNCTION__",
		"CSWTCH",	  "_entry",	  "_entry_ptr",
		"__already_done", "__print_once", "__warned",
		"descriptor",	  "__key",	  "_rs",
	};
	const char *section = object->section[atom->section].name;
	size_t i, length = stands_base(atom->name);

	if (strncmp(atom->name, "__UNIQUE_ID_", 12) == 0 ||
	    strncmp(section, ".data..once", 11) == 0 ||
	    strncmp(section, "__dyndbg", 8) == 0)
		return true;
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (atom->name[length] && strlen(names[i]) == length &&
		    strncmp(names[i], atom->name, length) == 0)
			return true;
	return false;
}

static bool is_alike(const struct object_symbol *symbol,
		     const struct object_symbol *atom)
{
	size_t length = stands_base(atom->name);

	return symbol->bind == STB_LOCAL && symbol->type == atom->type &&
	       symbol->size && stands_base(symbol->name) == length &&
	       strncmp(symbol->name, atom->name, length) == 0;
}

static unsigned long number_of(const struct object_symbol *symbol)
{
	const char *dot = symbol->name + stands_base(symbol->name);
	unsigned long number = 0;

	if (*dot)
		sscanf(dot + 1, "%lu", &number);
	return number;
}

/* Those alike in a range: how many, and how many have smaller numbers. */
static u32 count_alike(const struct object *object, u32 first, u32 end,
		       const struct object_symbol *atom, u32 *before)
{
	u32 i, count = 0;

	*before = 0;
	for (i = first; i < end; i++) {
		if (!is_alike(&object->symbol[i], atom))
			continue;
		count++;
		*before += number_of(&object->symbol[i]) < number_of(atom);
	}
	return count;
}

static const struct object_symbol *find_alike(const struct object *object,
					      u32 first, u32 end,
					      const struct object_symbol *atom,
					      u32 rank)
{
	u32 i, before;

	for (i = first; i < end; i++) {
		if (!is_alike(&object->symbol[i], atom))
			continue;
		count_alike(object, first, end, &object->symbol[i], &before);
		if (before == rank)
			return &object->symbol[i];
	}
	return NULL;
}

const struct object_symbol *stands_in_object(const struct kernel *kernel,
					     const struct object *object,
					     struct kernel_block block,
					     const struct object_symbol *atom)
{
	const struct object *linked = &kernel->object;
	u32 rank, before, there, here;
	u32 i;

	if (is_of_one_place(object, atom))
		return NULL;
	if (atom->bind != STB_LOCAL)
		return kernel_global(kernel, atom->name);
	there = count_alike(linked, block.first, block.end, atom, &before);
	here = count_alike(object, 1, object->symbols, atom, &rank);
	if (there == here)
		return find_alike(linked, block.first, block.end, atom, rank);
	/* One has gone or come: only a name without a number says which. */
	for (i = block.first; i < block.end; i++)
		if (is_alike(&linked->symbol[i], atom) &&
		    strcmp(linked->symbol[i].name, atom->name) == 0)
			return &linked->symbol[i];
	return NULL;
}

/* "klp_new.NAME.POSITION", or "klp_new.NAME.POSITION.MODULE" */
const struct object_symbol *stands_by_label(const struct kernel *kernel,
					    const struct object *object,
					    const struct object_symbol *atom)
{
	char name[512];
	u32 i, position;
	size_t length;

	for (i = 1; i < object->symbols; i++) {
		const struct object_symbol *label = &object->symbol[i];

		if (label->section != atom->section ||
		    object_offset(label) != object_offset(atom) ||
		    strncmp(label->name, LABEL_PREFIX, strlen(LABEL_PREFIX)) !=
			    0)
			continue;
		snprintf(name, sizeof(name), "%s",
			 label->name + strlen(LABEL_PREFIX));
		length = stands_base(name);
		if (!name[length])
			continue;
		name[length] = '\0';
		sscanf(name + length + 1, "%u", &position);
		return kernel_position(kernel, name, position);
	}
	return NULL;
}

const struct object_symbol *stands_named(const struct object *object,
					 const struct object_symbol *atom)
{
	u32 i;

	for (i = 1; i < object->symbols; i++) {
		const struct object_symbol *symbol = &object->symbol[i];

		if (symbol->type == STT_FUNC && symbol->size == atom->size &&
		    object_is_atom(object, symbol) &&
		    strcmp(symbol->name, atom->name) == 0)
			return symbol;
	}
	return NULL;
}
