/* SPDX-License-Identifier: GPL-2.0 */
/*
 * state.h - read-only view of the livepatch core, for the reporter.
 *
 * Everything here is called with klp_mutex held, and what is returned is valid
 * until it is dropped.
 */
#ifndef _KLP_ARM_STATE_H
#define _KLP_ARM_STATE_H

#include <linux/livepatch.h>
#include <uapi/linux/klp_arm.h>
#include "actor.h"
#include "prologue.h"

/**
 * struct klp_arm_pos - a place among all funcs that survives changes
 * @patch: id of the patch, see klp_arm_patch_from()
 * @object: index of the object in the patch
 * @func: index of the func in the object
 */
struct klp_arm_pos {
	u64 patch;
	u32 object;
	u32 func;
};

/**
 * struct klp_arm_place - a func with all that it belongs to
 * @patch_id: number of the load of @patch
 * @patch: the patch
 * @obj: the object in @patch
 * @func: the func in @obj
 */
struct klp_arm_place {
	u64 patch_id;
	struct klp_patch *patch;
	struct klp_object *obj;
	struct klp_func *func;
};

/**
 * struct klp_arm_record - stands beside a patch while that is in klp_patches
 * @node: in the order of klp_patches
 * @patch: the patch
 * @id: number of the load of @patch
 * @loaded: it was added
 * @changed: its last transition was started or turned round
 * @forced: a transition of it was forced
 */
struct klp_arm_record {
	struct list_head node;
	struct klp_patch *patch;
	u64 id;
	struct klp_arm_actor loaded, changed, forced;
};

u32 klp_arm_generation(void);
struct klp_patch *klp_arm_patch_from(u64 from, u64 *id);
int klp_arm_walk_funcs(struct klp_arm_pos *pos,
		       int (*fn)(const struct klp_arm_place *place, void *arg),
		       void *arg);
const char *klp_arm_object_name(const struct klp_object *obj);
enum klp_arm_patch_state klp_arm_patch_state(const struct klp_patch *patch);
enum klp_arm_func_state klp_arm_func_state(struct klp_object *obj,
					   const struct klp_func *func);
struct klp_func *klp_arm_active_func(const struct klp_func *func);
enum klp_arm_entry_path klp_arm_func_entry_path(const struct klp_func *func);
const struct klp_arm_recipe *klp_arm_func_recipe(const struct klp_func *func);
struct klp_patch *klp_arm_func_patch(const struct klp_func *func);
struct klp_arm_record *klp_arm_find_record(const struct klp_patch *patch);

#endif /* _KLP_ARM_STATE_H */
