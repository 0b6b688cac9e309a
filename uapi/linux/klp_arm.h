/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	docs/netlink/specs/klp_arm.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_KLP_ARM_H
#define _UAPI_LINUX_KLP_ARM_H

#define KLP_ARM_FAMILY_NAME	"klp_arm"
#define KLP_ARM_FAMILY_VERSION	1

#define KLP_ARM_NAME_MAX	59
#define KLP_ARM_FUNC_NAME_MAX	511
#define KLP_ARM_OBJECTS_MAX	32

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
 * @KLP_ARM_ENTRY_PATH_SHARED: As handler, because another user of ftrace has
 *   the function too.
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

enum {
	KLP_ARM_A_OBJECT_NAME = 1,
	KLP_ARM_A_OBJECT_PATCHED,
	KLP_ARM_A_OBJECT_LOADED,
	KLP_ARM_A_OBJECT_FUNC_COUNT,

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

	__KLP_ARM_A_INFO_MAX,
	KLP_ARM_A_INFO_MAX = (__KLP_ARM_A_INFO_MAX - 1)
};

enum klp_arm_cmd {
	KLP_ARM_CMD_PATCH_GET = 1,
	KLP_ARM_CMD_FUNC_GET,
	KLP_ARM_CMD_TRANSITION_GET,
	KLP_ARM_CMD_INFO_GET,

	__KLP_ARM_CMD_MAX,
	KLP_ARM_CMD_MAX = (__KLP_ARM_CMD_MAX - 1)
};

#endif /* _UAPI_LINUX_KLP_ARM_H */
