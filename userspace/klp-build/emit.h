/* SPDX-License-Identifier: GPL-2.0 */
/*
 * emit.h - what a livepatch carries, as an object of its own
 */
#ifndef KLP_BUILD_EMIT_H
#define KLP_BUILD_EMIT_H

#include "carry.h"
#include "output.h"

/**
 * struct emit_chunk - a part of the new object that was copied
 * @section: of the new object
 * @offset: where it begins there
 * @size: its bytes
 * @to: section of the output
 * @at: where it begins there
 * @in_table: it is an entry of a table
 */
struct emit_chunk {
	uint32_t section;
	uint32_t offset;
	uint32_t size;
	size_t to;
	uint32_t at;
	bool in_table;
};

/**
 * struct emit_place - where an atom was copied to
 * @section: of the output, OUTPUT_NONE if it was not
 * @offset: in that section
 * @symbol: of the output, OUTPUT_NONE if it has none
 */
struct emit_place {
	size_t section;
	uint32_t offset;
	size_t symbol;
};

/**
 * struct emit_text - a string that was copied
 * @text: the string
 * @at_seam: there is the end of another one in front of it
 * @align: in bytes; code may load it by words
 * @from: its offset in the new object's section, modulo that
 * @symbol: of the output
 */
struct emit_text {
	const char *text;
	bool at_seam;
	uint32_t align;
	uint32_t from;
	size_t symbol;
};

/**
 * struct emit_label - a symbol for a place that has no other one
 * @section: of the output
 * @offset: in that section
 * @symbol: of the output
 */
struct emit_label {
	size_t section;
	uint32_t offset;
	size_t symbol;
};

/**
 * struct emit - an object while it is being made
 * @carry: what is copied
 * @atoms: the new object
 * @output: what is made
 * @chunk: by section and offset of the new object, then the entries of tables
 * @chunks: how many
 * @place: for each atom
 * @text: all strings
 * @texts: how many
 * @label: all labels
 * @labels: how many
 * @fault: why it could not be made
 */
struct emit {
	const struct carry *carry;
	const struct atoms *atoms;
	struct output *output;
	struct emit_chunk *chunk;
	size_t chunks;
	struct emit_place *place;
	struct emit_text *text;
	size_t texts;
	struct emit_label *label;
	size_t labels;
	struct fault *fault;
};

/**
 * emit() - copy what is carried
 * @emit: its fault is set; the rest becomes the result, emit_free() it
 * @carry: what is copied, without anything that was refused
 * @output: empty
 */
bool emit(struct emit *emit, const struct carry *carry, struct output *output);

/**
 * emit_free() - forget how the output was made
 * @emit: of emit()
 */
void emit_free(struct emit *emit);

/**
 * emit_label() - a symbol for a place
 * @emit: the object
 * @section: of the output
 * @offset: in that section
 *
 * Return: a symbol of the output, without the bit that tells Thumb code.
 */
size_t emit_label(struct emit *emit, size_t section, uint32_t offset);

/**
 * emit_text() - a copy of a string
 * @emit: the object
 * @ref: reference to the string
 * @section: that has the string
 *
 * Return: a symbol of the output.
 */
size_t emit_text(struct emit *emit, const struct ref *ref,
		 const struct elf32_section *section);

/**
 * emit_chunks() - copy all bytes, and note where to
 * @emit: the object
 */
void emit_chunks(struct emit *emit);

/**
 * emit_refs() - make relocations for all that was copied
 * @emit: the object
 */
bool emit_refs(struct emit *emit);

/**
 * emit_unwind() - copy the unwind tables of all functions that were copied
 * @emit: the object
 */
bool emit_unwind(struct emit *emit);

#endif /* KLP_BUILD_EMIT_H */
