// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * verdict.c - whether calls of a function can be redirected
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "list.h"
#include "objects.h"

struct klp_verdict {
	char *object;
	char *name;
	uint32_t sympos;
	bool redirectable;
	bool has_reason;
	uint32_t reason;
	uint32_t offset;
	bool has_recipe;
	uint32_t sp_delta;
	uint32_t restored;
	bool patched;
};

struct klp_verdict_list {
	struct klp_list base;
};

static int take_verdict_attr(const struct klp_attr *attr,
			     struct klp_verdict *verdict)
{
	switch (attr->type) {
	case KLP_ARM_A_VERDICT_OBJECT:
		return klp_attr_string(attr, &verdict->object);
	case KLP_ARM_A_VERDICT_NAME:
		return klp_attr_string(attr, &verdict->name);
	case KLP_ARM_A_VERDICT_SYMPOS:
		return klp_attr_u32(attr, &verdict->sympos);
	case KLP_ARM_A_VERDICT_REDIRECTABLE:
		verdict->redirectable = true;
		return 0;
	case KLP_ARM_A_VERDICT_REASON:
		verdict->has_reason = true;
		return klp_attr_u32(attr, &verdict->reason);
	case KLP_ARM_A_VERDICT_OFFSET:
		return klp_attr_u32(attr, &verdict->offset);
	case KLP_ARM_A_VERDICT_SP_DELTA:
		verdict->has_recipe = true;
		return klp_attr_u32(attr, &verdict->sp_delta);
	case KLP_ARM_A_VERDICT_RESTORED:
		return klp_attr_u32(attr, &verdict->restored);
	case KLP_ARM_A_VERDICT_PATCHED:
		verdict->patched = true;
		return 0;
	default:
		return 0;
	}
}

static int parse_verdict(struct klp_attrs attrs, void *item)
{
	struct klp_verdict *verdict = item;
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_verdict_attr(&attr, verdict);
		if (err)
			return err;
	}
	if (err)
		return err;
	if (!verdict->object || !verdict->name)
		return -EBADMSG;
	/* A refusal without a reason must not pass for a consent. */
	return verdict->redirectable || verdict->has_reason ? 0 : -EBADMSG;
}

static void release_verdict(void *item)
{
	struct klp_verdict *verdict = item;

	free(verdict->object);
	free(verdict->name);
}

int klp_verdict_list_get(struct klp_ctx *ctx, const char *object,
			 const char *name, uint32_t sympos,
			 struct klp_verdict_list **list)
{
	static const struct klp_list_kind kind = {
		.size = sizeof(struct klp_verdict),
		.parse = parse_verdict,
		.release = release_verdict,
	};
	const struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_TEXT, KLP_ARM_A_VERDICT_OBJECT, .text = object },
		{ KLP_REQUEST_TEXT, KLP_ARM_A_VERDICT_NAME, .text = name },
		{ sympos ? KLP_REQUEST_U32 : KLP_REQUEST_SKIP,
		  KLP_ARM_A_VERDICT_SYMPOS, .number = sympos },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_VERDICT_GET,
		.dump = true,
		.what = "verdict-get",
		.attrs = attrs,
	};
	void *base;
	int err;

	*list = NULL;
	err = klp_list_get(ctx, &request, &kind, &base);
	*list = base;
	if (err || (*list)->base.count > 0)
		return err;
	klp_verdict_list_free(*list);
	*list = NULL;
	return klp_fail(ctx, -ENOENT,
			"verdict-get: no function named '%s' in %s", name,
			object ? object : "vmlinux");
}

void klp_verdict_list_free(struct klp_verdict_list *list)
{
	klp_list_free(list);
}

size_t klp_verdict_list_count(const struct klp_verdict_list *list)
{
	return list->base.count;
}

const struct klp_verdict *
klp_verdict_list_at(const struct klp_verdict_list *list, size_t index)
{
	return klp_list_at(&list->base, index);
}

const char *klp_verdict_object(const struct klp_verdict *verdict)
{
	return verdict->object;
}

const char *klp_verdict_name(const struct klp_verdict *verdict)
{
	return verdict->name;
}

uint32_t klp_verdict_sympos(const struct klp_verdict *verdict)
{
	return verdict->sympos;
}

bool klp_verdict_redirectable(const struct klp_verdict *verdict)
{
	return verdict->redirectable;
}

enum klp_verdict_reason klp_verdict_reason(const struct klp_verdict *verdict)
{
	return verdict->reason;
}

uint32_t klp_verdict_offset(const struct klp_verdict *verdict)
{
	return verdict->offset;
}

bool klp_verdict_has_recipe(const struct klp_verdict *verdict)
{
	return verdict->has_recipe;
}

uint32_t klp_verdict_sp_delta(const struct klp_verdict *verdict)
{
	return verdict->sp_delta;
}

uint32_t klp_verdict_restored(const struct klp_verdict *verdict)
{
	return verdict->restored;
}

bool klp_verdict_patched(const struct klp_verdict *verdict)
{
	return verdict->patched;
}
