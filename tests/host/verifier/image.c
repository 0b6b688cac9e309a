// SPDX-License-Identifier: GPL-2.0
/*
 * image.c - reads mcount sites, functions and EHABI data of an ARM ELF file.
 *
 * A vmlinux has addresses, a module has sections and REL relocations; both
 * end up as (section, offset) pairs.
 */
#include "image.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ehabi.h"

struct reader {
	struct image *image;
	const char *path;
	Elf *elf;
	bool relocatable;
	const Elf32_Sym *symbol;
	size_t symbols;
	size_t strings;
};

static u32 le32(const u8 *byte)
{
	return byte[0] | byte[1] << 8 | byte[2] << 16 | (u32)byte[3] << 24;
}

static int complain(const struct reader *reader, const char *what)
{
	fprintf(stderr, "%s: %s\n", reader->path, what);
	return -1;
}

/* Grow by doubling; *count is the index of the new, zeroed element. */
static void *append(void **array, size_t *count, size_t size)
{
	size_t used = *count;
	u8 *element;

	if (!(used & (used - 1))) {
		size_t room = used ? 2 * used : 1;
		void *grown = realloc(*array, room * size);

		if (!grown) {
			perror("realloc");
			exit(2);
		}
		*array = grown;
	}
	element = (u8 *)*array + used * size;
	memset(element, 0, size);
	(*count)++;
	return element;
}

#define APPEND(array, count)                                                   \
	append((void **)&(array), &(count), sizeof(*(array)))

static int compare_places(const void *left, const void *right)
{
	const struct image_place *a = left;
	const struct image_place *b = right;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return 0;
}

static int read_sections(struct reader *reader)
{
	struct image *image = reader->image;
	size_t i, names;

	if (elf_getshdrnum(reader->elf, &image->sections) ||
	    elf_getshdrstrndx(reader->elf, &names))
		return complain(reader, "cannot read the section headers");
	image->section = calloc(image->sections, sizeof(*image->section));
	if (!image->section)
		return complain(reader, "out of memory");
	for (i = 1; i < image->sections; i++) {
		struct image_section *section = &image->section[i];
		Elf_Scn *scn = elf_getscn(reader->elf, i);
		Elf32_Shdr *header = elf32_getshdr(scn);
		Elf_Data *data = elf_rawdata(scn, NULL);

		if (!header)
			return complain(reader, "bad section header");
		section->name = elf_strptr(reader->elf, names, header->sh_name);
		section->address = header->sh_addr;
		section->flags = header->sh_flags;
		if (header->sh_type == SHT_NOBITS || !data || !data->d_buf)
			continue;
		section->data = data->d_buf;
		section->size = (u32)data->d_size;
	}
	return 0;
}

static bool place_of(const struct image *image, u32 address,
		     struct image_place *place)
{
	size_t i;

	for (i = 1; i < image->sections; i++) {
		const struct image_section *section = &image->section[i];

		if (section->flags & SHF_ALLOC && address >= section->address &&
		    address - section->address < section->size) {
			place->section = i;
			place->offset = address - section->address;
			return true;
		}
	}
	return false;
}

static bool symbol_place(const struct reader *reader, const Elf32_Sym *symbol,
			 struct image_place *place)
{
	u32 value = symbol->st_value;

	if (ELF32_ST_TYPE(symbol->st_info) == STT_FUNC)
		value &= ~1U;
	if (!reader->relocatable)
		return place_of(reader->image, value, place);
	if (symbol->st_shndx == SHN_UNDEF ||
	    symbol->st_shndx >= reader->image->sections)
		return false;
	place->section = symbol->st_shndx;
	place->offset = value;
	return true;
}

