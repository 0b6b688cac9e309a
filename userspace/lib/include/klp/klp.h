/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * klp.h - libklp: the state of live patches on 32-bit ARM Linux
 *
 * Functions that can fail return 0 or a negative errno, and the context keeps
 * a text that says more, in the kernel's own words where the kernel gave any.
 * The library never prints, starts no thread, has no global state and keeps
 * its descriptors close-on-exec. A context, and what was made with it, belong
 * to one thread at a time.
 *
 * -EOPNOTSUPP always means that this kernel cannot answer: it has no klp_arm
 * netlink family, or not that request. Any user may ask. Attributes for the
 * privileged are left out of other users' answers; see klp_func_has().
 *
 * Names are bytes as the kernel has them, without a NUL inside. They may hold
 * quotes, control characters and bytes that are not UTF-8.
 */
#ifndef KLP_KLP_H
#define KLP_KLP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KLP_VERSION_MAJOR 1
#define KLP_VERSION_MINOR 0
#define KLP_VERSION_PATCH 0
#define KLP_VERSION_STRING "1.0.0"

#ifndef KLP_EXPORT
#define KLP_EXPORT __attribute__((visibility("default")))
#endif

struct klp_ctx;
struct klp_patch;
struct klp_patch_list;
struct klp_object;
struct klp_func;
struct klp_func_list;
struct klp_transition;
struct klp_info;
struct klp_snapshot;

/**
 * enum klp_patch_state - What the kernel does with a patch.
 * @KLP_PATCH_DISABLED: No task runs the patch.
 * @KLP_PATCH_ENABLING: Tasks are being switched to the patch.
 * @KLP_PATCH_ENABLED: Every task runs the patch.
 * @KLP_PATCH_DISABLING: Tasks are being switched away from the patch.
 *
 * This and the other enums may grow: a program must expect unknown values.
 *
 * Since: 1.0
 */
enum klp_patch_state {
	KLP_PATCH_DISABLED,
	KLP_PATCH_ENABLING,
	KLP_PATCH_ENABLED,
	KLP_PATCH_DISABLING,
};

/**
 * enum klp_func_state - What the kernel does with one replaced function.
 * @KLP_FUNC_UNPATCHED: No call is redirected.
 * @KLP_FUNC_PATCHING: Calls by switched tasks are redirected.
 * @KLP_FUNC_PATCHED: Every call is redirected, unless a later patch is on top.
 * @KLP_FUNC_UNPATCHING: Calls by tasks not yet switched are still redirected.
 * @KLP_FUNC_TARGET_NOT_LOADED: The module with the function is not loaded.
 *
 * Since: 1.0
 */
enum klp_func_state {
	KLP_FUNC_UNPATCHED,
	KLP_FUNC_PATCHING,
	KLP_FUNC_PATCHED,
	KLP_FUNC_UNPATCHING,
	KLP_FUNC_TARGET_NOT_LOADED,
};

/**
 * enum klp_direction - Where a transition takes the tasks.
 * @KLP_DIRECTION_PATCHING: To the new functions of the patch.
 * @KLP_DIRECTION_UNPATCHING: To what ran before the patch.
 *
 * Since: 1.0
 */
enum klp_direction {
	KLP_DIRECTION_PATCHING,
	KLP_DIRECTION_UNPATCHING,
};

/**
 * enum klp_entry_method - Which compiler support redirects functions.
 * @KLP_ENTRY_MCOUNT: The call that -pg puts after the prologue.
 * @KLP_ENTRY_PATCHABLE: Nops that -fpatchable-function-entry puts before it.
 *
 * Since: 1.0
 */
enum klp_entry_method {
	KLP_ENTRY_MCOUNT,
	KLP_ENTRY_PATCHABLE,
};

/**
 * enum klp_entry_path - How a call reaches the replacement now.
 * @KLP_PATH_DIRECT: By a trampoline of its own, without C code.
 * @KLP_PATH_HANDLER: By a trampoline of its own that calls the handler.
 * @KLP_PATH_SHARED: By the trampoline that all users of ftrace share.
 *
 * Since: 1.0
 */
enum klp_entry_path {
	KLP_PATH_DIRECT,
	KLP_PATH_HANDLER,
	KLP_PATH_SHARED,
};

/**
 * enum klp_unwinder - What the reliable stack walk is made from.
 * @KLP_UNWINDER_EHABI: Unwind tables of the ARM exception handling ABI.
 * @KLP_UNWINDER_FRAME_POINTER: Frame records.
 *
 * Since: 1.0
 */
