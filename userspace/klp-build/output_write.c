// SPDX-License-Identifier: GPL-2.0
/*
 * output_write.c - an object that was made, as a file
 */
#include <errno.h>
#include <fcntl.h>
#include <libelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output.h"

/* A table of strings that grows. */
struct strings {
	char *text;
	size_t size;
	size_t room;
};

/* What is handed to libelf, which keeps no copy. */
struct writer {
	const struct output *output;
	Elf *elf;
	struct strings names; /* of sections */
	struct strings strings; /* of symbols */
	Elf32_Sym *symbol;
	size_t symbols;
	size_t locals;
	Elf32_Word *index; /* of each symbol of the object, in the table */
	Elf32_Rel **rel; /* for each section */
};

static Elf32_Word add_string(struct strings *strings, const char *text)
{
	const size_t length = strlen(text) + 1;
	const size_t at = strings->size ? strings->size : 1;

	if (!strings->text || at + length > strings->room) {
		strings->room = (at + length) * 2;
		strings->text = realloc(strings->text, strings->room);
		if (!strings->text)
			out_of_memory();
		strings->text[0] = '\0';
	}
	memcpy(strings->text + at, text, length);
	strings->size = at + length;
	return (Elf32_Word)at;
}

/* Sections of the object come first, and in its order. */
static Elf32_Half section_index(size_t section)
{
	return section == OUTPUT_NONE ? SHN_UNDEF : (Elf32_Half)(section + 1);
}

static void add_symbol(struct writer *writer, const Elf32_Sym *symbol)
{
	writer->symbol[writer->symbols++] = *symbol;
}

static void add_section_symbols(struct writer *writer)
{
	Elf32_Sym symbol = { .st_info = ELF32_ST_INFO(STB_LOCAL, STT_SECTION) };
	size_t i;

	for (i = 0; i < writer->output->sections; i++) {
		if (!(writer->output->section[i].flags & SHF_ALLOC))
			continue;
		symbol.st_shndx = section_index(i);
		add_symbol(writer, &symbol);
	}
}

static void add_symbols(struct writer *writer, bool local)
{
	size_t i;

	for (i = 0; i < writer->output->symbols; i++) {
		const struct output_symbol *from = &writer->output->symbol[i];
		Elf32_Sym symbol = {
			.st_value = from->value,
			.st_size = from->size,
			.st_info = ELF32_ST_INFO(from->bind, from->type),
			.st_shndx = section_index(from->section),
		};

		if ((from->bind == STB_LOCAL) != local)
			continue;
		symbol.st_name = add_string(&writer->strings, from->name);
		writer->index[i] = (Elf32_Word)writer->symbols;
		add_symbol(writer, &symbol);
	}
}

static void make_symbols(struct writer *writer)
{
	const struct output *output = writer->output;

	writer->symbol = array_new(1 + output->sections + output->symbols,
				   sizeof(*writer->symbol));
	writer->index = array_new(output->symbols, sizeof(*writer->index));
	writer->symbols = 1;
	add_section_symbols(writer);
	add_symbols(writer, true);
	writer->locals = writer->symbols;
	add_symbols(writer, false);
}

/* A section that was made, as libelf has it. */
struct made {
	Elf32_Shdr *header;
	Elf_Data *data;
	Elf32_Word index;
};

static bool add_section(struct writer *writer, const char *prefix,
			const char *name, Elf_Type type, struct made *made)
{
	Elf_Scn *scn = elf_newscn(writer->elf);
	char *whole;

	made->data = scn ? elf_newdata(scn) : NULL;
	made->header = scn ? elf32_getshdr(scn) : NULL;
	if (!made->data || !made->header)
		return false;
	made->index = (Elf32_Word)elf_ndxscn(scn);
	if (asprintf(&whole, "%s%s", prefix, name) < 0)
		out_of_memory();
	made->header->sh_name = add_string(&writer->names, whole);
	free(whole);
	made->data->d_type = type;
	made->data->d_align = 4;
	made->header->sh_addralign = 4;
	return true;
}

static bool put_section(struct writer *writer,
			const struct output_section *section)
{
	struct made made;

	if (!add_section(writer, "", section->name, ELF_T_BYTE, &made))
		return false;
	made.data->d_buf = section->bytes;
	made.data->d_size = section->size;
	made.data->d_align = section->align;
	made.header->sh_type = section->type;
	made.header->sh_flags = section->flags;
	made.header->sh_link = section_index(section->link);
	made.header->sh_addralign = section->align;
	return true;
}