static int read_symbols(struct reader *reader)
{
	struct image *image = reader->image;
	Elf_Scn *scn = NULL;
	size_t i;

	while ((scn = elf_nextscn(reader->elf, scn))) {
		Elf32_Shdr *header = elf32_getshdr(scn);
		Elf_Data *data;

		if (!header || header->sh_type != SHT_SYMTAB)
			continue;
		data = elf_getdata(scn, NULL);
		if (!data)
			continue;
		reader->symbol = data->d_buf;
		reader->symbols = data->d_size / sizeof(*reader->symbol);
		reader->strings = header->sh_link;
	}
	if (!reader->symbols)
		return complain(reader,
				"no symbol table: give an unstripped file");
	for (i = 0; i < reader->symbols; i++) {
		const Elf32_Sym *symbol = &reader->symbol[i];
		struct image_place place;
		struct image_func *func;

		if (ELF32_ST_TYPE(symbol->st_info) != STT_FUNC ||
		    !symbol_place(reader, symbol, &place))
			continue;
		func = APPEND(image->func, image->funcs);
		func->start = place;
		func->size = symbol->st_size;
		func->thumb = symbol->st_value & 1;
		func->name = elf_strptr(reader->elf, reader->strings,
					symbol->st_name);
	}
	if (image->funcs)
		qsort(image->func, image->funcs, sizeof(*image->func),
		      compare_places);
	return 0;
}

/*
 * Where the word at @place points once relocated. @addend is what the word
 * says before (REL keeps addends in place).
 */
static bool relocated(const struct reader *reader, struct image_place place,
		      u32 addend, struct image_place *target)
{
	Elf_Scn *scn = NULL;

	while ((scn = elf_nextscn(reader->elf, scn))) {
		Elf32_Shdr *header = elf32_getshdr(scn);
		Elf_Data *data;
		Elf32_Rel *rel;
		size_t i, low = 0, high;

		if (!header || header->sh_type != SHT_REL ||
		    header->sh_info != place.section)
			continue;
		data = elf_getdata(scn, NULL);
		if (!data)
			continue;
		rel = data->d_buf;
		high = data->d_size / sizeof(*rel);
		while (low < high) { /* the assembler sorts by offset */
			i = (low + high) / 2;
			if (rel[i].r_offset < place.offset)
				low = i + 1;
			else
				high = i;
		}
		for (i = low; i < data->d_size / sizeof(*rel); i++) {
			u32 number = ELF32_R_SYM(rel[i].r_info);

			if (rel[i].r_offset != place.offset)
				break;
			if (ELF32_R_TYPE(rel[i].r_info) == R_ARM_NONE ||
			    number >= reader->symbols)
				continue;
			if (!symbol_place(reader, &reader->symbol[number],
					  target))
				return false;
			target->offset += addend;
			return true;
		}
	}
	return false;
}

static int read_site(struct reader *reader, struct image_place word)
{
	struct image *image = reader->image;
	u32 value = le32(image->section[word.section].data + word.offset);
	struct image_place place;

	/* The link step clears the sites of weak functions that lost. */
	if (!reader->relocatable && !value)
		return 0;
	if (reader->relocatable ? !relocated(reader, word, value, &place) :
				  !place_of(image, value, &place))
		return complain(reader, "a call site that is in no section");
	*(struct image_place *)APPEND(image->site, image->sites) = place;
	return 0;
}

static int read_sites(struct reader *reader)
{
	struct image *image = reader->image;
	struct image_place start = { 0 }, stop = { 0 };
	size_t i;

	for (i = 0; !reader->relocatable && i < reader->symbols; i++) {
		const Elf32_Sym *symbol = &reader->symbol[i];
		const char *name = elf_strptr(reader->elf, reader->strings,
					      symbol->st_name);

		if (name && !strcmp(name, "__start_mcount_loc"))
			symbol_place(reader, symbol, &start);
		if (name && !strcmp(name, "__stop_mcount_loc"))
			symbol_place(reader, symbol, &stop);
	}
	for (i = 1; reader->relocatable && i < image->sections; i++) {
		if (!strcmp(image->section[i].name, "__mcount_loc")) {
			start.section = i;
			stop.section = i;
			stop.offset = image->section[i].size;
		}
	}
	if (start.section != stop.section)
		return complain(reader, "no mcount sites: is ftrace built in?");
	for (; start.offset + 4 <= stop.offset; start.offset += 4) {
		if (read_site(reader, start))
			return -1;
	}
	if (image->sites)
		qsort(image->site, image->sites, sizeof(*image->site),
		      compare_places);
	return 0;
}

/* Compact data in .ARM.extab, in host byte order. */
static void read_table(struct image *image, struct image_unwind *unwind,
		       struct image_place place)
{
	const struct image_section *section = &image->section[place.section];
	u32 *table, words, i;

