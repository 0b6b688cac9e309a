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
 * reporter, or not that request. -EPERM means that this process may not ask: a
 * network namespace other than the initial one does not show the kernel's
 * netlink family, and a filter of system calls may deny netlink. Where neither
 * netlink nor /sys/kernel tells which of the two it is, it is -EPERM, and
 * klp_last_error() says so. Any user may ask. Attributes for the
 * privileged are left out of other users' answers; see klp_func_has().
 * klp_patch_set(), klp_counter_set() and klp_failure_clear() change something,
 * and need CAP_SYS_ADMIN.
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
struct klp_actor;
struct klp_blocker;
struct klp_blocker_list;
struct klp_event;
struct klp_events;
struct klp_failure;
struct klp_failure_list;
struct klp_history;
struct klp_history_list;
struct klp_code;
struct klp_verdict;
struct klp_verdict_list;
struct klp_patch;
struct klp_patch_list;
struct klp_object;
struct klp_fix;
struct klp_fix_list;
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
 * @KLP_FUNC_FIELD_NEW_SIZE: Absent when there is no replacement, or when its
 *   module does not tell.
 * @KLP_FUNC_FIELD_SP_DELTA: Absent when calls are not redirected.
 * @KLP_FUNC_FIELD_RESTORED: Absent when calls are not redirected.
 * @KLP_FUNC_FIELD_HITS: Told to everyone, once redirected calls were counted.
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
	KLP_FUNC_FIELD_HITS,
};

/**
 * enum klp_blocker_reason - Why a task did not switch when it was asked.
 * @KLP_BLOCKER_RUNNING: It was running on a CPU.
 * @KLP_BLOCKER_SLEEPING_ON_FUNC: A function that changes is on its stack.
 * @KLP_BLOCKER_UNRELIABLE_STACK: Its stack could not be walked to the end.
 * @KLP_BLOCKER_IDLE: It is the idle task of a CPU that has not been through
 *   its loop.
 *
 * Since: 1.0
 */
enum klp_blocker_reason {
	KLP_BLOCKER_RUNNING,
	KLP_BLOCKER_SLEEPING_ON_FUNC,
	KLP_BLOCKER_UNRELIABLE_STACK,
	KLP_BLOCKER_IDLE,
};

/**
 * enum klp_stack_reason - Why the reliable stack walk gave up.
 * @KLP_STACK_RELIABLE: It did not.
 * @KLP_STACK_OUT_OF_BOUNDS: The stack pointer left the stack, or fell.
 * @KLP_STACK_EXCEPTION_FRAME: The task was preempted or interrupted in the
 *   kernel, or it is in a page fault that cannot be walked through. What is
 *   behind is told as frames that are not reliable.
 * @KLP_STACK_NOT_TEXT: A return address was not one of kernel code.
 * @KLP_STACK_TRAMPOLINE: Code of a tracer whose caller is not known.
 * @KLP_STACK_NO_UNWIND_DATA: Nothing is known about a frame.
 * @KLP_STACK_NO_FRAME: A call came from the first instruction of a function.
 * @KLP_STACK_BAD_UNWIND_DATA: The unwind data of a frame cannot be carried
 *   out.
 * @KLP_STACK_TOO_DEEP: There were more frames than the kernel has room for.
 *
 * Since: 1.0
 */
enum klp_stack_reason {
	KLP_STACK_RELIABLE,
	KLP_STACK_OUT_OF_BOUNDS,
	KLP_STACK_EXCEPTION_FRAME,
	KLP_STACK_NOT_TEXT,
	KLP_STACK_TRAMPOLINE,
	KLP_STACK_NO_UNWIND_DATA,
	KLP_STACK_NO_FRAME,
	KLP_STACK_BAD_UNWIND_DATA,
	KLP_STACK_TOO_DEEP,
};

/**
 * enum klp_result - How a transition ended.
 * @KLP_RESULT_COMPLETED: Every task switched.
 * @KLP_RESULT_REVERSED: Every task switched back, since the direction was
 *   turned.
 * @KLP_RESULT_FORCED: The remaining tasks were switched by force.
 *
 * Since: 1.0
 */
enum klp_result {
	KLP_RESULT_COMPLETED,
	KLP_RESULT_REVERSED,
	KLP_RESULT_FORCED,
};

/**
 * enum klp_verdict_reason - Why calls of a function cannot be redirected.
 * @KLP_VERDICT_NONE: They can.
 * @KLP_VERDICT_MISALIGNED_SITE: The traced call is not where an instruction
 *   can be.
 * @KLP_VERDICT_TRUNCATED: The function ends before the traced call.
 * @KLP_VERDICT_NO_PUSH_LR: The return address is not pushed before that call.
 * @KLP_VERDICT_PROLOGUE_TOO_LONG: More instructions than a prologue has.
 * @KLP_VERDICT_UNKNOWN_INSTRUCTION: An instruction that the verifier does not
 *   know.
 * @KLP_VERDICT_CONDITIONAL: An instruction that may or may not be carried
 *   out.
 * @KLP_VERDICT_BRANCH: A branch before the traced call.
 * @KLP_VERDICT_SYSTEM_INSTRUCTION: An instruction that changes the state of
 *   the processor.
 * @KLP_VERDICT_COPROCESSOR: A coprocessor instruction.
 * @KLP_VERDICT_LOAD_UNPROVEN: A load from where the value is not known.
 * @KLP_VERDICT_STORE_UNPROVEN: A store to where the address is not known.
 * @KLP_VERDICT_STORE_OUTSIDE_FRAME: A store to the frame of the caller.
 * @KLP_VERDICT_SP_UNKNOWN: The stack pointer is not known at the traced call.
 * @KLP_VERDICT_SP_ABOVE_ENTRY: The stack pointer is above that at the entry.
 * @KLP_VERDICT_SP_MISALIGNED: The stack pointer is not aligned at the traced
 *   call.
 * @KLP_VERDICT_FRAME_TOO_LARGE: The frame is larger than the stack.
 * @KLP_VERDICT_ARGUMENT_CLOBBERED: An argument register has lost its value.
 * @KLP_VERDICT_SAVED_REGISTER_LOST: A callee-saved register has lost its
 *   value.
 * @KLP_VERDICT_LR_CHANGED: The return address has changed.
 * @KLP_VERDICT_UNWIND_CORRUPT: The unwind table of the function is corrupt.
 * @KLP_VERDICT_UNWIND_REFUSES: The unwind table says that it cannot be
 *   unwound.
 * @KLP_VERDICT_UNWIND_DISAGREES: The unwind table contradicts the
 *   instructions.
 * @KLP_VERDICT_STATIC_CHAIN: The function takes a static chain in ip.
 * @KLP_VERDICT_NOT_TRACED: The function has no traced call, as notrace and
 *   assembly have none.
 * @KLP_VERDICT_INIT_TEXT: The function is freed after initialization.
 * @KLP_VERDICT_SWITCHES_TASK: A task can switch to the patch while it is in the
 *   function.
 *
 * Since: 1.0
 */
