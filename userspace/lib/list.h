/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * list.h - the lists of objects that dumps fill
 */
#ifndef KLP_LIST_H
#define KLP_LIST_H

#include <stddef.h>

#include "attr.h"
#include "internal.h"

/* What a list is told about its items. */
struct klp_list_kind {
	size_t size;
	/* Reads a message into a zeroed item. */
	int (*parse)(struct klp_attrs attrs, void *item);
	/* Frees what an item holds, also if it was not parsed to its end. */
	void (*release)(void *item);
};

struct klp_list {
	const struct klp_list_kind *kind;
	unsigned char *items;
	size_t count;
	size_t room;
};

/*
 * klp_list_get() - make a list of what the kernel answers
 *
 * Each public list is a struct that has a klp_list and nothing else, so that
 * *list is one of them. Returns 0, or a negative errno with klp_fail() called
 * and *list NULL.
 */
int klp_list_get(struct klp_ctx *ctx, const struct klp_request *request,
		 const struct klp_list_kind *kind, void **list);
void klp_list_free(void *list);

/* An item, or NULL behind the end. */
const void *klp_list_at(const struct klp_list *list, size_t index);

#endif /* KLP_LIST_H */
