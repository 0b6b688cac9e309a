// SPDX-License-Identifier: GPL-2.0
/*
 * side.c - one of the two that are compared: the patched kernel, or the livepatch
 */
#include <elf.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "field.h"
#include "side.h"
#include "stands.h"

#define LATE_PREFIX ".klp.sym."
/* Of the livepatch core: include/uapi/linux/elf.h */
#define SHN_LATE 0xff20U

size_t side_placed(const struct side *side)
{
	return side->livepatch ? 1 : side->count;
}

const struct object_symbol *side_stands_for(const struct side *side,
					    const struct object *object,
					    const struct object_symbol *atom)
{
	const struct object_symbol *known = NULL;
	size_t i;

	if (!side->livepatch)
		return stands_in_object(side->kernel, object,
					side->block[object - side->objects],
					atom);
	if (atom->type != STT_FUNC)
		return NULL;
	known = stands_by_label(side->kernel, object, atom);
	for (i = 0; !known && i < side->count; i++) {
		const struct object_symbol *same =
			stands_named(&side->objects[i], atom);

		if (same)
			known = stands_in_object(side->kernel,
						 &side->objects[i],
						 side->block[i], same);
	}
	return known;
}

/* ".klp.sym.OBJECT.NAME,POSITION" */
static bool resolve_late(const struct side *side,
			 const struct object_symbol *symbol, u32 *value,
			 char why[static 160])
{
	const struct object_symbol *found;
	char object[56], name[512];
	u32 position;

	if (sscanf(symbol->name, LATE_PREFIX "%55[^.].%511[^,],%u", object,
		   name, &position) != 3) {
		snprintf(why, 160, "'%.100s' is no name that the core takes",
			 symbol->name);
		return false;
	}
	if (strcmp(object, "vmlinux") != 0) {
		snprintf(why, 160, "'%.100s' is in module %.40s", name, object);
		return false;
	}
	found = kernel_position(side->kernel, name, position);
	if (!found) {
		snprintf(why, 160, "the core does not find '%.100s'",
			 symbol->name);
		return false;
	}
	/* kallsyms has even addresses; the type tells Thumb code. */
	*value = object_offset(found);
	if (side->kernel->thumb && symbol->type == STT_FUNC)
		*value |= 1;
	return true;
}

static bool resolve_elsewhere(const struct side *side,
			      const struct object_symbol *symbol, u32 *value)
{
	size_t i;
	u32 j;

	for (i = 0; !side->livepatch && i < side->count; i++) {
		const struct object *object = &side->objects[i];

		for (j = 1; j < object->symbols; j++) {
			if (object->symbol[j].bind == STB_LOCAL ||
			    !object_is_atom(object, &object->symbol[j]) ||
			    strcmp(object->symbol[j].name, symbol->name) != 0)
				continue;
			*value = placed_symbol(&side->placed[i],
					       &object->symbol[j]);
			return true;
		}
	}
	return false;
}

static bool resolve_undefined(const struct side *side,
			      const struct object_symbol *symbol, u32 *value,
			      char why[static 160])
{
	const struct object_symbol *found =
		kernel_global(side->kernel, symbol->name);

	if (found && side->livepatch &&
	    !kernel_is_exported(side->kernel, symbol->name)) {
		snprintf(why, 160, "'%.100s' is not exported", symbol->name);
		return false;
	}
	*value = found ? found->value : 0;
	if (found || resolve_elsewhere(side, symbol, value) ||
	    symbol->bind == STB_WEAK)
		return true;
	snprintf(why, 160, "there is no '%.100s' in the kernel", symbol->name);
	return false;
}

/* What the kernel does not have is new, if it is known what it has of this object. */
static bool is_new(const struct side *side, const struct object *object,
		   const struct object_symbol *atom, char why[static 160])
{
	if (!atom || atom->bind != STB_LOCAL ||
	    side->block[object - side->objects].end)
		return true;
	snprintf(why, 160, "which '%.100s' is meant cannot be told",
		 atom->name);
	return false;
}

/*
 * A reference to what the object has itself: what the kernel had before the fix is
 * where it was, new things and places inside of functions are the object's own.
 */
static bool resolve_own(const struct side *side, const struct placed *placed,
			const struct placed_ref *ref, u32 *value,
			char why[static 160])
{
	const struct object *object = placed->object;
	const struct object_symbol *symbol = &object->symbol[ref->symbol];
	const struct object_symbol *atom = symbol, *known = NULL;
	u32 ahead = klp_arm_reloc_is_branch(ref->type) ?
			    klp_arm_reloc_pc_ahead(ref->type) :
			    0;
	u32 target = object_offset(symbol) + ref->addend + ahead;

	if (!placed->address[symbol->section]) {
		snprintf(why, 160, "'%.100s' is not in memory", symbol->name);
		return false;
	}
	*value = placed->address[symbol->section] + symbol->value;
	/* A branch by the name of a section has no bit for Thumb. */
	if (klp_arm_reloc_is_branch(ref->type) &&
	    klp_arm_reloc_is_thumb(ref->type))
		*value |= 1;
	if (side->livepatch)
		return true;
	if (!object_is_atom(object, symbol))
		atom = object_atom_at(object, symbol->section, target);
	if (atom)
		known = side_stands_for(side, object, atom);
	if (!known)
		return is_new(side, object, atom, why);
	target -= object_offset(atom);
	if (atom->type == STT_FUNC && (target & ~1U))
		return true;
	if (atom->type == STT_FUNC)
		target = 0;
	*value = known->value + target - ahead - ref->addend;
	return true;
}

static bool resolve(const void *cookie, const struct placed *placed,
		    const struct placed_ref *ref, u32 *value,
		    char why[static 160])
{
	const struct side *side = cookie;
	const struct object_symbol *symbol =
		&placed->object->symbol[ref->symbol];
	bool ok;

	if (symbol->section == SHN_LATE)
		ok = resolve_late(side, symbol, value, why);
	else if (symbol->section == SHN_ABS)
		ok = (*value = symbol->value, true);
	else if (symbol->section && symbol->section < placed->object->sections)
		ok = resolve_own(side, placed, ref, value, why);
	else
		ok = resolve_undefined(side, symbol, value, why);
	*value += ref->addend;
	return ok;
}

void side_place(struct side *side, u32 base, struct proof_random *random)
{
	size_t i, count = side_placed(side);

	side->placed = calloc(count, sizeof(*side->placed));
	if (!side->placed)
		err(2, "memory");
	for (i = 0; i < count; i++) {
		placed_load(&side->placed[i],
			    side->livepatch ? side->livepatch :
					      &side->objects[i],
			    base, random, side->kernel->thumb);
		base += side->placed[i].size + PLACED_PAGE;
	}
	for (i = 0; i < count; i++)
		placed_relocate(&side->placed[i], resolve, side);
}

void side_free(struct side *side)
{
	size_t i;

	for (i = 0; i < side_placed(side); i++)
		placed_free(&side->placed[i]);
	free(side->placed);
}
