// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * list.c - the lists of objects that dumps fill
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"

/* Room of a list's first allocation; it doubles from there. */
#define FIRST_ROOM 8

/* A zeroed place behind the last item, not counted yet; NULL: no memory. */
static void *next_place(struct klp_list *list)
{
	const size_t size = list->kind->size;
	unsigned char *place;

	if (list->count == list->room) {
		size_t more = list->room ? list->room * 2 : FIRST_ROOM;
		void *grown = reallocarray(list->items, more, size);

		if (!grown)
			return NULL;
		list->items = grown;
		list->room = more;
	}
	place = list->items + list->count * size;
	memset(place, 0, size);
	return place;
}

static int add_item(const struct nlmsghdr *nlh, void *arg)
{
	struct klp_list *list = arg;
	void *item = next_place(list);

	if (!item)
		return -ENOMEM;
	/* Counted even if it is malformed: what was read is to be freed. */
	list->count++;
	return list->kind->parse(klp_attrs_of_message(nlh), item);
}

static void empty_list(void *arg)
{
	struct klp_list *list = arg;

	while (list->count > 0) {
		list->count--;
		list->kind->release(list->items +
				    list->count * list->kind->size);
	}
}

int klp_list_get(struct klp_ctx *ctx, const struct klp_request *request,
		 const struct klp_list_kind *kind, void **out)
{
	struct klp_list *list;
	int err;

	*out = NULL;
	list = calloc(1, sizeof(*list));
	if (!list)
		return klp_no_memory(ctx);
	list->kind = kind;
	err = klp_ask(ctx, request, add_item, empty_list, list);
	if (err)
		klp_list_free(list);
	else
		*out = list;
	return err;
}

void klp_list_free(void *arg)
{
	struct klp_list *list = arg;

	if (!list)
		return;
	empty_list(list);
	free(list->items);
	free(list);
}

const void *klp_list_at(const struct klp_list *list, size_t index)
{
	return index < list->count ? list->items + index * list->kind->size :
				     NULL;
}