static bool put_rels(struct writer *writer, size_t index, Elf32_Word symtab)
{
	const struct output_section *section = &writer->output->section[index];
	Elf32_Rel *rel = array_new(section->rels, sizeof(*rel));
	struct made made;
	size_t i;

	writer->rel[index] = rel;
	for (i = 0; i < section->rels; i++) {
		const struct output_rel *from = &section->rel[i];
		Elf32_Word symbol = 0;

		if (from->symbol != OUTPUT_NONE)
			symbol = writer->index[from->symbol];
		rel[i].r_offset = from->offset;
		rel[i].r_info = ELF32_R_INFO(symbol, from->type);
	}
	if (!add_section(writer, ".rel", section->name, ELF_T_REL, &made))
		return false;
	made.data->d_buf = rel;
	made.data->d_size = section->rels * sizeof(*rel);
	made.header->sh_type = SHT_REL;
	made.header->sh_flags = SHF_INFO_LINK;
	made.header->sh_link = symtab;
	made.header->sh_info = section_index(index);
	made.header->sh_entsize = sizeof(*rel);
	return true;
}

static bool put_symbols(struct writer *writer, struct made *symbols)
{
	struct made strings;

	if (!add_section(writer, "", ".symtab", ELF_T_SYM, symbols) ||
	    !add_section(writer, "", ".strtab", ELF_T_BYTE, &strings))
		return false;
	symbols->data->d_buf = writer->symbol;
	symbols->data->d_size = writer->symbols * sizeof(*writer->symbol);
	symbols->header->sh_type = SHT_SYMTAB;
	symbols->header->sh_link = strings.index;
	symbols->header->sh_info = (Elf32_Word)writer->locals;
	symbols->header->sh_entsize = sizeof(*writer->symbol);
	add_string(&writer->strings, "");
	strings.data->d_buf = writer->strings.text;
	strings.data->d_size = writer->strings.size;
	strings.data->d_align = 1;
	strings.header->sh_type = SHT_STRTAB;
	strings.header->sh_addralign = 1;
	return true;
}

/* The last one, as it has its own name, too. */
static bool put_names(struct writer *writer, Elf32_Ehdr *header)
{
	struct made names;

	if (!add_section(writer, "", ".shstrtab", ELF_T_BYTE, &names))
		return false;
	names.data->d_buf = writer->names.text;
	names.data->d_size = writer->names.size;
	names.data->d_align = 1;
	names.header->sh_type = SHT_STRTAB;
	names.header->sh_addralign = 1;
	header->e_shstrndx = (Elf32_Half)names.index;
	return true;
}

static bool put_all(struct writer *writer)
{
	const struct output *output = writer->output;
	Elf32_Ehdr *header = elf32_newehdr(writer->elf);
	struct made symbols;
	size_t i;

	if (!header)
		return false;
	header->e_ident[EI_DATA] = ELFDATA2LSB;
	header->e_type = ET_REL;
	header->e_machine = EM_ARM;
	header->e_version = EV_CURRENT;
	header->e_flags = output->flags;
	for (i = 0; i < output->sections; i++) {
		if (!put_section(writer, &output->section[i]))
			return false;
	}
	if (!put_symbols(writer, &symbols))
		return false;
	for (i = 0; i < output->sections; i++) {
		if (output->section[i].rels &&
		    !put_rels(writer, i, symbols.index))
			return false;
	}
	return put_names(writer, header) &&
	       elf_update(writer->elf, ELF_C_WRITE) >= 0;
}

static void free_writer(struct writer *writer)
{
	size_t i;

	elf_end(writer->elf);
	for (i = 0; i < writer->output->sections; i++)
		free(writer->rel[i]);
	free(writer->rel);
	free(writer->symbol);
	free(writer->index);
	free(writer->names.text);
	free(writer->strings.text);
}

bool output_write(const struct output *output, const char *path,
		  struct fault *fault)
{
	struct writer writer = { .output = output };
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	bool done;

	if (fd < 0)
		return fault_set(fault, "%s: %s", path, strerror(errno));
	elf_version(EV_CURRENT);
	writer.elf = elf_begin(fd, ELF_C_WRITE, NULL);
	writer.rel = array_new(output->sections, sizeof(Elf32_Rel *));
	make_symbols(&writer);
	done = writer.elf && put_all(&writer);
	if (!done)
		fault_set(fault, "%s: %s", path, elf_errmsg(-1));
	free_writer(&writer);
	if (close(fd) && done)
		done = fault_set(fault, "%s: %s", path, strerror(errno));
	if (!done)
		unlink(path);
	return done;
}
