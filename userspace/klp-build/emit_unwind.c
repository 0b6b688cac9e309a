// SPDX-License-Identifier: GPL-2.0
/*
 * emit_unwind.c - the unwind tables of the functions that a livepatch carries
 *
 * An entry of the index says where a function begins, and how to unwind it: in its
 * second word, or in a table that this refers to (EHABI32, 6). The kernel looks for
 * the last entry that begins in front of an address, so the index has to be sorted,
 * and code without an entry gets one.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "emit.h"

#define ENTRY_SIZE 8
#define CANT_UNWIND 1 /* EXIDX_CANTUNWIND */

/* An entry that is to be made. */
struct entry {
	uint32_t code; /* offset in the output's section of code */
	uint32_t section; /* of the new object's index; 0 if it has none */
	uint32_t offset;
};

struct entries {
	struct entry *entry;
	size_t count;
};

static void add_entry(struct entries *entries, uint32_t code, uint32_t section,
		      uint32_t offset)
{
	struct entry *entry;

	entries->entry = array_more(entries->entry, entries->count,
				    sizeof(*entries->entry));
	entry = &entries->entry[entries->count++];
	entry->code = code;
	entry->section = section;
	entry->offset = offset;
}

/* The relocation of a word that has a field; there may be one beside it. */
static const struct elf32_rel *word_rel(const struct emit *emit,
					uint32_t section, uint32_t offset)
{
	size_t count;
	const struct elf32_rel *rel =
		elf32_rels(&emit->atoms->elf, section, offset, 4, &count);

	for (; count > 0; count--, rel++) {
		if (reloc_size(rel->type))
			return rel;
	}
	return NULL;
}

/* Where such a relocation leads to, without the bit for Thumb. */
static bool target_of(const struct emit *emit, const struct elf32_rel *rel,
		      uint32_t *section, uint32_t *offset)
{
	const struct elf32 *elf = &emit->atoms->elf;
	const struct elf32_symbol *symbol = &elf->symbol[rel->symbol];

	if (rel->type->type != R_ARM_PREL31 || !elf32_in_section(elf, symbol))
		return false;
	*section = symbol->section;
	*offset = (symbol->value + (uint32_t)rel->addend) & ~1U;
	return *offset < elf->section[*section].size;
}

static bool take_index(struct emit *emit, uint32_t index,
		       struct entries *entries)
{
	const struct elf32_section *section = &emit->atoms->elf.section[index];
	uint32_t offset;

	for (offset = 0; offset + ENTRY_SIZE <= section->size;
	     offset += ENTRY_SIZE) {
		const struct elf32_rel *rel = word_rel(emit, index, offset);
		const struct emit_place *place;
		uint32_t code;
		uint32_t at;
		size_t atom;

		if (!rel || !target_of(emit, rel, &code, &at))
			return fault_set(emit->fault,
					 "%s: %s+0x%x is not of a function",
					 emit->atoms->elf.path, section->name,
					 offset);
		atom = atoms_at(emit->atoms, code, at);
		if (atom == ATOM_NONE)
			continue;
		place = &emit->place[atom];
		if (place->section == OUTPUT_NONE)
			continue;
		at -= emit->atoms->atom[atom].offset;
		add_entry(entries, place->offset + at, index, offset);
	}
	return true;
}

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left;
	const struct entry *b = right;

	return (a->code > b->code) - (a->code < b->code);
}

static bool has_entry(const struct entries *entries, uint32_t code)
{
	size_t i;

	for (i = 0; i < entries->count; i++) {
		if (entries->entry[i].code == code)
			return true;
	}
	return false;
}

/* Code that has no entry does not get the one of what is in front of it. */
static void end_others(struct emit *emit, size_t text, struct entries *entries)
{
	size_t i;

	for (i = 0; i < emit->chunks; i++) {
		const struct emit_chunk *chunk = &emit->chunk[i];

		if (chunk->to == text && !has_entry(entries, chunk->at))
			add_entry(entries, chunk->at, 0, 0);
	}
}

/* A table ends where the next one begins that some index refers to. */
static uint32_t table_end(const struct emit *emit, uint32_t table,
			  uint32_t start)
{
	const struct elf32 *elf = &emit->atoms->elf;
	uint32_t end = elf->section[table].size;
	size_t i;

	for (i = 0; i < elf->rels; i++) {
		uint32_t section;
		uint32_t offset;

		if (target_of(emit, &elf->rel[i], &section, &offset) &&
		    section == table && offset > start && offset < end)
			end = offset;
	}
	return end;
}

