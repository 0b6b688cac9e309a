// SPDX-License-Identifier: GPL-2.0
/*
 * kernel.c - the symbols of a vmlinux, as the livepatch core and modules see them
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "image_elf.h"
#include "kernel.h"

/* A linker puts the local symbols of each object behind the name of its source. */
static void find_blocks(struct kernel *kernel)
{
	const struct image *image = &kernel->image;
	struct kernel_block *block = NULL;
	size_t i;

	for (i = 0; i < image->symbols; i++) {
		Elf32_Sym symbol = image_symbol(image, i);

		if (ELF32_ST_BIND(symbol.st_info) != STB_LOCAL)
			break;
		if (ELF32_ST_TYPE(symbol.st_info) == STT_FILE) {
			kernel->block = array_more(kernel->block,
						   kernel->blocks,
						   sizeof(*kernel->block));
			block = &kernel->block[kernel->blocks++];
			block->name = image_symbol_name(image, &symbol);
			block->first = i + 1;
		}
		if (block)
			block->end = i + 1;
	}
}

static int compare_texts(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* A line is: checksum, name, object, kind of export, namespace. */
static bool read_export(struct kernel *kernel, char *line)
{
	static const char tab[] = "\t";
	char *rest = line;
	const char *field[5] = { "", "", "", "", "" };
	size_t i;

	for (i = 0; i < 5 && rest; i++)
		field[i] = strsep(&rest, tab);
	if (i < 4)
		return false;
	if (strcmp(field[2], "vmlinux") != 0 || *field[4])
		return true;
	kernel->export = array_more(kernel->export, kernel->exports,
				    sizeof(*kernel->export));
	kernel->export[kernel->exports++] = field[1];
	return true;
}

static bool read_exports(struct kernel *kernel, const char *path,
			 struct fault *fault)
{
	size_t size;
	char *rest;
	char *line;

	kernel->symvers = file_read(path, &size, fault);
	rest = kernel->symvers;
	if (!rest)
		return false;
	while ((line = strsep(&rest, "\n"))) {
		if (*line && !read_export(kernel, line))
			return fault_set(fault,
					 "%s: '%s' is no export of a kernel",
					 path, line);
	}
	if (kernel->exports)
		qsort(kernel->export, kernel->exports, sizeof(*kernel->export),
		      compare_texts);
	return true;
}

bool kernel_open(struct kernel *kernel, const char *path, const char *symvers,
		 struct fault *fault)
{
	struct image *image = &kernel->image;

	memset(kernel, 0, sizeof(*kernel));
	if (image_open(image, path) != 0)
		return fault_set(fault, "%s: %s", path,
				 image->error ? image->error :
						strerror(image->err));
	if (image->relocatable)
		return fault_set(fault, "%s: not a vmlinux", path);
	image_find(image, "", NULL, 0);
	find_blocks(kernel);
	return read_exports(kernel, symvers, fault);
}

void kernel_close(struct kernel *kernel)
{
	image_close(&kernel->image);
	free(kernel->block);
	free(kernel->export);
	free(kernel->symvers);
	memset(kernel, 0, sizeof(*kernel));
}

bool kernel_exports(const struct kernel *kernel, const char *name)
{
	return kernel->exports &&
	       bsearch(&name, kernel->export, kernel->exports,
		       sizeof(*kernel->export), compare_texts);
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

static void describe(const struct image *image,
		     const struct namesakes *namesakes, size_t index,
		     struct kernel_symbol *symbol)
{
	const struct image_name *name = &namesakes->first[index];
	Elf32_Sym entry = image_symbol(image, name->symbol);

	memset(symbol, 0, sizeof(*symbol));
	symbol->name = name->name;
	symbol->func = ELF32_ST_TYPE(entry.st_info) == STT_FUNC;
	symbol->size = entry.st_size;
	if (namesakes->count > 1)
		symbol->position = (unsigned int)index + 1;
	if (!image_symbol_place(image, &entry, &symbol->place))
		symbol->place = (struct image_place){ 0 };
	symbol->freed = image_is_init_text(image, symbol->place);
}

bool kernel_global(struct kernel *kernel, const char *name,
		   struct kernel_symbol *symbol)
{
	const struct image *image = &kernel->image;
	const struct namesakes found = find_namesakes(image, name);
	size_t i;

	for (i = 0; i < found.count; i++) {
		Elf32_Sym entry = image_symbol(image, found.first[i].symbol);

		if (ELF32_ST_BIND(entry.st_info) == STB_LOCAL)
			continue;
		describe(image, &found, i, symbol);
		return true;
	}
	return false;
}

bool kernel_local(struct kernel *kernel, size_t block, const char *name,
		  struct kernel_symbol *symbol)
{
	const struct image *image = &kernel->image;
	const struct namesakes found = find_namesakes(image, name);
	size_t index = SIZE_MAX;
	size_t i;

	for (i = 0; i < found.count; i++) {
		const size_t entry = found.first[i].symbol;

		if (block != KERNEL_NONE &&
		    (entry < kernel->block[block].first ||
		     entry >= kernel->block[block].end))
			continue;
		if (index != SIZE_MAX)
			return false;
		index = i;
	}
	if (index == SIZE_MAX)
		return false;
	describe(image, &found, index, symbol);
	return true;
}

size_t kernel_count(const struct kernel *kernel, const char *name)
{
	return find_namesakes(&kernel->image, name).count;
}
