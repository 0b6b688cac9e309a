// SPDX-License-Identifier: GPL-2.0
/*
 * fix.c - what patches say that they fix, and whether that is in effect
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fix.h"
#include "nouns.h"
#include "output.h"

int fixes_read(struct klp_ctx *ctx, const char *patch,
	       struct klp_fix_list **list)
{
	const int err = klp_fix_list_get(ctx, patch, list);

	return err == -EOPNOTSUPP ? 0 : err;
}

int fixes_read_if_any(struct klp_ctx *ctx, const struct klp_patch_list *patches,
		      struct klp_fix_list **list)
{
	size_t i;

	*list = NULL;
	for (i = 0; i < klp_patch_list_count(patches); i++) {
		if (klp_patch_has_fixes(klp_patch_list_at(patches, i)))
			return fixes_read(ctx, NULL, list);
	}
	return 0;
}

bool fixes_are_in_effect(const struct klp_patch *patch)
{
	size_t i;

	if (klp_patch_state(patch) != KLP_PATCH_ENABLED ||
	    patch_is_mismatched(patch) || patch_is_incomplete(patch))
		return false;
	for (i = 0; i < klp_patch_objects_listed(patch); i++) {
		const struct klp_object *object = klp_patch_object_at(patch, i);

		if (klp_object_loaded(object) && !klp_object_patched(object))
			return false;
	}
	return true;
}

/* Does the patch say so before the entry at index, too? */
static bool is_repeated(const struct klp_fix_list *list, size_t index)
{
	const struct klp_fix *fix = klp_fix_list_at(list, index);
	size_t i;

	for (i = 0; i < index; i++) {
		const struct klp_fix *other = klp_fix_list_at(list, i);

		if (klp_fix_patch_id(other) == klp_fix_patch_id(fix) &&
		    strcmp(klp_fix_name(other), klp_fix_name(fix)) == 0)
			return true;
	}
	return false;
}

const struct klp_fix *next_fix_of(const struct klp_fix_list *list,
				  const struct klp_patch *patch, size_t *index)
{
	const struct klp_fix *fix;

	while (list && (fix = klp_fix_list_at(list, *index))) {
		const size_t at = (*index)++;

		if (klp_fix_patch_id(fix) == klp_patch_id(patch) &&
		    !is_repeated(list, at))
			return fix;
	}
	return NULL;
}

void add_fixes(struct json_object *row, const struct klp_fix_list *list,
	       const struct klp_patch *patch)
{
	struct json_object *fixes;
	const struct klp_fix *fix;
	size_t index = 0;

	if (!list && klp_patch_has_fixes(patch))
		return;
	fixes = json_new_array();
	while ((fix = next_fix_of(list, patch, &index))) {
		struct json_object *entry = json_new_object();

		json_add(entry, "name", json_bytes(klp_fix_name(fix)));
		if (klp_fix_cut(fix))
			json_add(entry, "cut", json_flag(true));
		json_append(fixes, entry);
	}
	json_add(row, "fixes", fixes);
	json_add(row, "fixes_in_effect", json_flag(fixes_are_in_effect(patch)));
}

void print_fixes(const struct app *app, struct json_object *row,
		 const char *indent)
{
	struct json_object *fixes = json_object_object_get(row, "fixes");
	const size_t count = fixes ? json_object_array_length(fixes) : 0;
	size_t i;

	if (count == 0)
		return;
	printf("%sfixes: ", indent);
	for (i = 0; i < count; i++) {
		struct json_object *fix = json_object_array_get_idx(fixes, i);

		fputs(i ? ", " : "", stdout);
		print_value(app, fix, "name");
		if (json_object_object_get(fix, "cut"))
			fputs("... (cut)", stdout);
	}
	puts(json_object_get_boolean(
		     json_object_object_get(row, "fixes_in_effect")) ?
		     ", in effect" :
		     ", not in effect");
}
