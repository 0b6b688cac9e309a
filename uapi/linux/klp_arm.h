/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	docs/netlink/specs/klp_arm.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_KLP_ARM_H
#define _UAPI_LINUX_KLP_ARM_H

#define KLP_ARM_FAMILY_NAME	"klp_arm"
#define KLP_ARM_FAMILY_VERSION	1

#define KLP_ARM_NAME_MAX		59
#define KLP_ARM_FUNC_NAME_MAX		511
#define KLP_ARM_CODE_MAX		2048
#define KLP_ARM_OBJECTS_MAX		32
#define KLP_ARM_EVENTS_GROUP		"events"
#define KLP_ARM_EVENTS_ADMIN_GROUP	"events-admin"
#define KLP_ARM_COMM_MAX		15
#define KLP_ARM_VERSION_MAX		127
#define KLP_ARM_BLOCKERS_MAX		256
#define KLP_ARM_FAILURES_MAX		128
#define KLP_ARM_HISTORY_MAX		32
#define KLP_ARM_FRAMES_MAX		24

/**
 * enum klp_arm_patch_state - What the livepatch core does with a patch.
 * @KLP_ARM_PATCH_STATE_DISABLED: No task runs the patch.
 * @KLP_ARM_PATCH_STATE_ENABLING: Tasks are being switched to the patch.
 * @KLP_ARM_PATCH_STATE_ENABLED: Every task runs the patch.
 * @KLP_ARM_PATCH_STATE_DISABLING: Tasks are being switched away from the
 *   patch.
 */
enum klp_arm_patch_state {
	KLP_ARM_PATCH_STATE_DISABLED,
	KLP_ARM_PATCH_STATE_ENABLING,
	KLP_ARM_PATCH_STATE_ENABLED,
	KLP_ARM_PATCH_STATE_DISABLING,
};

/**
 * enum klp_arm_func_state - What the livepatch core does with one replaced
 *   function.
 * @KLP_ARM_FUNC_STATE_UNPATCHED: No call is redirected by this func.
 * @KLP_ARM_FUNC_STATE_PATCHING: Calls by switched tasks are redirected.
 * @KLP_ARM_FUNC_STATE_PATCHED: Every call is redirected, unless a later patch
 *   is on top.
 * @KLP_ARM_FUNC_STATE_UNPATCHING: Calls by tasks not yet switched are still
 *   redirected.
 * @KLP_ARM_FUNC_STATE_TARGET_NOT_LOADED: The object is a module that is not
 *   loaded.
 */
enum klp_arm_func_state {
	KLP_ARM_FUNC_STATE_UNPATCHED,
	KLP_ARM_FUNC_STATE_PATCHING,
	KLP_ARM_FUNC_STATE_PATCHED,
	KLP_ARM_FUNC_STATE_UNPATCHING,
	KLP_ARM_FUNC_STATE_TARGET_NOT_LOADED,
};

/**
 * enum klp_arm_direction - Where a transition takes the tasks.
 * @KLP_ARM_DIRECTION_PATCHING: To the new functions of the patch.
 * @KLP_ARM_DIRECTION_UNPATCHING: To what ran before the patch.
 */
enum klp_arm_direction {
	KLP_ARM_DIRECTION_PATCHING,
	KLP_ARM_DIRECTION_UNPATCHING,
};

/**
 * enum klp_arm_entry_method - Which compiler support redirects a function.
 * @KLP_ARM_ENTRY_METHOD_MCOUNT: The call that -pg puts after the prologue.
 * @KLP_ARM_ENTRY_METHOD_PATCHABLE: The nops that -fpatchable-function-entry
 *   puts before the prologue.
 */
enum klp_arm_entry_method {
	KLP_ARM_ENTRY_METHOD_MCOUNT,
	KLP_ARM_ENTRY_METHOD_PATCHABLE,
};