enum klp_verdict_reason {
	KLP_VERDICT_NONE,
	KLP_VERDICT_MISALIGNED_SITE,
	KLP_VERDICT_TRUNCATED,
	KLP_VERDICT_NO_PUSH_LR,
	KLP_VERDICT_PROLOGUE_TOO_LONG,
	KLP_VERDICT_UNKNOWN_INSTRUCTION,
	KLP_VERDICT_CONDITIONAL,
	KLP_VERDICT_BRANCH,
	KLP_VERDICT_SYSTEM_INSTRUCTION,
	KLP_VERDICT_COPROCESSOR,
	KLP_VERDICT_LOAD_UNPROVEN,
	KLP_VERDICT_STORE_UNPROVEN,
	KLP_VERDICT_STORE_OUTSIDE_FRAME,
	KLP_VERDICT_SP_UNKNOWN,
	KLP_VERDICT_SP_ABOVE_ENTRY,
	KLP_VERDICT_SP_MISALIGNED,
	KLP_VERDICT_FRAME_TOO_LARGE,
	KLP_VERDICT_ARGUMENT_CLOBBERED,
	KLP_VERDICT_SAVED_REGISTER_LOST,
	KLP_VERDICT_LR_CHANGED,
	KLP_VERDICT_UNWIND_CORRUPT,
	KLP_VERDICT_UNWIND_REFUSES,
	KLP_VERDICT_UNWIND_DISAGREES,
	KLP_VERDICT_STATIC_CHAIN,
	KLP_VERDICT_NOT_TRACED,
	KLP_VERDICT_INIT_TEXT,
	KLP_VERDICT_SWITCHES_TASK,
};

/**
 * enum klp_patch_action - What klp_patch_set() does to a patch.
 * @KLP_PATCH_ACTION_DISABLE: Start a transition away from the patch, or turn
 *   the one that enables it.
 * @KLP_PATCH_ACTION_REVERSE: Turn the transition of the patch round.
 * @KLP_PATCH_ACTION_FORCE: Switch the remaining tasks without asking them.
 *   The consistency of the system is at stake, and the module of a patch that
 *   is disabled or replaced so can never be removed.
 *
 * Since: 1.0
 */
enum klp_patch_action {
	KLP_PATCH_ACTION_DISABLE,
	KLP_PATCH_ACTION_REVERSE,
	KLP_PATCH_ACTION_FORCE,
};

/**
 * enum klp_event_kind - What an event tells.
 * @KLP_EVENT_PATCH_ADDED: A patch was registered, and will be enabled.
 * @KLP_EVENT_PATCH_ENABLED: Every task runs the patch.
 * @KLP_EVENT_PATCH_DISABLED: No task runs the patch any more.
 * @KLP_EVENT_PATCH_REMOVED: The kernel has let go of the patch.
 * @KLP_EVENT_TRANSITION_STARTED: Tasks are being switched.
 * @KLP_EVENT_TRANSITION_PROGRESS: The tasks have been asked again.
 * @KLP_EVENT_TRANSITION_BLOCKED: A task was found for the first time to hold
 *   up the transition.
 * @KLP_EVENT_TRANSITION_COMPLETED: Every task has switched.
 * @KLP_EVENT_TRANSITION_REVERSED: The direction was turned round.
 * @KLP_EVENT_TRANSITION_FORCED: The remaining tasks were switched by force.
 * @KLP_EVENT_STACK_FAILURE: The stack of a task could not be walked to the
 *   end.
 * @KLP_EVENT_MODULE_COMING: A module that patches change is being loaded.
 * @KLP_EVENT_MODULE_GOING: A module that patches change is being removed.
 * @KLP_EVENT_LOST: Events were lost, see klp_event_lost(). This one is the
 *   library's own, and never comes from the kernel.
 *
 * Since: 1.0
 */
enum klp_event_kind {
	KLP_EVENT_PATCH_ADDED,
	KLP_EVENT_PATCH_ENABLED,
	KLP_EVENT_PATCH_DISABLED,
	KLP_EVENT_PATCH_REMOVED,
	KLP_EVENT_TRANSITION_STARTED,
	KLP_EVENT_TRANSITION_PROGRESS,
	KLP_EVENT_TRANSITION_BLOCKED,
	KLP_EVENT_TRANSITION_COMPLETED,
	KLP_EVENT_TRANSITION_REVERSED,
	KLP_EVENT_TRANSITION_FORCED,
	KLP_EVENT_STACK_FAILURE,
	KLP_EVENT_MODULE_COMING,
	KLP_EVENT_MODULE_GOING,
	KLP_EVENT_LOST = 0x10000,
};

/**
 * enum klp_target - Is a patch for the build of the kernel that is running?
 * @KLP_TARGET_UNKNOWN: The patch does not say it of the kernel, or not of each
 *   module that it changes.
 * @KLP_TARGET_MATCHED: The build ids that the patch carries are those of what
 *   is loaded.
 * @KLP_TARGET_MISMATCHED: A module that the patch changes was loaded from
 *   another build, and does without the patch.
 *
 * Since: 1.0
 */
enum klp_target {
	KLP_TARGET_UNKNOWN,
	KLP_TARGET_MATCHED,
	KLP_TARGET_MISMATCHED,
};

/**
 * enum klp_info_field - Limits and counters of the kernel.
 * @KLP_INFO_FIELD_NAME_MAX: Longest name of a patch or object, in bytes.
 * @KLP_INFO_FIELD_FUNC_NAME_MAX: Longest name of a function, in bytes.
 * @KLP_INFO_FIELD_OBJECTS_MAX: Most objects that a patch lists.
 * @KLP_INFO_FIELD_BLOCKERS_MAX: Most blockers that are remembered at one
 *   time.
 * @KLP_INFO_FIELD_FAILURES_MAX: Most failures that are remembered.
 * @KLP_INFO_FIELD_HISTORY_MAX: Most transitions that are remembered.
 * @KLP_INFO_FIELD_EVENT_SEQ: Number of the last event, 0 if there was none.
 * @KLP_INFO_FIELD_STACK_CHECKS: Tasks that were asked to switch, since boot.
 * @KLP_INFO_FIELD_FAILURES_DROPPED: Failures that are no longer remembered.
 * @KLP_INFO_FIELD_HISTORY_DROPPED: Transitions that are no longer remembered.
 * @KLP_INFO_FIELD_COMPLETED: Transitions that completed, since boot.
 * @KLP_INFO_FIELD_REVERSED: Transitions that ended as they began, since boot.
 * @KLP_INFO_FIELD_FORCED: Transitions that were forced, since boot.
 *
 * Since: 1.0
 */
enum klp_info_field {
	KLP_INFO_FIELD_NAME_MAX,
	KLP_INFO_FIELD_FUNC_NAME_MAX,
	KLP_INFO_FIELD_OBJECTS_MAX,
	KLP_INFO_FIELD_BLOCKERS_MAX,
	KLP_INFO_FIELD_FAILURES_MAX,
	KLP_INFO_FIELD_HISTORY_MAX,
	KLP_INFO_FIELD_EVENT_SEQ,
	KLP_INFO_FIELD_STACK_CHECKS,
	KLP_INFO_FIELD_FAILURES_DROPPED,
	KLP_INFO_FIELD_HISTORY_DROPPED,
	KLP_INFO_FIELD_COMPLETED,
	KLP_INFO_FIELD_REVERSED,
	KLP_INFO_FIELD_FORCED,
};

