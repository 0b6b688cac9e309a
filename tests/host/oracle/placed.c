// SPDX-License-Identifier: GPL-2.0
/*
 * placed.c - an object in memory, with its relocations written
 *
 * Fields and their ranges are kernel/klp_arm/reloc_field.c's. What does not reach
 * goes through an entry that loads PC, as kernel/klp_arm/reloc.c and the module
 * loader have it.
 */
#include <elf.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "field.h"
#include "placed.h"

/* ldr pc, [pc, #-4], and in Thumb code ldr.w pc, [pc, #0] as it is in memory */
#define SLOT_ARM 0xe51ff004U
#define SLOT_THUMB 0xf000f8dfU
#define SLOT_BYTES 8U

/* Of the livepatch core: include/uapi/linux/elf.h */
#define SHF_LIVEPATCH_RELOCATIONS 0x00100000U

static bool is_relocation(const struct object *object, u32 index)
{
	const struct object_section *section = &object->section[index];

	return (section->type == SHT_REL || section->type == SHT_RELA) &&
	       section->data && section->info < object->sections &&
	       object->section[section->info].flags & SHF_ALLOC;
}

/* One entry for each relocation is enough. */
static u32 count_relocations(const struct object *object)
{
	u32 i, count = 0;

	for (i = 1; i < object->sections; i++)
		if (is_relocation(object, i))
			count += object->section[i].size / sizeof(Elf32_Rel);
	return count;
}

/* What has no size has an address, though: keys of locks that are not checked. */
static bool is_loaded(const struct object_section *section)
{
	return section->flags & SHF_ALLOC &&
	       !(section->flags & SHF_LIVEPATCH_RELOCATIONS);
}

static u32 lay_out(struct placed *placed, struct proof_random *random)
{
	const struct object *object = placed->object;
	u32 at = placed->base;
	u32 i;

	for (i = 1; i < object->sections; i++) {
		const struct object_section *section = &object->section[i];
		u32 align = section->align < 4 ? 4 : section->align;

		if (!is_loaded(section))
			continue;
		at += 8 * (proof_random(random) % 8) + 8;
		at = (at + align - 1) & ~(align - 1);
		placed->address[i] = at;
		at += section->size;
	}
	placed->slots = (at + 15) & ~7U;
	return placed->slots + SLOT_BYTES * count_relocations(object);
}

void placed_load(struct placed *placed, const struct object *object, u32 base,
		 struct proof_random *random, bool thumb)
{
	u32 i, end;

	memset(placed, 0, sizeof(*placed));
	placed->object = object;
	placed->base = base;
	placed->thumb = thumb;
	placed->address = calloc(object->sections, sizeof(u32));
	if (!placed->address)
		err(2, "%s", object->path);
	end = lay_out(placed, random);
	placed->size = (end - base + PLACED_PAGE - 1) & ~(PLACED_PAGE - 1);
	placed->memory = calloc(1, placed->size);
	if (!placed->memory)
		err(2, "%s", object->path);
	for (i = 1; i < object->sections; i++)
		if (placed->address[i] && object->section[i].data)
			memcpy(placed->memory + (placed->address[i] - base),
			       object->section[i].data,
			       object->section[i].size);
}

void placed_free(struct placed *placed)
{
	free(placed->memory);
	free(placed->address);
	free(placed->fault);
}

u32 placed_section_at(const struct placed *placed, u32 address, u32 *offset)
{
	u32 i;

	for (i = 1; i < placed->object->sections; i++) {
		*offset = address - placed->address[i];
		if (placed->address[i] &&
		    *offset <= placed->object->section[i].size)
			return i;
	}
	return 0;
}

u8 *placed_read(const struct placed *placed, u32 address)
{
	u32 offset = address - placed->base;

	return offset <= placed->size - 4 ? placed->memory + offset : NULL;
}

u32 placed_word(const struct placed *placed, u32 address)
{
	const u8 *place = placed_read(placed, address);
	u32 word = 0;

	if (place)
		memcpy(&word, place, sizeof(word));
	return word;
}

