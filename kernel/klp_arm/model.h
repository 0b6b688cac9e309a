/* SPDX-License-Identifier: GPL-2.0 */
/*
 * model.h - what the reporter knows of the livepatch core.
 *
 * Readers never wait for the core: callbacks of patches run under klp_mutex and
 * take as long as they like. The hooks of <linux/klp_arm.h>, which the core
 * calls under klp_mutex, keep this model current, and readers take
 * klp_arm_model_lock() only.
 *
 * What changes is kept twice. A hook fills the hidden views without the lock,
 * however many there are, and then shows all of them at once under it. So the
 * lock is held for a message or for a few assignments, never for a loop over
 * functions, and each generation is a state that the core was in.
 */
#ifndef _KLP_ARM_MODEL_H
#define _KLP_ARM_MODEL_H

#include <linux/list.h>
#include <linux/livepatch.h>
#include <uapi/linux/klp_arm.h>
#include "actor.h"
#include "site.h"

/**
 * struct klp_arm_func_view - what the core does with a func
 * @old_addr: the function, 0 while its object is not loaded
 * @old_size: its bytes
 * @new_addr: the replacement
 * @site: the tracing call; to be read only while @patched
 * @sp_delta: bytes of frame that the redirect gives up; only if @redirected
 * @restore: registers that it reloads; only if @redirected
 * @active_id: load of the patch whose func a switched task runs, 0 if it runs the
 *	       original function
 * @state: what the core does with it
 * @active: it is the func that a switched task runs
 * @patched: it is among the funcs of its function
 * @redirected: calls of its function are redirected, by this or by another func
 * @gone: it was a nop, and the core has freed it
 */
struct klp_arm_func_view {
	unsigned long old_addr, old_size, new_addr;
	struct klp_arm_site_view site;
	u32 sp_delta, restore;
	u64 active_id;
	enum klp_arm_func_state state;
	bool active, patched, redirected, gone;
};

/**
 * struct klp_arm_func_entry - a func of a patch
 * @func: the core's own; only its counter is read, and only if it is not a nop
 * @name: of the function
 * @object: index of its object
 * @sympos: position of the function among its name, from 1
 * @new_size: bytes of the replacement, 0 if that is not known
 * @nop: brings back the original function; the core frees it before the patch
 * @views: one is shown, one is hidden
 */
struct klp_arm_func_entry {
	const struct klp_func *func;
	const char *name;
	u32 object, sympos, new_size;
	bool nop;
	struct klp_arm_func_view views[2];
};

/**
 * struct klp_arm_object_view - what the core does with an object
 * @funcs: how many it has
 * @unpatched: how many of them it was applied without
 * @loaded: it is in memory
 * @patched: its other functions are redirected, and there are some
 * @left_out: its module is loaded from another build, and does without it
 * @gone: it had nops only, and the core has freed it
 */
struct klp_arm_object_view {
	u32 funcs, unpatched;
	bool loaded, patched, left_out, gone;
};

/**
 * struct klp_arm_object_entry - an object of a patch
 * @obj: the core's own, which readers do not follow
 * @name: of the module, or "vmlinux"
 * @views: one is shown, one is hidden
 */
struct klp_arm_object_entry {
	const struct klp_object *obj;
	const char *name;
	struct klp_arm_object_view views[2];
};

/**
 * struct klp_arm_patch_view - what the core does with a patch
 * @objects: how many it has
 * @funcs: how many these have
 * @target: whether it is for the build that is running
 * @enabled: the core's flag
 * @forced: the core's flag
 */
struct klp_arm_patch_view {
	u32 objects, funcs;
	enum klp_arm_target target;
	bool enabled, forced;
};

/**
 * struct klp_arm_record - a patch in klp_patches
 * @node: in the order of klp_patches
 * @patch: the core's own, which readers do not follow
 * @mod: its module, which stays while the record is listed
 * @id: number of this load of the patch
 * @replace: it replaces all earlier patches
 * @loaded: it was added
 * @changed: its last transition was started or turned round
 * @forced: a transition of it was forced
 * @objects: its objects, in the order of the core
 * @funcs: their funcs, in the order of the core
 * @object_count: how many @objects there are
 * @func_count: how many @funcs there are
 * @names: names of what the core frees before the patch
 * @views: one is shown, one is hidden
 */
struct klp_arm_record {
	struct list_head node;
	struct klp_patch *patch;
	const struct module *mod;
	u64 id;
	bool replace;
	struct klp_arm_actor loaded, changed, forced;
	struct klp_arm_object_entry *objects;
	struct klp_arm_func_entry *funcs;
	u32 object_count, func_count;
	char *names;
	struct klp_arm_patch_view views[2];
};

/**
 * struct klp_arm_pos - a place in a dump that survives changes
 * @patch: id of the patch
 * @func: index of the func in the patch, or of the entry that tells what it fixes
 */
struct klp_arm_pos {
	u64 patch;
	u32 func;
};

/**
 * struct klp_arm_place - a func with all that it belongs to
 * @record: the patch
 * @object: the object in it
 * @func: the func
 * @view: what is shown of @func
 */
struct klp_arm_place {
	const struct klp_arm_record *record;
	const struct klp_arm_object_entry *object;
	const struct klp_arm_func_entry *func;
	const struct klp_arm_func_view *view;
};

/* For readers. */
void klp_arm_model_lock(void);
void klp_arm_model_unlock(void);
void klp_arm_model_assert_stable(void);
u32 klp_arm_generation(void);
unsigned int klp_arm_shown(void);
u32 klp_arm_count_records(void);
struct klp_arm_record *klp_arm_record_from(u64 from);
struct klp_arm_record *klp_arm_record_named(const char *name);
bool klp_arm_func_at(struct klp_arm_pos *pos, struct klp_arm_place *place);

/* For hooks, under klp_mutex. */
struct klp_arm_record *klp_arm_find_record(const struct klp_patch *patch);
struct klp_arm_record *klp_arm_record_alloc(struct klp_patch *patch);
void klp_arm_record_free(struct klp_arm_record *record);
void klp_arm_model_prepare(struct klp_arm_record *added);
void klp_arm_model_show(void);
void klp_arm_record_list(struct klp_arm_record *record);
void klp_arm_record_unlist(struct klp_arm_record *record);

#endif /* _KLP_ARM_MODEL_H */
