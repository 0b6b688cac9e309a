// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * func.c - the functions that patches replace
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "list.h"

#define KLP_FUNC_FIELDS (KLP_FUNC_FIELD_HITS + 1)

struct klp_func {
	char *patch;
	uint64_t patch_id;
	char *object;
	char *name;
	uint32_t sympos;
	bool has_state;
	uint32_t state;
	bool active;
	char *active_patch;
	bool nop;
	bool has[KLP_FUNC_FIELDS];
	uint64_t value[KLP_FUNC_FIELDS];
};

struct klp_func_list {
	struct klp_list base;
};

/* The attributes that may be absent; -ENOENT if it is none of them. */
static int take_func_field(const struct klp_attr *attr, struct klp_func *func)
{
	enum klp_func_field field;
	int err;

	switch (attr->type) {
	case KLP_ARM_A_FUNC_ENTRY_PATH:
		field = KLP_FUNC_FIELD_ENTRY_PATH;
		break;
	case KLP_ARM_A_FUNC_OLD_ADDR:
		field = KLP_FUNC_FIELD_OLD_ADDR;
		break;
	case KLP_ARM_A_FUNC_OLD_SIZE:
		field = KLP_FUNC_FIELD_OLD_SIZE;
		break;
	case KLP_ARM_A_FUNC_NEW_ADDR:
		field = KLP_FUNC_FIELD_NEW_ADDR;
		break;
	case KLP_ARM_A_FUNC_NEW_SIZE:
		field = KLP_FUNC_FIELD_NEW_SIZE;
		break;
	case KLP_ARM_A_FUNC_SP_DELTA:
		field = KLP_FUNC_FIELD_SP_DELTA;
		break;
	case KLP_ARM_A_FUNC_RESTORED:
		field = KLP_FUNC_FIELD_RESTORED;
		break;
	case KLP_ARM_A_FUNC_HITS:
		field = KLP_FUNC_FIELD_HITS;
		break;
	default:
		return -ENOENT;
	}
	err = klp_attr_uint(attr, &func->value[field]);
	if (!err)
		func->has[field] = true;
	return err;
}

static int take_func_attr(const struct klp_attr *attr, struct klp_func *func)
{
	int err = take_func_field(attr, func);

	if (err != -ENOENT)
		return err;
	switch (attr->type) {
	case KLP_ARM_A_FUNC_PATCH:
		return klp_attr_string(attr, &func->patch);
	case KLP_ARM_A_FUNC_PATCH_ID:
		return klp_attr_uint(attr, &func->patch_id);
	case KLP_ARM_A_FUNC_OBJECT:
		return klp_attr_string(attr, &func->object);
	case KLP_ARM_A_FUNC_NAME:
		return klp_attr_string(attr, &func->name);
	case KLP_ARM_A_FUNC_SYMPOS:
		return klp_attr_u32(attr, &func->sympos);
	case KLP_ARM_A_FUNC_STATE:
		func->has_state = true;
		return klp_attr_u32(attr, &func->state);
	case KLP_ARM_A_FUNC_ACTIVE:
		func->active = true;
		return 0;
	case KLP_ARM_A_FUNC_ACTIVE_PATCH:
		return klp_attr_string(attr, &func->active_patch);
	case KLP_ARM_A_FUNC_NOP:
		func->nop = true;
		return 0;
	default:
		return 0;
	}
}

static int parse_func(struct klp_attrs attrs, void *item)
{
	struct klp_func *func = item;
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_func_attr(&attr, func);
		if (err)
			return err;
	}
	if (err)
		return err;
	if (!func->patch || !func->object || !func->name || !func->has_state)
		return -EBADMSG;
	return 0;
}

static void release_func(void *item)
{
	struct klp_func *func = item;

	free(func->patch);
	free(func->object);
	free(func->name);
	free(func->active_patch);
}

int klp_func_list_get(struct klp_ctx *ctx, const char *patch,
		      struct klp_func_list **list)
{
	static const struct klp_list_kind kind = {
		.size = sizeof(struct klp_func),
		.parse = parse_func,
		.release = release_func,
	};
	const struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_TEXT, KLP_ARM_A_FUNC_PATCH, .text = patch },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_FUNC_GET,
		.dump = true,
		.what = "func-get",
		.attrs = attrs,
	};
	void *base;
	int err = klp_list_get(ctx, &request, &kind, &base);

	*list = base;
	return err;
}

void klp_func_list_free(struct klp_func_list *list)
{
	klp_list_free(list);
}

size_t klp_func_list_count(const struct klp_func_list *list)
{
	return list->base.count;
}

const struct klp_func *klp_func_list_at(const struct klp_func_list *list,
					size_t index)
{
	return klp_list_at(&list->base, index);
}

const char *klp_func_patch(const struct klp_func *func)
{
	return func->patch;
}

uint64_t klp_func_patch_id(const struct klp_func *func)
{
	return func->patch_id;
}

const char *klp_func_object(const struct klp_func *func)
{
	return func->object;
}

const char *klp_func_name(const struct klp_func *func)
{
	return func->name;
}

uint32_t klp_func_sympos(const struct klp_func *func)
{
	return func->sympos;
}

enum klp_func_state klp_func_state(const struct klp_func *func)
{
	return func->state;
}

bool klp_func_active(const struct klp_func *func)
{
	return func->active;
}

const char *klp_func_active_patch(const struct klp_func *func)
{
	return func->active_patch;
}

bool klp_func_nop(const struct klp_func *func)
{
	return func->nop;
}

bool klp_func_has(const struct klp_func *func, enum klp_func_field field)
{
	return (size_t)field < KLP_FUNC_FIELDS && func->has[field];
}

uint64_t klp_func_value(const struct klp_func *func, enum klp_func_field field)
{
	return klp_func_has(func, field) ? func->value[field] : 0;
}