u32 placed_symbol(const struct placed *placed,
		  const struct object_symbol *symbol)
{
	return placed->address[symbol->section] + symbol->value;
}

static void note_fault(struct placed *placed, const struct placed_ref *ref,
		       const char *why)
{
	struct placed_fault *fault;

	placed->fault =
		realloc(placed->fault, (placed->faults + 1) * sizeof(*fault));
	if (!placed->fault)
		err(2, "%s", placed->object->path);
	fault = &placed->fault[placed->faults++];
	fault->section = ref->section;
	fault->offset = ref->offset;
	snprintf(fault->why, sizeof(fault->why), "%s", why);
}

/* Where a branch goes that does not reach @target. */
static u32 make_slot(struct placed *placed, u32 target)
{
	u32 at = placed->slots + SLOT_BYTES * placed->slot_count++;
	u32 load = placed->thumb ? SLOT_THUMB : SLOT_ARM;

	memcpy(placed_read(placed, at), &load, 4);
	memcpy(placed_read(placed, at + 4), &target, 4);
	return at | placed->thumb;
}

static int encode(struct placed *placed, const struct placed_ref *ref,
		  u32 value, u32 *field)
{
	u32 place = placed->address[ref->section] + ref->offset;
	int error = klp_arm_reloc_encode(ref->type, value, place, field);
	u32 ahead;

	if (error != -ERANGE || !klp_arm_reloc_is_branch(ref->type))
		return error;
	ahead = klp_arm_reloc_pc_ahead(ref->type);
	return klp_arm_reloc_encode(ref->type,
				    make_slot(placed, value + ahead) - ahead,
				    place, field);
}

static void relocate(struct placed *placed, struct placed_ref *ref, bool rela,
		     placed_resolve *resolve, const void *cookie)
{
	u8 *place = placed_read(placed,
				placed->address[ref->section] + ref->offset);
	char why[160] = "its place is outside of the section";
	u32 field, value;
	int error;

	if (!ref->type)
		return;
	if (!place || !klp_arm_reloc_is_known(ref->type)) {
		if (place)
			snprintf(why, sizeof(why),
				 "relocation of type %u is not known",
				 ref->type);
		note_fault(placed, ref, why);
		return;
	}
	field = field_load(ref->type, place);
	if (!rela)
		ref->addend = field_addend(ref->type, field);
	if (!resolve(cookie, placed, ref, &value, why)) {
		note_fault(placed, ref, why);
		return;
	}
	error = encode(placed, ref, value, &field);
	if (error) {
		snprintf(why, sizeof(why), "relocation of type %u: %s",
			 ref->type, strerror(-error));
		note_fault(placed, ref, why);
		return;
	}
	field_store(ref->type, place, field);
}

static void relocate_section(struct placed *placed, u32 index,
			     placed_resolve *resolve, const void *cookie)
{
	const struct object_section *section = &placed->object->section[index];
	bool rela = section->type == SHT_RELA;
	u32 entry = rela ? sizeof(Elf32_Rela) : sizeof(Elf32_Rel);
	u32 at;

	for (at = 0; at + entry <= section->size; at += entry) {
		struct placed_ref ref = { .section = section->info };
		Elf32_Rela from = { 0 };

		memcpy(&from, section->data + at, entry);
		ref.offset = from.r_offset;
		ref.type = ELF32_R_TYPE(from.r_info);
		ref.symbol = ELF32_R_SYM(from.r_info);
		ref.addend = (u32)from.r_addend;
		if (ref.symbol >= placed->object->symbols)
			errx(2, "%s: a relocation has symbol %u",
			     placed->object->path, ref.symbol);
		relocate(placed, &ref, rela, resolve, cookie);
	}
}

void placed_relocate(struct placed *placed, placed_resolve *resolve,
		     const void *cookie)
{
	u32 i;

	for (i = 1; i < placed->object->sections; i++)
		if (is_relocation(placed->object, i) &&
		    placed->address[placed->object->section[i].info])
			relocate_section(placed, i, resolve, cookie);
}
