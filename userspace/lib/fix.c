// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * fix.c - what patches say that they fix
 */
#include <errno.h>
#include <stdlib.h>

#include <linux/klp_arm.h>

#include "list.h"

struct klp_fix {
	char *patch;
	uint64_t patch_id;
	char *name;
	bool cut;
};

struct klp_fix_list {
	struct klp_list base;
};

static int take_fix_attr(const struct klp_attr *attr, struct klp_fix *fix)
{
	switch (attr->type) {
	case KLP_ARM_A_FIX_PATCH:
		return klp_attr_string(attr, &fix->patch);
	case KLP_ARM_A_FIX_PATCH_ID:
		return klp_attr_uint(attr, &fix->patch_id);
	case KLP_ARM_A_FIX_NAME:
		return klp_attr_string(attr, &fix->name);
	case KLP_ARM_A_FIX_CUT:
		fix->cut = true;
		return 0;
	default:
		return 0;
	}
}

static int parse_fix(struct klp_attrs attrs, void *item)
{
	struct klp_fix *fix = item;
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_fix_attr(&attr, fix);
		if (err)
			return err;
	}
	if (err)
		return err;
	return fix->patch && fix->name ? 0 : -EBADMSG;
}

static void release_fix(void *item)
{
	struct klp_fix *fix = item;

	free(fix->patch);
	free(fix->name);
}

int klp_fix_list_get(struct klp_ctx *ctx, const char *patch,
		     struct klp_fix_list **list)
{
	static const struct klp_list_kind kind = {
		.size = sizeof(struct klp_fix),
		.parse = parse_fix,
		.release = release_fix,
	};
	const struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_TEXT, KLP_ARM_A_FIX_PATCH, .text = patch },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_FIX_GET,
		.dump = true,
		.what = "fix-get",
		.attrs = attrs,
	};
	void *base;
	int err = klp_list_get(ctx, &request, &kind, &base);

	*list = base;
	return err;
}

void klp_fix_list_free(struct klp_fix_list *list)
{
	klp_list_free(list);
}

size_t klp_fix_list_count(const struct klp_fix_list *list)
{
	return list->base.count;
}

const struct klp_fix *klp_fix_list_at(const struct klp_fix_list *list,
				      size_t index)
{
	return klp_list_at(&list->base, index);
}

const char *klp_fix_patch(const struct klp_fix *fix)
{
	return fix->patch;
}

uint64_t klp_fix_patch_id(const struct klp_fix *fix)
{
	return fix->patch_id;
}

const char *klp_fix_name(const struct klp_fix *fix)
{
	return fix->name;
}

bool klp_fix_cut(const struct klp_fix *fix)
{
	return fix->cut;
}