/**
 * KLP_BLOCKER_WANT_STACK - klp_blocker_list_get() reads the stacks too.
 *
 * Since: 1.0
 */
#define KLP_BLOCKER_WANT_STACK (1U << 0)

/**
 * KLP_EVENTS_LOST_UNKNOWN - klp_event_lost(): nobody knows how many.
 *
 * Since: 1.0
 */
#define KLP_EVENTS_LOST_UNKNOWN UINT64_MAX

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
 * Lists, snapshots and events made with it stay valid; listeners must have
 * been closed.
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_ctx_free(struct klp_ctx *ctx);

/**
 * klp_ctx_set_deadline() - Bound the waiting for answers.
 * @ctx: the context
 * @monotonic_ms: milliseconds of CLOCK_MONOTONIC; 0: none
 *
 * From then on, what waits for the kernel's answer gives up with -ETIMEDOUT at
 * that time, and without a deadline ten seconds after it has begun. What the
 * kernel does inside of the system call that carries a request is not bounded
 * by that.
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_ctx_set_deadline(struct klp_ctx *ctx,
				     uint64_t monotonic_ms);

/**
 * klp_ctx_is_asking() - Is a request under way?
 * @ctx: the context
 *
 * The one function that another thread may call meanwhile. A program whose time is
 * up tells by it whether the kernel keeps it waiting, or something else.
 *
 * Return: whether a request was sent, or is being sent, whose answer has not been
 * read to its end.
 * Since: 1.0
 */
KLP_EXPORT bool klp_ctx_is_asking(const struct klp_ctx *ctx);

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
 * klp_snapshot_generation() - The number of the state that a snapshot shows.
 * @snapshot: the snapshot
 *
 * An event that changes the state is in the snapshot already if its
 * klp_event_generation() is not above this number. Both wrap: it is not if
 * (int32_t)(event - snapshot) <= 0 in 32 bits.
 *
 * Return: the number, never 0.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_snapshot_generation(const struct klp_snapshot *snapshot);

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
 * klp_patch_forced() - Was a transition of the patch forced?
 * @patch: the patch
 *
 * One in which another patch replaced it counts, too. It is so for as long as
 * the kernel lists the patch. The module of a patch that was disabled or
 * replaced by force can never be removed.
 *
 * Return: true if so.
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
 * klp_patch_version() - The version that the module says it has.
 * @patch: the patch, which owns the string
 *
 * Return: what MODULE_VERSION() gave, or NULL if the module has none.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_patch_version(const struct klp_patch *patch);

/**
 * klp_patch_version_cut() - Is that version the beginning of a longer one?
 * @patch: the patch
 *
 * Return: true if so.
 * Since: 1.0
 */
KLP_EXPORT bool klp_patch_version_cut(const struct klp_patch *patch);

/**
 * klp_patch_has_fixes() - Does the patch say that it fixes something?
 * @patch: the patch
 *
 * What it is, klp_fix_list_get() tells.
 *
 * Return: true if so.
 * Since: 1.0
 */
KLP_EXPORT bool klp_patch_has_fixes(const struct klp_patch *patch);

/**
 * klp_patch_target() - Is the patch for the build that is running?
 * @patch: the patch
 *
 * Return: KLP_TARGET_UNKNOWN also if the kernel does not tell.
 * Since: 1.0
 */
KLP_EXPORT enum klp_target klp_patch_target(const struct klp_patch *patch);

/**
 * klp_patch_build_id() - The build id of the module.
 * @patch: the patch, which owns the bytes
 * @len: receives how many bytes there are; 0 if none
 *
 * Return: the bytes, or NULL if the module has no build id.
 * Since: 1.0
 */
KLP_EXPORT const uint8_t *klp_patch_build_id(const struct klp_patch *patch,
					     size_t *len);

/**
 * klp_patch_loaded() - Who loaded the patch, and when.
 * @patch: the patch, which owns the actor
 *
 * Return: what is known, or NULL if nothing is.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_actor *
klp_patch_loaded(const struct klp_patch *patch);

/**
 * klp_patch_changed() - Who started or turned its last transition.
 * @patch: the patch, which owns the actor
 *
 * Return: what is known, or NULL if nothing is.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_actor *
klp_patch_changed(const struct klp_patch *patch);

/**
 * klp_patch_force_by() - Who forced a transition of the patch.
 * @patch: the patch, which owns the actor
 *
 * Return: what is known, or NULL if none was forced.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_actor *
klp_patch_force_by(const struct klp_patch *patch);

/**
 * klp_actor_time() - When it was done, monotonic clock.
 * @actor: the actor
 *
 * Return: nanoseconds of CLOCK_MONOTONIC.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_actor_time(const struct klp_actor *actor);

/**
 * klp_actor_time_real() - When it was done, wall clock.
 * @actor: the actor
 *
 * Return: nanoseconds since 1970, of CLOCK_REALTIME.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_actor_time_real(const struct klp_actor *actor);

/**
 * klp_actor_has_who() - Did the kernel tell who it was?
 * @actor: the actor
 *
 * Return: true if so; it tells CAP_SYS_ADMIN only.
 * Since: 1.0
 */
KLP_EXPORT bool klp_actor_has_who(const struct klp_actor *actor);

/**
 * klp_actor_has_pid() - Did the kernel tell the process?
 * @actor: the actor
 *
 * Return: true if so; it tells readers in the initial PID namespace only.
 * Since: 1.0
 */
KLP_EXPORT bool klp_actor_has_pid(const struct klp_actor *actor);

/**
 * klp_actor_pid() - The process that did it.
 * @actor: the actor
 *
 * Return: its number in the initial PID namespace, 0 if that was not told.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_actor_pid(const struct klp_actor *actor);

/**
 * klp_actor_uid() - The user who did it.
 * @actor: the actor
 *
 * Return: the real user id in the initial user namespace, 0 if that was not
 * told: ask klp_actor_has_who() first.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_actor_uid(const struct klp_actor *actor);

/**
 * klp_actor_comm() - The name of the task that did it.
 * @actor: the actor, which owns the string
 *
 * Return: never NULL, empty if that was not told.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_actor_comm(const struct klp_actor *actor);

/**
 * klp_patch_set() - Disable a patch, or turn or force its transition.
 * @ctx: the context
 * @name: the patch
 * @action: what to do
 * @confirm: must be true for KLP_PATCH_ACTION_FORCE
 *
 * Returns when the action has begun: klp_transition_get() or events tell how
 * it goes on. It is not repeated when it fails.
 *
 * Return: 0; -EPERM without CAP_SYS_ADMIN; -ENOENT if there is no patch @name;
 * -EALREADY if it is being disabled; -EBUSY if another patch is in transition;
 * -EINVAL if it has no transition to be turned or forced, or if @confirm is
 * missing; -EOPNOTSUPP; or another negative errno of the kernel's.
 * Since: 1.0
 */