	if (place.offset > section->size || section->size - place.offset < 4)
		return;
	words = klp_arm_ehabi_words(le32(section->data + place.offset));
	if (!words || (section->size - place.offset) / 4 < words)
		return;
	table = calloc(words, sizeof(*table));
	if (!table)
		exit(2);
	for (i = 0; i < words; i++)
		table[i] = le32(section->data + place.offset + 4 * i);
	*(u32 **)APPEND(image->tables, image->table_count) = table;
	unwind->table = table;
	unwind->words = words;
}

/* The target of a 31-bit place-relative field (EHABI: prel31). */
static bool prel31(const struct reader *reader, struct image_place place,
		   struct image_place *target)
{
	const struct image_section *section =
		&reader->image->section[place.section];
	u32 field = le32(section->data + place.offset);
	u32 offset = (field & 0x7fffffff) | (field & 0x40000000) << 1;

	if (reader->relocatable)
		return relocated(reader, place, offset, target);
	return place_of(reader->image, section->address + place.offset + offset,
			target);
}

static void read_index(struct reader *reader, size_t number)
{
	struct image *image = reader->image;
	struct image_place at = { .section = number };

	for (; at.offset + 8 <= image->section[number].size; at.offset += 8) {
		struct image_place second = { number, at.offset + 4 };
		struct image_place start, table;
		struct image_unwind *unwind;
		u32 word;

		if (!prel31(reader, at, &start))
			continue;
		word = le32(image->section[number].data + second.offset);
		unwind = APPEND(image->unwind, image->unwinds);
		unwind->start = start;
		unwind->kind = word == KLP_ARM_EHABI_CANTUNWIND ?
				       KLP_ARM_UNWIND_CANTUNWIND :
				       KLP_ARM_UNWIND_TABLE;
		if (word >> 31) {
			unwind->inline_word = word;
			unwind->words = 1;
		} else if (word != KLP_ARM_EHABI_CANTUNWIND &&
			   prel31(reader, second, &table)) {
			read_table(image, unwind, table);
		}
	}
}

static void read_unwind(struct reader *reader)
{
	struct image *image = reader->image;
	size_t i;

	for (i = 1; i < image->sections; i++) {
		Elf32_Shdr *header = elf32_getshdr(elf_getscn(reader->elf, i));

		if (header && header->sh_type == SHT_ARM_EXIDX)
			read_index(reader, i);
	}
	if (image->unwinds)
		qsort(image->unwind, image->unwinds, sizeof(*image->unwind),
		      compare_places);
}

/* Parse the file at @path. Return: 0, or -1 after a message on stderr. */
int image_open(struct image *image, const char *path)
{
	struct reader reader = { .image = image, .path = path };
	Elf32_Ehdr *header;

	memset(image, 0, sizeof(*image));
	image->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (image->fd < 0) {
		perror(path);
		return -1;
	}
	elf_version(EV_CURRENT);
	reader.elf = elf_begin(image->fd, ELF_C_READ, NULL);
	image->elf = reader.elf;
	header = reader.elf ? elf32_getehdr(reader.elf) : NULL;
	if (!header || header->e_machine != EM_ARM ||
	    header->e_ident[EI_DATA] != ELFDATA2LSB)
		return complain(&reader,
				"not a little-endian 32-bit ARM ELF file");
	reader.relocatable = header->e_type == ET_REL;
	if (read_sections(&reader) || read_symbols(&reader) ||
	    read_sites(&reader))
		return -1;
	read_unwind(&reader);
	return 0;
}

/* Free what image_open() made, whether or not it succeeded. */
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
	if (image->elf)
		elf_end(image->elf);
	if (image->fd >= 0)
		close(image->fd);
}

/* The last element at or before @place and in its section, or NULL. */
static const void *last_before(const void *array, size_t count, size_t size,
			       struct image_place place)
{
	const struct image_place *found = NULL;
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;
		const void *element = (const u8 *)array + middle * size;

		if (compare_places(element, &place) > 0) {
			count = middle;
		} else {
			found = element;
			low = middle + 1;
		}
	}
	return found && found->section == place.section ? found : NULL;
}

/* The function around @place; owned by @image. */
const struct image_func *image_func_at(const struct image *image,
				       struct image_place place)
{
	return last_before(image->func, image->funcs, sizeof(*image->func),
			   place);
}

/* The index entry that covers @place; owned by @image. */
const struct image_unwind *image_unwind_at(const struct image *image,
					   struct image_place place)
{
	return last_before(image->unwind, image->unwinds,
			   sizeof(*image->unwind), place);
}