/**
 * enum klp_arm_entry_path - How a call reaches the replacement of a function
 *   now.
 * @KLP_ARM_ENTRY_PATH_DIRECT: Straight to the replacement, without C code.
 * @KLP_ARM_ENTRY_PATH_HANDLER: By the livepatch handler, with all registers
 *   saved around it.
 * @KLP_ARM_ENTRY_PATH_SHARED: As handler, through the caller that all users of
 *   ftrace share: one of them has the function too, or it has no trampoline in
 *   reach.
 */
enum klp_arm_entry_path {
	KLP_ARM_ENTRY_PATH_DIRECT,
	KLP_ARM_ENTRY_PATH_HANDLER,
	KLP_ARM_ENTRY_PATH_SHARED,
};

/**
 * enum klp_arm_unwinder - What the reliable stack walk is made from.
 * @KLP_ARM_UNWINDER_EHABI: The unwind tables of the ARM exception handling
 *   ABI.
 * @KLP_ARM_UNWINDER_FRAME_POINTER: Frame records.
 */
enum klp_arm_unwinder {
	KLP_ARM_UNWINDER_EHABI,
	KLP_ARM_UNWINDER_FRAME_POINTER,
};

/**
 * enum klp_arm_blocker_reason - Why a task did not switch when the core last
 *   asked.
 * @KLP_ARM_BLOCKER_REASON_RUNNING: It was running on a CPU. It switches when
 *   it enters user space.
 * @KLP_ARM_BLOCKER_REASON_SLEEPING_ON_FUNC: A function that changes is on its
 *   stack.
 * @KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK: Its stack could not be walked to
 *   the end.
 * @KLP_ARM_BLOCKER_REASON_IDLE: It is the idle task of a CPU that has not been
 *   through its loop.
 */
enum klp_arm_blocker_reason {
	KLP_ARM_BLOCKER_REASON_RUNNING,
	KLP_ARM_BLOCKER_REASON_SLEEPING_ON_FUNC,
	KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK,
	KLP_ARM_BLOCKER_REASON_IDLE,
};

/**
 * enum klp_arm_stack_reason - Why the reliable stack walk gave up.
 * @KLP_ARM_STACK_REASON_RELIABLE: It did not.
 * @KLP_ARM_STACK_REASON_OUT_OF_BOUNDS: The stack pointer left the stack of the
 *   task, or fell.
 * @KLP_ARM_STACK_REASON_EXCEPTION_FRAME: The task was preempted or interrupted
 *   in the kernel, or it is in a page fault that cannot be walked through. A
 *   stack in blocker-get goes on from the registers that were saved, with
 *   unreliable frames.
 * @KLP_ARM_STACK_REASON_NOT_TEXT: A return address was not one of kernel code.
 * @KLP_ARM_STACK_REASON_TRAMPOLINE: Code of a tracer whose caller is not
 *   known.
 * @KLP_ARM_STACK_REASON_NO_UNWIND_DATA: Nothing is known about a frame.
 * @KLP_ARM_STACK_REASON_NO_FRAME: A call came from the first instruction of a
 *   function.
 * @KLP_ARM_STACK_REASON_BAD_UNWIND_DATA: The unwind data of a frame cannot be
 *   carried out.
 * @KLP_ARM_STACK_REASON_TOO_DEEP: More frames than the core has room for.
 */
enum klp_arm_stack_reason {
	KLP_ARM_STACK_REASON_RELIABLE,
	KLP_ARM_STACK_REASON_OUT_OF_BOUNDS,
	KLP_ARM_STACK_REASON_EXCEPTION_FRAME,
	KLP_ARM_STACK_REASON_NOT_TEXT,
	KLP_ARM_STACK_REASON_TRAMPOLINE,
	KLP_ARM_STACK_REASON_NO_UNWIND_DATA,
	KLP_ARM_STACK_REASON_NO_FRAME,
	KLP_ARM_STACK_REASON_BAD_UNWIND_DATA,
	KLP_ARM_STACK_REASON_TOO_DEEP,
};

/**
 * enum klp_arm_result - How a transition ended.
 * @KLP_ARM_RESULT_COMPLETED: Every task switched.
 * @KLP_ARM_RESULT_REVERSED: Every task switched back, since the direction was
 *   turned.
 * @KLP_ARM_RESULT_FORCED: The remaining tasks were switched by force.
 */
