// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * failure.c - the stack checks that failed
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "list.h"
#include "objects.h"

struct klp_failure_list {
	struct klp_list base;
};

static int take_failure_attr(const struct klp_attr *attr,
			     struct klp_failure *failure)
{
	switch (attr->type) {
	case KLP_ARM_A_FAILURE_ID:
		failure->has_id = true;
		return klp_attr_uint(attr, &failure->id);
	case KLP_ARM_A_FAILURE_TIME:
		return klp_attr_uint(attr, &failure->time);
	case KLP_ARM_A_FAILURE_TIME_REAL:
		return klp_attr_uint(attr, &failure->time_real);
	case KLP_ARM_A_FAILURE_PATCH:
		return klp_attr_string(attr, &failure->patch);
	case KLP_ARM_A_FAILURE_PID:
		failure->has_pid = true;
		return klp_attr_u32(attr, &failure->pid);
	case KLP_ARM_A_FAILURE_TID:
		failure->has_tid = true;
		return klp_attr_u32(attr, &failure->tid);
	case KLP_ARM_A_FAILURE_COMM:
		return klp_attr_string(attr, &failure->comm);
	case KLP_ARM_A_FAILURE_REASON:
		failure->has_reason = true;
		return klp_attr_u32(attr, &failure->reason);
	case KLP_ARM_A_FAILURE_FUNC:
		return klp_attr_string(attr, &failure->func);
	case KLP_ARM_A_FAILURE_STACK_REASON:
		return klp_attr_u32(attr, &failure->stack_reason);
	case KLP_ARM_A_FAILURE_WHERE:
		return klp_attr_string(attr, &failure->where);
	default:
		return 0;
	}
}

int klp_parse_failure(struct klp_attrs attrs, struct klp_failure *failure)
{
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_failure_attr(&attr, failure);
		if (err)
			return err;
	}
	if (err)
		return err;
	return failure->has_id && failure->has_reason ? 0 : -EBADMSG;
}

void klp_release_failure(struct klp_failure *failure)
{
	free(failure->patch);
	free(failure->comm);
	free(failure->func);
	free(failure->where);
}

static int parse_item(struct klp_attrs attrs, void *item)
{
	return klp_parse_failure(attrs, item);
}

static void release_item(void *item)
{
	klp_release_failure(item);
}

int klp_failure_list_get(struct klp_ctx *ctx, uint64_t from,
			 struct klp_failure_list **list)
{
	static const struct klp_list_kind kind = {
		.size = sizeof(struct klp_failure),
		.parse = parse_item,
		.release = release_item,
	};
	const struct klp_request_attr attrs[] = {
		{ from ? KLP_REQUEST_UINT : KLP_REQUEST_SKIP,
		  KLP_ARM_A_FAILURE_ID, .number = from },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_FAILURE_GET,
		.dump = true,
		.what = "failure-get",
		.attrs = attrs,
	};
	void *base;
	int err;

	*list = NULL;
	err = klp_list_get(ctx, &request, &kind, &base);
	*list = base;
	return err;
}

void klp_failure_list_free(struct klp_failure_list *list)
{
	klp_list_free(list);
}

size_t klp_failure_list_count(const struct klp_failure_list *list)
{
	return list->base.count;
}

const struct klp_failure *
klp_failure_list_at(const struct klp_failure_list *list, size_t index)
{
	return klp_list_at(&list->base, index);
}

int klp_failure_clear(struct klp_ctx *ctx, uint64_t up_to)
{
	const struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_UINT, KLP_ARM_A_FAILURE_ID, .number = up_to },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_FAILURE_CLEAR,
		.admin = true,
		.what = "failure-clear",
		.attrs = attrs,
	};

	return klp_order(ctx, &request);
}

uint64_t klp_failure_id(const struct klp_failure *failure)
{
	return failure->id;
}

uint64_t klp_failure_time(const struct klp_failure *failure)
{
	return failure->time;
}

uint64_t klp_failure_time_real(const struct klp_failure *failure)
{
	return failure->time_real;
}

const char *klp_failure_patch(const struct klp_failure *failure)
{
	return failure->patch ? failure->patch : "";
}

bool klp_failure_has_who(const struct klp_failure *failure)
{
	return failure->comm;
}

bool klp_failure_has_pid(const struct klp_failure *failure)
{
	return failure->has_pid && failure->has_tid;
}

uint32_t klp_failure_pid(const struct klp_failure *failure)
{
	return failure->pid;
}

uint32_t klp_failure_tid(const struct klp_failure *failure)
{
	return failure->tid;
}

const char *klp_failure_comm(const struct klp_failure *failure)
{
	return failure->comm ? failure->comm : "";
}

enum klp_blocker_reason klp_failure_reason(const struct klp_failure *failure)
{
	return failure->reason;
}

const char *klp_failure_func(const struct klp_failure *failure)
{
	return failure->func;
}

enum klp_stack_reason
klp_failure_stack_reason(const struct klp_failure *failure)
{
	return failure->stack_reason;
}

const char *klp_failure_where(const struct klp_failure *failure)
{
	return failure->where;
}