enum klp_unwinder {
	KLP_UNWINDER_EHABI,
	KLP_UNWINDER_FRAME_POINTER,
};

/**
 * enum klp_func_field - A func's attributes that may be absent.
 * @KLP_FUNC_FIELD_ENTRY_PATH: Absent when calls are not redirected.
 * @KLP_FUNC_FIELD_OLD_ADDR: For CAP_SYS_ADMIN only, like all that follow.
 * @KLP_FUNC_FIELD_OLD_SIZE: Absent when the target is not loaded.
 * @KLP_FUNC_FIELD_NEW_ADDR: Absent when there is no replacement.
 * @KLP_FUNC_FIELD_NEW_SIZE: Absent when there is no replacement.
 * @KLP_FUNC_FIELD_SP_DELTA: Absent when calls are not redirected.
 * @KLP_FUNC_FIELD_RESTORED: Absent when calls are not redirected.
 *
 * Since: 1.0
 */
enum klp_func_field {
	KLP_FUNC_FIELD_ENTRY_PATH,
	KLP_FUNC_FIELD_OLD_ADDR,
	KLP_FUNC_FIELD_OLD_SIZE,
	KLP_FUNC_FIELD_NEW_ADDR,
	KLP_FUNC_FIELD_NEW_SIZE,
	KLP_FUNC_FIELD_SP_DELTA,
	KLP_FUNC_FIELD_RESTORED,
};

/**
 * klp_version() - The version of the library that is running.
 *
 * KLP_VERSION_STRING is the one that was compiled against.
 *
 * Return: a constant string, "MAJOR.MINOR.PATCH".
 * Since: 1.0
 */
KLP_EXPORT const char *klp_version(void);

/**
 * klp_ctx_new() - Make a context.
 * @ctx: receives the context, for klp_ctx_free(); NULL on error
 *
 * Opens nothing: the kernel is first spoken to when it is first asked.
 *
 * Return: 0, or -ENOMEM.
 * Since: 1.0
 */
KLP_EXPORT int klp_ctx_new(struct klp_ctx **ctx);

/**
 * klp_ctx_free() - Close and free a context.
 * @ctx: the context, or NULL
 *
 * Lists and snapshots made with it stay valid.
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_ctx_free(struct klp_ctx *ctx);

/**
 * klp_last_error() - Why the last call with this context failed.
 * @ctx: the context
 *
 * Return: one line without a newline, empty if nothing failed; it belongs to
 * the context and lasts until the next call with it.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_last_error(const struct klp_ctx *ctx);

/**
 * klp_snapshot_get() - Read everything, as it was at one moment.
 * @ctx: the context
 * @snapshot: receives the snapshot, for klp_snapshot_free(); NULL on error
 *
 * Repeats what was overtaken by a change, a bounded number of times.
 *
 * Return: 0; -EOPNOTSUPP; -EAGAIN if the state kept changing; -ENOMEM;
 * -EBADMSG if the answer makes no sense; -ETIMEDOUT if there was none; or
 * another negative errno of the kernel's. The other klp_*_get() calls return
 * the same.
 * Since: 1.0
 */
KLP_EXPORT int klp_snapshot_get(struct klp_ctx *ctx,
				struct klp_snapshot **snapshot);

/**
 * klp_snapshot_free() - Free a snapshot and all that its getters returned.
 * @snapshot: the snapshot, or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_snapshot_free(struct klp_snapshot *snapshot);

/**
 * klp_snapshot_info() - What the kernel's live patching is made of.
 * @snapshot: the snapshot, which owns what this and its siblings return
 *
 * Return: never NULL.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_info *
klp_snapshot_info(const struct klp_snapshot *snapshot);

/**
 * klp_snapshot_patches() - All patches, in the order of their loading.
 * @snapshot: the snapshot
 *
 * Return: never NULL, but may be empty.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_patch_list *
klp_snapshot_patches(const struct klp_snapshot *snapshot);

/**
 * klp_snapshot_funcs() - The functions of all patches.
 * @snapshot: the snapshot
 *
 * Return: never NULL, but may be empty.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_func_list *
klp_snapshot_funcs(const struct klp_snapshot *snapshot);

/**
 * klp_snapshot_transition() - The transition that is under way.
 * @snapshot: the snapshot
 *
 * Return: the transition, or NULL when there is none.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_transition *
klp_snapshot_transition(const struct klp_snapshot *snapshot);

/**
 * klp_patch_list_get() - Read the patches that are enabled or in transition.
 * @ctx: the context
 * @name: one patch, or NULL for all
 * @list: receives the list, for klp_patch_list_free(); NULL on error
 *
 * A list of all may be empty. The kernel forgets a patch once it is disabled.
 *
 * Return: as klp_snapshot_get(), and -ENOENT if there is no patch @name.
 * Since: 1.0
 */
