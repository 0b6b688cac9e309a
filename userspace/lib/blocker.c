// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * blocker.c - the tasks that a transition waits for
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "list.h"
#include "objects.h"

struct klp_frame {
	char *symbol;
	uint64_t addr;
	bool unreliable;
};

struct klp_blocker_list {
	struct klp_list base;
};

static int parse_frame(struct klp_attrs attrs, struct klp_frame *frame)
{
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		if (attr.type == KLP_ARM_A_FRAME_SYMBOL)
			err = klp_attr_string(&attr, &frame->symbol);
		else if (attr.type == KLP_ARM_A_FRAME_ADDR)
			err = klp_attr_uint(&attr, &frame->addr);
		else if (attr.type == KLP_ARM_A_FRAME_UNRELIABLE)
			frame->unreliable = true;
		if (err < 0)
			return err;
	}
	if (err)
		return err;
	return frame->symbol ? 0 : -EBADMSG;
}

static int add_frame(const struct klp_attr *nest, struct klp_blocker *blocker)
{
	struct klp_frame *frames;

	frames = reallocarray(blocker->frames, blocker->frame_count + 1,
			      sizeof(*frames));
	if (!frames)
		return -ENOMEM;
	blocker->frames = frames;
	memset(&frames[blocker->frame_count], 0, sizeof(*frames));
	/* Counted before it is parsed: what it holds is released with it. */
	return parse_frame(klp_attrs_of_nest(nest),
			   &frames[blocker->frame_count++]);
}

static int take_cpu(const struct klp_attr *attr, struct klp_blocker *blocker)
{
	uint32_t cpu;
	int err = klp_attr_u32(attr, &cpu);

	if (err)
		return err;
	if (cpu >= INT_MAX)
		return -EBADMSG;
	blocker->cpu = (int)cpu + 1;
	return 0;
}

static int take_blocker_attr(const struct klp_attr *attr,
			     struct klp_blocker *blocker)
{
	switch (attr->type) {
	case KLP_ARM_A_BLOCKER_PATCH:
		return klp_attr_string(attr, &blocker->patch);
	case KLP_ARM_A_BLOCKER_PID:
		blocker->has_pid = true;
		return klp_attr_u32(attr, &blocker->pid);
	case KLP_ARM_A_BLOCKER_TID:
		blocker->has_tid = true;
		return klp_attr_u32(attr, &blocker->tid);
	case KLP_ARM_A_BLOCKER_COMM:
		return klp_attr_string(attr, &blocker->comm);
	case KLP_ARM_A_BLOCKER_CPU:
		return take_cpu(attr, blocker);
	case KLP_ARM_A_BLOCKER_KTHREAD:
		blocker->kthread = true;
		return 0;
	case KLP_ARM_A_BLOCKER_REASON:
		blocker->has_reason = true;
		return klp_attr_u32(attr, &blocker->reason);
	case KLP_ARM_A_BLOCKER_FUNC:
		return klp_attr_string(attr, &blocker->func);
	case KLP_ARM_A_BLOCKER_STACK_REASON:
		return klp_attr_u32(attr, &blocker->stack_reason);
	case KLP_ARM_A_BLOCKER_WHERE:
		return klp_attr_string(attr, &blocker->where);
	case KLP_ARM_A_BLOCKER_ATTEMPTS:
		return klp_attr_u32(attr, &blocker->attempts);
	case KLP_ARM_A_BLOCKER_FIRST_SEEN:
		return klp_attr_uint(attr, &blocker->first_seen);
	case KLP_ARM_A_BLOCKER_LAST_SEEN:
		return klp_attr_uint(attr, &blocker->last_seen);
	case KLP_ARM_A_BLOCKER_STACK:
		return add_frame(attr, blocker);
	default:
		return 0;
	}
}

int klp_parse_blocker(struct klp_attrs attrs, struct klp_blocker *blocker)
{
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_blocker_attr(&attr, blocker);
		if (err)
			return err;
	}
	if (err)
		return err;
	return blocker->has_reason ? 0 : -EBADMSG;
}

