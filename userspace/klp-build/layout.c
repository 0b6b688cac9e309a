// SPDX-License-Identifier: GPL-2.0
/*
 * layout.c - which structures and variables have another layout in the new object
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "enums.h"
#include "layout.h"

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool members_equal(const struct member *a, const struct member *b)
{
	return a->offset == b->offset && a->size == b->size &&
	       same_text(a->path, b->path) && same_text(a->holds, b->holds) &&
	       same_text(a->kind, b->kind);
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
static bool differs(const struct type_table *olds,
		    const struct type_table *news, const char *name)
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
static bool is_consequence(const struct type_table *olds,
			   const struct type_table *news,
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
		    !same_text(a->holds, b->holds) ||
		    !same_text(a->kind, b->kind))
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

static void put_type(FILE *out, const struct member *was,
		     const struct member *is)
{
	fprintf(out, "has another type: %s, was %s",
		is->holds ? is->holds : is->kind,
		was->holds ? was->holds : was->kind);
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
			put_type(out, a, b);
		}
		return;
	}
}

static void put_difference(FILE *out, const struct type *old,
			   const struct type *new)
{
	if (new->size > old->size)
		fprintf(out, "grew by %" PRIu64, new->size - old->size);
	else if (new->size < old->size)
		fprintf(out, "shrank by %" PRIu64, old->size - new->size);
	else
		fputs("has another layout", out);
	if (!put_only(out, new, old, "new") && !put_only(out, old, new, "gone"))
		put_other(out, old, new);
}

/* A variable has one member, or those of structures without a name. */
static bool is_one(const struct type *variable)
{
	return variable->members == 1 && !strchr(variable->member->path, '.');
}

/* What differs: free() it. */
static char *say(const struct type *old, const struct type *new, bool variable)
{
	char *what = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&what, &size);

	if (!out)
		out_of_memory();
	if (variable && is_one(old) && is_one(new))
		put_type(out, old->member, new->member);
	else
		put_difference(out, old, new);
	if (fclose(out) != 0)
		out_of_memory();
	return what;
}

static void compare_named(const struct types *olds, const struct types *news,
			  struct author *author, struct refusals *refusals)
{
	size_t i;

	for (i = 0; i < olds->named.count; i++) {
		const struct type *old = &olds->named.type[i];
		const struct type *new = types_find(&news->named, old->name);
		char *what;

		if (!new || types_equal(old, new) ||
		    is_consequence(&olds->named, &news->named, old, new,
				   author) ||
		    is_ignored(author, old->name))
			continue;
		what = say(old, new, false);
		refuse_struct(refusals, old, what);
		free(what);
	}
}

/* The variable whose type it is, if the running kernel keeps it; or NULL. */
static const struct atom *find_variable(const struct atoms *atoms,
					const struct type *type)
{
	/* A static variable of a function is named behind that. */
	const char *name = strchr(type->name, '.');
	size_t length;
	size_t i;

	name = name ? name + 1 : type->name;
	length = strcspn(name, ".");
	for (i = 0; i < atoms->count; i++) {
		const struct atom *atom = &atoms->atom[i];

		if (atom->kind == ATOM_OBJECT &&
		    atoms_kind(atoms, atom) == SPECIAL_DATA &&
		    !special_is_init(atoms_section(atoms, atom)) &&
		    strlen(atom->base) == length &&
		    strncmp(atom->base, name, length) == 0)
			return atom;
	}
	return NULL;
}

/* A variable of another size is refused for that. */
static void compare_variables(const struct types *olds,
			      const struct types *news,
			      const struct atoms *atoms, struct author *author,
			      struct refusals *refusals)
{
	size_t i;

	for (i = 0; i < olds->variable.count; i++) {
		const struct type *old = &olds->variable.type[i];
		const struct type *new = types_find(&news->variable, old->name);
		const struct atom *atom;
		char *what;

		if (!new || old->size != new->size || types_equal(old, new) ||
		    is_consequence(&olds->named, &news->named, old, new,
				   author))
			continue;
		atom = find_variable(atoms, old);
		if (!atom || author_ignores(author, "data", atom->base))
			continue;
		what = say(old, new, true);
		refuse_variable(refusals, atoms, atom, what);
		free(what);
	}
}

void layout_compare(const struct types *old, const struct types *new,
		    const struct atoms *atoms, struct author *author,
		    struct refusals *refusals)
{
	compare_named(old, new, author, refusals);
	compare_variables(old, new, atoms, author, refusals);
	enums_compare(&old->enums, &new->enums, author, refusals);
}