enum klp_arm_result {
	KLP_ARM_RESULT_COMPLETED,
	KLP_ARM_RESULT_REVERSED,
	KLP_ARM_RESULT_FORCED,
};

/**
 * enum klp_arm_verdict_reason - Why calls of a function cannot be redirected.
 * @KLP_ARM_VERDICT_REASON_NONE: They can.
 * @KLP_ARM_VERDICT_REASON_MISALIGNED_SITE: The traced call is not where an
 *   instruction can be.
 * @KLP_ARM_VERDICT_REASON_TRUNCATED: The function ends before the traced call.
 * @KLP_ARM_VERDICT_REASON_NO_PUSH_LR: The return address is not pushed before
 *   the traced call.
 * @KLP_ARM_VERDICT_REASON_PROLOGUE_TOO_LONG: More instructions than a prologue
 *   has.
 * @KLP_ARM_VERDICT_REASON_UNKNOWN_INSTRUCTION: An instruction that the
 *   verifier does not know.
 * @KLP_ARM_VERDICT_REASON_CONDITIONAL: An instruction that may or may not be
 *   carried out.
 * @KLP_ARM_VERDICT_REASON_BRANCH: A branch before the traced call.
 * @KLP_ARM_VERDICT_REASON_SYSTEM_INSTRUCTION: An instruction that changes the
 *   state of the processor.
 * @KLP_ARM_VERDICT_REASON_COPROCESSOR: A coprocessor instruction.
 * @KLP_ARM_VERDICT_REASON_LOAD_UNPROVEN: A load from where the value is not
 *   known.
 * @KLP_ARM_VERDICT_REASON_STORE_UNPROVEN: A store to where the address is not
 *   known.
 * @KLP_ARM_VERDICT_REASON_STORE_OUTSIDE_FRAME: A store to the frame of the
 *   caller.
 * @KLP_ARM_VERDICT_REASON_SP_UNKNOWN: The stack pointer is not known at the
 *   traced call.
 * @KLP_ARM_VERDICT_REASON_SP_ABOVE_ENTRY: The stack pointer is above that at
 *   the entry.
 * @KLP_ARM_VERDICT_REASON_SP_MISALIGNED: The stack pointer is not aligned at
 *   the traced call.
 * @KLP_ARM_VERDICT_REASON_FRAME_TOO_LARGE: The frame is larger than the stack.
 * @KLP_ARM_VERDICT_REASON_ARGUMENT_CLOBBERED: An argument register has lost
 *   its value.
 * @KLP_ARM_VERDICT_REASON_SAVED_REGISTER_LOST: A callee-saved register has
 *   lost its value.
 * @KLP_ARM_VERDICT_REASON_LR_CHANGED: The return address has changed.
 * @KLP_ARM_VERDICT_REASON_UNWIND_CORRUPT: The unwind table of the function is
 *   corrupt.
 * @KLP_ARM_VERDICT_REASON_UNWIND_REFUSES: The unwind table says that the
 *   function cannot be unwound.
 * @KLP_ARM_VERDICT_REASON_UNWIND_DISAGREES: The unwind table contradicts the
 *   instructions.
 * @KLP_ARM_VERDICT_REASON_STATIC_CHAIN: The function takes a static chain in
 *   ip.
 * @KLP_ARM_VERDICT_REASON_NOT_TRACED: The function has no traced call, as
 *   notrace and assembly have none.
 * @KLP_ARM_VERDICT_REASON_INIT_TEXT: The function is freed after
 *   initialization.
 * @KLP_ARM_VERDICT_REASON_SWITCHES_TASK: A task can switch to the patch while
 *   it is in the function.
 */