KLP_EXPORT int klp_patch_list_get(struct klp_ctx *ctx, const char *name,
				  struct klp_patch_list **list);

/**
 * klp_patch_list_free() - Free a list and its patches.
 * @list: a list of klp_patch_list_get(), or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_patch_list_free(struct klp_patch_list *list);

/**
 * klp_patch_list_count() - How many patches a list has.
 * @list: the list
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT size_t klp_patch_list_count(const struct klp_patch_list *list);

/**
 * klp_patch_list_at() - A patch of a list.
 * @list: the list, which owns the patch
 * @index: from 0
 *
 * Return: the patch, or NULL behind the end.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_patch *
klp_patch_list_at(const struct klp_patch_list *list, size_t index);

/**
 * klp_patch_name() - The name of a patch, which is that of its module.
 * @patch: the patch, which owns the string
 *
 * Return: never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_patch_name(const struct klp_patch *patch);

/**
 * klp_patch_id() - The number of this load of the patch.
 * @patch: the patch
 *
 * Return: a number that rises from load to load and is never used again.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_patch_id(const struct klp_patch *patch);

/**
 * klp_patch_state() - What the kernel does with the patch.
 * @patch: the patch
 *
 * Return: the state.
 * Since: 1.0
 */
KLP_EXPORT enum klp_patch_state klp_patch_state(const struct klp_patch *patch);

/**
 * klp_patch_replace() - Does the patch replace all earlier ones?
 * @patch: the patch
 *
 * Return: true if so.
 * Since: 1.0
 */
KLP_EXPORT bool klp_patch_replace(const struct klp_patch *patch);

/**
 * klp_patch_forced() - Was the patch part of a forced transition?
 * @patch: the patch
 *
 * Return: true if so; its module can then never be removed.
 * Since: 1.0
 */
KLP_EXPORT bool klp_patch_forced(const struct klp_patch *patch);

/**
 * klp_patch_func_count() - How many functions the patch changes.
 * @patch: the patch
 *
 * Return: the number, over all objects.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_patch_func_count(const struct klp_patch *patch);

/**
 * klp_patch_object_count() - How many objects the patch changes.
 * @patch: the patch
 *
 * Return: the number, which is higher than klp_patch_objects_listed() for a
 * patch with more objects than the kernel lists in one message.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_patch_object_count(const struct klp_patch *patch);

/**
 * klp_patch_objects_listed() - How many objects klp_patch_object_at() has.
 * @patch: the patch
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT size_t klp_patch_objects_listed(const struct klp_patch *patch);

/**
 * klp_patch_object_at() - An object that a patch changes.
 * @patch: the patch, which owns the object
 * @index: from 0
 *
 * Return: the object, or NULL behind the end.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_object *
klp_patch_object_at(const struct klp_patch *patch, size_t index);

/**
 * klp_object_name() - The name of an object.
 * @object: the object, which owns the string
 *
 * Return: the name of a module, or "vmlinux"; never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_object_name(const struct klp_object *object);

/**
 * klp_object_patched() - Are the functions of the object redirected?
 * @object: the object
 *
 * Return: true if so.
 * Since: 1.0
 */
KLP_EXPORT bool klp_object_patched(const struct klp_object *object);

/**
 * klp_object_loaded() - Is the object in memory?
 * @object: the object
 *
 * Return: true if so, and always for vmlinux.
 * Since: 1.0
 */
KLP_EXPORT bool klp_object_loaded(const struct klp_object *object);

/**
 * klp_object_func_count() - How many of its functions the patch changes.
 * @object: the object
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_object_func_count(const struct klp_object *object);

/**
 * klp_func_list_get() - Read the functions that patches replace.
 * @ctx: the context
 * @patch: those of one patch, or NULL for those of all
 * @list: receives the list, for klp_func_list_free(); NULL on error
 *
 * Return: as klp_snapshot_get(), and -ENOENT if there is no patch @patch.
 * Since: 1.0
 */
KLP_EXPORT int klp_func_list_get(struct klp_ctx *ctx, const char *patch,
				 struct klp_func_list **list);

