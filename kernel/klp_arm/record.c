// SPDX-License-Identifier: GPL-2.0
/*
 * record.c - write the reporter's model: what the livepatch core does with each
 * patch, object and func.
 *
 * Called by hooks, under klp_mutex. Only hidden views are written here, which no
 * reader looks at before klp_arm_model_show().
 */

#include <linux/klp_arm.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "../livepatch/core.h"
#include "../livepatch/patch.h"
#include "../livepatch/transition.h"
#include "model.h"
#include "symbol.h"
#include "target.h"

static u64 klp_arm_last_id;

static const char *klp_arm_object_name(const struct klp_object *obj)
{
	return obj->name ?: "vmlinux";
}

/* How large the arrays of a record have to be. */
static void klp_arm_count_entries(struct klp_arm_record *record, size_t *bytes)
{
	struct klp_object *obj;
	struct klp_func *func;

	klp_for_each_object(record->patch, obj) {
		record->object_count++;
		if (obj->dynamic)
			*bytes += strlen(klp_arm_object_name(obj)) + 1;
		klp_for_each_func(obj, func) {
			record->func_count++;
			if (func->nop)
				*bytes += strlen(func->old_name) + 1;
		}
	}
}

/* Names of what the core frees are copied, others are the module's. */
static const char *klp_arm_keep_name(const char *name, bool copy, char **names)
{
	char *kept = *names;
	size_t len;

	if (!copy)
		return name;
	len = strlen(name) + 1;
	memcpy(kept, name, len);
	*names += len;

	return kept;
}

/* A nop stands for the function itself: it has no replacement to measure. */
static u32 klp_arm_new_size(const struct module *mod,
			    const struct klp_func *func)
{
	if (func->nop)
		return 0;

	return klp_arm_symbol_size(mod, (unsigned long)func->new_func);
}

static void klp_arm_fill_entries(struct klp_arm_record *record)
{
	struct klp_arm_object_entry *object = record->objects;
	struct klp_arm_func_entry *entry = record->funcs;
	char *names = record->names;
	struct klp_object *obj;
	struct klp_func *func;

	klp_for_each_object(record->patch, obj) {
		object->obj = obj;
		object->name = klp_arm_keep_name(klp_arm_object_name(obj),
						 obj->dynamic, &names);
		klp_for_each_func(obj, func) {
			entry->func = func;
			entry->name = klp_arm_keep_name(func->old_name,
							func->nop, &names);
			entry->object = object - record->objects;
			/* The core takes 0 for "there is only one". */
			entry->sympos = func->old_sympos ?: 1;
			entry->nop = func->nop;
			entry->new_size = klp_arm_new_size(record->mod, func);
			entry++;
		}
		object++;
	}
}

/**
 * klp_arm_record_alloc() - make the record of a patch
 * @patch: the patch; it has all its objects and funcs, nops included
 *
 * Return: the record, not listed and without views, or NULL if there is no
 *	   memory.
 */
struct klp_arm_record *klp_arm_record_alloc(struct klp_patch *patch)
{
	struct klp_arm_record *record;
	size_t bytes = 0;

	record = kzalloc(sizeof(*record), GFP_KERNEL);
	if (!record)
		return NULL;

	record->patch = patch;
	record->mod = patch->mod;
	record->replace = patch->replace;
	klp_arm_count_entries(record, &bytes);
	record->objects = kvcalloc(record->object_count,
				   sizeof(*record->objects), GFP_KERNEL);
	record->funcs = kvcalloc(record->func_count, sizeof(*record->funcs),
				 GFP_KERNEL);
	record->names = kvmalloc(bytes, GFP_KERNEL);
	if (!record->objects || !record->funcs || !record->names) {
		klp_arm_record_free(record);
		return NULL;
	}
	klp_arm_fill_entries(record);
	record->id = ++klp_arm_last_id;

	return record;
}

/**
 * klp_arm_record_free() - free a record that is not listed
 * @record: the record
 */
void klp_arm_record_free(struct klp_arm_record *record)
{
	kvfree(record->names);
	kvfree(record->funcs);
	kvfree(record->objects);
	kfree(record);
}

static enum klp_arm_func_state klp_arm_func_state(struct klp_object *obj,
						  const struct klp_func *func)
{
	if (!klp_is_object_loaded(obj))
		return klp_arch_object_left_out(obj) ?
		       KLP_ARM_FUNC_STATE_UNPATCHED :
		       KLP_ARM_FUNC_STATE_TARGET_NOT_LOADED;

	if (func->transition)
		return klp_target_state == KLP_TRANSITION_PATCHED ?
		       KLP_ARM_FUNC_STATE_PATCHING :
		       KLP_ARM_FUNC_STATE_UNPATCHING;

	return func->patched ? KLP_ARM_FUNC_STATE_PATCHED :
			       KLP_ARM_FUNC_STATE_UNPATCHED;
}

/*
 * The func that a switched task runs: the same choice that klp_ftrace_handler()
 * makes for a task in the target state. NULL is the original function.
 */
static struct klp_func *klp_arm_active_func(struct klp_ops *ops)
{
	struct klp_func *top;

	top = list_first_entry(&ops->func_stack, struct klp_func, stack_node);
	if (!top->transition || klp_target_state == KLP_TRANSITION_PATCHED)
		return top;
	if (list_is_last(&top->stack_node, &ops->func_stack))
		return NULL;