enum klp_arm_verdict_reason {
	KLP_ARM_VERDICT_REASON_NONE,
	KLP_ARM_VERDICT_REASON_MISALIGNED_SITE,
	KLP_ARM_VERDICT_REASON_TRUNCATED,
	KLP_ARM_VERDICT_REASON_NO_PUSH_LR,
	KLP_ARM_VERDICT_REASON_PROLOGUE_TOO_LONG,
	KLP_ARM_VERDICT_REASON_UNKNOWN_INSTRUCTION,
	KLP_ARM_VERDICT_REASON_CONDITIONAL,
	KLP_ARM_VERDICT_REASON_BRANCH,
	KLP_ARM_VERDICT_REASON_SYSTEM_INSTRUCTION,
	KLP_ARM_VERDICT_REASON_COPROCESSOR,
	KLP_ARM_VERDICT_REASON_LOAD_UNPROVEN,
	KLP_ARM_VERDICT_REASON_STORE_UNPROVEN,
	KLP_ARM_VERDICT_REASON_STORE_OUTSIDE_FRAME,
	KLP_ARM_VERDICT_REASON_SP_UNKNOWN,
	KLP_ARM_VERDICT_REASON_SP_ABOVE_ENTRY,
	KLP_ARM_VERDICT_REASON_SP_MISALIGNED,
	KLP_ARM_VERDICT_REASON_FRAME_TOO_LARGE,
	KLP_ARM_VERDICT_REASON_ARGUMENT_CLOBBERED,
	KLP_ARM_VERDICT_REASON_SAVED_REGISTER_LOST,
	KLP_ARM_VERDICT_REASON_LR_CHANGED,
	KLP_ARM_VERDICT_REASON_UNWIND_CORRUPT,
	KLP_ARM_VERDICT_REASON_UNWIND_REFUSES,
	KLP_ARM_VERDICT_REASON_UNWIND_DISAGREES,
	KLP_ARM_VERDICT_REASON_STATIC_CHAIN,
	KLP_ARM_VERDICT_REASON_NOT_TRACED,
	KLP_ARM_VERDICT_REASON_INIT_TEXT,
	KLP_ARM_VERDICT_REASON_SWITCHES_TASK,
};

/**
 * enum klp_arm_patch_action - What patch-set does to a patch.
 * @KLP_ARM_PATCH_ACTION_DISABLE: Start a transition away from the patch.
 * @KLP_ARM_PATCH_ACTION_REVERSE: Turn the transition of the patch round.
 * @KLP_ARM_PATCH_ACTION_FORCE: Switch the remaining tasks without asking them.
 *   The consistency of the system is at stake, and a module whose code may
 *   still run can never be removed.
 */
enum klp_arm_patch_action {
	KLP_ARM_PATCH_ACTION_DISABLE,
	KLP_ARM_PATCH_ACTION_REVERSE,
	KLP_ARM_PATCH_ACTION_FORCE,
};

/**
 * enum klp_arm_event_kind - What an event message tells.
 * @KLP_ARM_EVENT_KIND_PATCH_ADDED: A patch was registered, and will be
 *   enabled.
 * @KLP_ARM_EVENT_KIND_PATCH_ENABLED: Every task runs the patch.
 * @KLP_ARM_EVENT_KIND_PATCH_DISABLED: No task runs the patch any more.
 * @KLP_ARM_EVENT_KIND_PATCH_REMOVED: The core has let go of the patch.
 * @KLP_ARM_EVENT_KIND_TRANSITION_STARTED: Tasks are being switched.
 * @KLP_ARM_EVENT_KIND_TRANSITION_PROGRESS: The core has asked the tasks again.
 *   Ten a second at most.
 * @KLP_ARM_EVENT_KIND_TRANSITION_BLOCKED: A task was found for the first time
 *   to hold up the transition.
 * @KLP_ARM_EVENT_KIND_TRANSITION_COMPLETED: Every task has switched.
 * @KLP_ARM_EVENT_KIND_TRANSITION_REVERSED: The direction was turned round.
 * @KLP_ARM_EVENT_KIND_TRANSITION_FORCED: The remaining tasks were switched by
 *   force.
 * @KLP_ARM_EVENT_KIND_STACK_FAILURE: The stack of a task could not be walked
 *   to the end.
 * @KLP_ARM_EVENT_KIND_MODULE_COMING: A module that patches change is being
 *   loaded.
 * @KLP_ARM_EVENT_KIND_MODULE_GOING: A module that patches change is being
 *   removed.
 */