/**
 * klp_func_list_free() - Free a list and its functions.
 * @list: a list of klp_func_list_get(), or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_func_list_free(struct klp_func_list *list);

/**
 * klp_func_list_count() - How many functions a list has.
 * @list: the list
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT size_t klp_func_list_count(const struct klp_func_list *list);

/**
 * klp_func_list_at() - A function of a list.
 * @list: the list, which owns the function
 * @index: from 0
 *
 * Return: the function, or NULL behind the end.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_func *
klp_func_list_at(const struct klp_func_list *list, size_t index);

/**
 * klp_func_patch() - The name of the patch that a func belongs to.
 * @func: the func, which owns the string
 *
 * Return: never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_func_patch(const struct klp_func *func);

/**
 * klp_func_patch_id() - The number of the load of that patch.
 * @func: the func
 *
 * Return: what klp_patch_id() returns for the patch.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_func_patch_id(const struct klp_func *func);

/**
 * klp_func_object() - The object that has the function.
 * @func: the func, which owns the string
 *
 * Return: the name of a module, or "vmlinux"; never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_func_object(const struct klp_func *func);

/**
 * klp_func_name() - The name of the function that is replaced.
 * @func: the func, which owns the string
 *
 * Return: never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_func_name(const struct klp_func *func);

/**
 * klp_func_sympos() - Which of several symbols of this name it is.
 * @func: the func
 *
 * Return: the position in the object, from 1.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_func_sympos(const struct klp_func *func);

/**
 * klp_func_state() - What the kernel does with the func.
 * @func: the func
 *
 * Return: the state.
 * Since: 1.0
 */
KLP_EXPORT enum klp_func_state klp_func_state(const struct klp_func *func);

/**
 * klp_func_active() - Does this func run when the function is called?
 * @func: the func
 *
 * Return: true if so, for a task that has switched.
 * Since: 1.0
 */
KLP_EXPORT bool klp_func_active(const struct klp_func *func);

/**
 * klp_func_active_patch() - Whose func runs when the function is called.
 * @func: the func, which owns the string
 *
 * Return: the patch's name, or NULL when that is the original function.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_func_active_patch(const struct klp_func *func);

/**
 * klp_func_nop() - Did the kernel make this func, to bring the original back?
 * @func: the func
 *
 * Return: true if so; such funcs belong to patches that replace others.
 * Since: 1.0
 */
KLP_EXPORT bool klp_func_nop(const struct klp_func *func);

/**
 * klp_func_has() - Did the kernel give this attribute?
 * @func: the func
 * @field: the attribute
 *
 * Return: true if so.
 * Since: 1.0
 */
KLP_EXPORT bool klp_func_has(const struct klp_func *func,
			     enum klp_func_field field);

/**
 * klp_func_value() - The value of an attribute that may be absent.
 * @func: the func
 * @field: the attribute
 *
 * KLP_FUNC_FIELD_ENTRY_PATH has a value of enum klp_entry_path; addresses and
 * sizes are in bytes; KLP_FUNC_FIELD_SP_DELTA is the bytes by which the
 * prologue lowers the stack pointer and the redirect raises it again;
 * KLP_FUNC_FIELD_RESTORED is a mask of registers that the redirect reloads,
 * bit n for rn.
 *
 * Return: the value, 0 if it is absent.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_func_value(const struct klp_func *func,
				   enum klp_func_field field);

/**
 * klp_transition_get() - Read the transition that is under way.
 * @ctx: the context
 * @transition: receives the transition, for klp_transition_free(); NULL on
 *   error, and when no transition is under way
 *
 * Return: as klp_snapshot_get().
 * Since: 1.0
 */
KLP_EXPORT int klp_transition_get(struct klp_ctx *ctx,
				  struct klp_transition **transition);

/**
 * klp_transition_free() - Free a transition.
 * @transition: what klp_transition_get() gave, or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_transition_free(struct klp_transition *transition);

/**
 * klp_transition_patch() - The name of the patch in transition.
 * @transition: the transition, which owns the string
 *
 * Return: never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *
klp_transition_patch(const struct klp_transition *transition);

/**
 * klp_transition_patch_id() - The number of the load of that patch.
 * @transition: the transition
 *
 * Return: what klp_patch_id() returns for the patch.
 * Since: 1.0
 */
KLP_EXPORT uint64_t
klp_transition_patch_id(const struct klp_transition *transition);

/**
 * klp_transition_direction() - Where the tasks are taken.
 * @transition: the transition
 *
 * Return: the direction.
 * Since: 1.0
 */
