// SPDX-License-Identifier: GPL-2.0
/*
 * emit_ref.c - the relocations of what a livepatch carries
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emit.h"

/* What is to be written for one reference. */
struct written {
	const struct ref *ref;
	const struct emit_chunk *chunk;
	uint32_t at; /* offset in the output's section */
	size_t symbol;
	int64_t addend;
};

static bool cannot(const struct emit *emit, const struct ref *ref,
		   const char *why)
{
	return fault_set(emit->fault, "%s: %s+0x%x: %s", emit->atoms->elf.path,
			 emit->atoms->elf.section[ref->section].name,
			 ref->offset, why);
}

static uint8_t *field_of(const struct emit *emit, const struct written *written)
{
	return emit->output->section[written->chunk->to].bytes + written->at;
}

static void store(const struct emit *emit, const struct written *written,
		  int64_t addend)
{
	const struct reloc_type *type = written->ref->type;
	uint8_t *field = field_of(emit, written);

	reloc_store(type, field,
		    reloc_encode(type, reloc_load(type, field),
				 (int32_t)addend));
}

static bool put(struct emit *emit, const struct written *written)
{
	const struct reloc_type *type = written->ref->type;
	const struct output_rel rel = {
		.offset = written->at,
		.type = type->type,
		.symbol = written->symbol,
	};

	if (!reloc_fits(type, written->addend))
		return cannot(emit, written->ref,
			      "the field cannot hold the offset");
	store(emit, written, written->addend);
	output_rel(emit->output, written->chunk->to, &rel);
	return true;
}

/* The relocation that a reference is from; a local branch has none. */
static const struct elf32_rel *rel_of(const struct emit *emit,
				      const struct ref *ref)
{
	size_t count;
	const struct elf32_rel *rel = elf32_rels(
		&emit->atoms->elf, ref->section, ref->offset, 1, &count);

	for (; count > 0; count--, rel++) {
		if (rel->type == ref->type)
			return rel;
	}
	return NULL;
}

/* Branches for which the module loader has no relocations. */
static bool is_short(const struct reloc_type *type)
{
	return type->type == R_ARM_THM_JUMP19 || type->type == R_ARM_THM_PC11 ||
	       type->type == R_ARM_THM_PC9;
}

/* A branch within a section needs no relocation. */
static bool put_branch(struct emit *emit, const struct written *written,
		       const struct emit_place *to)
{
	const struct reloc_type *type = written->ref->type;
	const int64_t addend = (int64_t)to->offset + written->ref->delta -
			       written->at + type->bias;

	if (!reloc_fits(type, addend))
		return cannot(emit, written->ref,
			      "a short branch does not reach its target");
	store(emit, written, addend);
	return true;
}

static bool put_copy(struct emit *emit, struct written *written, size_t index)
{
	const struct ref *ref = written->ref;
	const struct emit_place *to = &emit->place[index];
	const struct elf32_rel *rel = rel_of(emit, ref);

	if (to->section == OUTPUT_NONE)
		return cannot(emit, ref, "what it refers to is not carried");
	if (ref->type->branch && (!rel || is_short(ref->type)) &&
	    to->section == written->chunk->to)
		return put_branch(emit, written, to);
	written->symbol = to->symbol;
	written->addend = ref->delta + ref->type->bias;
	/* A section's symbol has no bit for Thumb, but the addend may. */
	if (to->symbol == OUTPUT_NONE ||
	    (rel && emit->atoms->elf.symbol[rel->symbol].type == STT_SECTION)) {
		written->symbol = emit_label(emit, to->section, to->offset);
		if (rel)
			written->addend =
				(int64_t)rel->addend +
				emit->atoms->elf.symbol[rel->symbol].value -
				emit->atoms->atom[index].offset;
	}
	if (!reloc_fits(ref->type, written->addend)) {
		written->symbol =
			emit_label(emit, to->section,
				   to->offset + (uint32_t)(written->addend -
							   ref->type->bias));
		written->addend = ref->type->bias;
	}
	return put(emit, written);
}