enum klp_arm_event_kind {
	KLP_ARM_EVENT_KIND_PATCH_ADDED,
	KLP_ARM_EVENT_KIND_PATCH_ENABLED,
	KLP_ARM_EVENT_KIND_PATCH_DISABLED,
	KLP_ARM_EVENT_KIND_PATCH_REMOVED,
	KLP_ARM_EVENT_KIND_TRANSITION_STARTED,
	KLP_ARM_EVENT_KIND_TRANSITION_PROGRESS,
	KLP_ARM_EVENT_KIND_TRANSITION_BLOCKED,
	KLP_ARM_EVENT_KIND_TRANSITION_COMPLETED,
	KLP_ARM_EVENT_KIND_TRANSITION_REVERSED,
	KLP_ARM_EVENT_KIND_TRANSITION_FORCED,
	KLP_ARM_EVENT_KIND_STACK_FAILURE,
	KLP_ARM_EVENT_KIND_MODULE_COMING,
	KLP_ARM_EVENT_KIND_MODULE_GOING,
};

/**
 * enum klp_arm_target - Whether a patch is for the build of the kernel that is
 *   running.
 * @KLP_ARM_TARGET_UNKNOWN: The patch does not say it of the kernel, or not of
 *   each module that it changes.
 * @KLP_ARM_TARGET_MATCHED: The build ids that the patch carries are those of
 *   what is loaded.
 * @KLP_ARM_TARGET_MISMATCHED: A module that the patch changes was loaded from
 *   another build. The module does without the patch.
 */
enum klp_arm_target {
	KLP_ARM_TARGET_UNKNOWN,
	KLP_ARM_TARGET_MATCHED,
	KLP_ARM_TARGET_MISMATCHED,
};

enum {
	KLP_ARM_A_ACTOR_TIME = 1,
	KLP_ARM_A_ACTOR_TIME_REAL,
	KLP_ARM_A_ACTOR_PID,
	KLP_ARM_A_ACTOR_UID,
	KLP_ARM_A_ACTOR_COMM,

	__KLP_ARM_A_ACTOR_MAX,
	KLP_ARM_A_ACTOR_MAX = (__KLP_ARM_A_ACTOR_MAX - 1)
};

enum {
	KLP_ARM_A_OBJECT_NAME = 1,
	KLP_ARM_A_OBJECT_PATCHED,
	KLP_ARM_A_OBJECT_LOADED,
	KLP_ARM_A_OBJECT_FUNC_COUNT,
	KLP_ARM_A_OBJECT_LEFT_OUT,
	KLP_ARM_A_OBJECT_UNPATCHED_COUNT,

	__KLP_ARM_A_OBJECT_MAX,
	KLP_ARM_A_OBJECT_MAX = (__KLP_ARM_A_OBJECT_MAX - 1)
};

enum {
	KLP_ARM_A_PATCH_GENERATION = 1,
	KLP_ARM_A_PATCH_ID,
	KLP_ARM_A_PATCH_NAME,
	KLP_ARM_A_PATCH_STATE,
	KLP_ARM_A_PATCH_REPLACE,
	KLP_ARM_A_PATCH_FORCED,
	KLP_ARM_A_PATCH_OBJECT_COUNT,
	KLP_ARM_A_PATCH_FUNC_COUNT,
	KLP_ARM_A_PATCH_OBJECTS,
	KLP_ARM_A_PATCH_VERSION,
	KLP_ARM_A_PATCH_BUILD_ID,
	KLP_ARM_A_PATCH_LOADED,
	KLP_ARM_A_PATCH_CHANGED,
	KLP_ARM_A_PATCH_FORCE,
	KLP_ARM_A_PATCH_ACTION,
	KLP_ARM_A_PATCH_CONFIRM,
	KLP_ARM_A_PATCH_TARGET,
	KLP_ARM_A_PATCH_VERSION_CUT,
	KLP_ARM_A_PATCH_HAS_FIXES,

