// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * history.c - the transitions that are over
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "list.h"
#include "objects.h"

struct klp_history {
	bool has_id;
	uint64_t id;
	char *patch;
	uint64_t patch_id;
	uint32_t direction;
	bool has_result;
	uint32_t result;
	uint64_t started;
	uint64_t started_real;
	uint64_t duration_ms;
	uint32_t attempts;
	uint32_t signals;
	bool has_worst;
	struct klp_blocker worst;
};

struct klp_history_list {
	struct klp_list base;
};

static int take_history_attr(const struct klp_attr *attr,
			     struct klp_history *history)
{
	switch (attr->type) {
	case KLP_ARM_A_HISTORY_ID:
		history->has_id = true;
		return klp_attr_uint(attr, &history->id);
	case KLP_ARM_A_HISTORY_PATCH:
		return klp_attr_string(attr, &history->patch);
	case KLP_ARM_A_HISTORY_PATCH_ID:
		return klp_attr_uint(attr, &history->patch_id);
	case KLP_ARM_A_HISTORY_DIRECTION:
		return klp_attr_u32(attr, &history->direction);
	case KLP_ARM_A_HISTORY_RESULT:
		history->has_result = true;
		return klp_attr_u32(attr, &history->result);
	case KLP_ARM_A_HISTORY_STARTED:
		return klp_attr_uint(attr, &history->started);
	case KLP_ARM_A_HISTORY_STARTED_REAL:
		return klp_attr_uint(attr, &history->started_real);
	case KLP_ARM_A_HISTORY_DURATION_MS:
		return klp_attr_uint(attr, &history->duration_ms);
	case KLP_ARM_A_HISTORY_ATTEMPTS:
		return klp_attr_u32(attr, &history->attempts);
	case KLP_ARM_A_HISTORY_SIGNALS:
		return klp_attr_u32(attr, &history->signals);
	case KLP_ARM_A_HISTORY_WORST:
		history->has_worst = true;
		return klp_parse_blocker(klp_attrs_of_nest(attr),
					 &history->worst);
	default:
		return 0;
	}
}

static int parse_history(struct klp_attrs attrs, void *item)
{
	struct klp_history *history = item;
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_history_attr(&attr, history);
		if (err)
			return err;
	}
	if (err)
		return err;
	return history->has_id && history->patch && history->has_result ?
		       0 :
		       -EBADMSG;
}

static void release_history(void *item)
{
	struct klp_history *history = item;

	free(history->patch);
	klp_release_blocker(&history->worst);
}

int klp_history_list_get(struct klp_ctx *ctx, uint64_t from,
			 struct klp_history_list **list)
{
	static const struct klp_list_kind kind = {
		.size = sizeof(struct klp_history),
		.parse = parse_history,
		.release = release_history,
	};
	const struct klp_request_attr attrs[] = {
		{ from ? KLP_REQUEST_UINT : KLP_REQUEST_SKIP,
		  KLP_ARM_A_HISTORY_ID, .number = from },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_HISTORY_GET,
		.dump = true,
		.what = "history-get",
		.attrs = attrs,
	};
	void *base;
	int err;

	*list = NULL;
	err = klp_list_get(ctx, &request, &kind, &base);
	*list = base;
	return err;
}

void klp_history_list_free(struct klp_history_list *list)
{
	klp_list_free(list);
}

size_t klp_history_list_count(const struct klp_history_list *list)
{
	return list->base.count;
}

const struct klp_history *
klp_history_list_at(const struct klp_history_list *list, size_t index)
{
	return klp_list_at(&list->base, index);
}

uint64_t klp_history_id(const struct klp_history *history)
{
	return history->id;
}

const char *klp_history_patch(const struct klp_history *history)
{
	return history->patch;
}

uint64_t klp_history_patch_id(const struct klp_history *history)
{
	return history->patch_id;
}

enum klp_direction klp_history_direction(const struct klp_history *history)
{
	return history->direction;
}

enum klp_result klp_history_result(const struct klp_history *history)
{
	return history->result;
}

uint64_t klp_history_started(const struct klp_history *history)
{
	return history->started;
}

uint64_t klp_history_started_real(const struct klp_history *history)
{
	return history->started_real;
}

uint64_t klp_history_duration_ms(const struct klp_history *history)
{
	return history->duration_ms;
}

uint32_t klp_history_attempts(const struct klp_history *history)
{
	return history->attempts;
}

uint32_t klp_history_signals(const struct klp_history *history)
{
	return history->signals;
}

const struct klp_blocker *klp_history_worst(const struct klp_history *history)
{
	return history->has_worst ? &history->worst : NULL;
}