KLP_EXPORT int klp_patch_set(struct klp_ctx *ctx, const char *name,
			     enum klp_patch_action action, bool confirm);

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
 * klp_object_left_out() - Does a loaded module do without the patch?
 * @object: the object
 *
 * Return: true if the module is loaded and is not the build that the patch is
 * for. Then klp_object_loaded() and klp_object_patched() are false.
 * Since: 1.0
 */
KLP_EXPORT bool klp_object_left_out(const struct klp_object *object);

/**
 * klp_object_func_count() - How many of its functions the patch changes.
 * @object: the object
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_object_func_count(const struct klp_object *object);

/**
 * klp_object_unpatched_count() - How many functions were left as they are.
 * @object: the object
 *
 * The patch was applied to the object without those that are freed after
 * initialization. If it is all of them, klp_object_patched() is false.
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_object_unpatched_count(const struct klp_object *object);

/**
 * klp_fix_list_get() - Read what patches say that they fix.
 * @ctx: the context
 * @patch: what one patch says, or NULL for all
 * @list: receives the list, for klp_fix_list_free(); NULL on error
 *
 * The list is in the order in which the patches were loaded. Whether a patch is
 * enabled, and so what is fixed now, is told by klp_patch_state().
 *
 * Return: as klp_snapshot_get(), -ENOENT if there is no patch @patch, and
 * -EOPNOTSUPP if the kernel is one that does not tell.
 * Since: 1.0
 */
KLP_EXPORT int klp_fix_list_get(struct klp_ctx *ctx, const char *patch,
				struct klp_fix_list **list);

/**
 * klp_fix_list_free() - Free a list and what is in it.
 * @list: a list of klp_fix_list_get(), or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_fix_list_free(struct klp_fix_list *list);

/**
 * klp_fix_list_count() - How many entries a list has.
 * @list: the list
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT size_t klp_fix_list_count(const struct klp_fix_list *list);

/**
 * klp_fix_list_at() - An entry of a list.
 * @list: the list, which owns the entry
 * @index: from 0
 *
 * Return: the entry, or NULL behind the end.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_fix *
klp_fix_list_at(const struct klp_fix_list *list, size_t index);

/**
 * klp_fix_patch() - The name of the patch that says so.
 * @fix: the entry, which owns the string
 *
 * Return: never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_fix_patch(const struct klp_fix *fix);

/**
 * klp_fix_patch_id() - The number of the load of that patch.
 * @fix: the entry
 *
 * Return: what klp_patch_id() is of it.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_fix_patch_id(const struct klp_fix *fix);

/**
 * klp_fix_name() - What is fixed, for instance CVE-2026-12345.
 * @fix: the entry, which owns the string
 *
 * Return: what is written in the patch; never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_fix_name(const struct klp_fix *fix);

/**
 * klp_fix_cut() - Is that name the beginning of a longer one?
 * @fix: the entry
 *
 * Return: true if the kernel passes on no more of it.
 * Since: 1.0
 */
KLP_EXPORT bool klp_fix_cut(const struct klp_fix *fix);

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
 * bit n for rn; KLP_FUNC_FIELD_HITS is the calls that were redirected to this
 * func while they were counted, see klp_counter_set().
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
 * klp_transition_attempts() - How often all the tasks have been asked.
 * @transition: the transition
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t
klp_transition_attempts(const struct klp_transition *transition);

/**
 * klp_transition_signals() - How often the tasks have been sent a signal.
 * @transition: the transition
 *
 * Return: the number; a signal makes a task enter user space.
 * Since: 1.0
 */
KLP_EXPORT uint32_t
klp_transition_signals(const struct klp_transition *transition);

/**
 * klp_transition_blockers() - How many tasks klp_blocker_list_get() lists.
 * @transition: the transition
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t
klp_transition_blockers(const struct klp_transition *transition);

/**
 * klp_transition_blockers_dropped() - How many blockers were not remembered.
 * @transition: the transition
 *
 * Return: the number, 0 unless there were too many.
 * Since: 1.0
 */
KLP_EXPORT uint32_t
klp_transition_blockers_dropped(const struct klp_transition *transition);

/**
 * klp_transition_core_busy() - Was the livepatch core busy?
 * @transition: the transition
 *
 * It asks tasks to switch, runs a callback of a patch, or waits for a grace
 * period. Everything is told as of its last change, and a change that is asked
 * for now may be refused with -EBUSY.
 *
 * Return: whether it was; false in events.
 * Since: 1.0
 */
KLP_EXPORT bool
klp_transition_core_busy(const struct klp_transition *transition);

/**
 * klp_transition_remaining_by() - How many tasks are left for a reason.
 * @transition: the transition
 * @reason: the reason
 *
 * Return: the number, as of the last attempt.
 * Since: 1.0
 */
KLP_EXPORT uint32_t
klp_transition_remaining_by(const struct klp_transition *transition,
			    enum klp_blocker_reason reason);

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
 * klp_info_counting() - Are redirected calls counted?
 * @info: the info
 *
 * Return: whether they are.
 * Since: 1.0
 */
KLP_EXPORT bool klp_info_counting(const struct klp_info *info);

/**
 * klp_info_core_busy() - Was the livepatch core busy?
 * @info: the info
 *
 * See klp_transition_core_busy().
 *
 * Return: whether it was.
 * Since: 1.0
 */
KLP_EXPORT bool klp_info_core_busy(const struct klp_info *info);

/**
 * klp_info_build_id() - The build id of the kernel.
 * @info: the info, which owns the bytes
 * @len: receives how many bytes there are; 0 if none
 *
 * Return: the bytes, or NULL if the kernel has no build id or does not tell.
 * Since: 1.0
 */
KLP_EXPORT const uint8_t *klp_info_build_id(const struct klp_info *info,
					    size_t *len);

/**
 * klp_info_require_target() - Must a livepatch say which build it is for?
 * @info: the info
 *
 * Return: true if the kernel refuses one that does not.
 * Since: 1.0
 */
KLP_EXPORT bool klp_info_require_target(const struct klp_info *info);

/**
 * klp_info_value() - A limit or a counter.
 * @info: the info
 * @field: which one
 * @value: receives it; 0 if the kernel does not tell it
 *
 * Return: true if the kernel tells it.
 * Since: 1.0
 */
KLP_EXPORT bool klp_info_value(const struct klp_info *info,
			       enum klp_info_field field, uint64_t *value);

