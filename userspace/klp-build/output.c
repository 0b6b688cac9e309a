// SPDX-License-Identifier: GPL-2.0
/*
 * output.c - a relocatable object that is being made
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

size_t output_section(struct output *output, const char *name, uint32_t type,
		      uint32_t flags)
{
	struct output_section *section;
	size_t i;

	for (i = 0; i < output->sections; i++) {
		section = &output->section[i];
		if (strcmp(section->name, name) == 0 && section->type == type) {
			section->flags |= flags;
			return i;
		}
	}
	output->section = array_more(output->section, output->sections,
				     sizeof(*output->section));
	section = &output->section[output->sections];
	memset(section, 0, sizeof(*section));
	section->name = name;
	section->type = type;
	section->flags = flags;
	section->align = 1;
	section->link = OUTPUT_NONE;
	return output->sections++;
}

static void make_room(struct output_section *section, uint32_t size)
{
	if (section->type == SHT_NOBITS || size <= section->room)
		return;
	section->room = (size_t)size * 2;
	section->bytes = realloc(section->bytes, section->room);
	if (!section->bytes)
		out_of_memory();
}

uint32_t output_append(struct output *output, size_t section,
		       const uint8_t *bytes, uint32_t size, uint32_t align,
		       uint32_t from)
{
	struct output_section *to = &output->section[section];
	uint32_t offset = to->size;

	if (align > to->align)
		to->align = align;
	while (align > 1 && offset % align != from % align)
		offset++;
	if (size > UINT32_MAX - offset)
		out_of_memory();
	make_room(to, offset + size);
	/* Of nothing, there may be no memory. */
	if (to->type != SHT_NOBITS && offset + size > to->size) {
		memset(to->bytes + to->size, 0, offset + size - to->size);
		if (bytes && size)
			memcpy(to->bytes + offset, bytes, size);
	}
	to->size = offset + size;
	return offset;
}

size_t output_symbol(struct output *output, const struct output_symbol *symbol)
{
	struct output_symbol *copy;

	output->symbol = array_more(output->symbol, output->symbols,
				    sizeof(*output->symbol));
	copy = &output->symbol[output->symbols];
	*copy = *symbol;
	copy->name = text_copy(symbol->name);
	return output->symbols++;
}

size_t output_undefined(struct output *output, const char *name,
			unsigned char type, unsigned char bind)
{
	struct output_symbol symbol = {
		.name = (char *)name,
		.section = OUTPUT_NONE,
		.type = type,
		.bind = bind,
	};
	size_t i;

	for (i = 0; i < output->symbols; i++) {
		if (output->symbol[i].section == OUTPUT_NONE &&
		    strcmp(output->symbol[i].name, name) == 0)
			return i;
	}
	return output_symbol(output, &symbol);
}

void output_rel(struct output *output, size_t section,
		const struct output_rel *rel)
{
	struct output_section *of = &output->section[section];

	of->rel = array_more(of->rel, of->rels, sizeof(*of->rel));
	of->rel[of->rels++] = *rel;
}

void output_free(struct output *output)
{
	size_t i;

	for (i = 0; i < output->sections; i++) {
		free(output->section[i].bytes);
		free(output->section[i].rel);
	}
	for (i = 0; i < output->symbols; i++)
		free(output->symbol[i].name);
	free(output->section);
	free(output->symbol);
	memset(output, 0, sizeof(*output));
}