	__KLP_ARM_A_PATCH_MAX,
	KLP_ARM_A_PATCH_MAX = (__KLP_ARM_A_PATCH_MAX - 1)
};

enum {
	KLP_ARM_A_FUNC_GENERATION = 1,
	KLP_ARM_A_FUNC_PATCH,
	KLP_ARM_A_FUNC_PATCH_ID,
	KLP_ARM_A_FUNC_OBJECT,
	KLP_ARM_A_FUNC_NAME,
	KLP_ARM_A_FUNC_SYMPOS,
	KLP_ARM_A_FUNC_STATE,
	KLP_ARM_A_FUNC_ACTIVE,
	KLP_ARM_A_FUNC_ACTIVE_PATCH,
	KLP_ARM_A_FUNC_NOP,
	KLP_ARM_A_FUNC_ENTRY_PATH,
	KLP_ARM_A_FUNC_OLD_ADDR,
	KLP_ARM_A_FUNC_OLD_SIZE,
	KLP_ARM_A_FUNC_NEW_ADDR,
	KLP_ARM_A_FUNC_NEW_SIZE,
	KLP_ARM_A_FUNC_SP_DELTA,
	KLP_ARM_A_FUNC_RESTORED,
	KLP_ARM_A_FUNC_HITS,

	__KLP_ARM_A_FUNC_MAX,
	KLP_ARM_A_FUNC_MAX = (__KLP_ARM_A_FUNC_MAX - 1)
};

enum {
	KLP_ARM_A_TASKS_TOTAL = 1,
	KLP_ARM_A_TASKS_SWITCHED,
	KLP_ARM_A_TASKS_REMAINING,

	__KLP_ARM_A_TASKS_MAX,
	KLP_ARM_A_TASKS_MAX = (__KLP_ARM_A_TASKS_MAX - 1)
};

enum {
	KLP_ARM_A_REASON_COUNT_REASON = 1,
	KLP_ARM_A_REASON_COUNT_STACK_REASON,
	KLP_ARM_A_REASON_COUNT_COUNT,

	__KLP_ARM_A_REASON_COUNT_MAX,
	KLP_ARM_A_REASON_COUNT_MAX = (__KLP_ARM_A_REASON_COUNT_MAX - 1)
};

enum {
	KLP_ARM_A_FRAME_SYMBOL = 1,
	KLP_ARM_A_FRAME_ADDR,
	KLP_ARM_A_FRAME_UNRELIABLE,

	__KLP_ARM_A_FRAME_MAX,
	KLP_ARM_A_FRAME_MAX = (__KLP_ARM_A_FRAME_MAX - 1)
};

enum {
	KLP_ARM_A_BLOCKER_GENERATION = 1,
	KLP_ARM_A_BLOCKER_PATCH,
	KLP_ARM_A_BLOCKER_PID,
	KLP_ARM_A_BLOCKER_TID,
	KLP_ARM_A_BLOCKER_COMM,
	KLP_ARM_A_BLOCKER_CPU,
	KLP_ARM_A_BLOCKER_KTHREAD,
	KLP_ARM_A_BLOCKER_REASON,
	KLP_ARM_A_BLOCKER_FUNC,
	KLP_ARM_A_BLOCKER_STACK_REASON,
	KLP_ARM_A_BLOCKER_WHERE,
	KLP_ARM_A_BLOCKER_ATTEMPTS,
	KLP_ARM_A_BLOCKER_FIRST_SEEN,
	KLP_ARM_A_BLOCKER_LAST_SEEN,
	KLP_ARM_A_BLOCKER_STACK,
	KLP_ARM_A_BLOCKER_WANT_STACK,

	__KLP_ARM_A_BLOCKER_MAX,
	KLP_ARM_A_BLOCKER_MAX = (__KLP_ARM_A_BLOCKER_MAX - 1)
};

