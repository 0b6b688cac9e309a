// SPDX-License-Identifier: GPL-2.0
/*
 * state.c - what the livepatch core is doing, as the reporter sees it.
 *
 * klp_mutex protects all that is here. The livepatch core calls the hooks of
 * <linux/klp_arm.h> with it held, wherever something changes that a reader can
 * see; a reader holds it for as long as it uses what this file returned.
 * Nothing here is called from klp_ftrace_handler() or while a task is
 * switched, so reporting costs a patched call nothing.
 */

#define pr_fmt(fmt) "klp_arm: " fmt

#include <linux/klp_arm.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "../livepatch/core.h"
#include "../livepatch/patch.h"
#include "../livepatch/transition.h"
#include "event.h"
#include "state.h"
#include "transition.h"

/* In the order of klp_patches: both get new patches at the end. */
static LIST_HEAD(klp_arm_records);
static u64 klp_arm_last_id;

/* Never 0: netlink takes a sequence of 0 for "not checked". */
static u32 klp_arm_current_generation = 1;

/**
 * klp_arm_state_changed() - note that a reader would now see something else
 *
 * Hook of the livepatch core, under klp_mutex. It is called again for each
 * step of a larger change; readers only ever see the last number.
 */
void klp_arm_state_changed(void)
{
	lockdep_assert_held(&klp_mutex);

	if (!++klp_arm_current_generation)
		klp_arm_current_generation = 1;
}

/**
 * klp_arm_patch_added() - note a patch that was put on klp_patches
 * @patch: the patch
 *
 * Hook of the livepatch core, under klp_mutex.
 *
 * Return: 0, or -ENOMEM, and then the patch must not be enabled.
 */
int klp_arm_patch_added(struct klp_patch *patch)
{
	struct klp_arm_record *record;

	record = kzalloc(sizeof(*record), GFP_KERNEL);
	if (!record)
		return -ENOMEM;

	record->patch = patch;
	record->id = ++klp_arm_last_id;
	klp_arm_actor_set(&record->loaded);
	list_add_tail(&record->node, &klp_arm_records);
	klp_arm_state_changed();
	klp_arm_event_patch(KLP_ARM_EVENT_KIND_PATCH_ADDED, patch);

	return 0;
}

/**
 * klp_arm_find_record() - find what the core does not keep about a patch
 * @patch: the patch
 *
 * Return: the record, or NULL if the patch is not in klp_patches.
 */
struct klp_arm_record *klp_arm_find_record(const struct klp_patch *patch)
{
	struct klp_arm_record *record;

	list_for_each_entry(record, &klp_arm_records, node)
		if (record->patch == patch)
			return record;

	return NULL;
}

/**
 * klp_arm_patch_removed() - note a patch that was taken off klp_patches
 * @patch: the patch; one that klp_arm_patch_added() never saw is ignored
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_patch_removed(struct klp_patch *patch)
{
	struct klp_arm_record *record = klp_arm_find_record(patch);

	if (!record)
		return;

	klp_arm_state_changed();
	klp_arm_event_patch(KLP_ARM_EVENT_KIND_PATCH_REMOVED, patch);
	list_del(&record->node);
	kfree(record);
}

static bool klp_arm_is_target(const struct module *mod)
{
	struct klp_patch *patch;
	struct klp_object *obj;

	klp_for_each_patch(patch)
		klp_for_each_object(patch, obj)
			if (obj->name && !strcmp(obj->name, mod->name))
				return true;

	return false;
}

static void klp_arm_module_changed(enum klp_arm_event_kind kind,
				   const struct module *mod)
{
	if (!klp_arm_is_target(mod))
		return;

	klp_arm_state_changed();
	klp_arm_event_module(kind, mod->name);
}

/**
 * klp_arm_module_coming() - note a module that is being loaded
 * @mod: the module; patches that change it have done so
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_module_coming(struct module *mod)
{
	klp_arm_module_changed(KLP_ARM_EVENT_KIND_MODULE_COMING, mod);
}

/**
 * klp_arm_module_going() - note a module that is being removed
 * @mod: the module; patches have let go of it
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_module_going(struct module *mod)
{
	klp_arm_module_changed(KLP_ARM_EVENT_KIND_MODULE_GOING, mod);
}

/**
 * klp_arm_generation() - number of the state that a reader sees
 *
 * Return: the number, never 0; it wraps.
 */
u32 klp_arm_generation(void)
{
	lockdep_assert_held(&klp_mutex);

	return klp_arm_current_generation;
}

/**
 * klp_arm_patch_from() - find a patch by its place in the order of loading
 * @from: lowest id that is wanted; 0 and 1 stand for the first patch
 * @id: gets the id of the patch that was found
 *
 * Return: the first patch whose id is not below @from, NULL if there is none.
 */
struct klp_patch *klp_arm_patch_from(u64 from, u64 *id)
{
	struct klp_arm_record *record;

	lockdep_assert_held(&klp_mutex);

	list_for_each_entry(record, &klp_arm_records, node) {
		if (record->id < from)
			continue;
		*id = record->id;
		return record->patch;
	}

	return NULL;
}

