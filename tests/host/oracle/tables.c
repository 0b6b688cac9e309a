// SPDX-License-Identifier: GPL-2.0
/*
 * tables.c - what tables of the kernel have on places in a function
 *
 * An entry that got lost may change nothing that the function does by itself. So the
 * entries themselves are compared, and those that change code are used.
 */
#include <elf.h>
#include <stdio.h>

#include "field.h"
#include "tables.h"

/* Instructions without their fields: what a static key is made of */
#define NOP_ARM 0xe320f000U
#define NOP_THUMB 0xf3af8000U
#define BRANCH_ARM 0xea000000U
#define BRANCH_THUMB 0xf0009000U

/* The lower bits of a key's address say what the branch is like. */
#define KEY_BITS 3U

/*
 * The words of an entry: 'a' an address, 'r' a distance from here, 'k' the address of
 * a static key, 'x' anything else. The first one leads to the code.
 */
struct layout {
	const char *name;
	const char *words;
};

static const struct layout layouts[] = {
	{ "__ex_table", "aa" },	   { "__bug_table", "aax" },
	{ "__jump_table", "aak" }, { ".alt.smp.init", "rx" },
	{ ".pv_table", "r" },
};

/* An entry in memory */
struct entry {
	const struct layout *layout;
	u32 address;
	u32 word[3];
};

typedef void visitor(struct side *side, struct placed *placed,
		     const struct entry *entry, void *cookie);

static void read_entry(const struct placed *placed, struct entry *entry)
{
	u32 i;

	for (i = 0; entry->layout->words[i]; i++) {
		entry->word[i] = placed_word(placed, entry->address + 4 * i);
		if (entry->layout->words[i] == 'r')
			entry->word[i] += entry->address + 4 * i;
	}
}

static void visit_section(struct side *side, struct placed *placed, u32 index,
			  const struct layout *layout, visitor *visit,
			  void *cookie)
{
	u32 size = 4 * (u32)strlen(layout->words);
	u32 at;

	for (at = 0; at + size <= placed->object->section[index].size;
	     at += size) {
		struct entry entry = {
			.layout = layout,
			.address = placed->address[index] + at,
		};

		read_entry(placed, &entry);
		visit(side, placed, &entry, cookie);
	}
}

static void visit_entries(struct side *side, const char *name, visitor *visit,
			  void *cookie)
{
	size_t i, j;
	u32 k;

	for (i = 0; i < side_placed(side); i++) {
		struct placed *placed = &side->placed[i];

		for (j = 0; j < ARRAY_SIZE(layouts); j++) {
			if (name && strcmp(name, layouts[j].name) != 0)
				continue;
			for (k = 1; k < placed->object->sections; k++)
				if (placed->address[k] &&
				    strcmp(placed->object->section[k].name,
					   layouts[j].name) == 0)
					visit_section(side, placed, k,
						      &layouts[j], visit,
						      cookie);
		}
	}
}

struct listing {
	u32 start;
	u32 size;
	struct trace *trace;
};

static void list_entry(struct side *side, struct placed *placed,
		       const struct entry *entry, void *cookie)
{
	const struct listing *listing = cookie;
	char text[3][SIDE_NAME] = { "", "", "" };
	u32 i;

	(void)placed;
	if (entry->word[0] - listing->start >= listing->size)
		return;
	for (i = 0; entry->layout->words[i]; i++) {
		u32 word = entry->word[i], bits = 0;

		if (entry->layout->words[i] == 'k') {
			bits = word & KEY_BITS;
			word &= ~KEY_BITS;
		}
		if (entry->layout->words[i] == 'x')
			snprintf(text[i], SIDE_NAME, "%08x", word);
		else
			side_name(side, word, text[i]);
		if (bits)
			snprintf(text[i] + strlen(text[i]),
				 SIDE_NAME - strlen(text[i]), "|%u", bits);
	}
	trace_add(listing->trace, 0, "%s: %s %s %s", entry->layout->name,
		  text[0], text[1], text[2]);
}

void tables_list(const struct side *side, u32 start, u32 size,
		 struct trace *trace)
{
	struct listing listing = { start, size, trace };
	struct side copy = *side;

	visit_entries(&copy, NULL, list_entry, &listing);
	trace_sort(trace);
}

static void use_alternative(struct side *side, struct placed *placed,
			    const struct entry *entry, void *cookie)
{
	u8 *place = placed_read(placed, entry->word[0]);

	(void)side;
	(void)cookie;
	if (place)
		memcpy(place, &entry->word[1], 4);
}

void tables_use_alternatives(struct side *side)
{
	visit_entries(side, ".alt.smp.init", use_alternative, NULL);
}

static bool is_nop(u32 type, u32 word)
{
	return type == KLP_ARM_RELOC_THM_JUMP24 ?
		       word == NOP_THUMB :
		       word == NOP_ARM || word == 0xe1a00000U;
}

static void flip_key(struct side *side, struct placed *placed,
		     const struct entry *entry, void *cookie)
{
	u8 *place = placed_read(placed, entry->word[0]);
	bool thumb = side->kernel->thumb;
	u32 type = thumb ? KLP_ARM_RELOC_THM_JUMP24 : KLP_ARM_RELOC_JUMP24;
	u32 branch = thumb ? BRANCH_THUMB : BRANCH_ARM;
	u32 value = entry->word[1] - klp_arm_reloc_pc_ahead(type);

	(void)cookie;
	if (!place)
		return;
	if (!is_nop(type, field_load(type, place)))
		branch = thumb ? NOP_THUMB : NOP_ARM;
	else if (klp_arm_reloc_encode(type, thumb ? value | 1 : value,
				      entry->word[0], &branch))
		return;
	field_store(type, place, branch);
}

void tables_flip_keys(struct side *side)
{
	visit_entries(side, "__jump_table", flip_key, NULL);
}
