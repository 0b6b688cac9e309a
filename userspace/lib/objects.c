// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * objects.c - what an object answers when it is asked, and how it is freed
 */
#include <stdlib.h>

#include "objects.h"

void klp_release_patch(struct klp_patch *patch)
{
	size_t i;

	for (i = 0; i < patch->listed; i++)
		free(patch->objects[i].name);
	free(patch->objects);
	free(patch->name);
}

void klp_release_func(struct klp_func *func)
{
	free(func->patch);
	free(func->object);
	free(func->name);
	free(func->active_patch);
}

void klp_transition_free(struct klp_transition *transition)
{
	if (!transition)
		return;
	free(transition->patch);
	free(transition);
}

void klp_info_free(struct klp_info *info)
{
	if (!info)
		return;
	free(info->arch);
	free(info);
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
	return patch->forced;
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

uint32_t klp_object_func_count(const struct klp_object *object)
{
	return object->func_count;
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

const char *klp_transition_patch(const struct klp_transition *transition)
{
	return transition->patch;
}

uint64_t klp_transition_patch_id(const struct klp_transition *transition)
{
	return transition->patch_id;
}

enum klp_direction
klp_transition_direction(const struct klp_transition *transition)
{
	return transition->direction;
}

uint64_t klp_transition_started(const struct klp_transition *transition)
{
	return transition->started;
}

uint64_t klp_transition_started_real(const struct klp_transition *transition)
{
	return transition->started_real;
}

uint64_t klp_transition_elapsed_ms(const struct klp_transition *transition)
{
	return transition->elapsed_ms;
}

uint32_t klp_transition_tasks_total(const struct klp_transition *transition)
{
	return transition->total;
}

uint32_t klp_transition_tasks_switched(const struct klp_transition *transition)
{
	return transition->switched;
}

uint32_t klp_transition_tasks_remaining(const struct klp_transition *transition)
{
	return transition->remaining;
}

bool klp_transition_forced(const struct klp_transition *transition)
{
	return transition->forced;
}

bool klp_transition_reversed(const struct klp_transition *transition)
{
	return transition->reversed;
}

const char *klp_info_arch(const struct klp_info *info)
{
	return info->arch;
}

enum klp_entry_method klp_info_entry(const struct klp_info *info)
{
	return info->entry;
}

enum klp_unwinder klp_info_unwinder(const struct klp_info *info)
{
	return info->unwinder;
}
