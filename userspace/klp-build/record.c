// SPDX-License-Identifier: GPL-2.0
/*
 * record.c - note in a livepatch what code it replaces
 */
#include <stdlib.h>
#include <string.h>

#include "masks.h"
#include "record.h"

#define WORD 4

/* The code with zeros in the masks */
static uint8_t *masked_code(const uint8_t *code, uint32_t size,
			    const struct masks *masks)
{
	uint8_t *copy = array_new(size, 1);
	size_t i;

	memcpy(copy, code, size);
	for (i = 0; i < masks->count; i++)
		memset(copy + masks->mask[i].offset, 0, masks->mask[i].size);
	return copy;
}

/* One part of the entry, and zeros up to the next word. */
static void append(struct output *output, size_t section, const void *bytes,
		   size_t size)
{
	output_append(output, section, bytes, (uint32_t)size, WORD, 0);
	output_append(output, section, NULL, 0, WORD, 0);
}

static void put_entry(struct output *output, const struct linked_symbol *symbol,
		      const struct masks *masks, const uint8_t *code)
{
	const size_t section = output_section(output, OLD_CODE_SECTION,
					      SHT_PROGBITS, SHF_ALLOC);
	const size_t names = strlen(symbol->object) + strlen(symbol->name) + 2;
	const size_t mask_bytes = masks->count * sizeof(*masks->mask);
	struct old_code_header header = {
		.magic = OLD_CODE_MAGIC,
		.version = OLD_CODE_VERSION,
		.sympos = symbol->position,
		.flags = symbol->thumb ? OLD_CODE_THUMB : 0,
		.code = symbol->size,
		.masks = (uint32_t)masks->count,
		.names = (uint32_t)names,
	};
	char *both = array_new(names, 1);

	header.size = (uint32_t)(sizeof(header) + mask_bytes +
				 (symbol->size + WORD - 1) / WORD * WORD +
				 (names + WORD - 1) / WORD * WORD);
	old_code_digest(code, symbol->size, header.digest);
	memcpy(both, symbol->object, strlen(symbol->object));
	memcpy(both + strlen(symbol->object) + 1, symbol->name,
	       strlen(symbol->name));
	append(output, section, &header, sizeof(header));
	append(output, section, masks->mask, mask_bytes);
	append(output, section, code, symbol->size);
	append(output, section, both, names);
	free(both);
}

bool record_code(struct output *output, struct linked *linked,
		 const struct linked_symbol *symbol, struct fault *fault)
{
	const struct image_section *section =
		&linked->image.section[symbol->place.section];
	struct masks masks;
	bool done;

	done = masks_find(&masks, linked, symbol->place, symbol->size, fault);
	if (done) {
		/* The code is there: it has been compared with the object's. */
		uint8_t *code =
			masked_code(section->data + symbol->place.offset,
				    symbol->size, &masks);

		put_entry(output, symbol, &masks, code);
		free(code);
	}
	masks_free(&masks);
	return done;
}