/* Personality routines are named so that a linker does not leave them out. */
static bool put_names(struct emit *emit, const struct emit_chunk *chunk)
{
	const struct elf32 *elf = &emit->atoms->elf;
	size_t count;
	const struct elf32_rel *rel = elf32_rels(
		elf, chunk->section, chunk->offset, chunk->size, &count);

	for (; count > 0; count--, rel++) {
		const struct elf32_symbol *symbol = &elf->symbol[rel->symbol];
		const bool named = symbol->section == SHN_UNDEF &&
				   *symbol->name;
		struct output_rel copy = {
			.offset = chunk->at + (rel->offset - chunk->offset),
			.type = rel->type->type,
		};

		if (named) {
			copy.symbol = output_undefined(emit->output,
						       symbol->name, STT_NOTYPE,
						       STB_GLOBAL);
			output_rel(emit->output, chunk->to, &copy);
		} else if (reloc_size(rel->type) && !chunk->in_table) {
			return fault_set(emit->fault,
					 "%s: %s+0x%x refers to '%s'",
					 elf->path,
					 elf->section[chunk->section].name,
					 rel->offset, symbol->name);
		}
	}
	return true;
}

/* A copy of a table, and the reference to it. */
static bool put_table(struct emit *emit, const struct emit_chunk *entry,
		      uint32_t table, uint32_t start)
{
	const struct elf32_section *from = &emit->atoms->elf.section[table];
	struct output_rel rel = {
		.offset = entry->at + 4,
		.type = R_ARM_PREL31,
	};
	struct emit_chunk chunk = {
		.section = table,
		.offset = start,
		.size = table_end(emit, table, start) - start,
		.to = output_section(emit->output, ".ARM.extab", SHT_PROGBITS,
				     SHF_ALLOC),
	};

	if (!from->data)
		return fault_set(emit->fault, "%s: %s is empty",
				 emit->atoms->elf.path, from->name);
	chunk.at = output_append(emit->output, chunk.to, from->data + start,
				 chunk.size, 4, 0);
	rel.symbol = emit_label(emit, chunk.to, chunk.at);
	output_rel(emit->output, entry->to, &rel);
	return put_names(emit, &chunk);
}

static bool put_entry(struct emit *emit, size_t index, size_t text,
		      const struct entry *entry)
{
	const struct elf32 *elf = &emit->atoms->elf;
	struct emit_chunk chunk = {
		.section = entry->section,
		.offset = entry->offset,
		.size = ENTRY_SIZE,
		.to = index,
		.in_table = true,
	};
	uint8_t bytes[ENTRY_SIZE] = { [4] = CANT_UNWIND };
	struct output_rel rel = { .type = R_ARM_PREL31 };
	const struct elf32_rel *second = NULL;
	uint32_t table;
	uint32_t start;

	if (entry->section) {
		second = word_rel(emit, entry->section, entry->offset + 4);
		memcpy(bytes + 4,
		       elf->section[entry->section].data + entry->offset + 4,
		       4);
	}
	if (second)
		memset(bytes + 4, 0, 4);
	chunk.at = output_append(emit->output, index, bytes, ENTRY_SIZE, 4, 0);
	rel.offset = chunk.at;
	rel.symbol = emit_label(emit, text, entry->code);
	output_rel(emit->output, index, &rel);
	if (!entry->section)
		return true;
	if (second && !target_of(emit, second, &table, &start))
		return fault_set(emit->fault, "%s: %s+0x%x has no table",
				 elf->path, elf->section[entry->section].name,
				 entry->offset);
	return put_names(emit, &chunk) &&
	       (!second || put_table(emit, &chunk, table, start));
}

static size_t find_text(const struct output *output)
{
	size_t i;

	for (i = 0; i < output->sections; i++) {
		if (strcmp(output->section[i].name, ".text") == 0)
			return i;
	}
	return OUTPUT_NONE;
}

bool emit_unwind(struct emit *emit)
{
	const struct elf32 *elf = &emit->atoms->elf;
	const size_t text = find_text(emit->output);
	struct entries entries = { 0 };
	bool done = true;
	size_t index;
	size_t i;

	if (text == OUTPUT_NONE)
		return true;
	for (i = 1; i < elf->sections && done; i++) {
		if (elf->section[i].type == SHT_ARM_EXIDX)
			done = take_index(emit, (uint32_t)i, &entries);
	}
	/* Code without any index is of a kernel without unwind tables. */
	if (done && entries.count) {
		end_others(emit, text, &entries);
		qsort(entries.entry, entries.count, sizeof(*entries.entry),
		      compare_entries);
		index = output_section(emit->output, ".ARM.exidx",
				       SHT_ARM_EXIDX,
				       SHF_ALLOC | SHF_LINK_ORDER);
		emit->output->section[index].link = text;
		for (i = 0; i < entries.count && done; i++)
			done = put_entry(emit, index, text, &entries.entry[i]);
	}
	free(entries.entry);
	return done;
}
