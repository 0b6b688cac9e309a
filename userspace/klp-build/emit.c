// SPDX-License-Identifier: GPL-2.0
/*
 * emit.c - what a livepatch carries, as an object of its own
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emit.h"

/* All strings, in one section that linkers do not merge. */
#define TEXT_SECTION ".rodata.str"

static size_t make_label(struct output *output, size_t section, uint32_t offset)
{
	char name[32];
	struct output_symbol symbol = {
		.name = name,
		.section = section,
		.value = offset,
		.type = STT_NOTYPE,
		.bind = STB_LOCAL,
	};

	snprintf(name, sizeof(name), ".L%zu", output->symbols);
	return output_symbol(output, &symbol);
}

size_t emit_label(struct emit *emit, size_t section, uint32_t offset)
{
	struct emit_label *label;
	size_t i;

	for (i = 0; i < emit->labels; i++) {
		if (emit->label[i].section == section &&
		    emit->label[i].offset == offset)
			return emit->label[i].symbol;
	}
	emit->label =
		array_more(emit->label, emit->labels, sizeof(*emit->label));
	label = &emit->label[emit->labels++];
	label->section = section;
	label->offset = offset;
	label->symbol = make_label(emit->output, section, offset);
	return label->symbol;
}

static bool texts_equal(const struct emit_text *a, const struct emit_text *b)
{
	return a->at_seam == b->at_seam && a->align == b->align &&
	       a->from == b->from && strcmp(a->text, b->text) == 0;
}

/* What the text is like; where it does not end, it is an empty one of no place. */
static struct emit_text describe_text(const struct ref *ref,
				      const struct elf32_section *section)
{
	const char *data = (const char *)section->data;
	struct emit_text text = {
		.text = ref->text,
		.at_seam = ref->at_seam,
		.align = section->align ? section->align : 1,
	};

	if (ref->text >= data && ref->text < data + section->size)
		text.from = (uint32_t)(ref->text - data) % text.align;
	return text;
}

size_t emit_text(struct emit *emit, const struct ref *ref,
		 const struct elf32_section *section)
{
	struct emit_text text = describe_text(ref, section);
	const uint32_t size = (uint32_t)strlen(text.text) + 1;
	size_t to;
	uint32_t at;
	size_t i;

	for (i = 0; i < emit->texts; i++) {
		if (texts_equal(&emit->text[i], &text))
			return emit->text[i].symbol;
	}
	to = output_section(emit->output, TEXT_SECTION, SHT_PROGBITS,
			    SHF_ALLOC);
	if (text.at_seam)
		output_append(emit->output, to, NULL, 1, 1, 0);
	at = output_append(emit->output, to, (const uint8_t *)text.text, size,
			   text.align, text.from);
	/* What is in between is zero, so that it is the end of a string, too. */
	text.symbol = make_label(emit->output, to, at - text.at_seam);
	emit->text = array_more(emit->text, emit->texts, sizeof(*emit->text));
	emit->text[emit->texts++] = text;
	return text.symbol;
}

static void put_symbol(struct emit *emit, size_t index)
{
	const struct atoms *atoms = emit->atoms;
	const struct atom *atom = &atoms->atom[index];
	const struct elf32_symbol *from = &atoms->elf.symbol[atom->symbol];
	struct emit_place *place = &emit->place[index];
	const bool is_new =
		emit->carry->refer->judgement->comparison.new_change[index] ==
		CHANGE_NEW;
	struct output_symbol symbol = {
		.name = (char *)atom->name,
		.section = place->section,
		.value = place->offset | from->thumb,
		.size = atom->size,
		.type = from->type,
		.bind = STB_LOCAL,
	};

	/* The old function keeps the name that all others see. */
	if (is_new && from->bind != STB_LOCAL)
		symbol.bind = STB_GLOBAL;
	place->symbol = output_symbol(emit->output, &symbol);
}

static void put_symbols(struct emit *emit)
{
	size_t i;

	for (i = 0; i < emit->atoms->count; i++) {
		if (emit->place[i].section != OUTPUT_NONE &&
		    emit->atoms->atom[i].kind != ATOM_PIECE)
			put_symbol(emit, i);
	}
}

static void put_mapping(struct emit *emit, const struct emit_chunk *chunk,
			uint32_t offset, char mode)
{
	char name[] = { '$', mode, '\0' };
	struct output_symbol symbol = {
		.name = name,
		.section = chunk->to,
		.value = chunk->at + (offset - chunk->offset),
		.type = STT_NOTYPE,
		.bind = STB_LOCAL,
	};

	output_symbol(emit->output, &symbol);
}

/* What the code is at the start of a chunk, and where that changes. */
static void put_mappings(struct emit *emit, const struct emit_chunk *chunk)
{
	const struct elf32 *elf = &emit->atoms->elf;
	uint32_t before = 0;
	char mode = '\0';
	size_t i;

	for (i = 1; i < elf->symbols; i++) {
		const struct elf32_symbol *symbol = &elf->symbol[i];

		if (symbol->section != chunk->section ||
		    !elf32_mapping(symbol) ||
		    symbol->value >= chunk->offset + chunk->size)
			continue;
		if (symbol->value > chunk->offset) {
			put_mapping(emit, chunk, symbol->value,
				    elf32_mapping(symbol));
		} else if (!mode || symbol->value >= before) {
			before = symbol->value;
			mode = elf32_mapping(symbol);
		}
	}
	if (mode)
		put_mapping(emit, chunk, chunk->offset, mode);
}

static void put_all_mappings(struct emit *emit)
{
	size_t i;

	for (i = 0; i < emit->chunks; i++) {
		const struct emit_chunk *chunk = &emit->chunk[i];

		if (emit->output->section[chunk->to].flags & SHF_EXECINSTR)
			put_mappings(emit, chunk);
	}
}

/* What tells a linker how the code was compiled. */
static bool is_attribute(const struct elf32_section *section)
{
	return section->type == SHT_ARM_ATTRIBUTES ||
	       strcmp(section->name, ".note.GNU-stack") == 0;
}

static void copy_attributes(struct emit *emit)
{
	const struct elf32 *elf = &emit->atoms->elf;
	size_t i;

	for (i = 1; i < elf->sections; i++) {
		const struct elf32_section *section = &elf->section[i];

		if (is_attribute(section))
			output_append(emit->output,
				      output_section(emit->output,
						     section->name,
						     section->type, 0),
				      section->data, section->size, 1, 0);
	}
}

bool emit(struct emit *emit, const struct carry *carry, struct output *output)
{
	emit->carry = carry;
	emit->atoms = carry->refer->judgement->comparison.new;
	emit->output = output;
	output->flags = emit->atoms->elf.flags;
	emit_chunks(emit);
	put_symbols(emit);
	put_all_mappings(emit);
	if (!emit_refs(emit) || !emit_unwind(emit))
		return false;
	copy_attributes(emit);
	return true;
}

void emit_free(struct emit *emit)
{
	free(emit->chunk);
	free(emit->place);
	free(emit->text);
	free(emit->label);
}