/**
 * klp_info_stack_failures() - How often tasks could not switch.
 * @info: the info
 * @reason: for this reason
 *
 * Return: the number since boot.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_info_stack_failures(const struct klp_info *info,
					    enum klp_blocker_reason reason);

/**
 * klp_info_stack_failures_by() - How often stacks were not reliable.
 * @info: the info
 * @reason: for this reason
 *
 * Return: the number since boot. All of them together are what
 * klp_info_stack_failures() has for KLP_BLOCKER_UNRELIABLE_STACK.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_info_stack_failures_by(const struct klp_info *info,
					       enum klp_stack_reason reason);

/**
 * klp_blocker_list_get() - Read the tasks that hold up the transition.
 * @ctx: the context
 * @flags: 0 or KLP_BLOCKER_WANT_STACK
 * @list: receives the list, for klp_blocker_list_free(); NULL on error
 *
 * The list is empty when no transition is under way, and until the tasks have
 * been asked for the first time. Stacks are for CAP_SYS_ADMIN; other users
 * get the list without them.
 *
 * Return: as klp_snapshot_get(), and -EINVAL for other flags.
 * Since: 1.0
 */
KLP_EXPORT int klp_blocker_list_get(struct klp_ctx *ctx, unsigned int flags,
				    struct klp_blocker_list **list);

/**
 * klp_blocker_list_free() - Free a list and its blockers.
 * @list: a list of klp_blocker_list_get(), or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_blocker_list_free(struct klp_blocker_list *list);

/**
 * klp_blocker_list_count() - How many blockers a list has.
 * @list: the list
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT size_t klp_blocker_list_count(const struct klp_blocker_list *list);

/**
 * klp_blocker_list_at() - A blocker of a list.
 * @list: the list, which owns the blocker
 * @index: from 0
 *
 * Return: the blocker, or NULL behind the end.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_blocker *
klp_blocker_list_at(const struct klp_blocker_list *list, size_t index);

/**
 * klp_blocker_patch() - The name of the patch in transition.
 * @blocker: the blocker, which owns the string
 *
 * Return: never NULL, empty if the kernel did not tell.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_blocker_patch(const struct klp_blocker *blocker);

/**
 * klp_blocker_has_who() - Did the kernel tell what the task is?
 * @blocker: the blocker
 *
 * It does if the reader has CAP_SYS_ADMIN or may read the task by ptrace.
 *
 * Return: whether klp_blocker_comm() and what follows it mean anything.
 * Since: 1.0
 */
KLP_EXPORT bool klp_blocker_has_who(const struct klp_blocker *blocker);

/**
 * klp_blocker_has_pid() - Did the kernel tell the numbers of the task?
 * @blocker: the blocker
 *
 * Of a task that the reader may know, it does if the task has numbers in the
 * PID namespace of the reader.
 *
 * Return: whether klp_blocker_pid() and klp_blocker_tid() mean anything.
 * Since: 1.0
 */
KLP_EXPORT bool klp_blocker_has_pid(const struct klp_blocker *blocker);

/**
 * klp_blocker_pid() - The process of the task.
 * @blocker: the blocker
 *
 * Return: its number in the PID namespace of the reader, 0 for idle tasks and
 * if that was not told; of events, in the initial one.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_blocker_pid(const struct klp_blocker *blocker);

/**
 * klp_blocker_tid() - The thread that is the task.
 * @blocker: the blocker
 *
 * Return: its number, as klp_blocker_pid().
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_blocker_tid(const struct klp_blocker *blocker);

/**
 * klp_blocker_comm() - The name of the thread, which may be any bytes.
 * @blocker: the blocker, which owns the string
 *
 * Return: never NULL, empty if that was not told.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_blocker_comm(const struct klp_blocker *blocker);

/**
 * klp_blocker_cpu() - The CPU of an idle task.
 * @blocker: the blocker
 *
 * Return: the number, -1 for other tasks.
 * Since: 1.0
 */
KLP_EXPORT int klp_blocker_cpu(const struct klp_blocker *blocker);

/**
 * klp_blocker_kthread() - Is it a thread of the kernel?
 * @blocker: the blocker
 *
 * Return: true if so; no signal makes it switch.
 * Since: 1.0
 */
KLP_EXPORT bool klp_blocker_kthread(const struct klp_blocker *blocker);

/**
 * klp_blocker_reason() - Why it did not switch.
 * @blocker: the blocker
 *
 * Return: the reason when it was last asked.
 * Since: 1.0
 */
KLP_EXPORT enum klp_blocker_reason
klp_blocker_reason(const struct klp_blocker *blocker);

/**
 * klp_blocker_func() - The function that changes and is on its stack.
 * @blocker: the blocker, which owns the string
 *
 * Return: the name, or NULL if that is not the reason.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_blocker_func(const struct klp_blocker *blocker);

/**
 * klp_blocker_stack_reason() - Why the walk of its stack gave up.
 * @blocker: the blocker
 *
 * Return: the reason, KLP_STACK_RELIABLE if it did not.
 * Since: 1.0
 */
KLP_EXPORT enum klp_stack_reason
klp_blocker_stack_reason(const struct klp_blocker *blocker);

/**
 * klp_blocker_where() - Where the walk of its stack gave up.
 * @blocker: the blocker, which owns the string
 *
 * Return: function and offset, or NULL if it did not or the reader has no
 * CAP_SYS_ADMIN.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_blocker_where(const struct klp_blocker *blocker);

/**
 * klp_blocker_attempts() - How often it was asked and did not switch.
 * @blocker: the blocker
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_blocker_attempts(const struct klp_blocker *blocker);

/**
 * klp_blocker_first_seen() - When it first did not switch.
 * @blocker: the blocker
 *
 * Return: nanoseconds of CLOCK_MONOTONIC.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_blocker_first_seen(const struct klp_blocker *blocker);

/**
 * klp_blocker_last_seen() - When it last did not switch.
 * @blocker: the blocker
 *
 * Return: nanoseconds of CLOCK_MONOTONIC.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_blocker_last_seen(const struct klp_blocker *blocker);

/**
 * klp_blocker_frame_count() - How many frames of its stack are known.
 * @blocker: the blocker
 *
 * Return: the number, 0 if the stack was not asked for or not told.
 * Since: 1.0
 */
KLP_EXPORT size_t klp_blocker_frame_count(const struct klp_blocker *blocker);

/**
 * klp_blocker_frame_symbol() - The function of a frame.
 * @blocker: the blocker, which owns the string
 * @index: from 0, the innermost
 *
 * Return: function and offset, or NULL behind the end.
 * Since: 1.0
 */
KLP_EXPORT const char *
klp_blocker_frame_symbol(const struct klp_blocker *blocker, size_t index);

/**
 * klp_blocker_frame_addr() - An address in the call of a frame.
 * @blocker: the blocker
 * @index: from 0, the innermost
 *
 * Return: the address, 0 behind the end.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_blocker_frame_addr(const struct klp_blocker *blocker,
					   size_t index);

/**
 * klp_blocker_frame_reliable() - Whether a frame is proved.
 * @blocker: the blocker
 * @index: from 0, the innermost
 *
 * A stack that is refused with KLP_STACK_EXCEPTION_FRAME goes on behind the
 * exception with frames that are not: they were found with the registers that the
 * exception saved, may be wrong or incomplete, and are for people to read.
 *
 * Return: whether the stack check saw it too; false behind the end.
 * Since: 1.0
 */
