// SPDX-License-Identifier: GPL-2.0
/*
 * image_lookup.c - what there is at a place of an image
 */
#include "image.h"
#include "image_elf.h"

/* Without a size, in a function or where it begins. */
#define MOST_LABELS 64

int image_compare_places(const void *left, const void *right)
{
	const struct image_place *a = left;
	const struct image_place *b = right;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return 0;
}

/* The last element at or before a place and in its section, or NULL. */
static const void *last_before(const void *array, size_t count, size_t size,
			       struct image_place place)
{
	const struct image_place *found = NULL;
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;
		const void *element = (const u8 *)array + middle * size;

		if (image_compare_places(element, &place) > 0) {
			count = middle;
		} else {
			found = element;
			low = middle + 1;
		}
	}
	return found && found->section == place.section ? found : NULL;
}

const struct image_func *image_func_at(const struct image *image,
				       struct image_place place)
{
	const struct image_func *last = last_before(
		image->func, image->funcs, sizeof(*image->func), place);
	const struct image_func *func = last;
	unsigned int labels;

	/* A label inside a function is not the function. */
	for (labels = 0; func && !func->size && labels < MOST_LABELS; labels++)
		func = func > image->func ? func - 1 : NULL;
	if (func && func->size && func->start.section == place.section &&
	    place.offset - func->start.offset < func->size)
		return func;
	return last;
}

const struct image_unwind *image_unwind_at(const struct image *image,
					   struct image_place place)
{
	return last_before(image->unwind, image->unwinds,
			   sizeof(*image->unwind), place);
}

bool image_variable_end(const struct image *image, struct image_place place,
			u32 *end)
{
	const struct image_variable *variable =
		last_before(image->variable, image->variables,
			    sizeof(*image->variable), place);

	if (!variable || variable->start.offset != place.offset)
		return false;
	*end = variable->end;
	return true;
}

const struct image_place *image_site_in(const struct image *image,
					const struct image_func *func)
{
	size_t count = image->sites;
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;

		if (image_compare_places(&image->site[middle], &func->start) <
		    0)
			low = middle + 1;
		else
			count = middle;
	}
	if (low == image->sites ||
	    image->site[low].section != func->start.section ||
	    image->site[low].offset - func->start.offset >= func->size)
		return NULL;
	return &image->site[low];
}

void image_describe(const struct image *image, const struct image_func *func,
		    struct image_place site, struct klp_arm_prologue *prologue)
{
	const struct image_section *section =
		&image->section[func->start.section];
	const struct image_unwind *unwind = image_unwind_at(image, site);

	memset(prologue, 0, sizeof(*prologue));
	prologue->site = site.offset - func->start.offset;
	prologue->thumb = func->thumb;
	if (section->data && func->start.offset < section->size) {
		prologue->code = section->data + func->start.offset;
		prologue->size = section->size - func->start.offset;
	}
	if (func->size && func->size < prologue->size)
		prologue->size = func->size;
	if (!unwind)
		return;
	prologue->unwind_kind = unwind->kind;
	prologue->unwind = unwind->table ? unwind->table : &unwind->inline_word;
	prologue->unwind_words = unwind->words;
}
