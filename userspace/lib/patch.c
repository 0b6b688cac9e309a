// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * patch.c - the patches, and what can be done to them
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "list.h"
#include "objects.h"

struct klp_object {
	char *name;
	bool patched;
	bool loaded;
	bool left_out;
	uint32_t func_count;
	uint32_t unpatched_count;
};

struct klp_patch_list {
	struct klp_list base;
};

static int parse_object(const struct klp_attr *nest, struct klp_object *object)
{
	struct klp_attrs attrs = klp_attrs_of_nest(nest);
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		switch (attr.type) {
		case KLP_ARM_A_OBJECT_NAME:
			err = klp_attr_string(&attr, &object->name);
			break;
		case KLP_ARM_A_OBJECT_PATCHED:
			object->patched = true;
			break;
		case KLP_ARM_A_OBJECT_LOADED:
			object->loaded = true;
			break;
		case KLP_ARM_A_OBJECT_LEFT_OUT:
			object->left_out = true;
			break;
		case KLP_ARM_A_OBJECT_FUNC_COUNT:
			err = klp_attr_u32(&attr, &object->func_count);
			break;
		case KLP_ARM_A_OBJECT_UNPATCHED_COUNT:
			err = klp_attr_u32(&attr, &object->unpatched_count);
			break;
		}
		if (err < 0)
			return err;
	}
	if (err < 0)
		return err;
	return object->name ? 0 : -EBADMSG;
}

static int add_object(const struct klp_attr *nest, struct klp_patch *patch)
{
	struct klp_object *objects;

	objects =
		realloc(patch->objects, (patch->listed + 1) * sizeof(*objects));
	if (!objects)
		return -ENOMEM;
	patch->objects = objects;
	memset(&objects[patch->listed], 0, sizeof(*objects));
	/* Counted before it is parsed: what it holds is released with it. */
	return parse_object(nest, &objects[patch->listed++]);
}

static int take_patch_attr(const struct klp_attr *attr, struct klp_patch *patch)
{
	switch (attr->type) {
	case KLP_ARM_A_PATCH_ID:
		return klp_attr_uint(attr, &patch->id);
	case KLP_ARM_A_PATCH_NAME:
		return klp_attr_string(attr, &patch->name);
	case KLP_ARM_A_PATCH_STATE:
		patch->has_state = true;
		return klp_attr_u32(attr, &patch->state);
	case KLP_ARM_A_PATCH_REPLACE:
		patch->replace = true;
		return 0;
	case KLP_ARM_A_PATCH_FORCED:
		patch->forced = true;
		return 0;
	case KLP_ARM_A_PATCH_OBJECT_COUNT:
		return klp_attr_u32(attr, &patch->object_count);
	case KLP_ARM_A_PATCH_FUNC_COUNT:
		return klp_attr_u32(attr, &patch->func_count);
	case KLP_ARM_A_PATCH_OBJECTS:
		return add_object(attr, patch);
	case KLP_ARM_A_PATCH_VERSION:
		return klp_attr_string(attr, &patch->version);
	case KLP_ARM_A_PATCH_BUILD_ID:
		return klp_attr_bytes(attr, &patch->build_id,
				      &patch->build_id_len);
	case KLP_ARM_A_PATCH_LOADED:
		return klp_parse_actor(klp_attrs_of_nest(attr), &patch->loaded);
	case KLP_ARM_A_PATCH_CHANGED:
		return klp_parse_actor(klp_attrs_of_nest(attr),
				       &patch->changed);
	case KLP_ARM_A_PATCH_FORCE:
		return klp_parse_actor(klp_attrs_of_nest(attr), &patch->force);
	case KLP_ARM_A_PATCH_TARGET:
		return klp_attr_u32(attr, &patch->target);
	case KLP_ARM_A_PATCH_VERSION_CUT:
		patch->version_cut = true;
		return 0;
	case KLP_ARM_A_PATCH_HAS_FIXES:
		patch->has_fixes = true;
		return 0;
	default:
		return 0;
	}
}

int klp_parse_patch(struct klp_attrs attrs, struct klp_patch *patch)
{
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_patch_attr(&attr, patch);
		if (err)
			return err;
	}
	if (err)
		return err;
	return patch->name && patch->has_state ? 0 : -EBADMSG;
}

void klp_release_patch(struct klp_patch *patch)
{
	size_t i;

	for (i = 0; i < patch->listed; i++)
		free(patch->objects[i].name);
	free(patch->objects);
	free(patch->name);
	free(patch->version);
	free(patch->build_id);
	klp_release_actor(&patch->loaded);
	klp_release_actor(&patch->changed);
	klp_release_actor(&patch->force);
}

