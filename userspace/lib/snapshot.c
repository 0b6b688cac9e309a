// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * snapshot.c - asks the kernel, and keeps what it said in lists
 *
 * A dump that a change has cut in two is repeated as a whole. A snapshot of
 * everything takes several requests: the kernel numbers its states, and equal
 * numbers before the first and after the last mean that nothing changed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "internal.h"
#include "objects.h"

/* A change takes the kernel far longer than a dump: a few tries suffice. */
#define TRIES 16

/* Room of a list's first allocation; it doubles from there. */
#define FIRST_ROOM 8

struct klp_patch_list {
	struct klp_patch *items;
	size_t count;
	size_t room;
};

struct klp_func_list {
	struct klp_func *items;
	size_t count;
	size_t room;
};

struct klp_snapshot {
	struct klp_info *info;
	struct klp_patch_list *patches;
	struct klp_func_list *funcs;
	struct klp_transition *transition;
};

static int no_memory(struct klp_ctx *ctx)
{
	klp_fail(ctx, -ENOMEM, "%s", strerror(ENOMEM));
	return -ENOMEM;
}

/* A zeroed place behind the last item, not counted yet; NULL: no memory. */
static void *next_place(void **items, size_t count, size_t *room, size_t size)
{
	char *place;

	if (count == *room) {
		size_t more = *room ? *room * 2 : FIRST_ROOM;
		void *grown = reallocarray(*items, more, size);

		if (!grown)
			return NULL;
		*items = grown;
		*room = more;
	}
	place = (char *)*items + count * size;
	memset(place, 0, size);
	return place;
}

static int add_patch(const struct nlmsghdr *nlh, void *arg)
{
	struct klp_patch_list *list = arg;
	void *items = list->items;
	struct klp_patch *patch;

	patch = next_place(&items, list->count, &list->room, sizeof(*patch));
	list->items = items;
	if (!patch)
		return -ENOMEM;
	/* Counted even if it is malformed: what was read is to be freed. */
	list->count++;
	return klp_parse_patch(nlh, patch);
}

static int add_func(const struct nlmsghdr *nlh, void *arg)
{
	struct klp_func_list *list = arg;
	void *items = list->items;
	struct klp_func *func;

	func = next_place(&items, list->count, &list->room, sizeof(*func));
	list->items = items;
	if (!func)
		return -ENOMEM;
	list->count++;
	return klp_parse_func(nlh, func);
}

static void empty_patch_list(void *arg)
{
	struct klp_patch_list *list = arg;

	while (list->count > 0)
		klp_release_patch(&list->items[--list->count]);
}

static void empty_func_list(void *arg)
{
	struct klp_func_list *list = arg;

	while (list->count > 0)
		klp_release_func(&list->items[--list->count]);
}

/* Makes the request until its answer is of one piece. */
static int ask(struct klp_ctx *ctx, struct klp_request *request,
	       klp_message_fn add, void (*empty)(void *), void *arg)
{
	int tries;
	int err;

	err = klp_resolve_family(ctx);
	if (err)
		return err;
	for (tries = 0; tries < TRIES; tries++) {
		err = klp_exchange(ctx, request, add, arg);
		if (err != KLP_INTERRUPTED)
			return err;
		if (empty)
			empty(arg);
	}
	return klp_fail(ctx, -EAGAIN, "%s: the state keeps changing, try again",
			request->what);
}

int klp_patch_list_get(struct klp_ctx *ctx, const char *name,
		       struct klp_patch_list **out)
{
	const struct klp_request_attr attrs[] = {
		{ KLP_ARM_A_PATCH_NAME, name },
		{ 0, NULL },
	};
	struct klp_request request = {
		.cmd = KLP_ARM_CMD_PATCH_GET,
		.dump = !name,
		.what = "patch-get",
		.attrs = attrs,
	};
	struct klp_patch_list *list;
	int err;

	*out = NULL;
	list = calloc(1, sizeof(*list));
	if (!list)
		return no_memory(ctx);
	err = ask(ctx, &request, add_patch, empty_patch_list, list);
	if (!err && name && list->count != 1)
		err = klp_fail(ctx, -EBADMSG, "patch-get: an empty answer");
	if (err)
		klp_patch_list_free(list);
	else
		*out = list;
	return err;
}

void klp_patch_list_free(struct klp_patch_list *list)
{
	if (!list)
		return;
	empty_patch_list(list);
	free(list->items);
	free(list);
}

size_t klp_patch_list_count(const struct klp_patch_list *list)
{
	return list->count;
}

const struct klp_patch *klp_patch_list_at(const struct klp_patch_list *list,
					  size_t index)
{
	return index < list->count ? &list->items[index] : NULL;
}

int klp_func_list_get(struct klp_ctx *ctx, const char *patch,
		      struct klp_func_list **out)
{
	const struct klp_request_attr attrs[] = {
		{ KLP_ARM_A_FUNC_PATCH, patch },
		{ 0, NULL },
	};
	struct klp_request request = {
		.cmd = KLP_ARM_CMD_FUNC_GET,
		.dump = true,
		.what = "func-get",
		.attrs = attrs,
	};
	struct klp_func_list *list;
	int err;