void klp_release_blocker(struct klp_blocker *blocker)
{
	size_t i;

	free(blocker->patch);
	free(blocker->comm);
	free(blocker->func);
	free(blocker->where);
	for (i = 0; i < blocker->frame_count; i++)
		free(blocker->frames[i].symbol);
	free(blocker->frames);
}

static int parse_item(struct klp_attrs attrs, void *item)
{
	return klp_parse_blocker(attrs, item);
}

static void release_item(void *item)
{
	klp_release_blocker(item);
}

int klp_blocker_list_get(struct klp_ctx *ctx, unsigned int flags,
			 struct klp_blocker_list **list)
{
	static const struct klp_list_kind kind = {
		.size = sizeof(struct klp_blocker),
		.parse = parse_item,
		.release = release_item,
	};
	const struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_FLAG, KLP_ARM_A_BLOCKER_WANT_STACK,
		  .number = flags & KLP_BLOCKER_WANT_STACK },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_BLOCKER_GET,
		.dump = true,
		.what = "blocker-get",
		.attrs = attrs,
	};
	void *base;
	int err;

	*list = NULL;
	if (flags & ~KLP_BLOCKER_WANT_STACK)
		return klp_fail(ctx, -EINVAL, "blocker-get: unknown flags %#x",
				flags & ~KLP_BLOCKER_WANT_STACK);
	err = klp_list_get(ctx, &request, &kind, &base);
	*list = base;
	return err;
}

void klp_blocker_list_free(struct klp_blocker_list *list)
{
	klp_list_free(list);
}

size_t klp_blocker_list_count(const struct klp_blocker_list *list)
{
	return list->base.count;
}

const struct klp_blocker *
klp_blocker_list_at(const struct klp_blocker_list *list, size_t index)
{
	return klp_list_at(&list->base, index);
}

const char *klp_blocker_patch(const struct klp_blocker *blocker)
{
	return blocker->patch ? blocker->patch : "";
}

bool klp_blocker_has_who(const struct klp_blocker *blocker)
{
	return blocker->comm;
}

bool klp_blocker_has_pid(const struct klp_blocker *blocker)
{
	return blocker->has_pid && blocker->has_tid;
}

uint32_t klp_blocker_pid(const struct klp_blocker *blocker)
{
	return blocker->pid;
}

uint32_t klp_blocker_tid(const struct klp_blocker *blocker)
{
	return blocker->tid;
}

const char *klp_blocker_comm(const struct klp_blocker *blocker)
{
	return blocker->comm ? blocker->comm : "";
}

int klp_blocker_cpu(const struct klp_blocker *blocker)
{
	return blocker->cpu - 1;
}

bool klp_blocker_kthread(const struct klp_blocker *blocker)
{
	return blocker->kthread;
}

enum klp_blocker_reason klp_blocker_reason(const struct klp_blocker *blocker)
{
	return blocker->reason;
}

const char *klp_blocker_func(const struct klp_blocker *blocker)
{
	return blocker->func;
}

enum klp_stack_reason
klp_blocker_stack_reason(const struct klp_blocker *blocker)
{
	return blocker->stack_reason;
}

const char *klp_blocker_where(const struct klp_blocker *blocker)
{
	return blocker->where;
}

uint32_t klp_blocker_attempts(const struct klp_blocker *blocker)
{
	return blocker->attempts;
}

uint64_t klp_blocker_first_seen(const struct klp_blocker *blocker)
{
	return blocker->first_seen;
}

uint64_t klp_blocker_last_seen(const struct klp_blocker *blocker)
{
	return blocker->last_seen;
}

size_t klp_blocker_frame_count(const struct klp_blocker *blocker)
{
	return blocker->frame_count;
}

const char *klp_blocker_frame_symbol(const struct klp_blocker *blocker,
				     size_t index)
{
	return index < blocker->frame_count ? blocker->frames[index].symbol :
					      NULL;
}

uint64_t klp_blocker_frame_addr(const struct klp_blocker *blocker, size_t index)
{
	return index < blocker->frame_count ? blocker->frames[index].addr : 0;
}

bool klp_blocker_frame_reliable(const struct klp_blocker *blocker, size_t index)
{
	return index < blocker->frame_count &&
	       !blocker->frames[index].unreliable;
}