static int parse_item(struct klp_attrs attrs, void *item)
{
	return klp_parse_patch(attrs, item);
}

static void release_item(void *item)
{
	klp_release_patch(item);
}

int klp_patch_list_get(struct klp_ctx *ctx, const char *name,
		       struct klp_patch_list **out)
{
	static const struct klp_list_kind kind = {
		.size = sizeof(struct klp_patch),
		.parse = parse_item,
		.release = release_item,
	};
	const struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_TEXT, KLP_ARM_A_PATCH_NAME, .text = name },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_PATCH_GET,
		.dump = !name,
		.what = "patch-get",
		.attrs = attrs,
	};
	void *base;
	int err = klp_list_get(ctx, &request, &kind, &base);

	*out = base;
	if (!err && name && (*out)->base.count != 1) {
		klp_patch_list_free(*out);
		*out = NULL;
		err = klp_fail(ctx, -EBADMSG,
			       "patch-get: the kernel's answer is empty");
	}
	return err;
}

void klp_patch_list_free(struct klp_patch_list *list)
{
	klp_list_free(list);
}

size_t klp_patch_list_count(const struct klp_patch_list *list)
{
	return list->base.count;
}

const struct klp_patch *klp_patch_list_at(const struct klp_patch_list *list,
					  size_t index)
{
	return klp_list_at(&list->base, index);
}

int klp_patch_set(struct klp_ctx *ctx, const char *name,
		  enum klp_patch_action action, bool confirm)
{
	const struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_TEXT, KLP_ARM_A_PATCH_NAME, .text = name },
		{ KLP_REQUEST_U32, KLP_ARM_A_PATCH_ACTION, .number = action },
		{ KLP_REQUEST_FLAG, KLP_ARM_A_PATCH_CONFIRM,
		  .number = confirm },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_PATCH_SET,
		.admin = true,
		.what = "patch-set",
		.about = name,
		.attrs = attrs,
	};

	return klp_order(ctx, &request);
}

const char *klp_patch_name(const struct klp_patch *patch)
{
	return patch->name;
}

uint64_t klp_patch_id(const struct klp_patch *patch)
{
	return patch->id;
}

enum klp_patch_state klp_patch_state(const struct klp_patch *patch)
{
	return patch->state;
}

bool klp_patch_replace(const struct klp_patch *patch)
{
	return patch->replace;
}

bool klp_patch_forced(const struct klp_patch *patch)
{
	/* The kernel's flag may tell only whether the module stays for ever. */
	return patch->forced || patch->force.known;
}

uint32_t klp_patch_func_count(const struct klp_patch *patch)
{
	return patch->func_count;
}

uint32_t klp_patch_object_count(const struct klp_patch *patch)
{
	return patch->object_count;
}

size_t klp_patch_objects_listed(const struct klp_patch *patch)
{
	return patch->listed;
}

const struct klp_object *klp_patch_object_at(const struct klp_patch *patch,
					     size_t index)
{
	return index < patch->listed ? &patch->objects[index] : NULL;
}

const char *klp_patch_version(const struct klp_patch *patch)
{
	return patch->version;
}

bool klp_patch_version_cut(const struct klp_patch *patch)
{
	return patch->version_cut;
}

bool klp_patch_has_fixes(const struct klp_patch *patch)
{
	return patch->has_fixes;
}

enum klp_target klp_patch_target(const struct klp_patch *patch)
{
	return patch->target;
}

const uint8_t *klp_patch_build_id(const struct klp_patch *patch, size_t *len)
{
	*len = patch->build_id_len;
	return patch->build_id;
}

const struct klp_actor *klp_patch_loaded(const struct klp_patch *patch)
{
	return patch->loaded.known ? &patch->loaded : NULL;
}

const struct klp_actor *klp_patch_changed(const struct klp_patch *patch)
{
	return patch->changed.known ? &patch->changed : NULL;
}

const struct klp_actor *klp_patch_force_by(const struct klp_patch *patch)
{
	return patch->force.known ? &patch->force : NULL;
}

const char *klp_object_name(const struct klp_object *object)
{
	return object->name;
}

bool klp_object_patched(const struct klp_object *object)
{
	return object->patched;
}

bool klp_object_loaded(const struct klp_object *object)
{
	return object->loaded;
}

bool klp_object_left_out(const struct klp_object *object)
{
	return object->left_out;
}

uint32_t klp_object_func_count(const struct klp_object *object)
{
	return object->func_count;
}

uint32_t klp_object_unpatched_count(const struct klp_object *object)
{
	return object->unpatched_count;
}