	*out = NULL;
	list = calloc(1, sizeof(*list));
	if (!list)
		return no_memory(ctx);
	err = ask(ctx, &request, add_func, empty_func_list, list);
	if (err)
		klp_func_list_free(list);
	else
		*out = list;
	return err;
}

void klp_func_list_free(struct klp_func_list *list)
{
	if (!list)
		return;
	empty_func_list(list);
	free(list->items);
	free(list);
}

size_t klp_func_list_count(const struct klp_func_list *list)
{
	return list->count;
}

const struct klp_func *klp_func_list_at(const struct klp_func_list *list,
					size_t index)
{
	return index < list->count ? &list->items[index] : NULL;
}

static int take_transition(const struct nlmsghdr *nlh, void *arg)
{
	return klp_parse_transition(nlh, arg);
}

/* Gives an object even when no transition is under way: its generation. */
static int get_transition(struct klp_ctx *ctx, struct klp_transition **out)
{
	struct klp_request request = {
		.cmd = KLP_ARM_CMD_TRANSITION_GET,
		.what = "transition-get",
	};
	struct klp_transition *transition;
	int err;

	*out = NULL;
	transition = calloc(1, sizeof(*transition));
	if (!transition)
		return no_memory(ctx);
	err = ask(ctx, &request, take_transition, NULL, transition);
	if (!err && !transition->generation)
		err = klp_fail(ctx, -EBADMSG,
			       "transition-get: an empty answer");
	if (err)
		klp_transition_free(transition);
	else
		*out = transition;
	return err;
}

int klp_transition_get(struct klp_ctx *ctx, struct klp_transition **out)
{
	int err = get_transition(ctx, out);

	if (!err && !(*out)->patch) {
		klp_transition_free(*out);
		*out = NULL;
	}
	return err;
}

static int take_info(const struct nlmsghdr *nlh, void *arg)
{
	return klp_parse_info(nlh, arg);
}

int klp_info_get(struct klp_ctx *ctx, struct klp_info **out)
{
	struct klp_request request = {
		.cmd = KLP_ARM_CMD_INFO_GET,
		.what = "info-get",
	};
	struct klp_info *info;
	int err;

	*out = NULL;
	info = calloc(1, sizeof(*info));
	if (!info)
		return no_memory(ctx);
	err = ask(ctx, &request, take_info, NULL, info);
	if (!err && !info->arch)
		err = klp_fail(ctx, -EBADMSG, "info-get: an empty answer");
	if (err)
		klp_info_free(info);
	else
		*out = info;
	return err;
}

static void empty_snapshot(struct klp_snapshot *snapshot)
{
	klp_info_free(snapshot->info);
	klp_patch_list_free(snapshot->patches);
	klp_func_list_free(snapshot->funcs);
	klp_transition_free(snapshot->transition);
	memset(snapshot, 0, sizeof(*snapshot));
}

/* One try; KLP_INTERRUPTED if the state changed between the requests. */
static int fill_snapshot(struct klp_ctx *ctx, struct klp_snapshot *snapshot)
{
	int err;

	err = klp_info_get(ctx, &snapshot->info);
	if (!err)
		err = klp_patch_list_get(ctx, NULL, &snapshot->patches);
	if (!err)
		err = klp_func_list_get(ctx, NULL, &snapshot->funcs);
	if (!err)
		err = get_transition(ctx, &snapshot->transition);
	if (err)
		return err;
	if (snapshot->info->generation != snapshot->transition->generation)
		return KLP_INTERRUPTED;
	return 0;
}

int klp_snapshot_get(struct klp_ctx *ctx, struct klp_snapshot **out)
{
	struct klp_snapshot *snapshot;
	int tries;
	int err;

	*out = NULL;
	snapshot = calloc(1, sizeof(*snapshot));
	if (!snapshot)
		return no_memory(ctx);
	for (tries = 0; tries < TRIES; tries++) {
		err = fill_snapshot(ctx, snapshot);
		if (!err) {
			*out = snapshot;
			return 0;
		}
		empty_snapshot(snapshot);
		if (err != KLP_INTERRUPTED)
			break;
	}
	free(snapshot);
	if (err == KLP_INTERRUPTED)
		err = klp_fail(ctx, -EAGAIN,
			       "the state keeps changing, try again");
	return err;
}

void klp_snapshot_free(struct klp_snapshot *snapshot)
{
	if (!snapshot)
		return;
	empty_snapshot(snapshot);
	free(snapshot);
}

const struct klp_info *klp_snapshot_info(const struct klp_snapshot *snapshot)
{
	return snapshot->info;
}

const struct klp_patch_list *
klp_snapshot_patches(const struct klp_snapshot *snapshot)
{
	return snapshot->patches;
}

const struct klp_func_list *
klp_snapshot_funcs(const struct klp_snapshot *snapshot)
{
	return snapshot->funcs;
}

const struct klp_transition *
klp_snapshot_transition(const struct klp_snapshot *snapshot)
{
	return snapshot->transition->patch ? snapshot->transition : NULL;
}
