// SPDX-License-Identifier: GPL-2.0
/*
 * image.c - reads traced calls, functions and EHABI data of an ARM ELF file
 *
 * A vmlinux has addresses, a module has sections and REL relocations; both
 * end up as (section, offset) pairs. The file is mapped, and nothing in it is
 * believed before it has been compared with the file's size.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ehabi.h"
#include "image.h"
#include "image_elf.h"
#include "oom.h"
#include "unpack.h"

/* A vmlinux with all its debugging information is smaller. */
#define LARGEST_FILE (1L << 30)
#define TOO_LARGE "too large: klpctl reads files of up to 1 GiB"

#define NOT_ELF "not a 32-bit ELF file"

/* Grow by doubling; *count is the index of the new, zeroed element. */
static void *append(void **array, size_t *count, size_t size)
{
	size_t used = *count;
	u8 *element;

	if (!(used & (used - 1))) {
		size_t room = used ? 2 * used : 1;
		void *grown = realloc(*array, room * size);

		if (!grown)
			out_of_memory();
		*array = grown;
	}
	element = (u8 *)*array + used * size;
	memset(element, 0, size);
	(*count)++;
	return element;
}

#define APPEND(array, count)                                                   \
	append((void **)&(array), &(count), sizeof(*(array)))

static int fail_image(struct image *image, const char *error)
{
	image->error = error;
	return -1;
}

static int fail_errno(struct image *image)
{
	image->err = errno;
	return fail_image(image, strerror(errno));
}

