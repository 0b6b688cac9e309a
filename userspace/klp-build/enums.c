// SPDX-License-Identifier: GPL-2.0
/*
 * enums.c - the constants of enumerations
 */
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "author.h"
#include "enums.h"
#include "refuse.h"

static bool take(struct constants *table, Dwarf_Die *die, Dwarf_Die *whole)
{
	const char *file = types_source(dwarf_decl_file(whole));
	const char *name = dwarf_diename(die);
	const char *tag = dwarf_diename(whole);
	struct constant *constant;
	Dwarf_Attribute attribute;
	Dwarf_Sword value;

	if (!name || !dwarf_attr(die, DW_AT_const_value, &attribute) ||
	    dwarf_formsdata(&attribute, &value) != 0)
		return false;
	table->constant = array_more(table->constant, table->count,
				     sizeof(*table->constant));
	constant = &table->constant[table->count++];
	memset(constant, 0, sizeof(*constant));
	constant->name = text_copy(name);
	constant->tag = text_copy(tag ? tag : "");
	constant->file = text_copy(file ? file : "");
	dwarf_decl_line(whole, &constant->line);
	constant->value = value;
	return true;
}

bool enums_read(struct reader *reader, struct constants *table, Dwarf_Die *die)
{
	Dwarf_Die child;
	int more;

	for (more = reader_child(reader, die, &child, true); more > 0;
	     more = reader_child(reader, die, &child, false)) {
		if (dwarf_tag(&child) == DW_TAG_enumerator &&
		    !take(table, &child, die))
			return reader_is_damaged(reader, NULL);
	}
	return more == 0 || reader_is_damaged(reader, NULL);
}

static int by_name(const void *left, const void *right)
{
	const struct constant *a = left;
	const struct constant *b = right;

	return strcmp(a->name, b->name);
}

void enums_sort(struct constants *table)
{
	if (table->count)
		qsort(table->constant, table->count, sizeof(*table->constant),
		      by_name);
}

static const struct constant *find(const struct constants *table,
				   const char *name)
{
	const struct constant key = { .name = (char *)name };

	if (!table->count)
		return NULL;
	return bsearch(&key, table->constant, table->count, sizeof(key),
		       by_name);
}

/* Is a word of the name, between underlines, one that counts the others? */
static bool is_limit(const char *name)
{
	static const char *const words[] = {
		"MAX",	 "NUM",	 "NR",	"LAST", "COUNT",
		"CNT",	 "SIZE", "END", "LEN",	"TOTAL",
		"LIMIT", "MASK", "ALL", "BITS", "SENTINEL",
	};
	size_t length;
	size_t i;

	for (; *name; name += length + (name[length] == '_')) {
		length = strcspn(name, "_");
		for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
			if (strlen(words[i]) == length &&
			    strncasecmp(words[i], name, length) == 0)
				return true;
		}
	}
	return false;
}

static bool is_ignored(struct author *author, const struct constant *constant)
{
	return author_ignores(author, "enum", constant->name) ||
	       (*constant->tag &&
		author_ignores(author, "enum", constant->tag));
}

void enums_compare(const struct constants *old, const struct constants *new,
		   struct author *author, struct refusals *refusals)
{
	size_t i;

	for (i = 0; i < old->count; i++) {
		const struct constant *was = &old->constant[i];
		const struct constant *is = find(new, was->name);

		if (!is || is->value == was->value ||
		    (is->value > was->value && is_limit(was->name)) ||
		    is_ignored(author, was))
			continue;
		refuse_enum(refusals, was, is->value);
	}
}

void enums_free(struct constants *table)
{
	while (table->count > 0) {
		struct constant *constant = &table->constant[--table->count];

		free(constant->name);
		free(constant->tag);
		free(constant->file);
	}
	free(table->constant);
	table->constant = NULL;
}
