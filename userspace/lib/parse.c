// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * parse.c - from netlink messages to objects; pure, so that hosts can test it
 *
 * One switch per attribute set. Unknown attributes come from newer kernels
 * and are skipped; a known one of the wrong size or a missing name is an
 * error, because a half-read state must not pass for the state.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "attr.h"
#include "objects.h"

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
		case KLP_ARM_A_OBJECT_FUNC_COUNT:
			err = klp_attr_u32(&attr, &object->func_count);
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
	default:
		return 0;
	}
}

int klp_parse_patch(const struct nlmsghdr *nlh, struct klp_patch *patch)
{
	struct klp_attrs attrs = klp_attrs_of_message(nlh);
	bool has_state = false;
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		if (attr.type == KLP_ARM_A_PATCH_STATE)
			has_state = true;
		err = take_patch_attr(&attr, patch);
		if (err)
			return err;
	}
	if (err)
		return err;
	return patch->name && has_state ? 0 : -EBADMSG;
}

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

int klp_parse_func(const struct nlmsghdr *nlh, struct klp_func *func)
{
	struct klp_attrs attrs = klp_attrs_of_message(nlh);
	bool has_state = false;
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		if (attr.type == KLP_ARM_A_FUNC_STATE)
			has_state = true;
		err = take_func_attr(&attr, func);
		if (err)
			return err;
	}
	if (err)
		return err;
	if (!func->patch || !func->object || !func->name || !has_state)
		return -EBADMSG;
	return 0;
}

static int parse_tasks(const struct klp_attr *nest,
		       struct klp_transition *transition)
{
	struct klp_attrs attrs = klp_attrs_of_nest(nest);
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		switch (attr.type) {
		case KLP_ARM_A_TASKS_TOTAL:
			err = klp_attr_u32(&attr, &transition->total);
			break;
		case KLP_ARM_A_TASKS_SWITCHED:
			err = klp_attr_u32(&attr, &transition->switched);
			break;
		case KLP_ARM_A_TASKS_REMAINING:
			err = klp_attr_u32(&attr, &transition->remaining);
			break;
		}
		if (err < 0)
			return err;
	}
	return err;
}

static int take_transition_attr(const struct klp_attr *attr,
				struct klp_transition *transition)
{
	switch (attr->type) {
	case KLP_ARM_A_TRANSITION_GENERATION:
		return klp_attr_u32(attr, &transition->generation);
	case KLP_ARM_A_TRANSITION_PATCH:
		return klp_attr_string(attr, &transition->patch);
	case KLP_ARM_A_TRANSITION_PATCH_ID:
		return klp_attr_uint(attr, &transition->patch_id);
	case KLP_ARM_A_TRANSITION_DIRECTION:
		return klp_attr_u32(attr, &transition->direction);
	case KLP_ARM_A_TRANSITION_STARTED:
		return klp_attr_uint(attr, &transition->started);
	case KLP_ARM_A_TRANSITION_STARTED_REAL:
		return klp_attr_uint(attr, &transition->started_real);
	case KLP_ARM_A_TRANSITION_ELAPSED_MS:
		return klp_attr_uint(attr, &transition->elapsed_ms);
	case KLP_ARM_A_TRANSITION_TASKS:
		return parse_tasks(attr, transition);
	case KLP_ARM_A_TRANSITION_FORCED:
		transition->forced = true;
		return 0;
	case KLP_ARM_A_TRANSITION_REVERSED:
		transition->reversed = true;
		return 0;
	default:
		return 0;
	}
}

int klp_parse_transition(const struct nlmsghdr *nlh,
			 struct klp_transition *transition)
{
	struct klp_attrs attrs = klp_attrs_of_message(nlh);
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_transition_attr(&attr, transition);
		if (err)
			return err;
	}
	if (err)
		return err;
	return transition->generation ? 0 : -EBADMSG;
}

int klp_parse_info(const struct nlmsghdr *nlh, struct klp_info *info)
{
	struct klp_attrs attrs = klp_attrs_of_message(nlh);
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		switch (attr.type) {
		case KLP_ARM_A_INFO_GENERATION:
			err = klp_attr_u32(&attr, &info->generation);
			break;
		case KLP_ARM_A_INFO_ARCH:
			err = klp_attr_string(&attr, &info->arch);
			break;
		case KLP_ARM_A_INFO_ENTRY:
			err = klp_attr_u32(&attr, &info->entry);
			break;
		case KLP_ARM_A_INFO_UNWINDER:
			err = klp_attr_u32(&attr, &info->unwinder);
			break;
		}
		if (err < 0)
			return err;
	}
	if (err < 0)
		return err;
	return info->arch && info->generation ? 0 : -EBADMSG;
}
