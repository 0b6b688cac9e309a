// SPDX-License-Identifier: GPL-2.0
/*
 * emit_chunk.c - the bytes that a livepatch carries
 */
#include <elf.h>
#include <string.h>

#include "emit.h"

/*
 * Functions come into one section, so that they have one unwind table, and so do
 * variables that the compiler put into a section each. Sections that mean something
 * to the kernel keep their names.
 */
static const char *output_name(const struct atoms *atoms, uint32_t section)
{
	static const char *const merged[] = { ".data", ".rodata", ".bss" };
	const char *name = atoms->elf.section[section].name;
	size_t i;

	if (atoms->rule[section]->kind == SPECIAL_CODE)
		return ".text";
	/* The loader knows one section of per-cpu data, by this name. */
	if (special_is_percpu(name))
		return SPECIAL_PERCPU;
	for (i = 0; i < sizeof(merged) / sizeof(merged[0]); i++) {
		const size_t length = strlen(merged[i]);

		if (strncmp(name, merged[i], length) == 0 &&
		    name[length] == '.' && name[length + 1] != '.')
			return merged[i];
	}
	return name;
}

/* The largest power of two that divides both. */
static uint32_t common_align(uint32_t align, uint32_t size)
{
	while (align > 1 && size % align)
		align /= 2;
	return align ? align : 1;
}

static struct emit_chunk *add_chunk(struct emit *emit, uint32_t section,
				    uint32_t offset, uint32_t size)
{
	const uint32_t flags = SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR;
	const struct elf32_section *from = &emit->atoms->elf.section[section];
	struct emit_chunk *chunk;

	emit->chunk =
		array_more(emit->chunk, emit->chunks, sizeof(*emit->chunk));
	chunk = &emit->chunk[emit->chunks++];
	memset(chunk, 0, sizeof(*chunk));
	chunk->section = section;
	chunk->offset = offset;
	chunk->size = size;
	chunk->to = output_section(emit->output,
				   output_name(emit->atoms, section),
				   from->type, from->flags & flags);
	return chunk;
}

static void copy_chunk(struct emit *emit, struct emit_chunk *chunk,
		       uint32_t align)
{
	const struct elf32_section *from =
		&emit->atoms->elf.section[chunk->section];

	chunk->at =
		output_append(emit->output, chunk->to,
			      from->data ? from->data + chunk->offset : NULL,
			      chunk->size, align, chunk->offset);
}

/* Atoms that follow each other keep their distance. */
static size_t copy_atoms(struct emit *emit, size_t first)
{
	const struct atoms *atoms = emit->atoms;
	const struct atom *atom = &atoms->atom[first];
	uint32_t end = atom->offset;
	struct emit_chunk *chunk;
	size_t i;

	for (i = first; i < atoms->count && emit->carry->carried[i] &&
			atoms->atom[i].section == atom->section &&
			atoms->atom[i].offset == end;
	     i++)
		end += atoms->atom[i].size;
	chunk = add_chunk(emit, atom->section, atom->offset,
			  end - atom->offset);
	copy_chunk(emit, chunk, atoms_section(atoms, atom)->align);
	for (; first < i; first++) {
		emit->place[first].section = chunk->to;
		emit->place[first].offset =
			chunk->at + (atoms->atom[first].offset - chunk->offset);
	}
	return i;
}

/* An entry of a table stands for itself. */
static void copy_entries(struct emit *emit, size_t owner)
{
	const struct atoms *atoms = emit->atoms;
	size_t count;
	const struct atom_entry *entry = atoms_entries(atoms, owner, &count);

	for (; count > 0; count--, entry++) {
		const uint32_t size = atoms->rule[entry->section]->entry;
		struct linked_symbol key;
		struct emit_chunk *chunk;

		if (refer_entry(emit->carry->refer, entry, &key) ==
		    REFER_ENTRY_DROPPED)
			continue;
		chunk = add_chunk(emit, entry->section, entry->offset, size);
		chunk->in_table = true;
		copy_chunk(
			emit, chunk,
			common_align(atoms->elf.section[entry->section].align,
				     size));
	}
}

void emit_chunks(struct emit *emit)
{
	const struct atoms *atoms = emit->atoms;
	size_t i;

	emit->place = array_new(atoms->count, sizeof(*emit->place));
	for (i = 0; i < atoms->count; i++) {
		emit->place[i].section = OUTPUT_NONE;
		emit->place[i].symbol = OUTPUT_NONE;
	}
	for (i = 0; i < atoms->count;) {
		if (emit->carry->carried[i])
			i = copy_atoms(emit, i);
		else
			i++;
	}
	for (i = 0; i < atoms->count; i++) {
		if (emit->carry->carried[i])
			copy_entries(emit, i);
	}
}
