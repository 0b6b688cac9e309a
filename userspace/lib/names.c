// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * names.c - the names of enum values, as the netlink spec spells them
 */
#include <stddef.h>

#include <linux/klp_arm.h>

#include <klp/klp.h>

/* The library's values are the kernel's: parsers need not translate. */
#define SAME(ours, kernels)                                                    \
	_Static_assert((unsigned int)(ours) == (unsigned int)(kernels),        \
		       #ours " differs from the kernel's value")

SAME(KLP_PATCH_DISABLED, KLP_ARM_PATCH_STATE_DISABLED);
SAME(KLP_PATCH_ENABLING, KLP_ARM_PATCH_STATE_ENABLING);
SAME(KLP_PATCH_ENABLED, KLP_ARM_PATCH_STATE_ENABLED);
SAME(KLP_PATCH_DISABLING, KLP_ARM_PATCH_STATE_DISABLING);
SAME(KLP_FUNC_UNPATCHED, KLP_ARM_FUNC_STATE_UNPATCHED);
SAME(KLP_FUNC_PATCHING, KLP_ARM_FUNC_STATE_PATCHING);
SAME(KLP_FUNC_PATCHED, KLP_ARM_FUNC_STATE_PATCHED);
SAME(KLP_FUNC_UNPATCHING, KLP_ARM_FUNC_STATE_UNPATCHING);
SAME(KLP_FUNC_TARGET_NOT_LOADED, KLP_ARM_FUNC_STATE_TARGET_NOT_LOADED);
SAME(KLP_DIRECTION_PATCHING, KLP_ARM_DIRECTION_PATCHING);
SAME(KLP_DIRECTION_UNPATCHING, KLP_ARM_DIRECTION_UNPATCHING);
SAME(KLP_ENTRY_MCOUNT, KLP_ARM_ENTRY_METHOD_MCOUNT);
SAME(KLP_ENTRY_PATCHABLE, KLP_ARM_ENTRY_METHOD_PATCHABLE);
SAME(KLP_PATH_DIRECT, KLP_ARM_ENTRY_PATH_DIRECT);
SAME(KLP_PATH_HANDLER, KLP_ARM_ENTRY_PATH_HANDLER);
SAME(KLP_PATH_SHARED, KLP_ARM_ENTRY_PATH_SHARED);
SAME(KLP_UNWINDER_EHABI, KLP_ARM_UNWINDER_EHABI);
SAME(KLP_UNWINDER_FRAME_POINTER, KLP_ARM_UNWINDER_FRAME_POINTER);

#define NAME_OF(table, value)                                                  \
	name_of(table, sizeof(table) / sizeof((table)[0]), value)

static const char *name_of(const char *const *table, size_t count,
			   unsigned int value)
{
	return value < count ? table[value] : "unknown";
}

const char *klp_patch_state_name(enum klp_patch_state state)
{
	static const char *const names[] = {
		[KLP_PATCH_DISABLED] = "disabled",
		[KLP_PATCH_ENABLING] = "enabling",
		[KLP_PATCH_ENABLED] = "enabled",
		[KLP_PATCH_DISABLING] = "disabling",
	};

	return NAME_OF(names, state);
}

const char *klp_func_state_name(enum klp_func_state state)
{
	static const char *const names[] = {
		[KLP_FUNC_UNPATCHED] = "unpatched",
		[KLP_FUNC_PATCHING] = "patching",
		[KLP_FUNC_PATCHED] = "patched",
		[KLP_FUNC_UNPATCHING] = "unpatching",
		[KLP_FUNC_TARGET_NOT_LOADED] = "target-not-loaded",
	};

	return NAME_OF(names, state);
}

const char *klp_direction_name(enum klp_direction direction)
{
	static const char *const names[] = {
		[KLP_DIRECTION_PATCHING] = "patching",
		[KLP_DIRECTION_UNPATCHING] = "unpatching",
	};

	return NAME_OF(names, direction);
}

const char *klp_entry_method_name(enum klp_entry_method method)
{
	static const char *const names[] = {
		[KLP_ENTRY_MCOUNT] = "mcount",
		[KLP_ENTRY_PATCHABLE] = "patchable",
	};

	return NAME_OF(names, method);
}

const char *klp_entry_path_name(enum klp_entry_path path)
{
	static const char *const names[] = {
		[KLP_PATH_DIRECT] = "direct",
		[KLP_PATH_HANDLER] = "handler",
		[KLP_PATH_SHARED] = "shared",
	};

	return NAME_OF(names, path);
}

const char *klp_unwinder_name(enum klp_unwinder unwinder)
{
	static const char *const names[] = {
		[KLP_UNWINDER_EHABI] = "ehabi",
		[KLP_UNWINDER_FRAME_POINTER] = "frame-pointer",
	};

	return NAME_OF(names, unwinder);
}