KLP_EXPORT bool klp_blocker_frame_reliable(const struct klp_blocker *blocker,
					   size_t index);

/**
 * klp_failure_list_get() - Read the stack checks that failed.
 * @ctx: the context
 * @from: the number of the first one to read, 0 for all
 * @list: receives the list, for klp_failure_list_free(); NULL on error
 *
 * The oldest come first. The kernel remembers a bounded number of them, also
 * after the transition; see KLP_INFO_FIELD_FAILURES_DROPPED.
 *
 * Return: as klp_snapshot_get().
 * Since: 1.0
 */
KLP_EXPORT int klp_failure_list_get(struct klp_ctx *ctx, uint64_t from,
				    struct klp_failure_list **list);

/**
 * klp_failure_list_free() - Free a list and its failures.
 * @list: a list of klp_failure_list_get(), or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_failure_list_free(struct klp_failure_list *list);

/**
 * klp_failure_list_count() - How many failures a list has.
 * @list: the list
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT size_t klp_failure_list_count(const struct klp_failure_list *list);

/**
 * klp_failure_list_at() - A failure of a list.
 * @list: the list, which owns the failure
 * @index: from 0
 *
 * Return: the failure, or NULL behind the end.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_failure *
klp_failure_list_at(const struct klp_failure_list *list, size_t index);

/**
 * klp_counter_set() - Count redirected calls, or stop.
 * @ctx: the context
 * @enabled: which of the two
 *
 * Counting begins at zero, unless it goes on already; the counts stay when it
 * ends. While it goes on, a redirected call costs an atomic addition more.
 *
 * Return: 0, -EPERM without CAP_SYS_ADMIN, -EOPNOTSUPP, or another negative
 * errno.
 * Since: 1.0
 */
KLP_EXPORT int klp_counter_set(struct klp_ctx *ctx, bool enabled);

/**
 * klp_failure_clear() - Make the kernel forget failures.
 * @ctx: the context
 * @up_to: the number of the last one to forget, 0 for all
 *
 * Counters stay as they are, and so do failures that came after @up_to: pass
 * the number of the last one that was read.
 *
 * Return: 0; -EPERM without CAP_SYS_ADMIN; or as klp_snapshot_get().
 * Since: 1.0
 */
KLP_EXPORT int klp_failure_clear(struct klp_ctx *ctx, uint64_t up_to);

/**
 * klp_failure_id() - The number of the failure.
 * @failure: the failure
 *
 * Return: a number that rises by one: a gap is what was forgotten.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_failure_id(const struct klp_failure *failure);

/**
 * klp_failure_time() - When it was, monotonic clock.
 * @failure: the failure
 *
 * Return: nanoseconds of CLOCK_MONOTONIC.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_failure_time(const struct klp_failure *failure);

/**
 * klp_failure_time_real() - When it was, wall clock.
 * @failure: the failure
 *
 * Return: nanoseconds since 1970, of CLOCK_REALTIME.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_failure_time_real(const struct klp_failure *failure);

/**
 * klp_failure_patch() - The name of the patch that was in transition.
 * @failure: the failure, which owns the string
 *
 * Return: never NULL, empty if the kernel did not tell.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_failure_patch(const struct klp_failure *failure);

/**
 * klp_failure_has_who() - Did the kernel tell what the task is?
 * @failure: the failure
 *
 * It does if the reader has CAP_SYS_ADMIN.
 *
 * Return: whether klp_failure_comm() and what follows it mean anything.
 * Since: 1.0
 */
KLP_EXPORT bool klp_failure_has_who(const struct klp_failure *failure);

/**
 * klp_failure_has_pid() - Did the kernel tell the numbers of the task?
 * @failure: the failure
 *
 * Of a task that the reader may know, it does if the task has numbers in the
 * PID namespace of the reader.
 *
 * Return: whether klp_failure_pid() and klp_failure_tid() mean anything.
 * Since: 1.0
 */
KLP_EXPORT bool klp_failure_has_pid(const struct klp_failure *failure);

/**
 * klp_failure_pid() - The process of the task.
 * @failure: the failure
 *
 * Return: its number in the initial PID namespace, 0 if that was not told.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_failure_pid(const struct klp_failure *failure);

/**
 * klp_failure_tid() - The thread that is the task.
 * @failure: the failure
 *
 * Return: its number in the initial PID namespace, 0 if that was not told.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_failure_tid(const struct klp_failure *failure);

/**
 * klp_failure_comm() - The name of the thread, which may be any bytes.
 * @failure: the failure, which owns the string
 *
 * Return: never NULL, empty if that was not told.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_failure_comm(const struct klp_failure *failure);

/**
 * klp_failure_reason() - Why it did not switch.
 * @failure: the failure
 *
 * Return: the reason.
 * Since: 1.0
 */
KLP_EXPORT enum klp_blocker_reason
klp_failure_reason(const struct klp_failure *failure);

/**
 * klp_failure_func() - The function that changes and was on its stack.
 * @failure: the failure, which owns the string
 *
 * Return: the name, or NULL if that was not the reason.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_failure_func(const struct klp_failure *failure);

/**
 * klp_failure_stack_reason() - Why the walk gave up.
 * @failure: the failure
 *
 * Return: the reason, KLP_STACK_RELIABLE if it did not.
 * Since: 1.0
 */
KLP_EXPORT enum klp_stack_reason
klp_failure_stack_reason(const struct klp_failure *failure);

/**
 * klp_failure_where() - Where the walk gave up.
 * @failure: the failure, which owns the string
 *
 * Return: function and offset, or NULL if it did not or the reader has no
 * CAP_SYS_ADMIN.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_failure_where(const struct klp_failure *failure);

/**
 * klp_history_list_get() - Read the transitions that are over.
 * @ctx: the context
 * @from: the number of the first one to read, 0 for all
 * @list: receives the list, for klp_history_list_free(); NULL on error
 *
 * The oldest come first. The kernel remembers a bounded number of them; see
 * KLP_INFO_FIELD_HISTORY_DROPPED.
 *
 * Return: as klp_snapshot_get().
 * Since: 1.0
 */
KLP_EXPORT int klp_history_list_get(struct klp_ctx *ctx, uint64_t from,
				    struct klp_history_list **list);

/**
 * klp_history_list_free() - Free a list and its transitions.
 * @list: a list of klp_history_list_get(), or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_history_list_free(struct klp_history_list *list);

/**
 * klp_history_list_count() - How many transitions a list has.
 * @list: the list
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT size_t klp_history_list_count(const struct klp_history_list *list);

/**
 * klp_history_list_at() - A transition of a list.
 * @list: the list, which owns it
 * @index: from 0
 *
 * Return: the transition, or NULL behind the end.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_history *
klp_history_list_at(const struct klp_history_list *list, size_t index);

/**
 * klp_history_id() - The number of the transition.
 * @history: the transition
 *
 * Return: a number that rises by one: a gap is what was forgotten.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_history_id(const struct klp_history *history);

/**
 * klp_history_patch() - The name of the patch.
 * @history: the transition, which owns the string
 *
 * Return: never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_history_patch(const struct klp_history *history);

/**
 * klp_history_patch_id() - The number of the load of that patch.
 * @history: the transition
 *
 * Return: what klp_patch_id() returns for the patch.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_history_patch_id(const struct klp_history *history);

/**
 * klp_history_direction() - Where it took the tasks in the end.
 * @history: the transition
 *
 * Return: the direction.
 * Since: 1.0
 */
