// SPDX-License-Identifier: GPL-2.0
/*
 * author.c - what the author of a fix says in its sources
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "author.h"

/* As in <linux/klp_arm_patch.h> */
#define IGNORE_SECTION ".klp_arm.ignore"
#define CALLBACK_SECTION ".klp_arm.callback."

/* Each kind of what is ignored, and the macro for it */
static const char *const macros[][2] = {
	{ "data", "KLP_IGNORE_DATA" },
	{ "enum", "KLP_IGNORE_ENUM" },
	{ "function", "KLP_IGNORE_FUNCTION" },
	{ "section", "KPATCH_IGNORE_SECTION" },
	{ "struct", "KLP_IGNORE_STRUCT" },
};

/* Each kind of callback */
static const char *const callbacks[] = {
	"pre_patch",
	"post_patch",
	"pre_unpatch",
	"post_unpatch",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char *author_macro(const char *kind)
{
	size_t i;

	for (i = 0; i < COUNT(macros); i++) {
		if (strcmp(macros[i][0], kind) == 0)
			return macros[i][1];
	}
	return kind;
}

/* "KIND NAME"; a header that is included says the same once. */
static bool add_ignored(struct author *author, const char *text)
{
	struct author_ignored *ignored;
	size_t length = strcspn(text, " ");
	size_t i;

	for (i = 0; i < COUNT(macros); i++) {
		if (strlen(macros[i][0]) == length &&
		    strncmp(text, macros[i][0], length) == 0)
			break;
	}
	if (i == COUNT(macros) || !text[length] || !text[length + 1])
		return false;
	author->ignored = array_more(author->ignored, author->ignores,
				     sizeof(*author->ignored));
	ignored = &author->ignored[author->ignores++];
	ignored->kind = macros[i][0];
	ignored->name = text + length + 1;
	ignored->used = false;
	return true;
}

static bool read_ignored(struct author *author, const struct atoms *atoms,
			 const struct elf32_section *section,
			 struct fault *fault)
{
	const char *text = (const char *)section->data;
	const char *end;

	if (!text)
		return true;
	end = text + section->size;
	for (; text < end; text += strlen(text) + 1) {
		if (!memchr(text, '\0', (size_t)(end - text)) ||
		    !add_ignored(author, text))
			return fault_set(
				fault,
				"%s: section %s has something else than"
				" the macros of <linux/klp_arm_patch.h> write",
				atoms->elf.path, section->name);
	}
	return true;
}

static const char *find_callback(const char *kind)
{
	size_t i;

	for (i = 0; i < COUNT(callbacks); i++) {
		if (strcmp(callbacks[i], kind) == 0)
			return callbacks[i];
	}
	return NULL;
}

static bool read_callbacks(struct author *author, const struct atoms *atoms,
			   uint32_t index, struct fault *fault)
{
	const struct elf32_section *section = &atoms->elf.section[index];
	const char *kind =
		find_callback(section->name + strlen(CALLBACK_SECTION));
	size_t count;
	const struct ref *ref =
		atoms_refs(atoms, index, 0, section->size, &count);
	size_t i;

	if (!kind || count * 4 != section->size)
		return fault_set(fault,
				 "%s: section %s has something else than"
				 " functions of this object",
				 atoms->elf.path, section->name);
	for (i = 0; i < count; i++) {
		if (ref[i].kind != REF_ATOM || ref[i].delta ||
		    atoms->atom[ref[i].target].kind != ATOM_FUNC)
			return fault_set(fault,
					 "%s: a %s callback is no function of"
					 " the file that names it",
					 atoms->elf.path, kind);
		author->callback = array_more(author->callback,
					      author->callbacks,
					      sizeof(*author->callback));
		author->callback[author->callbacks].kind = kind;
		author->callback[author->callbacks++].atom = ref[i].target;
	}
	return true;
}

bool author_read(struct author *author, const struct atoms *atoms,
		 struct fault *fault)
{
	uint32_t i;

	memset(author, 0, sizeof(*author));
	for (i = 1; i < atoms->elf.sections; i++) {
		const struct elf32_section *section = &atoms->elf.section[i];

		if (strcmp(section->name, IGNORE_SECTION) == 0) {
			if (!read_ignored(author, atoms, section, fault))
				return false;
		} else if (atoms->rule[i]->kind == SPECIAL_CALLBACK) {
			if (!read_callbacks(author, atoms, i, fault))
				return false;
		}
	}
	return true;
}

void author_free(struct author *author)
{
	free(author->ignored);
	free(author->callback);
	memset(author, 0, sizeof(*author));
}

/* Of one kind all that name it are used: a header may say it, and the source. */
bool author_ignores(struct author *author, const char *kind, const char *name)
{
	bool found = false;
	size_t i;

	for (i = 0; i < author->ignores; i++) {
		if (strcmp(author->ignored[i].kind, kind) == 0 &&
		    strcmp(author->ignored[i].name, name) == 0) {
			author->ignored[i].used = true;
			found = true;
		}
	}
	return found;
}

/* A static variable of a function is named without its number. */
static bool is_ignored(struct author *author, const struct atoms *atoms,
		       const struct atom *atom)
{
	const enum special_kind kind = atoms_kind(atoms, atom);

	if (atom->kind == ATOM_FUNC)
		return kind == SPECIAL_CODE &&
		       author_ignores(author, "function", atom->name);
	return atom->kind == ATOM_OBJECT && kind == SPECIAL_DATA &&
	       (author_ignores(author, "data", atom->name) ||
		author_ignores(author, "data", atom->base) ||
		author_ignores(author, "section",
			       atoms_section(atoms, atom)->name));
}

void author_apply(struct author *author, struct comparison *comparison,
		  struct refusals *refusals)
{
	size_t i;

	for (i = 0; author->ignores && i < comparison->old->count; i++) {
		const struct atom *atom = &comparison->old->atom[i];
		const size_t new = comparison->pairs.new_of[i];

		if (comparison->old_change[i] == CHANGE_NONE ||
		    !is_ignored(author, comparison->old, atom))
			continue;
		/* New code would use what the running kernel has not got. */
		if (new != ATOM_NONE && atom->kind == ATOM_OBJECT &&
		    comparison->new->atom[new].size > atom->size)
			refuse_grown(refusals, comparison->old, atom,
				     comparison->new->atom[new].size);
		comparison->old_change[i] = CHANGE_NONE;
		if (new != ATOM_NONE)
			comparison->new_change[new] = CHANGE_NONE;
	}
}

void author_judge_callbacks(const struct author *author,
			    const struct comparison *comparison,
			    struct refusals *refusals)
{
	const struct atoms *atoms = comparison->new;
	size_t i;

	for (i = 0; i < author->callbacks; i++) {
		const struct author_callback *callback = &author->callback[i];
		const struct atom *atom = &atoms->atom[callback->atom];
		const struct elf32_section *section =
			atoms_section(atoms, atom);

		if (comparison->new_change[callback->atom] != CHANGE_NEW ||
		    special_is_init(section) || special_is_exit(section))
			refuse_callback(refusals, atoms, atom, callback->kind);
	}
}
