// SPDX-License-Identifier: GPL-2.0
/*
 * image_names.c - the symbols of a file by name, counted as the kernel does
 *
 * Live patching needs CONFIG_KALLSYMS_ALL, so variables count as well as
 * functions: two of one name are ambiguous, whatever they are.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image_elf.h"
#include "oom.h"

#define ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

/* What scripts/mksysmap leaves out of kallsyms by its name. */
static const char *const unlisted_prefixes[] = {
	"$", ".L", "__crc_", "__kstrtab_", "__kstrtabns_", "__kcfi_typeid_",
};
static const char *const unlisted_suffixes[] = {
	"_from_arm",
	"_from_thumb",
	"_veneer",
};

static bool is_unlisted(const char *name)
{
	const size_t len = strlen(name);
	size_t i;

	for (i = 0; i < ELEMENTS(unlisted_prefixes); i++) {
		const char *prefix = unlisted_prefixes[i];

		if (strncmp(name, prefix, strlen(prefix)) == 0)
			return true;
	}
	for (i = 0; i < ELEMENTS(unlisted_suffixes); i++) {
		const size_t end = strlen(unlisted_suffixes[i]);

		if (len >= end &&
		    strcmp(name + len - end, unlisted_suffixes[i]) == 0)
			return true;
	}
	return false;
}

/*
 * In vmlinux neither absolute symbols nor those of sections that are not
 * loaded count. A module has all its symbols while it is being loaded, which
 * is when the livepatch core looks for those of a patch that is there before.
 */
static bool is_listed(const struct image *image, const Elf32_Sym *symbol)
{
	const unsigned int type = ELF32_ST_TYPE(symbol->st_info);

	if ((type != STT_FUNC && type != STT_OBJECT && type != STT_NOTYPE) ||
	    symbol->st_shndx == SHN_UNDEF)
		return false;
	if (image->relocatable)
		return true;
	return symbol->st_shndx < image->sections &&
	       (image->section[symbol->st_shndx].flags & SHF_ALLOC) &&
	       !is_unlisted(image_symbol_name(image, symbol));
}

/*
 * By name; those of one name as the livepatch core counts them: kallsyms has
 * the symbols of vmlinux by address, and those of a module in the order of its
 * symbol table.
 */
static int compare_names(const void *left, const void *right)
{
	const struct image_name *a = left;
	const struct image_name *b = right;
	/* Many symbols of a file may have their name from the same place. */
	int order = a->name == b->name ? 0 : strcmp(a->name, b->name);

	if (order)
		return order;
	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return (a->symbol > b->symbol) - (a->symbol < b->symbol);
}

static void sort_names(struct image *image)
{
	size_t i;

	image->name = calloc(image->symbols, sizeof(*image->name));
	if (!image->name)
		out_of_memory();
	for (i = 0; i < image->symbols; i++) {
		Elf32_Sym symbol = image_symbol(image, i);
		struct image_name *name;

		if (!is_listed(image, &symbol))
			continue;
		name = &image->name[image->names++];
		name->name = image_symbol_name(image, &symbol);
		name->address = image->relocatable ? 0 : symbol.st_value;
		name->symbol = (u32)i;
	}
	qsort(image->name, image->names, sizeof(*image->name), compare_names);
}

/* The first name that does not sort before this one. */
static size_t first_name(struct image *image, const char *name)
{
	size_t low = 0;
	size_t high;

	if (!image->name)
		sort_names(image);
	high = image->names;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(image->name[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t image_find(struct image *image, const char *name,
		  struct image_func *found, size_t room)
{
	size_t at = first_name(image, name);
	size_t count = 0;

	for (; at < image->names && count < room; at++) {
		Elf32_Sym symbol = image_symbol(image, image->name[at].symbol);
		struct image_place place;

		if (strcmp(image->name[at].name, name) != 0)
			break;
		if (!image_symbol_place(image, &symbol, &place))
			place = (struct image_place){ 0 };
		image_func_from_symbol(image, &symbol, place, &found[count++]);
	}
	return count;
}

static bool is_function(const struct image *image, size_t name)
{
	Elf32_Sym symbol = image_symbol(image, image->name[name].symbol);

	return ELF32_ST_TYPE(symbol.st_info) == STT_FUNC;
}

size_t image_clones(struct image *image, const char *name, const char **found,
		    size_t room)
{
	const size_t len = strlen(name);
	size_t count = 0;
	char *begin;
	size_t at;

	if (asprintf(&begin, "%s.", name) < 0)
		out_of_memory();
	for (at = first_name(image, begin);
	     at < image->names && count < room &&
	     strncmp(image->name[at].name, begin, len + 1) == 0;
	     at++) {
		const char *clone = image->name[at].name;

		if (is_function(image, at) &&
		    (!count || strcmp(found[count - 1], clone) != 0))
			found[count++] = clone;
	}
	free(begin);
	return count;
}

bool image_is_init_text(const struct image *image, struct image_place place)
{
	const struct image_section *section = &image->section[place.section];
	const u32 address = section->address + place.offset;

	if (strncmp(section->name, ".init", 5) == 0)
		return true;
	if (image->relocatable)
		return false;
	/* What a vmlinux keeps of exit code is freed with its init code. */
	return strcmp(section->name, ".exit.text") == 0 ||
	       (address >= image->init_start && address < image->init_end);
}
