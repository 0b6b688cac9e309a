// SPDX-License-Identifier: GPL-2.0
/*
 * same.c - is an object, compiled again, the one that the kernel has?
 */
#include <string.h>

#include "same.h"

/* The next section that is loaded, but for recordmcount's own. */
static size_t next_section(const struct elf32 *elf, size_t index)
{
	while (++index < elf->sections) {
		const struct elf32_section *section = &elf->section[index];

		if ((section->flags & SHF_ALLOC) &&
		    strcmp(section->name, "__mcount_loc") != 0)
			break;
	}
	return index;
}

/* The function that has a byte, for messages. */
static const char *symbol_at(const struct elf32 *elf, size_t section,
			     uint32_t offset)
{
	size_t i;

	for (i = 1; i < elf->symbols; i++) {
		const struct elf32_symbol *symbol = &elf->symbol[i];

		if (symbol->section == section && symbol->size &&
		    offset >= symbol->value &&
		    offset - symbol->value < symbol->size)
			return symbol->name;
	}
	return "";
}

static bool differs(const struct elf32 *elf, size_t section, uint32_t offset,
		    struct fault *fault)
{
	const char *symbol = symbol_at(elf, section, offset);

	return fault_set(fault, "first difference: %s+0x%x%s%s",
			 elf->section[section].name, offset,
			 *symbol ? " in " : "", symbol);
}

static bool is_tracing_call(const struct elf32 *elf,
			    const struct elf32_rel *rel)
{
	return rel->type->branch &&
	       strcmp(elf->symbol[rel->symbol].name, "__gnu_mcount_nc") == 0;
}

static bool symbols_same(const struct elf32 *again, const struct elf32 *kept,
			 const struct elf32_rel *a, const struct elf32_rel *b)
{
	const struct elf32_symbol *left = &again->symbol[a->symbol];
	const struct elf32_symbol *right = &kept->symbol[b->symbol];

	return strcmp(left->name, right->name) == 0 &&
	       left->value == right->value &&
	       elf32_in_section(again, left) == elf32_in_section(kept, right);
}

static bool rels_same(const struct elf32 *again, const struct elf32 *kept,
		      size_t i, size_t j, struct fault *fault)
{
	const struct elf32_section *left = &again->section[i];
	const struct elf32_section *right = &kept->section[j];
	size_t k;

	for (k = 0; k < left->rels && k < right->rels; k++) {
		const struct elf32_rel *a = &again->rel[left->first_rel + k];
		const struct elf32_rel *b = &kept->rel[right->first_rel + k];

		if (a->offset != b->offset)
			return differs(again, i,
				       a->offset < b->offset ? a->offset :
							       b->offset,
				       fault);
		if (is_tracing_call(again, a) && reloc_size(b->type) == 0)
			continue;
		if (a->type != b->type || a->addend != b->addend ||
		    !symbols_same(again, kept, a, b))
			return differs(again, i, a->offset, fault);
	}
	if (left->rels == right->rels)
		return true;
	return fault_set(fault, "first difference: relocations of %s",
			 left->name);
}

/* Bytes of a tracing call may have become a NOP; rels_same() has seen it. */
static bool bytes_same(const struct elf32 *again, const struct elf32 *kept,
		       size_t i, size_t j, struct fault *fault)
{
	const struct elf32_section *section = &again->section[i];
	const uint8_t *left = section->data;
	const uint8_t *right = kept->section[j].data;
	size_t rel = section->first_rel;
	const size_t end = rel + section->rels;
	uint32_t size = section->size;
	uint32_t offset;

	if (size > kept->section[j].size)
		size = kept->section[j].size;
	if (!left || !right)
		return left == right || differs(again, i, 0, fault);
	for (offset = 0; offset < size; offset++) {
		while (rel < end && again->rel[rel].offset + 4 <= offset)
			rel++;
		if (left[offset] == right[offset] ||
		    (rel < end && offset >= again->rel[rel].offset &&
		     is_tracing_call(again, &again->rel[rel])))
			continue;
		return differs(again, i, offset, fault);
	}
	return true;
}

bool same(const struct elf32 *again, const struct elf32 *kept,
	  struct fault *fault)
{
	size_t i = next_section(again, 0);
	size_t j = next_section(kept, 0);

	while (i < again->sections && j < kept->sections) {
		const struct elf32_section *left = &again->section[i];
		const struct elf32_section *right = &kept->section[j];

		if (strcmp(left->name, right->name) != 0)
			return fault_set(fault,
					 "first difference: section %s instead"
					 " of %s",
					 left->name, right->name);
		if (!rels_same(again, kept, i, j, fault) ||
		    !bytes_same(again, kept, i, j, fault))
			return false;
		if (left->size != right->size || left->type != right->type ||
		    left->flags != right->flags)
			return fault_set(fault,
					 "first difference: size of %s, %u"
					 " bytes instead of %u",
					 left->name, left->size, right->size);
		i = next_section(again, i);
		j = next_section(kept, j);
	}
	if (i >= again->sections && j >= kept->sections)
		return true;
	return fault_set(fault, "first difference: section %s",
			 i < again->sections ? again->section[i].name :
					       kept->section[j].name);
}