KLP_EXPORT enum klp_direction
klp_history_direction(const struct klp_history *history);

/**
 * klp_history_result() - How it ended.
 * @history: the transition
 *
 * Return: the result.
 * Since: 1.0
 */
KLP_EXPORT enum klp_result
klp_history_result(const struct klp_history *history);

/**
 * klp_history_started() - When it started, monotonic clock.
 * @history: the transition
 *
 * Return: nanoseconds of CLOCK_MONOTONIC.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_history_started(const struct klp_history *history);

/**
 * klp_history_started_real() - When it started, wall clock.
 * @history: the transition
 *
 * Return: nanoseconds since 1970, of CLOCK_REALTIME.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_history_started_real(const struct klp_history *history);

/**
 * klp_history_duration_ms() - How long it took.
 * @history: the transition
 *
 * Return: milliseconds from the start to the end.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_history_duration_ms(const struct klp_history *history);

/**
 * klp_history_attempts() - How often all the tasks were asked.
 * @history: the transition
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_history_attempts(const struct klp_history *history);

/**
 * klp_history_signals() - How often the tasks were sent a signal.
 * @history: the transition
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_history_signals(const struct klp_history *history);

/**
 * klp_history_worst() - The task that was asked most often.
 * @history: the transition, which owns the blocker
 *
 * Return: the blocker, without a stack; NULL if there was none.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_blocker *
klp_history_worst(const struct klp_history *history);

/**
 * klp_verdict_list_get() - Ask whether a function can be patched.
 * @ctx: the context
 * @object: the module that has the function, or NULL for vmlinux
 * @name: the function
 * @sympos: its position among the symbols of this name, from 1; 0 for all
 * @list: receives the list, for klp_verdict_list_free(); NULL on error
 *
 * There is one verdict for each function of this name, so a list is never
 * empty. Asking needs CAP_SYS_ADMIN.
 *
 * Return: as klp_snapshot_get(), -EPERM without CAP_SYS_ADMIN, and -ENOENT if
 * there is no such function.
 * Since: 1.0
 */
KLP_EXPORT int klp_verdict_list_get(struct klp_ctx *ctx, const char *object,
				    const char *name, uint32_t sympos,
				    struct klp_verdict_list **list);

/**
 * klp_verdict_list_free() - Free a list and its verdicts.
 * @list: a list of klp_verdict_list_get(), or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_verdict_list_free(struct klp_verdict_list *list);

/**
 * klp_verdict_list_count() - How many verdicts a list has.
 * @list: the list
 *
 * Return: the number.
 * Since: 1.0
 */
KLP_EXPORT size_t klp_verdict_list_count(const struct klp_verdict_list *list);

/**
 * klp_verdict_list_at() - A verdict of a list.
 * @list: the list, which owns the verdict
 * @index: from 0
 *
 * Return: the verdict, or NULL behind the end.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_verdict *
klp_verdict_list_at(const struct klp_verdict_list *list, size_t index);

/**
 * klp_verdict_object() - The object that has the function.
 * @verdict: the verdict, which owns the string
 *
 * Return: the name of a module, or "vmlinux"; never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_verdict_object(const struct klp_verdict *verdict);

/**
 * klp_verdict_name() - The name of the function.
 * @verdict: the verdict, which owns the string
 *
 * Return: never NULL.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_verdict_name(const struct klp_verdict *verdict);

/**
 * klp_verdict_sympos() - Which of several symbols of this name it is.
 * @verdict: the verdict
 *
 * Return: the position in the object, from 1.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_verdict_sympos(const struct klp_verdict *verdict);

/**
 * klp_verdict_redirectable() - Can a live patch replace the function?
 * @verdict: the verdict
 *
 * Return: true if so.
 * Since: 1.0
 */
KLP_EXPORT bool klp_verdict_redirectable(const struct klp_verdict *verdict);

/**
 * klp_verdict_reason() - Why it cannot.
 * @verdict: the verdict
 *
 * Return: the reason, KLP_VERDICT_NONE if it can.
 * Since: 1.0
 */
KLP_EXPORT enum klp_verdict_reason
klp_verdict_reason(const struct klp_verdict *verdict);

/**
 * klp_verdict_offset() - What instruction the reason is about.
 * @verdict: the verdict
 *
 * Return: bytes from the entry of the function.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_verdict_offset(const struct klp_verdict *verdict);

/**
 * klp_verdict_has_recipe() - Is it told how the prologue is undone?
 * @verdict: the verdict
 *
 * It is of functions that can be redirected.
 *
 * Return: whether klp_verdict_sp_delta() and klp_verdict_restored() mean
 * anything.
 * Since: 1.0
 */
KLP_EXPORT bool klp_verdict_has_recipe(const struct klp_verdict *verdict);

/**
 * klp_verdict_sp_delta() - By how much the prologue lowers the stack pointer.
 * @verdict: the verdict
 *
 * Return: bytes.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_verdict_sp_delta(const struct klp_verdict *verdict);

/**
 * klp_verdict_restored() - Registers that a redirect reloads.
 * @verdict: the verdict
 *
 * Return: a mask, bit n for rn.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_verdict_restored(const struct klp_verdict *verdict);

/**
 * klp_verdict_patched() - Does a live patch replace the function now?
 * @verdict: the verdict
 *
 * Return: true if so.
 * Since: 1.0
 */
KLP_EXPORT bool klp_verdict_patched(const struct klp_verdict *verdict);

/**
 * klp_code_get() - Read the code of a function.
 * @ctx: the context
 * @object: the module that has the function, or NULL for vmlinux
 * @name: the function
 * @sympos: its position among the symbols of this name, from 1; 0 if it is the
 *	only one
 * @code: receives the code, for klp_code_free(); NULL on error
 *
 * The code is as it is in memory: with what the kernel writes to it, such as
 * tracing calls, and with what probes and debuggers do. Reading needs
 * CAP_SYS_ADMIN.
 *
 * Return: as klp_snapshot_get(), -EPERM without CAP_SYS_ADMIN, -EOPNOTSUPP if the
 * kernel does not give code, -ENOENT if there is no such function, -ENOTUNIQ if
 * there are several and @sympos is 0, -ENXIO if it is freed after initialization
 * or is no function.
 * Since: 1.0
 */
KLP_EXPORT int klp_code_get(struct klp_ctx *ctx, const char *object,
			    const char *name, uint32_t sympos,
			    struct klp_code **code);

