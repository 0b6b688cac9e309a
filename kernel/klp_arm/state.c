// SPDX-License-Identifier: GPL-2.0
/*
 * state.c - follow what the livepatch core does with patches.
 *
 * The core calls the hooks of <linux/klp_arm.h> with klp_mutex held, wherever
 * something changes that a reader can see. Each hook shows readers the state after
 * the change, and tells listeners then. Nothing here is called from
 * klp_ftrace_handler() or while a task is switched, so reporting costs a patched
 * call nothing.
 */

#include <linux/klp_arm.h>
#include <linux/lockdep.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include "../livepatch/core.h"
#include "event.h"
#include "state.h"
#include "transition.h"

/**
 * klp_arm_state_changed() - show readers what the core does now
 *
 * Hook of the livepatch core, under klp_mutex.
 */
void klp_arm_state_changed(void)
{
	klp_arm_model_prepare(NULL);
	klp_arm_model_lock();
	klp_arm_model_show();
	klp_arm_model_unlock();
}

/**
 * klp_arm_patch_added() - note a patch that is put on klp_patches
 * @patch: the patch
 *
 * Hook of the livepatch core, under klp_mutex.
 *
 * Return: 0, or -ENOMEM, and then the patch must not be enabled.
 */
int klp_arm_patch_added(struct klp_patch *patch)
{
	struct klp_arm_record *record;

	record = klp_arm_record_alloc(patch);
	if (!record)
		return -ENOMEM;

	klp_arm_actor_set(&record->loaded);
	klp_arm_model_prepare(record);
	klp_arm_model_lock();
	klp_arm_model_show();
	klp_arm_record_list(record);
	klp_arm_model_unlock();
	klp_arm_event_patch(KLP_ARM_EVENT_KIND_PATCH_ADDED, record);

	return 0;
}

/**
 * klp_arm_patch_removed() - note a patch that is taken off klp_patches
 * @patch: the patch; one that klp_arm_patch_added() never saw is ignored
 *
 * Hook of the livepatch core, under klp_mutex. The module of the patch may go as
 * soon as it returns, with the names and counters that readers found by the
 * record.
 */
void klp_arm_patch_removed(struct klp_patch *patch)
{
	struct klp_arm_record *record = klp_arm_find_record(patch);

	if (!record)
		return;

	klp_arm_model_prepare(NULL);
	klp_arm_model_lock();
	klp_arm_model_show();
	klp_arm_record_unlist(record);
	klp_arm_model_unlock();
	klp_arm_event_patch(KLP_ARM_EVENT_KIND_PATCH_REMOVED, record);
	klp_arm_record_free(record);
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
 * Hook of the livepatch core, under klp_mutex. The module may go as soon as it
 * returns: readers look at its calls only while a view says that its funcs are
 * patched, and under klp_arm_model_lock().
 */
void klp_arm_module_going(struct module *mod)
{
	klp_arm_module_changed(KLP_ARM_EVENT_KIND_MODULE_GOING, mod);
}

/**
 * klp_arm_patch_state() - tell what the core does with a patch
 * @record: the patch
 *
 * Return: its state.
 */
enum klp_arm_patch_state
klp_arm_patch_state(const struct klp_arm_record *record)
{
	enum klp_arm_direction direction;

	if (klp_arm_is_running(record->patch, &direction))
		return direction == KLP_ARM_DIRECTION_PATCHING ?
		       KLP_ARM_PATCH_STATE_ENABLING :
		       KLP_ARM_PATCH_STATE_DISABLING;

	return record->views[klp_arm_shown()].enabled ?
	       KLP_ARM_PATCH_STATE_ENABLED : KLP_ARM_PATCH_STATE_DISABLED;
}

/**
 * klp_arm_core_busy() - tell whether the core may be in the middle of a change
 *
 * It holds klp_mutex while it asks tasks to switch, while a callback of a patch
 * runs, and while it waits for a grace period. The model is that of its last
 * hook then.
 *
 * Return: whether it is, at this moment.
 */
bool klp_arm_core_busy(void)
{
	return mutex_is_locked(&klp_mutex);
}