KLP_EXPORT enum klp_direction
klp_transition_direction(const struct klp_transition *transition);

/**
 * klp_transition_started() - When the transition started, monotonic clock.
 * @transition: the transition
 *
 * Return: nanoseconds of CLOCK_MONOTONIC.
 * Since: 1.0
 */
KLP_EXPORT uint64_t
klp_transition_started(const struct klp_transition *transition);

/**
 * klp_transition_started_real() - When the transition started, wall clock.
 * @transition: the transition
 *
 * Return: nanoseconds since 1970, of CLOCK_REALTIME.
 * Since: 1.0
 */
KLP_EXPORT uint64_t
klp_transition_started_real(const struct klp_transition *transition);

/**
 * klp_transition_elapsed_ms() - How long the transition has run.
 * @transition: the transition
 *
 * Return: milliseconds. A reversal does not start it again.
 * Since: 1.0
 */
KLP_EXPORT uint64_t
klp_transition_elapsed_ms(const struct klp_transition *transition);

/**
 * klp_transition_tasks_total() - How many tasks the transition is about.
 * @transition: the transition
 *
 * Return: the number, with the idle tasks of CPUs that are online.
 * Since: 1.0
 */
KLP_EXPORT uint32_t
klp_transition_tasks_total(const struct klp_transition *transition);

/**
 * klp_transition_tasks_switched() - How many tasks have been switched.
 * @transition: the transition
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t
klp_transition_tasks_switched(const struct klp_transition *transition);

/**
 * klp_transition_tasks_remaining() - How many tasks it still waits for.
 * @transition: the transition
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t
klp_transition_tasks_remaining(const struct klp_transition *transition);

/**
 * klp_transition_forced() - Were the remaining tasks switched by force?
 * @transition: the transition
 *
 * Return: true if so.
 * Since: 1.0
 */
KLP_EXPORT bool klp_transition_forced(const struct klp_transition *transition);

/**
 * klp_transition_reversed() - Has the transition turned round on its way?
 * @transition: the transition
 *
 * Return: true if it now goes another way than it started.
 * Since: 1.0
 */
KLP_EXPORT bool
klp_transition_reversed(const struct klp_transition *transition);

/**
 * klp_info_get() - Read what the kernel's live patching is made of.
 * @ctx: the context
 * @info: receives it, for klp_info_free(); NULL on error
 *
 * The cheapest way to learn whether this kernel can be asked at all.
 *
 * Return: as klp_snapshot_get().
 * Since: 1.0
 */
KLP_EXPORT int klp_info_get(struct klp_ctx *ctx, struct klp_info **info);

/**
 * klp_info_free() - Free what klp_info_get() gave.
 * @info: the info, or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_info_free(struct klp_info *info);

/**
 * klp_info_arch() - The architecture of the kernel.
 * @info: the info, which owns the string
 *
 * Return: "arm".
 * Since: 1.0
 */
KLP_EXPORT const char *klp_info_arch(const struct klp_info *info);

/**
 * klp_info_entry() - Which compiler support redirects functions.
 * @info: the info
 *
 * Return: the entry method.
 * Since: 1.0
 */
KLP_EXPORT enum klp_entry_method klp_info_entry(const struct klp_info *info);

/**
 * klp_info_unwinder() - What the reliable stack walk is made from.
 * @info: the info
 *
 * Return: the unwinder.
 * Since: 1.0
 */
KLP_EXPORT enum klp_unwinder klp_info_unwinder(const struct klp_info *info);

/**
 * klp_patch_state_name() - The name of a state, as the netlink spec has it.
 * @state: the state
 *
 * Return: a constant string, "unknown" for a value that this library does not
 * know. So do the other klp_*_name() functions of enums.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_patch_state_name(enum klp_patch_state state);

/**
 * klp_func_state_name() - The name of a func's state.
 * @state: the state
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_func_state_name(enum klp_func_state state);

/**
 * klp_direction_name() - The name of a direction.
 * @direction: the direction
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_direction_name(enum klp_direction direction);

/**
 * klp_entry_method_name() - The name of an entry method.
 * @method: the entry method
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_entry_method_name(enum klp_entry_method method);

/**
 * klp_entry_path_name() - The name of an entry path.
 * @path: the entry path
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_entry_path_name(enum klp_entry_path path);

/**
 * klp_unwinder_name() - The name of an unwinder.
 * @unwinder: the unwinder
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_unwinder_name(enum klp_unwinder unwinder);

#ifdef __cplusplus
}
#endif

#endif /* KLP_KLP_H */