enum {
	KLP_ARM_A_FAILURE_ID = 1,
	KLP_ARM_A_FAILURE_TIME,
	KLP_ARM_A_FAILURE_TIME_REAL,
	KLP_ARM_A_FAILURE_PATCH,
	KLP_ARM_A_FAILURE_PID,
	KLP_ARM_A_FAILURE_TID,
	KLP_ARM_A_FAILURE_COMM,
	KLP_ARM_A_FAILURE_REASON,
	KLP_ARM_A_FAILURE_FUNC,
	KLP_ARM_A_FAILURE_STACK_REASON,
	KLP_ARM_A_FAILURE_WHERE,

	__KLP_ARM_A_FAILURE_MAX,
	KLP_ARM_A_FAILURE_MAX = (__KLP_ARM_A_FAILURE_MAX - 1)
};

enum {
	KLP_ARM_A_HISTORY_ID = 1,
	KLP_ARM_A_HISTORY_PATCH,
	KLP_ARM_A_HISTORY_PATCH_ID,
	KLP_ARM_A_HISTORY_DIRECTION,
	KLP_ARM_A_HISTORY_RESULT,
	KLP_ARM_A_HISTORY_STARTED,
	KLP_ARM_A_HISTORY_STARTED_REAL,
	KLP_ARM_A_HISTORY_DURATION_MS,
	KLP_ARM_A_HISTORY_ATTEMPTS,
	KLP_ARM_A_HISTORY_SIGNALS,
	KLP_ARM_A_HISTORY_WORST,

	__KLP_ARM_A_HISTORY_MAX,
	KLP_ARM_A_HISTORY_MAX = (__KLP_ARM_A_HISTORY_MAX - 1)
};

enum {
	KLP_ARM_A_FIX_GENERATION = 1,
	KLP_ARM_A_FIX_PATCH,
	KLP_ARM_A_FIX_PATCH_ID,
	KLP_ARM_A_FIX_NAME,
	KLP_ARM_A_FIX_CUT,

	__KLP_ARM_A_FIX_MAX,
	KLP_ARM_A_FIX_MAX = (__KLP_ARM_A_FIX_MAX - 1)
};

enum {
	KLP_ARM_A_VERDICT_OBJECT = 1,
	KLP_ARM_A_VERDICT_NAME,
	KLP_ARM_A_VERDICT_SYMPOS,
	KLP_ARM_A_VERDICT_REDIRECTABLE,
	KLP_ARM_A_VERDICT_REASON,
	KLP_ARM_A_VERDICT_OFFSET,
	KLP_ARM_A_VERDICT_SP_DELTA,
	KLP_ARM_A_VERDICT_RESTORED,
	KLP_ARM_A_VERDICT_PATCHED,

	__KLP_ARM_A_VERDICT_MAX,
	KLP_ARM_A_VERDICT_MAX = (__KLP_ARM_A_VERDICT_MAX - 1)
};

enum {
	KLP_ARM_A_CODE_OBJECT = 1,
	KLP_ARM_A_CODE_NAME,
	KLP_ARM_A_CODE_SYMPOS,
	KLP_ARM_A_CODE_OFFSET,
	KLP_ARM_A_CODE_SIZE,
	KLP_ARM_A_CODE_BYTES,

	__KLP_ARM_A_CODE_MAX,
	KLP_ARM_A_CODE_MAX = (__KLP_ARM_A_CODE_MAX - 1)
};

enum {
	KLP_ARM_A_EVENT_SEQ = 1,
	KLP_ARM_A_EVENT_KIND,
	KLP_ARM_A_EVENT_TIME,
	KLP_ARM_A_EVENT_TIME_REAL,
	KLP_ARM_A_EVENT_GENERATION,
	KLP_ARM_A_EVENT_PATCH,
	KLP_ARM_A_EVENT_TRANSITION,
	KLP_ARM_A_EVENT_BLOCKER,
	KLP_ARM_A_EVENT_FAILURE,
	KLP_ARM_A_EVENT_MODULE,

	__KLP_ARM_A_EVENT_MAX,
	KLP_ARM_A_EVENT_MAX = (__KLP_ARM_A_EVENT_MAX - 1)
};