/* Of what begins at one place the largest is last: labels have no size. */
static int compare_funcs(const void *left, const void *right)
{
	const struct image_func *a = left;
	const struct image_func *b = right;
	int order = image_compare_places(&a->start, &b->start);

	if (order)
		return order;
	if (a->size != b->size)
		return a->size < b->size ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void sort(void *array, size_t count, size_t size)
{
	if (count)
		qsort(array, count, size, image_compare_places);
}

static int read_functions(struct image *image)
{
	size_t i;

	for (i = 0; i < image->symbols; i++) {
		Elf32_Sym symbol = image_symbol(image, i);
		struct image_place place;
		struct image_func *func;

		if (ELF32_ST_TYPE(symbol.st_info) != STT_FUNC ||
		    !image_symbol_place(image, &symbol, &place))
			continue;
		func = APPEND(image->func, image->funcs);
		image_func_from_symbol(image, &symbol, place, func);
	}
	if (image->funcs)
		qsort(image->func, image->funcs, sizeof(*image->func),
		      compare_funcs);
	return 0;
}

static int compare_variables(const void *left, const void *right)
{
	const struct image_variable *a = left;
	const struct image_variable *b = right;
	int order = image_compare_places(&a->start, &b->start);

	return order ? order : (a->end > b->end) - (a->end < b->end);
}

static void read_variables(struct image *image)
{
	size_t i;

	for (i = 0; i < image->symbols; i++) {
		Elf32_Sym symbol = image_symbol(image, i);
		struct image_variable *variable;
		struct image_place start;
		u32 size;

		if (ELF32_ST_TYPE(symbol.st_info) != STT_OBJECT ||
		    !image_symbol_place(image, &symbol, &start))
			continue;
		size = image->section[start.section].size;
		if (symbol.st_size > size ||
		    start.offset > size - symbol.st_size)
			continue;
		variable = APPEND(image->variable, image->variables);
		variable->start = start;
		variable->end = start.offset + symbol.st_size;
	}
	if (image->variables)
		qsort(image->variable, image->variables,
		      sizeof(*image->variable), compare_variables);
}

static int read_site(struct image *image, struct image_place word)
{
	u32 value = image_word(image, word);
	struct image_place place;

	/* The link step clears the sites of weak functions that lost. */
	if (!image->relocatable && !value)
		return 0;
	if (image->relocatable ? !image_pointer(image, word, &place) :
				 !image_place_of_address(image, value, &place))
		return fail_image(image, "has a traced call in no section");
	*(struct image_place *)APPEND(image->site, image->sites) = place;
	return 0;
}

static bool find_value(const struct image *image, const char *name, u32 *value)
{
	size_t i;

	for (i = 0; i < image->symbols; i++) {
		Elf32_Sym symbol = image_symbol(image, i);

		if (strcmp(image_symbol_name(image, &symbol), name) == 0) {
			*value = symbol.st_value;
			return true;
		}
	}
	return false;
}

/* Where the list of traced calls is; a module need not have one. */
static int find_sites(struct image *image, struct image_place *start, u32 *stop)
{
	u32 first;
	u32 behind;
	size_t i;

	for (i = 1; image->relocatable && i < image->sections; i++) {
		if (strcmp(image->section[i].name, "__mcount_loc") == 0) {
			start->section = i;
			*stop = image->section[i].size;
		}
	}
	if (image->relocatable)
		return 0;
	if (!find_value(image, "__start_mcount_loc", &first) ||
	    !find_value(image, "__stop_mcount_loc", &behind) ||
	    !image_place_of_address(image, first, start) ||
	    !image->section[start->section].data)
		return fail_image(image, "lists no traced calls: give an"
					 " unstripped vmlinux with"
					 " CONFIG_FUNCTION_TRACER");
	if (behind < first ||
	    behind - first >
		    image->section[start->section].size - start->offset)
		return fail_image(image, "has a damaged list of traced calls");
	*stop = start->offset + (behind - first);
	return 0;
}

static int read_sites(struct image *image)
{
	struct image_place start = { 0 };
	u32 stop = 0;

	if (find_sites(image, &start, &stop))
		return -1;
	for (; start.section && stop - start.offset >= 4; start.offset += 4) {
		if (read_site(image, start))
			return -1;
	}
	sort(image->site, image->sites, sizeof(*image->site));
	return 0;
}

/* Compact data in .ARM.extab, in host byte order. */
static void read_table(struct image *image, struct image_unwind *unwind,
		       struct image_place place)
{
	const struct image_section *section = &image->section[place.section];
	u32 words;
	u32 *table;
	u32 i;

	if (place.offset > section->size || section->size - place.offset < 4)
		return;
	words = klp_arm_ehabi_words(image_word(image, place));
	if (!words || (section->size - place.offset) / 4 < words)
		return;
	table = calloc(words, sizeof(*table));
	if (!table)
		out_of_memory();
	for (i = 0; i < words; i++) {
		table[i] = image_word(image, place);
		place.offset += 4;
	}
	*(u32 **)APPEND(image->tables, image->table_count) = table;
	unwind->table = table;
	unwind->words = words;
}

/* The target of a 31-bit place-relative field (EHABI: prel31). */
static bool prel31(const struct image *image, struct image_place place,
		   struct image_place *target)
{
	u32 field = image_word(image, place);
	u32 offset = (field & 0x7fffffff) | (field & 0x40000000) << 1;

	if (image->relocatable)
		return image_relocated(image, place, offset, target);
	return image_place_of_address(image,
				      image->section[place.section].address +
					      place.offset + offset,
				      target);
}

static void read_index(struct image *image, size_t number)
{
	struct image_place at = { .section = number };

	for (; image->section[number].size - at.offset >= 8; at.offset += 8) {
		struct image_place second = { number, at.offset + 4 };
		struct image_place start;
		struct image_place table;
		struct image_unwind *unwind;
		u32 word;

		if (!prel31(image, at, &start))
			continue;
		word = image_word(image, second);
		unwind = APPEND(image->unwind, image->unwinds);
		unwind->start = start;
		unwind->kind = word == KLP_ARM_EHABI_CANTUNWIND ?
				       KLP_ARM_UNWIND_CANTUNWIND :
				       KLP_ARM_UNWIND_TABLE;
		if (word >> 31) {
			unwind->inline_word = word;
			unwind->words = 1;
		} else if (word != KLP_ARM_EHABI_CANTUNWIND &&
			   prel31(image, second, &table)) {
			read_table(image, unwind, table);
		}
	}
}

static void read_unwind(struct image *image)
{
	size_t i;

	for (i = 1; i < image->sections; i++) {
		if (image->section[i].type == SHT_ARM_EXIDX &&
		    image->section[i].data)
			read_index(image, i);
	}
	sort(image->unwind, image->unwinds, sizeof(*image->unwind));
}

static int map_file(struct image *image, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat stat;
	void *file;

	if (fd < 0)
		return fail_errno(image);
	if (fstat(fd, &stat) < 0 || !S_ISREG(stat.st_mode)) {
		close(fd);
		return fail_image(image, "not a regular file");
	}
	if (stat.st_size == 0 || stat.st_size > LARGEST_FILE) {
		close(fd);
		return fail_image(image, stat.st_size ? TOO_LARGE : "empty");
	}
	file = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (file == MAP_FAILED)
		return fail_errno(image);
	image->file = file;
	image->file_size = (size_t)stat.st_size;
	return 0;
}

static int unpack_file(struct image *image)
{
	size_t size = 0;
	const char *error;

	if (!unpack_is_due(image->file, image->file_size))
		return 0;
	error = unpack(image->file, image->file_size, &image->unpacked, &size);
	if (error)
		return fail_image(image, error);
	munmap((void *)image->file, image->file_size);
	image->file = image->unpacked;
	image->file_size = size;
	return 0;
}

int image_open(struct image *image, const char *path)
{
	memset(image, 0, sizeof(*image));
	if (map_file(image, path) || unpack_file(image))
		return -1;
	if (image->file_size < sizeof(Elf32_Ehdr))
		return fail_image(image, NOT_ELF);
	image->error = image_read_elf(image);
	if (image->error || read_functions(image) || read_sites(image))
		return -1;
	read_unwind(image);
	if (image->relocatable)
		read_variables(image);
	else if (!find_value(image, "_sinittext", &image->init_start) ||
		 !find_value(image, "_einittext", &image->init_end))
		image->init_end = image->init_start = 0;
	return 0;
}

void image_close(struct image *image)
{
	size_t i;

	for (i = 0; i < image->table_count; i++)
		free(image->tables[i]);
	free(image->tables);
	free(image->section);
	free(image->func);
	free(image->unwind);
	free(image->site);
	free(image->variable);
	free(image->name);
	free(image->unpacked);
	if (image->file && !image->unpacked)
		munmap((void *)image->file, image->file_size);
	memset(image, 0, sizeof(*image));
}
