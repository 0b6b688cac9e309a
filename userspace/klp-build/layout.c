// SPDX-License-Identifier: GPL-2.0
/*
 * layout.c - which structures have another layout in the new object
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool members_equal(const struct member *a, const struct member *b)
{
	return a->offset == b->offset && a->size == b->size &&
	       same_text(a->path, b->path) && same_text(a->holds, b->holds);
}

static bool types_equal(const struct type *old, const struct type *new)
{
	size_t i;

	if (old->size != new->size || old->members != new->members)
		return false;
	for (i = 0; i < old->members; i++) {
		if (!members_equal(&old->member[i], &new->member[i]))
			return false;
	}
	return true;
}

/* Both are there, and differ. */
static bool differs(const struct types *olds, const struct types *news,
		    const char *name)
{
	const struct type *old = types_find(olds, name);
	const struct type *new = types_find(news, name);

	return old && new && !types_equal(old, new);
}

/* The macro takes the tag alone, too. */
static bool is_ignored(struct author *author, const char *name)
{
	const char *tag = strchr(name, ' ');

	return author_ignores(author, "struct", name) ||
	       (tag && author_ignores(author, "struct", tag + 1));
}

/* Is all that differs what the members hold, or follows from that? */
static bool is_consequence(const struct types *olds, const struct types *news,
			   const struct type *old, const struct type *new,
			   struct author *author)
{
	bool found = false;
	size_t i;

	if (old->members != new->members)
		return false;
	for (i = 0; i < old->members; i++) {
		const struct member *a = &old->member[i];
		const struct member *b = &new->member[i];

		if (!same_text(a->path, b->path) ||
		    !same_text(a->holds, b->holds))
			return false;
		if (a->holds && differs(olds, news, a->holds) &&
		    !is_ignored(author, a->holds))
			found = true;
		else if (a->size != b->size)
			return false;
	}
	return found;
}

static const struct member *find_member(const struct type *type,
					const char *path)
{
	size_t i;

	for (i = 0; i < type->members; i++) {
		if (strcmp(type->member[i].path, path) == 0)
			return &type->member[i];
	}
	return NULL;
}

static void put_offset(FILE *out, uint64_t bits)
{
	if (bits % 8)
		fprintf(out, "bit %" PRIu64, bits);
	else
		fprintf(out, "%" PRIu64, bits / 8);
}

/* A member that only one of them has tells more than those that it moves. */
static bool put_only(FILE *out, const struct type *has, const struct type * not,
		     const char *what)
{
	size_t i;

	for (i = 0; i < has->members; i++) {
		if (find_member(not, has->member[i].path))
			continue;
		fprintf(out, ": member '%s' at offset ", has->member[i].path);
		put_offset(out, has->member[i].offset);
		fprintf(out, " is %s", what);
		return true;
	}
	return false;
}

static void put_other(FILE *out, const struct type *old, const struct type *new)
{
	size_t i;

	for (i = 0; i < old->members; i++) {
		const struct member *a = &old->member[i];
		const struct member *b = find_member(new, a->path);

		if (!b || members_equal(a, b))
			continue;
		fprintf(out, ": member '%s' ", a->path);
		if (a->size != b->size) {
			fputs("has another size", out);
		} else if (a->offset != b->offset) {
			fputs("moved from offset ", out);
			put_offset(out, a->offset);
			fputs(" to ", out);
			put_offset(out, b->offset);
		} else {
			fputs("has another type", out);
		}
		return;
	}
}

static void refuse(const struct type *old, const struct type *new,
		   struct refusals *refusals)
{
	char *what = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&what, &size);

	if (!out)
		out_of_memory();
	if (new->size > old->size)
		fprintf(out, "grew by %" PRIu64, new->size - old->size);
	else if (new->size < old->size)
		fprintf(out, "shrank by %" PRIu64, old->size - new->size);
	else
		fputs("has another layout", out);
	if (!put_only(out, new, old, "new") && !put_only(out, old, new, "gone"))
		put_other(out, old, new);
	if (fclose(out) != 0)
		out_of_memory();
	refuse_struct(refusals, old, what);
	free(what);
}

void layout_compare(const struct types *olds, const struct types *news,
		    struct author *author, struct refusals *refusals)
{
	size_t i;

	for (i = 0; i < olds->count; i++) {
		const struct type *old = &olds->type[i];
		const struct type *new = types_find(news, old->name);

		if (new && !types_equal(old, new) &&
		    !is_consequence(olds, news, old, new, author) &&
		    !is_ignored(author, old->name))
			refuse(old, new, refusals);
	}
}
