/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fix.h - what patches say that they fix, and whether that is in effect
 */
#ifndef KLPCTL_FIX_H
#define KLPCTL_FIX_H

#include <stdbool.h>

#include <json-c/json.h>
#include <klp/klp.h>

#include "main.h"

/*
 * klp_fix_list_get(), and *list is NULL for a kernel that does not tell of fixes:
 * all of these take it as what nothing is known of.
 */
int fixes_read(struct klp_ctx *ctx, const char *patch,
	       struct klp_fix_list **list);

/* The same, of all patches; the kernel is not asked if none of them fixes anything. */
int fixes_read_if_any(struct klp_ctx *ctx, const struct klp_patch_list *patches,
		      struct klp_fix_list **list);

/*
 * Is what a patch fixes fixed now? It is enabled, no task is left in the old code,
 * and no object that is loaded runs without it.
 */
bool fixes_are_in_effect(const struct klp_patch *patch);

/*
 * The entry at or behind *index that is of a patch, and *index behind it; what a
 * patch says twice comes once.
 */
const struct klp_fix *next_fix_of(const struct klp_fix_list *list,
				  const struct klp_patch *patch, size_t *index);

/* Adds them to a patch as "fixes" and "fixes_in_effect", if they are known. */
void add_fixes(struct json_object *row, const struct klp_fix_list *list,
	       const struct klp_patch *patch);

/* Prints what add_fixes() added as a line, if it is anything. */
void print_fixes(const struct app *app, struct json_object *row,
		 const char *indent);

#endif /* KLPCTL_FIX_H */