	return list_next_entry(top, stack_node);
}

/* Funcs on a func_stack are in sysfs, below object and patch. */
static u64 klp_arm_id_of(const struct klp_func *func)
{
	struct klp_arm_record *record;

	record = klp_arm_find_record(container_of(func->kobj.parent->parent,
						  struct klp_patch, kobj));

	return record ? record->id : 0;
}

/* As symbols have it: without the bit that says that it is Thumb code */
static unsigned long klp_arm_address_of(const void *func)
{
	unsigned long address = (unsigned long)func;

	return KLP_ARM_THUMB ? address & ~1UL : address;
}

static void klp_arm_view_redirect(struct klp_arm_func_view *view,
				  const struct klp_func *func)
{
	struct klp_func *active;
	struct klp_ops *ops;

	ops = klp_find_ops(func->old_func);
	if (!ops)
		return;

	view->redirected = true;
	view->sp_delta = ops->redirect.recipe.sp_delta;
	view->restore = ops->redirect.recipe.restore;
	view->site = klp_arm_site_view(&ops->redirect.site);
	active = klp_arm_active_func(ops);
	view->active = active == func;
	if (active && !active->nop)
		view->active_id = klp_arm_id_of(active);
}

/*
 * After a module could not be patched, or where init text was left out, old_func
 * may be an address that another function has by now.
 */
static bool klp_arm_has_old_func(struct klp_object *obj,
				 const struct klp_func *func)
{
	return func->old_func && klp_is_object_loaded(obj) &&
	       (func->patched || !obj->patched);
}

static void klp_arm_view_func(struct klp_arm_func_view *view,
			      struct klp_object *obj,
			      const struct klp_func *func)
{
	memset(view, 0, sizeof(*view));
	view->state = klp_arm_func_state(obj, func);
	view->patched = func->patched;
	if (!klp_arm_has_old_func(obj, func))
		return;

	klp_arm_view_redirect(view, func);
	view->old_addr = (unsigned long)func->old_func;
	view->old_size = func->old_size;
	view->new_addr = klp_arm_address_of(func->new_func);
}

static void klp_arm_begin_views(struct klp_arm_record *record,
				unsigned int side)
{
	struct klp_arm_patch_view *view = &record->views[side];
	u32 i;

	memset(view, 0, sizeof(*view));
	view->enabled = record->patch->enabled;
	view->forced = record->patch->forced;
	view->target = klp_arm_patch_target(record->patch);
	for (i = 0; i < record->object_count; i++)
		record->objects[i].views[side] =
			(struct klp_arm_object_view) { .gone = true };
	for (i = 0; i < record->func_count; i++)
		record->funcs[i].views[side].gone = true;
}

/* What was left as it is, since it is freed: klp_arm_redirect_leave_out(). */
static u32 klp_arm_count_unpatched(struct klp_object *obj)
{
	struct klp_func *func;
	u32 count = 0;

	klp_for_each_func(obj, func)
		if (obj->patched && !func->patched && !func->nop)
			count++;

	return count;
}

static u32 klp_arm_view_funcs(struct klp_arm_record *record, u32 next,
			      struct klp_object *obj, unsigned int side)
{
	struct klp_func *func;

	klp_for_each_func(obj, func) {
		while (next < record->func_count &&
		       record->funcs[next].func != func)
			next++;
		if (WARN_ON_ONCE(next == record->func_count))
			break;
		klp_arm_view_func(&record->funcs[next++].views[side], obj,
				  func);
		record->views[side].funcs++;
	}

	return next;
}

/*
 * Go through the entries beside the core's lists, which have the same order. The
 * core takes nops away, all at once, and never adds any: what it does not have
 * any more is gone.
 */
static void klp_arm_view_record(struct klp_arm_record *record,
				unsigned int side)
{
	struct klp_arm_patch_view *view = &record->views[side];
	struct klp_arm_object_view *object;
	u32 next = 0, next_func = 0;
	struct klp_object *obj;

	klp_arm_begin_views(record, side);
	klp_for_each_object(record->patch, obj) {
		while (next < record->object_count &&
		       record->objects[next].obj != obj)
			next++;
		if (WARN_ON_ONCE(next == record->object_count))
			break;
		object = &record->objects[next++].views[side];
		object->gone = false;
		object->left_out = klp_arch_object_left_out(obj);
		object->loaded = klp_is_object_loaded(obj) || object->left_out;
		object->funcs = view->funcs;
		next_func = klp_arm_view_funcs(record, next_func, obj, side);
		object->funcs = view->funcs - object->funcs;
		object->unpatched = klp_arm_count_unpatched(obj);
		object->patched = obj->patched &&
				  object->unpatched < object->funcs;
		view->objects++;
	}
}

/**
 * klp_arm_model_prepare() - fill all hidden views
 * @added: a patch that is to be listed, or NULL
 *
 * Context: klp_mutex held.
 */
void klp_arm_model_prepare(struct klp_arm_record *added)
{
	unsigned int hidden = !klp_arm_shown();
	struct klp_arm_record *record;
	u64 from;

	lockdep_assert_held(&klp_mutex);

	for (from = 0; (record = klp_arm_record_from(from));
	     from = record->id + 1)
		klp_arm_view_record(record, hidden);
	if (added)
		klp_arm_view_record(added, hidden);
}
