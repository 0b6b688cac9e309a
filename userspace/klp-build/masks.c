// SPDX-License-Identifier: GPL-2.0
/*
 * masks.c - what of a function's code is not the same once it is loaded
 *
 * A kernel without KASLR has its code as it was linked, but for what it writes to by
 * its own tables. Each of these names places with instructions of four bytes, in
 * Thumb code too.
 */
#include <stdlib.h>
#include <string.h>

#include "image_elf.h"
#include "masks.h"

/* An ARM instruction, a long one of Thumb code, or a word */
#define PLACE_SIZE 4

/* A table of places. */
struct table {
	const char *section; /* in a module */
	const char *start; /* symbols of a vmlinux */
	const char *stop;
	uint32_t entry; /* bytes */
	bool relative; /* to the entry */
};

/*
 * arch/arm/include/asm: jump_label.h; ALT_SMP() and ALT_UP() of assembler.h;
 * __pv_stub() of memory.h.
 */
static const struct table tables[] = {
	{ "__jump_table", "__start___jump_table", "__stop___jump_table", 12,
	  false },
	{ ".alt.smp.init", "__smpalt_begin", "__smpalt_end", 8, true },
	{ ".pv_table", "__pv_table_begin", "__pv_table_end", 4, true },
};

/* One function. */
struct search {
	struct masks *masks;
	struct linked *linked;
	const struct image *image;
	struct image_place start;
	uint32_t size;
	struct fault *fault;
};

/* Of what is at a place, the part that is in the function. */
static void add_mask(struct search *search, struct image_place place,
		     uint32_t size)
{
	struct masks *masks = search->masks;
	const uint64_t end = (uint64_t)search->start.offset + search->size;
	const uint32_t first = place.offset > search->start.offset ?
				       place.offset :
				       search->start.offset;
	uint64_t last = (uint64_t)place.offset + size;

	if (last > end)
		last = end;
	if (place.section != search->start.section || first >= last)
		return;
	masks->mask =
		array_more(masks->mask, masks->count, sizeof(*masks->mask));
	masks->mask[masks->count++] = (struct old_code_mask){
		.offset = first - search->start.offset,
		.size = (uint32_t)(last - first),
	};
}

static void add_calls(struct search *search)
{
	size_t i;

	for (i = 0; i < search->image->sites; i++)
		add_mask(search, search->image->site[i], PLACE_SIZE);
}

/* Where an entry of a vmlinux's table leads. */
static void add_entry(struct search *search, const struct table *table,
		      struct image_place at)
{
	const struct image *image = search->image;
	uint32_t address = image_word(image, at);
	struct image_place place;

	if (table->relative)
		address += image->section[at.section].address + at.offset;
	if (image_place_of_address(image, address, &place))
		add_mask(search, place, PLACE_SIZE);
}

/* A kernel need not have each of the tables. */
static bool add_table(struct search *search, const struct table *table)
{
	const struct image *image = search->image;
	uint32_t start;
	uint32_t stop;
	struct image_place at;
	uint32_t left;

	if (!linked_value(search->linked, table->start, &start) ||
	    !linked_value(search->linked, table->stop, &stop) || start == stop)
		return true;
	if (!image_place_of_address(image, start, &at) || stop < start ||
	    at.offset > image->section[at.section].size ||
	    stop - start > image->section[at.section].size - at.offset ||
	    (stop - start) % table->entry)
		return fault_set(
			search->fault,
			"vmlinux has a damaged table from '%s' to '%s'",
			table->start, table->stop);
	for (left = stop - start; left; left -= table->entry) {
		add_entry(search, table, at);
		at.offset += table->entry;
	}
	return true;
}

/* What an entry of a module refers to is what its relocation says. */
static void add_module_table(struct search *search, const struct table *table)
{
	const struct image *image = search->image;
	struct image_place at = { 0 };
	struct image_place place;

	for (at.section = 1; at.section < image->sections; at.section++) {
		const struct image_section *section =
			&image->section[at.section];

		if (strcmp(section->name, table->section) != 0)
			continue;
		for (at.offset = 0; section->size - at.offset >= table->entry;
		     at.offset += table->entry) {
			if (image_pointer(image, at, &place))
				add_mask(search, place, PLACE_SIZE);
		}
	}
}

/*
 * Fields as a whole, as a module's loader writes to more than the field for some
 * types. The type of no field is written to as well: R_ARM_V4BX.
 */
static uint32_t field_size(unsigned int type)
{
	const struct reloc_type *known = reloc_type(type);

	if (type == R_ARM_NONE)
		return 0;
	return known && known->field != RELOC_FIELD_NONE ?
		       (uint32_t)reloc_size(known) :
		       PLACE_SIZE;
}

static void add_fields(struct search *search)
{
	const struct image *image = search->image;
	size_t number = image->section[search->start.section].rel;
	size_t i;

	for (; number; number = image->section[number].next_rel) {
		const struct image_section *table = &image->section[number];

		for (i = 0; i < table->size / sizeof(Elf32_Rel); i++) {
			struct image_place place = search->start;
			Elf32_Rel rel;

			memcpy(&rel, table->data + i * sizeof(rel),
			       sizeof(rel));
			place.offset = rel.r_offset;
			add_mask(search, place,
				 field_size(ELF32_R_TYPE(rel.r_info)));
		}
	}
}

static int compare_masks(const void *left, const void *right)
{
	const struct old_code_mask *a = left;
	const struct old_code_mask *b = right;

	return (a->offset > b->offset) - (a->offset < b->offset);
}

/* In order, and what overlaps or touches is one. */
static void merge(struct masks *masks)
{
	size_t kept = 0;
	size_t i;

	if (!masks->count)
		return;
	qsort(masks->mask, masks->count, sizeof(*masks->mask), compare_masks);
	for (i = 1; i < masks->count; i++) {
		struct old_code_mask *last = &masks->mask[kept];
		const struct old_code_mask *mask = &masks->mask[i];
		const uint32_t end = mask->offset + mask->size;

		if (mask->offset > last->offset + last->size)
			masks->mask[++kept] = *mask;
		else if (end > last->offset + last->size)
			last->size = end - last->offset;
	}
	masks->count = kept + 1;
}

bool masks_find(struct masks *masks, struct linked *linked,
		struct image_place start, uint32_t size, struct fault *fault)
{
	struct search search = {
		.masks = masks,
		.linked = linked,
		.image = &linked->image,
		.start = start,
		.size = size,
		.fault = fault,
	};
	bool done = true;
	size_t i;

	memset(masks, 0, sizeof(*masks));
	add_calls(&search);
	for (i = 0; done && i < sizeof(tables) / sizeof(tables[0]); i++) {
		if (linked_is_module(linked))
			add_module_table(&search, &tables[i]);
		else
			done = add_table(&search, &tables[i]);
	}
	if (linked_is_module(linked))
		add_fields(&search);
	merge(masks);
	return done;
}

void masks_free(struct masks *masks)
{
	free(masks->mask);
	memset(masks, 0, sizeof(*masks));
}