/**
 * klp_code_free() - Free the code of a function.
 * @code: of klp_code_get(), or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_code_free(struct klp_code *code);

/**
 * klp_code_bytes() - The bytes of the code.
 * @code: the code, which owns the bytes
 * @size: receives how many there are. They end where the next symbol begins, so
 *	what aligns the next function is among them.
 *
 * Return: the bytes.
 * Since: 1.0
 */
KLP_EXPORT const uint8_t *klp_code_bytes(const struct klp_code *code,
					 size_t *size);

/**
 * klp_events_open() - Listen to what happens.
 * @ctx: the context, which must live until klp_events_close()
 * @events: receives the listener, for klp_events_close(); NULL on error
 *
 * Has a socket of its own, so the context can be used meanwhile. Any user may
 * listen. Who has no CAP_SYS_ADMIN is told nothing that belongs to a task.
 *
 * Open first and read the state afterwards: then nothing is missed. An event
 * whose klp_event_generation() the state has already reached may come late: see
 * klp_snapshot_generation().
 *
 * Return: 0; -EOPNOTSUPP if the kernel has no events; -ENOMEM; or another
 * negative errno.
 * Since: 1.0
 */
KLP_EXPORT int klp_events_open(struct klp_ctx *ctx, struct klp_events **events);

/**
 * klp_events_complete() - Is the listener told of tasks?
 * @events: the listener
 *
 * Return: true if so, for the caller of klp_events_open() had CAP_SYS_ADMIN.
 * Since: 1.0
 */
KLP_EXPORT bool klp_events_complete(const struct klp_events *events);

/**
 * klp_events_close() - Listen no more.
 * @events: the listener, or NULL
 *
 * Events that it gave stay valid.
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_events_close(struct klp_events *events);

/**
 * klp_events_fd() - A descriptor to wait for.
 * @events: the listener, which owns the descriptor
 *
 * Call klp_events_next() until it returns 0 before waiting: it may hold what
 * the descriptor no longer shows.
 *
 * Return: a descriptor that poll() finds readable, or in error, when
 * klp_events_next() has something to tell. Only poll it.
 * Since: 1.0
 */
KLP_EXPORT int klp_events_fd(const struct klp_events *events);

/**
 * klp_events_next() - The next event, without waiting for one.
 * @events: the listener
 * @event: receives it, for klp_event_free(); NULL if there is none
 *
 * Events that the kernel could not deliver are told by an event of the
 * library's own, of the kind KLP_EVENT_LOST: read the state anew after it.
 * A gap between two events tells how many; when the socket was full, an event
 * of the kind KLP_EVENT_LOST with KLP_EVENTS_LOST_UNKNOWN follows once all was
 * read, since more may be missing at the end.
 *
 * Return: 1 and an event, 0 if there is none now, or a negative errno, with
 * the text in the context: -ENOMEM; -EBADMSG if a message made no sense,
 * after which it can be called again; others are final.
 * Since: 1.0
 */
KLP_EXPORT int klp_events_next(struct klp_events *events,
			       struct klp_event **event);

/**
 * klp_event_free() - Free an event and all that its getters returned.
 * @event: the event, or NULL
 *
 * Since: 1.0
 */
KLP_EXPORT void klp_event_free(struct klp_event *event);

/**
 * klp_event_seq() - The number of the event.
 * @event: the event
 *
 * Return: a number that rises by one; 0 for KLP_EVENT_LOST.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_event_seq(const struct klp_event *event);

/**
 * klp_event_kind() - What the event tells.
 * @event: the event
 *
 * Return: the kind.
 * Since: 1.0
 */
KLP_EXPORT enum klp_event_kind klp_event_kind(const struct klp_event *event);

/**
 * klp_event_time() - When it was, monotonic clock.
 * @event: the event
 *
 * Return: nanoseconds of CLOCK_MONOTONIC.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_event_time(const struct klp_event *event);

/**
 * klp_event_time_real() - When it was, wall clock.
 * @event: the event
 *
 * Return: nanoseconds since 1970, of CLOCK_REALTIME.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_event_time_real(const struct klp_event *event);

/**
 * klp_event_generation() - The number of the state after the event.
 * @event: the event
 *
 * Return: a number that changes with the state and wraps; 0 for
 * KLP_EVENT_LOST.
 * Since: 1.0
 */
KLP_EXPORT uint32_t klp_event_generation(const struct klp_event *event);

/**
 * klp_event_patch() - The patch that the event is about.
 * @event: the event, which owns the patch
 *
 * Return: the patch as it was then, or NULL.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_patch *
klp_event_patch(const struct klp_event *event);

/**
 * klp_event_transition() - The transition that the event is about.
 * @event: the event, which owns the transition
 *
 * Return: the transition as it was then, or NULL.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_transition *
klp_event_transition(const struct klp_event *event);

/**
 * klp_event_blocker() - The blocker that the event is about.
 * @event: the event, which owns the blocker
 *
 * Return: the blocker as it was then, or NULL.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_blocker *
klp_event_blocker(const struct klp_event *event);

/**
 * klp_event_failure() - The failure that the event is about.
 * @event: the event, which owns the failure
 *
 * Return: the failure as it was then, or NULL.
 * Since: 1.0
 */
KLP_EXPORT const struct klp_failure *
klp_event_failure(const struct klp_event *event);

/**
 * klp_event_module() - The module that comes or goes.
 * @event: the event, which owns the string
 *
 * Return: its name, or NULL if the event is not about one.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_event_module(const struct klp_event *event);

/**
 * klp_event_lost() - How many events were lost.
 * @event: the event
 *
 * Return: the number for KLP_EVENT_LOST, or KLP_EVENTS_LOST_UNKNOWN; 0 for
 * other events.
 * Since: 1.0
 */
KLP_EXPORT uint64_t klp_event_lost(const struct klp_event *event);

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
 * klp_target_name() - The name of a target state.
 * @target: the target state
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_target_name(enum klp_target target);

/**
 * klp_unwinder_name() - The name of an unwinder.
 * @unwinder: the unwinder
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_unwinder_name(enum klp_unwinder unwinder);

/**
 * klp_blocker_reason_name() - The name of a blocker's reason.
 * @reason: the reason
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_blocker_reason_name(enum klp_blocker_reason reason);

/**
 * klp_stack_reason_name() - The name of the reason why a walk gave up.
 * @reason: the reason
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_stack_reason_name(enum klp_stack_reason reason);

/**
 * klp_result_name() - The name of a result.
 * @result: the result
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_result_name(enum klp_result result);

/**
 * klp_verdict_reason_name() - The name of the reason of a verdict.
 * @reason: the reason
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_verdict_reason_name(enum klp_verdict_reason reason);

/**
 * klp_event_kind_name() - The name of a kind of event.
 * @kind: the kind
 *
 * Return: a constant string, "lost" for KLP_EVENT_LOST.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_event_kind_name(enum klp_event_kind kind);

/**
 * klp_patch_action_name() - The name of an action.
 * @action: the action
 *
 * Return: a constant string.
 * Since: 1.0
 */
KLP_EXPORT const char *klp_patch_action_name(enum klp_patch_action action);

#ifdef __cplusplus
}
#endif

#endif /* KLP_KLP_H */