static int klp_arm_walk_patch(struct klp_arm_pos *pos,
			      struct klp_arm_place *place,
			      int (*fn)(const struct klp_arm_place *, void *),
			      void *arg)
{
	u32 object = 0, func;
	int ret;

	/*
	 * An index keeps its meaning while the patch is listed: the core adds
	 * nops behind the funcs of the module, before it lists the patch, and
	 * takes nothing but all of them away.
	 */
	klp_for_each_object(place->patch, place->obj) {
		if (object++ < pos->object)
			continue;
		func = 0;
		klp_for_each_func(place->obj, place->func) {
			if (func++ < pos->func)
				continue;
			ret = fn(place, arg);
			if (ret)
				return ret;
			pos->func = func;
		}
		pos->object = object;
		pos->func = 0;
	}

	return 0;
}

/**
 * klp_arm_walk_funcs() - call a function for each func of each patch
 * @pos: where to begin, all 0 for the first; moved past each func that @fn
 *	 returned 0 for
 * @fn: called for each; anything but 0 ends the walk
 * @arg: for @fn
 *
 * Return: 0 at the end, or what @fn returned.
 */
int klp_arm_walk_funcs(struct klp_arm_pos *pos,
		       int (*fn)(const struct klp_arm_place *place, void *arg),
		       void *arg)
{
	struct klp_arm_place place;
	int ret;

	while ((place.patch = klp_arm_patch_from(pos->patch,
						 &place.patch_id))) {
		if (place.patch_id != pos->patch) {
			pos->patch = place.patch_id;
			pos->object = 0;
			pos->func = 0;
		}
		ret = klp_arm_walk_patch(pos, &place, fn, arg);
		if (ret)
			return ret;
		pos->patch++;
		pos->object = 0;
		pos->func = 0;
	}

	return 0;
}

/**
 * klp_arm_object_name() - name an object as sysfs does
 * @obj: the object
 *
 * Return: name of the module, or "vmlinux".
 */
const char *klp_arm_object_name(const struct klp_object *obj)
{
	return obj->name ?: "vmlinux";
}

/**
 * klp_arm_patch_state() - tell what the core does with a patch
 * @patch: the patch
 *
 * Return: its state.
 */
enum klp_arm_patch_state klp_arm_patch_state(const struct klp_patch *patch)
{
	if (patch == klp_arm_running_patch())
		return klp_target_state == KLP_TRANSITION_PATCHED ?
		       KLP_ARM_PATCH_STATE_ENABLING :
		       KLP_ARM_PATCH_STATE_DISABLING;

	return patch->enabled ? KLP_ARM_PATCH_STATE_ENABLED :
				KLP_ARM_PATCH_STATE_DISABLED;
}

/**
 * klp_arm_func_state() - tell what the core does with a func
 * @obj: the object that the func is in
 * @func: the func
 *
 * Return: its state.
 */
enum klp_arm_func_state klp_arm_func_state(struct klp_object *obj,
					   const struct klp_func *func)
{
	if (!klp_is_object_loaded(obj))
		return KLP_ARM_FUNC_STATE_TARGET_NOT_LOADED;

	if (func->transition)
		return klp_target_state == KLP_TRANSITION_PATCHED ?
		       KLP_ARM_FUNC_STATE_PATCHING :
		       KLP_ARM_FUNC_STATE_UNPATCHING;

	return func->patched ? KLP_ARM_FUNC_STATE_PATCHED :
			       KLP_ARM_FUNC_STATE_UNPATCHED;
}

/**
 * klp_arm_active_func() - find what a switched task runs for a function
 * @func: any func that replaces the function
 *
 * Return: the func that redirects its calls, the same choice that
 *	   klp_ftrace_handler() makes for a task in the target state; NULL when
 *	   that is the original function, or when its object is not loaded.
 */
struct klp_func *klp_arm_active_func(const struct klp_func *func)
{
	struct klp_func *top;
	struct klp_ops *ops;

	ops = func->old_func ? klp_find_ops(func->old_func) : NULL;
	if (!ops)
		return NULL;

	top = list_first_entry(&ops->func_stack, struct klp_func, stack_node);
	if (!top->transition || klp_target_state == KLP_TRANSITION_PATCHED)
		return top;
	if (list_is_last(&top->stack_node, &ops->func_stack))
		return NULL;

	return list_next_entry(top, stack_node);
}

/**
 * klp_arm_func_entry_path() - find how calls of a function are redirected
 * @func: any patched func that replaces the function
 *
 * Return: the path that calls take now.
 */
enum klp_arm_entry_path klp_arm_func_entry_path(const struct klp_func *func)
{
	const struct klp_ops *ops = klp_find_ops(func->old_func);

	return klp_arm_site_entry_path(&ops->redirect.site);
}

/**
 * klp_arm_func_recipe() - find how the prologue of a function is undone
 * @func: any func that replaces the function
 *
 * Return: the recipe that the redirect works from, NULL when no call of the
 *	   function is redirected.
 */
const struct klp_arm_recipe *klp_arm_func_recipe(const struct klp_func *func)
{
	struct klp_ops *ops;

	ops = func->old_func ? klp_find_ops(func->old_func) : NULL;

	return ops ? &ops->redirect.recipe : NULL;
}

/**
 * klp_arm_func_patch() - find the patch that a func belongs to
 * @func: a func on a func_stack; these are in sysfs, below object and patch
 *
 * Return: the patch.
 */
struct klp_patch *klp_arm_func_patch(const struct klp_func *func)
{
	return container_of(func->kobj.parent->parent, struct klp_patch, kobj);
}
