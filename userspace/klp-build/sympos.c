// SPDX-License-Identifier: GPL-2.0
/*
 * sympos.c - which symbol of a vmlinux or a module is the one of an object
 */
#include <stdlib.h>
#include <string.h>

#include "image_elf.h"
#include "special.h"
#include "sympos.h"

/* Does the linker leave the symbol in, as one of its object? */
static bool is_linked(const struct elf32 *kept,
		      const struct elf32_symbol *symbol)
{
	const struct elf32_section *section;

	if (symbol->bind != STB_LOCAL || !symbol->size ||
	    (symbol->type != STT_FUNC && symbol->type != STT_OBJECT) ||
	    !elf32_in_section(kept, symbol))
		return false;
	section = &kept->section[symbol->section];
	return (section->flags & SHF_ALLOC) && !special_is_exit(section) &&
	       strncmp(section->name, ".discard", 8) != 0;
}

static bool block_has(struct linked *linked, size_t block, const char *name,
		      uint32_t size)
{
	const struct image *image = &linked->image;
	size_t i;

	for (i = linked->block[block].first; i < linked->block[block].end;
	     i++) {
		Elf32_Sym entry = image_symbol(image, i);

		if (entry.st_size == size &&
		    strcmp(image_symbol_name(image, &entry), name) == 0)
			return true;
	}
	return false;
}

/* Has the block all that the object has, by name and size? */
static bool is_block(const struct sympos *sympos, size_t block)
{
	const struct elf32 *kept = sympos->kept;
	size_t i;

	for (i = 1; i < kept->symbols; i++) {
		const struct elf32_symbol *symbol = &kept->symbol[i];

		if (is_linked(kept, symbol) &&
		    !block_has(sympos->linked, block, symbol->name,
			       symbol->size))
			return false;
	}
	return true;
}

static const char *source_name(const struct elf32 *kept)
{
	size_t i;

	for (i = 1; i < kept->symbols; i++) {
		if (kept->symbol[i].type == STT_FILE)
			return kept->symbol[i].name;
	}
	return "";
}

void sympos_find(struct sympos *sympos, struct linked *linked,
		 const struct elf32 *kept)
{
	const char *name = source_name(kept);
	size_t i;

	sympos->linked = linked;
	sympos->kept = kept;
	sympos->block = LINKED_NONE;
	for (i = 0; i < linked->blocks; i++) {
		if (strcmp(linked->block[i].name, name) != 0 ||
		    !is_block(sympos, i))
			continue;
		if (sympos->block != LINKED_NONE) {
			sympos->block = LINKED_NONE;
			return;
		}
		sympos->block = i;
	}
}

bool sympos_symbol(const struct sympos *sympos, const char *name, bool global,
		   struct linked_symbol *symbol)
{
	if (global)
		return linked_global(sympos->linked, name, symbol);
	return linked_local(sympos->linked, sympos->block, name, symbol);
}

static const struct elf32_symbol *find_kept(const struct elf32 *kept,
					    const char *name)
{
	size_t i;

	for (i = 1; i < kept->symbols; i++) {
		const struct elf32_symbol *symbol = &kept->symbol[i];

		if (symbol->type == STT_FUNC &&
		    elf32_in_section(kept, symbol) &&
		    strcmp(symbol->name, name) == 0)
			return symbol;
	}
	return NULL;
}

/* What a linker writes is not compared. */
static void clear_fields(uint8_t *bytes, const struct elf32_rel *rel,
			 size_t count, uint32_t start)
{
	size_t i;

	for (i = 0; i < count; i++) {
		uint8_t *place = bytes + (rel[i].offset - start);

		reloc_store(rel[i].type, place,
			    reloc_load(rel[i].type, place) &
				    ~reloc_mask(rel[i].type));
	}
}

/* Relocations whose fields are all inside of a part of a section. */
static bool are_inside(const struct elf32_rel *rel, size_t count, uint32_t end)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (rel[i].offset + reloc_size(rel[i].type) > end)
			return false;
	}
	return true;
}

bool sympos_is_code(const struct sympos *sympos,
		    const struct linked_symbol *symbol)
{
	const struct elf32 *kept = sympos->kept;
	const struct elf32_symbol *own = find_kept(kept, symbol->name);
	const struct image_section *section =
		&sympos->linked->image.section[symbol->place.section];
	const struct elf32_rel *rel;
	uint8_t *left;
	uint8_t *right;
	size_t count;
	bool equal;

	if (!own || !own->size || own->size != symbol->size ||
	    !symbol->place.section || symbol->place.offset > section->size ||
	    own->size > section->size - symbol->place.offset)
		return false;
	rel = elf32_rels(kept, own->section, own->value, own->size, &count);
	if (!kept->section[own->section].data || !section->data ||
	    !are_inside(rel, count, own->value + own->size))
		return false;
	left = array_new(own->size, 1);
	right = array_new(own->size, 1);
	memcpy(left, kept->section[own->section].data + own->value, own->size);
	memcpy(right, section->data + symbol->place.offset, own->size);
	clear_fields(left, rel, count, own->value);
	clear_fields(right, rel, count, own->value);
	equal = memcmp(left, right, own->size) == 0;
	free(left);
	free(right);
	return equal;
}