enum {
	KLP_ARM_A_TRANSITION_GENERATION = 1,
	KLP_ARM_A_TRANSITION_PATCH,
	KLP_ARM_A_TRANSITION_PATCH_ID,
	KLP_ARM_A_TRANSITION_DIRECTION,
	KLP_ARM_A_TRANSITION_STARTED,
	KLP_ARM_A_TRANSITION_STARTED_REAL,
	KLP_ARM_A_TRANSITION_ELAPSED_MS,
	KLP_ARM_A_TRANSITION_TASKS,
	KLP_ARM_A_TRANSITION_FORCED,
	KLP_ARM_A_TRANSITION_REVERSED,
	KLP_ARM_A_TRANSITION_ATTEMPTS,
	KLP_ARM_A_TRANSITION_SIGNALS,
	KLP_ARM_A_TRANSITION_REASONS,
	KLP_ARM_A_TRANSITION_BLOCKERS,
	KLP_ARM_A_TRANSITION_BLOCKERS_DROPPED,
	KLP_ARM_A_TRANSITION_CORE_BUSY,

	__KLP_ARM_A_TRANSITION_MAX,
	KLP_ARM_A_TRANSITION_MAX = (__KLP_ARM_A_TRANSITION_MAX - 1)
};

enum {
	KLP_ARM_A_INFO_GENERATION = 1,
	KLP_ARM_A_INFO_ARCH,
	KLP_ARM_A_INFO_ENTRY,
	KLP_ARM_A_INFO_UNWINDER,
	KLP_ARM_A_INFO_NAME_MAX,
	KLP_ARM_A_INFO_FUNC_NAME_MAX,
	KLP_ARM_A_INFO_OBJECTS_MAX,
	KLP_ARM_A_INFO_BLOCKERS_MAX,
	KLP_ARM_A_INFO_FAILURES_MAX,
	KLP_ARM_A_INFO_HISTORY_MAX,
	KLP_ARM_A_INFO_EVENT_SEQ,
	KLP_ARM_A_INFO_STACK_CHECKS,
	KLP_ARM_A_INFO_STACK_FAILURES,
	KLP_ARM_A_INFO_FAILURES_DROPPED,
	KLP_ARM_A_INFO_HISTORY_DROPPED,
	KLP_ARM_A_INFO_COMPLETED,
	KLP_ARM_A_INFO_REVERSED,
	KLP_ARM_A_INFO_FORCED,
	KLP_ARM_A_INFO_COUNTING,
	KLP_ARM_A_INFO_CORE_BUSY,
	KLP_ARM_A_INFO_BUILD_ID,
	KLP_ARM_A_INFO_REQUIRE_TARGET,

	__KLP_ARM_A_INFO_MAX,
	KLP_ARM_A_INFO_MAX = (__KLP_ARM_A_INFO_MAX - 1)
};

enum {
	KLP_ARM_A_COUNTER_ENABLED = 1,

	__KLP_ARM_A_COUNTER_MAX,
	KLP_ARM_A_COUNTER_MAX = (__KLP_ARM_A_COUNTER_MAX - 1)
};

enum klp_arm_cmd {
	KLP_ARM_CMD_PATCH_GET = 1,
	KLP_ARM_CMD_FUNC_GET,
	KLP_ARM_CMD_TRANSITION_GET,
	KLP_ARM_CMD_INFO_GET,
	KLP_ARM_CMD_BLOCKER_GET,
	KLP_ARM_CMD_FAILURE_GET,
	KLP_ARM_CMD_HISTORY_GET,
	KLP_ARM_CMD_VERDICT_GET,
	KLP_ARM_CMD_PATCH_SET,
	KLP_ARM_CMD_FAILURE_CLEAR,
	KLP_ARM_CMD_EVENT,
	KLP_ARM_CMD_COUNTER_SET,
	KLP_ARM_CMD_FIX_GET,
	KLP_ARM_CMD_CODE_GET,

	__KLP_ARM_CMD_MAX,
	KLP_ARM_CMD_MAX = (__KLP_ARM_CMD_MAX - 1)
};

#endif /* _UAPI_LINUX_KLP_ARM_H */
