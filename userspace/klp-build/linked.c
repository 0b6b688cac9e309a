// SPDX-License-Identifier: GPL-2.0
/*
 * linked.c - the symbols of a vmlinux or a module, as the livepatch core counts them
 */
#include <stdlib.h>
#include <string.h>

#include "image_elf.h"
#include "linked.h"

/* A linker puts the local symbols of each object behind the name of its source. */
static void find_blocks(struct linked *linked)
{
	const struct image *image = &linked->image;
	struct linked_block *block = NULL;
	size_t i;

	for (i = 0; i < image->symbols; i++) {
		Elf32_Sym symbol = image_symbol(image, i);

		if (ELF32_ST_BIND(symbol.st_info) != STB_LOCAL)
			break;
		if (ELF32_ST_TYPE(symbol.st_info) == STT_FILE) {
			linked->block = array_more(linked->block,
						   linked->blocks,
						   sizeof(*linked->block));
			block = &linked->block[linked->blocks++];
			block->name = image_symbol_name(image, &symbol);
			block->first = i + 1;
		}
		if (block)
			block->end = i + 1;
	}
}

bool linked_is_module(const struct linked *linked)
{
	return linked->image.relocatable;
}

bool linked_open(struct linked *linked, const char *object, const char *path,
		 struct fault *fault)
{
	struct image *image = &linked->image;
	const bool vmlinux = strcmp(object, LINKED_VMLINUX) == 0;

	memset(linked, 0, sizeof(*linked));
	linked->object = object;
	if (image_open(image, path) != 0)
		return fault_set(fault, "%s: %s", path,
				 image->error ? image->error :
						strerror(image->err));
	if (image->relocatable == vmlinux)
		return fault_set(fault, "%s: not a %s", path,
				 vmlinux ? "vmlinux" : "module");
	image_find(image, "", NULL, 0);
	find_blocks(linked);
	return true;
}

void linked_close(struct linked *linked)
{
	image_close(&linked->image);
	free(linked->block);
	memset(linked, 0, sizeof(*linked));
}

/* All symbols of one name, as they are sorted in the image. */
struct namesakes {
	const struct image_name *first;
	size_t count;
};

static struct namesakes find_namesakes(const struct image *image,
				       const char *name)
{
	struct namesakes found = { 0 };
	size_t low = 0;
	size_t high = image->names;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(image->name[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	found.first = image->name + low;
	while (low + found.count < image->names &&
	       strcmp(found.first[found.count].name, name) == 0)
		found.count++;
	return found;
}

/* Has the module a symbol for as long as it is loaded? */
static bool is_kept(const struct image *image, const Elf32_Sym *symbol)
{
	const struct image_section *section;

	if (symbol->st_shndx >= image->sections)
		return false;
	section = &image->section[symbol->st_shndx];
	/* There are kernels that do not keep exit code. */
	return (section->flags & SHF_ALLOC) &&
	       strncmp(section->name, ".init", 5) != 0 &&
	       strncmp(section->name, ".exit", 5) != 0;
}

/* Are some of those before this one gone once the module is initialized? */
static bool is_unsteady(const struct image *image,
			const struct namesakes *namesakes, size_t index)
{
	size_t i;

	for (i = 0; i < index; i++) {
		Elf32_Sym entry =
			image_symbol(image, namesakes->first[i].symbol);

		if (!is_kept(image, &entry))
			return true;
	}
	return false;
}

static void describe(const struct linked *linked,
		     const struct namesakes *namesakes, size_t index,
		     struct linked_symbol *symbol)
{
	const struct image *image = &linked->image;
	const struct image_name *name = &namesakes->first[index];
	Elf32_Sym entry = image_symbol(image, name->symbol);

	memset(symbol, 0, sizeof(*symbol));
	symbol->object = linked->object;
	symbol->name = name->name;
	symbol->func = ELF32_ST_TYPE(entry.st_info) == STT_FUNC;
	symbol->thumb = symbol->func && (entry.st_value & 1);
	symbol->size = entry.st_size;
	if (namesakes->count > 1)
		symbol->position = (unsigned int)index + 1;
	if (!image_symbol_place(image, &entry, &symbol->place))
		symbol->place = (struct image_place){ 0 };
	symbol->freed = image_is_init_text(image, symbol->place);
	if (linked_is_module(linked)) {
		symbol->freed = !is_kept(image, &entry);
		symbol->unsteady = is_unsteady(image, namesakes, index);
	}
}

/* Which of the namesakes is no local one; their count if none is. */
static size_t find_global(const struct image *image,
			  const struct namesakes *namesakes, Elf32_Sym *entry)
{
	size_t i;

	for (i = 0; i < namesakes->count; i++) {
		*entry = image_symbol(image, namesakes->first[i].symbol);
		if (ELF32_ST_BIND(entry->st_info) != STB_LOCAL)
			break;
	}
	return i;
}

bool linked_global(struct linked *linked, const char *name,
		   struct linked_symbol *symbol)
{
	const struct namesakes found = find_namesakes(&linked->image, name);
	Elf32_Sym entry;
	const size_t index = find_global(&linked->image, &found, &entry);

	if (index == found.count)
		return false;
	describe(linked, &found, index, symbol);
	return true;
}

bool linked_value(const struct linked *linked, const char *name,
		  uint32_t *value)
{
	const struct namesakes found = find_namesakes(&linked->image, name);
	Elf32_Sym entry;

	if (find_global(&linked->image, &found, &entry) == found.count)
		return false;
	*value = entry.st_value;
	return true;
}

bool linked_local(struct linked *linked, size_t block, const char *name,
		  struct linked_symbol *symbol)
{
	const struct image *image = &linked->image;
	const struct namesakes found = find_namesakes(image, name);
	size_t index = SIZE_MAX;
	size_t i;

	for (i = 0; i < found.count; i++) {
		const size_t entry = found.first[i].symbol;

		if (block != LINKED_NONE &&
		    (entry < linked->block[block].first ||
		     entry >= linked->block[block].end))
			continue;
		if (index != SIZE_MAX)
			return false;
		index = i;
	}
	if (index == SIZE_MAX)
		return false;
	describe(linked, &found, index, symbol);
	return true;
}

/* Names of modules are compared as the kernel has them, with underscores. */
static bool is_name(const char *text, size_t length, const char *module)
{
	size_t i;

	if (length != strlen(module))
		return false;
	for (i = 0; i < length; i++) {
		if (text[i] != module[i] &&
		    !(text[i] == '-' && module[i] == '_'))
			return false;
	}
	return true;
}

static bool is_in_list(const char *list, const char *module)
{
	while (*list) {
		const size_t length = strcspn(list, ",");

		if (is_name(list, length, module))
			return true;
		list += length + (list[length] == ',');
	}
	return false;
}

bool linked_needs(const struct linked *linked, const char *module)
{
	static const char tag[] = "depends=";
	const struct image *image = &linked->image;
	struct image_place place = { 0 };
	const char *text;
	size_t i;

	for (i = 1; i < image->sections; i++) {
		if (strcmp(image->section[i].name, ".modinfo") == 0)
			place.section = i;
	}
	while (place.section &&
	       place.offset < image->section[place.section].size) {
		text = image_string(image, place);
		if (text && strncmp(text, tag, strlen(tag)) == 0 &&
		    is_in_list(text + strlen(tag), module))
			return true;
		place.offset += text ? (u32)strlen(text) : 1;
	}
	return false;
}

size_t linked_count(const struct linked *linked, const char *name)
{
	return find_namesakes(&linked->image, name).count;
}