/* No branch leads to a string, so that there is a relocation. */
static const struct elf32_section *text_section(const struct emit *emit,
						const struct ref *ref)
{
	const struct elf32 *elf = &emit->atoms->elf;

	return &elf->section[elf->symbol[rel_of(emit, ref)->symbol].section];
}

/*
 * As 'klp-diff link' takes it. What code of a module refers to in another module is
 * looked up when the first one comes: the other one is there by then.
 */
static size_t kernel_symbol(struct emit *emit,
			    const struct linked_symbol *symbol)
{
	const char *home = emit->carry->refer->sympos.linked->object;
	const bool other = strcmp(symbol->object, home) != 0 &&
			   strcmp(symbol->object, LINKED_VMLINUX) != 0;
	char *name;
	size_t index;

	if (asprintf(&name, "%s%s%s.klp.sym.%s.%s,%u",
		     other ? ".klp.rela." : "", other ? home : "",
		     other ? "/" : "", symbol->object, symbol->name,
		     symbol->position) < 0)
		out_of_memory();
	/* modpost lets weak symbols pass that nothing exports. */
	index = output_undefined(emit->output, name,
				 symbol->func ? STT_FUNC : STT_OBJECT,
				 STB_WEAK);
	free(name);
	return index;
}

static bool put_ref(struct emit *emit, const struct emit_chunk *chunk,
		    const struct ref *ref)
{
	struct written written = {
		.ref = ref,
		.chunk = chunk,
		.at = chunk->at + (ref->offset - chunk->offset),
		.addend = ref->delta + ref->type->bias,
	};
	struct referee referee;

	/* An LDR of the exception vectors, and of other assembly */
	if (ref->type->type == R_ARM_PC13)
		return cannot(emit, ref, "the kernel has no such relocation");
	if (!refer(emit->carry->refer, ref, chunk->in_table, &referee))
		return cannot(emit, ref, "it is refused");
	switch (referee.kind) {
	case REFEREE_COPY:
		return put_copy(emit, &written, referee.atom);
	case REFEREE_TEXT:
		written.symbol = emit_text(emit, ref, text_section(emit, ref));
		break;
	case REFEREE_KERNEL:
		written.symbol = kernel_symbol(emit, &referee.symbol);
		break;
	case REFEREE_EXPORT:
		written.symbol = output_undefined(emit->output,
						  referee.symbol.name,
						  STT_NOTYPE, STB_GLOBAL);
		break;
	case REFEREE_OUTSIDE:
		written.symbol =
			output_undefined(emit->output, referee.name, STT_NOTYPE,
					 referee.weak ? STB_WEAK : STB_GLOBAL);
		break;
	}
	if (is_short(ref->type) && referee.kind != REFEREE_KERNEL)
		return cannot(emit, ref, "a short branch leaves the module");
	return put(emit, &written);
}

/* Relocations that write nothing: where a linker may change BX, for ARMv4 */
static void put_marks(struct emit *emit, const struct emit_chunk *chunk)
{
	size_t count;
	const struct elf32_rel *rel = elf32_rels(&emit->atoms->elf,
						 chunk->section, chunk->offset,
						 chunk->size, &count);

	for (; count > 0; count--, rel++) {
		const struct output_rel mark = {
			.offset = chunk->at + (rel->offset - chunk->offset),
			.type = R_ARM_V4BX,
			.symbol = OUTPUT_NONE,
		};

		if (rel->type->type == R_ARM_V4BX)
			output_rel(emit->output, chunk->to, &mark);
	}
}

bool emit_refs(struct emit *emit)
{
	size_t i;

	for (i = 0; i < emit->chunks; i++) {
		const struct emit_chunk *chunk = &emit->chunk[i];
		size_t count;
		const struct ref *ref = atoms_refs(emit->atoms, chunk->section,
						   chunk->offset, chunk->size,
						   &count);

		for (; count > 0; count--, ref++) {
			if (!put_ref(emit, chunk, ref))
				return false;
		}
		put_marks(emit, chunk);
	}
	return true;
}
