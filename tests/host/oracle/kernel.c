// SPDX-License-Identifier: GPL-2.0
/*
 * kernel.c - the vmlinux that a livepatch is for
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernel.h"

static int compare_names(const void *left, const void *right)
{
	const struct object_symbol *a =
		*(const struct object_symbol *const *)left;
	const struct object_symbol *b =
		*(const struct object_symbol *const *)right;
	int order = strcmp(a->name, b->name);

	if (order)
		return order;
	return object_offset(a) < object_offset(b) ?
		       -1 :
		       object_offset(a) > object_offset(b);
}

/* What is there first, and then what has a size, names the place. */
static int compare_addresses(const void *left, const void *right)
{
	const struct object_symbol *a =
		*(const struct object_symbol *const *)left;
	const struct object_symbol *b =
		*(const struct object_symbol *const *)right;

	if (object_offset(a) != object_offset(b))
		return object_offset(a) < object_offset(b) ? -1 : 1;
	if (!a->size != !b->size)
		return a->size ? 1 : -1;
	return strcmp(b->name, a->name);
}

static bool is_named(const struct object_symbol *symbol)
{
	return symbol->section && symbol->type != STT_FILE &&
	       symbol->type != STT_SECTION && symbol->name[0] &&
	       symbol->name[0] != '$';
}

void kernel_open(struct kernel *kernel, const char *path)
{
	struct object *object = &kernel->object;
	u32 i;

	memset(kernel, 0, sizeof(*kernel));
	object_open(object, path);
	kernel->by_name = calloc(object->symbols + 1, sizeof(void *));
	kernel->by_address = calloc(object->symbols + 1, sizeof(void *));
	if (!kernel->by_name || !kernel->by_address)
		err(2, "%s", path);
	for (i = 1; i < object->symbols; i++) {
		const struct object_symbol *symbol = &object->symbol[i];

		if (!is_named(symbol))
			continue;
		kernel->by_name[kernel->names++] = symbol;
		if (symbol->section < object->sections)
			kernel->by_address[kernel->places++] = symbol;
		if (strncmp(symbol->name, "__ksymtab_", 10) == 0)
			kernel->exports = true;
		if (symbol->type == STT_FUNC && symbol->value & 1)
			kernel->thumb = true;
	}
	qsort(kernel->by_name, kernel->names, sizeof(void *), compare_names);
	qsort(kernel->by_address, kernel->places, sizeof(void *),
	      compare_addresses);
}

void kernel_close(struct kernel *kernel)
{
	free(kernel->by_name);
	free(kernel->by_address);
	object_close(&kernel->object);
}

/* The first symbol of a name, or where it would be. */
static size_t find_name(const struct kernel *kernel, const char *name)
{
	size_t low = 0, high = kernel->names;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(kernel->by_name[middle]->name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool has_name(const struct kernel *kernel, size_t index,
		     const char *name)
{
	return index < kernel->names &&
	       strcmp(kernel->by_name[index]->name, name) == 0;
}

const struct object_symbol *kernel_global(const struct kernel *kernel,
					  const char *name)
{
	size_t i;

	for (i = find_name(kernel, name); has_name(kernel, i, name); i++)
		if (kernel->by_name[i]->bind != STB_LOCAL)
			return kernel->by_name[i];
	return NULL;
}

bool kernel_is_exported(const struct kernel *kernel, const char *name)
{
	char export[512];

	snprintf(export, sizeof(export), "__ksymtab_%s", name);
	return !kernel->exports ||
	       has_name(kernel, find_name(kernel, export), export);
}

const struct object_symbol *kernel_position(const struct kernel *kernel,
					    const char *name, u32 position)
{
	size_t first = find_name(kernel, name);

	if (!position && has_name(kernel, first + 1, name))
		return NULL;
	first += position ? position - 1 : 0;
	return has_name(kernel, first, name) ? kernel->by_name[first] : NULL;
}

static bool block_has(const struct kernel *kernel, u32 file,
		      const struct object_symbol *symbol)
{
	size_t i;

	for (i = find_name(kernel, symbol->name);
	     has_name(kernel, i, symbol->name); i++)
		if (kernel->by_name[i]->bind == STB_LOCAL &&
		    kernel->by_name[i]->file == file)
			return true;
	return false;
}

static u32 count_same(const struct kernel *kernel, u32 file,
		      const struct object *object)
{
	u32 i, same = 0;

	for (i = 1; i < object->symbols; i++)
		if (object->symbol[i].bind == STB_LOCAL &&
		    object_is_atom(object, &object->symbol[i]))
			same += block_has(kernel, file, &object->symbol[i]);
	return same;
}

static const char *source_of(const struct object *object)
{
	u32 i;

	for (i = 1; i < object->symbols; i++)
		if (object->symbol[i].type == STT_FILE)
			return object->symbol[i].name;
	return "";
}

static u32 end_of_block(const struct object *linked, u32 first)
{
	u32 end = first;

	while (end < linked->symbols && linked->symbol[end].file == first - 1)
		end++;
	return end;
}

struct kernel_block kernel_find_block(const struct kernel *kernel,
				      const struct object *object)
{
	const struct object *linked = &kernel->object;
	const char *source = source_of(object);
	/* What has no symbols of its own there has an empty block. */
	struct kernel_block block = { 1, 1 };
	u32 i, same, best = 0, equals = 0;

	for (i = 1; i < linked->symbols; i++) {
		const struct object_symbol *symbol = &linked->symbol[i];

		if (symbol->type != STT_FILE ||
		    strcmp(symbol->name, source) != 0)
			continue;
		same = count_same(kernel, i, object);
		if (same < best)
			continue;
		equals = same == best ? equals + 1 : 1;
		best = same;
		block.first = i + 1;
	}
	if (equals > 1)
		block.end = 0;
	else if (equals)
		block.end = end_of_block(linked, block.first);
	return block;
}

const struct object_symbol *kernel_symbol_at(const struct kernel *kernel,
					     u32 address)
{
	const struct object *object = &kernel->object;
	size_t low = 0, high = kernel->places;
	u32 i;

	for (i = 1; i < object->sections; i++)
		if (object->section[i].flags & SHF_ALLOC &&
		    address - object->section[i].address <
			    object->section[i].size)
			break;
	if (i >= object->sections)
		return NULL;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (object_offset(kernel->by_address[middle]) <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? kernel->by_address[low - 1] : NULL;
}

/* What is read-only after init is linked between constants, too. */
static bool is_constant(const struct object_section *section)
{
	return section->flags & SHF_ALLOC && section->data &&
	       (!(section->flags & SHF_WRITE) ||
		strcmp(section->name, ".rodata") == 0);
}

void kernel_copy_constants(const struct kernel *kernel, u32 address, u8 *to,
			   u32 size)
{
	const struct object *object = &kernel->object;
	u32 i;

	for (i = 1; i < object->sections; i++) {
		const struct object_section *section = &object->section[i];
		u32 from = section->address > address ? section->address :
							address;
		u32 end = section->address + section->size < address + size ?
				  section->address + section->size :
				  address + size;

		if (!is_constant(section) || from >= end)
			continue;
		memcpy(to + (from - address),
		       section->data + (from - section->address), end - from);
	}
}
