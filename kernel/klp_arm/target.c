// SPDX-License-Identifier: GPL-2.0
/*
 * target.c - which build of the kernel and of its modules a livepatch is for.
 *
 * A livepatch carries build ids in its .modinfo, as docs/livepatches.md describes:
 *
 *	klp_target=<build id of vmlinux>
 *	klp_target_mod=<name of a module>:<build id of that module>
 *
 * All of these are compared before the livepatch is laid out in memory, and
 * those of modules again when the patch is enabled and when a module comes: the
 * module may have been replaced in between. No parameter switches that off. A
 * livepatch without build ids is let in and reported as what it is, until
 * require_target is set.
 */

#define pr_fmt(fmt) "klp_arm: " fmt

#include <linux/hex.h>
#include <linux/klp_arm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "../livepatch/core.h"
#include "../livepatch/transition.h"
#include "build_id.h"
#include "target.h"

/* Under the name of the whole, not of this file: klp_arm.require_target=1 */
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "klp_arm."

static bool require_target = IS_ENABLED(CONFIG_KLP_ARM_REQUIRE_TARGET);
module_param(require_target, bool_enable_only, 0644);
MODULE_PARM_DESC(require_target,
		 "Refuse livepatches that do not say which build they are for");

#define KLP_ARM_ID_DIGITS (2 * BUILD_ID_SIZE_MAX)

/**
 * struct klp_arm_modinfo - the .modinfo section of a livepatch
 * @name: name of the livepatch module
 * @text: entries of the form "tag=value", each with a NUL behind it
 * @size: bytes of @text
 */
struct klp_arm_modinfo {
	const char *name;
	const char *text;
	size_t size;
};

/* The value of the first entry behind @prev (NULL: of all) with this tag. */
static const char *klp_arm_next_value(const struct klp_arm_modinfo *info,
				      const char *tag, const char *prev)
{
	const char *pos = prev ? prev + strlen(prev) + 1 : info->text;
	const char *end = info->text + info->size;
	size_t tag_len = strlen(tag);
	size_t len;

	for (; pos < end; pos += len + 1) {
		len = strnlen(pos, end - pos);
		/* Only what ends inside the section is an entry. */
		if (len == end - pos)
			break;
		if (len > tag_len && !memcmp(pos, tag, tag_len) &&
		    pos[tag_len] == '=')
			return pos + tag_len + 1;
	}

	return NULL;
}

/* The build id in the entry that a livepatch has for a module, or NULL. */
static const char *klp_arm_module_entry(const struct klp_arm_modinfo *info,
					const char *module)
{
	const char *entry = NULL;
	size_t len = strlen(module);

	while ((entry = klp_arm_next_value(info, "klp_target_mod", entry)))
		if (!strncmp(entry, module, len) && entry[len] == ':')
			return entry + len + 1;

	return NULL;
}

/**
 * klp_arm_target_required() - tell whether livepatches must carry build ids
 *
 * Return: true if one without them is refused.
 */
bool klp_arm_target_required(void)
{
	return READ_ONCE(require_target);
}

/*
 * Complains if what is there is not what the livepatch is for. @object is
 * "this kernel" or a module, in quotes.
 */
static int klp_arm_compare(const struct klp_arm_modinfo *info,
			   const char *object, const char *wanted,
			   const unsigned char *id)
{
	unsigned char bytes[BUILD_ID_SIZE_MAX];

	if (strlen(wanted) != KLP_ARM_ID_DIGITS ||
	    hex2bin(bytes, wanted, sizeof(bytes))) {
		pr_err("%s: '%.64s' in its .modinfo is not a build id of %d hexadecimal digits, build the livepatch again\n",
		       info->name, wanted, KLP_ARM_ID_DIGITS);
		return -ENOEXEC;
	}
	if (!memcmp(bytes, id, sizeof(bytes)))
		return 0;

	if (klp_arm_is_build_id(id))
		pr_err("%s: made for build id %s, but %s has build id %*phN: take a livepatch that was built against what is running\n",
		       info->name, wanted, object, BUILD_ID_SIZE_MAX, id);
	else
		pr_err("%s: made for build id %s, but %s has no build id: link it with --build-id=sha1 and build the livepatch against it\n",
		       info->name, wanted, object);

	return -ENOEXEC;
}

static int klp_arm_compare_kernel(const struct klp_arm_modinfo *info)
{
	const char *wanted = NULL;
	bool stamped = false;
	int err;

	while ((wanted = klp_arm_next_value(info, "klp_target", wanted))) {
		err = klp_arm_compare(info, "this kernel", wanted,
				      klp_arm_kernel_build_id());
		if (err)
			return err;
		stamped = true;
	}
	if (stamped)
		return 0;

	if (require_target) {
		pr_err("%s: refused, its .modinfo has no klp_target and klp_arm.require_target is set: build it with scripts/Makefile.livepatch\n",
		       info->name);
		return -ENOEXEC;
	}
	/*
	 * Told by the name of the task: the kernel tree's livepatch selftests
	 * compare all lines of the log that have the name of their modules.
	 */
	pr_warn("%s (pid %d) loads a livepatch that does not say which kernel it is for, build it with scripts/Makefile.livepatch\n",
		current->comm, task_pid_nr(current));

	return 0;
}

/* Returns false if no such module is loaded. */
static bool klp_arm_loaded_id(const char *name, size_t len, unsigned char *id)
{
	char copy[MODULE_NAME_LEN];
	struct module *mod;

	if (len >= sizeof(copy))
		return false;
	memcpy(copy, name, len);
	copy[len] = '\0';

	rcu_read_lock_sched();
	mod = find_module(copy);
	if (mod)
		klp_arm_module_build_id(mod, id);
	rcu_read_unlock_sched();

	return mod;
}

static int klp_arm_compare_modules(const struct klp_arm_modinfo *info)
{
	unsigned char id[BUILD_ID_SIZE_MAX];
	char object[MODULE_NAME_LEN + 16];
	const char *entry = NULL;
	size_t len;
	int err;

	while ((entry = klp_arm_next_value(info, "klp_target_mod", entry))) {
		len = strcspn(entry, ":");
		if (!entry[len]) {
			pr_err("%s: klp_target_mod='%.64s' in its .modinfo is not a module and its build id, build the livepatch again\n",
			       info->name, entry);
			return -ENOEXEC;
		}
		if (!klp_arm_loaded_id(entry, len, id))
			continue;
		snprintf(object, sizeof(object), "module '%.*s'", (int)len,
			 entry);
		err = klp_arm_compare(info, object, entry + len + 1, id);
		if (err)
			return err;
	}

	return 0;
}

/**
 * klp_arch_check_modinfo() - decide whether a livepatch may be loaded
 * @name: name of the livepatch module
 * @text: its .modinfo
 * @size: bytes of @text
 *
 * Hook of the module loader, before the module is laid out in memory: nothing
 * of it has been relocated or has run.
 *
 * Context: may sleep; takes no lock.
 * Return: 0, or -ENOEXEC after the log has told why.
 */
int klp_arch_check_modinfo(const char *name, const char *text, size_t size)
{
	const struct klp_arm_modinfo info = {
		.name = name,
		.text = text,
		.size = size,
	};

	return klp_arm_compare_kernel(&info) ?: klp_arm_compare_modules(&info);
}

/* The .modinfo of a loaded livepatch, which the loader has kept. */
static void klp_arm_kept_modinfo(const struct module *mod,
				 struct klp_arm_modinfo *info)
{
	const struct klp_modinfo *elf = mod->klp_info;
	unsigned int i;

	*info = (struct klp_arm_modinfo){ .name = mod->name };
	for (i = 1; i < elf->hdr.e_shnum; i++) {
		const Elf_Shdr *section = &elf->sechdrs[i];

		if ((section->sh_flags & SHF_ALLOC) &&
		    !strcmp(elf->secstrings + section->sh_name, ".modinfo")) {
			info->text = (const char *)section->sh_addr;
			info->size = section->sh_size;
			return;
		}
	}
}

/* A nop takes back what an older patch does. Does any of them do something? */
static bool klp_arm_is_patched_by_others(const struct klp_patch *self,
					 const struct klp_object *nops)
{
	struct klp_patch *patch;
	struct klp_object *obj;

	klp_for_each_patch(patch)
		klp_for_each_object(patch, obj)
			if (patch != self && obj->name &&
			    obj->mod == nops->mod)
				return true;

	return false;
}

static bool klp_arm_has_func(struct klp_object *obj,
			     const struct klp_func *wanted)
{
	struct klp_func *func;

	klp_for_each_func(obj, func)
		/* Of a unique name, 0 and 1 are the same. */
		if (!strcmp(func->old_name, wanted->old_name) &&
		    (func->old_sympos ?: 1) == (wanted->old_sympos ?: 1))
			return true;

	return false;
}

static bool klp_arm_is_for(const struct klp_patch *patch,
			   const struct klp_object *obj,
			   const struct module *mod);

/*
 * Does the patch that is replacing all others take back what this object would
 * do to a module? Not if the patch has been made without nops for the object,
 * since another build of the module was loaded at that time, or if it is not
 * for the build that comes. Tasks would not be kept from leaving the replaced
 * code while they are in it.
 */
static bool klp_arm_is_taken_over(struct klp_object *obj)
{
	struct klp_patch *patch = klp_transition_patch;
	struct klp_object *own;
	struct klp_func *func;

	klp_for_each_object(patch, own) {
		if (!own->name || strcmp(own->name, obj->name))
			continue;
		if (!own->dynamic && !klp_arm_is_for(patch, own, obj->mod))
			return false;
		klp_for_each_func(obj, func)
			if (!klp_arm_has_func(own, func))
				return false;
		return true;
	}

	return false;
}

/* Is the patch for this build of the module, or for any? NULL: not loaded. */
static bool klp_arm_is_for(const struct klp_patch *patch,
			   const struct klp_object *obj,
			   const struct module *mod)
{
	unsigned char id[BUILD_ID_SIZE_MAX];
	char object[MODULE_NAME_LEN + 16];
	struct klp_arm_modinfo info;
	const char *wanted;

	klp_arm_kept_modinfo(patch->mod, &info);
	wanted = klp_arm_module_entry(&info, obj->name);
	if (!wanted && require_target) {
		pr_err("%s: patches module '%s' and has no klp_target_mod for it, and klp_arm.require_target is set: name the file of the module in klp-modules-%s in its makefile, and build it again\n",
		       info.name, obj->name, info.name);
		return false;
	}
	if (!wanted || !mod)
		return true;

	snprintf(object, sizeof(object), "module '%s'", obj->name);
	klp_arm_module_build_id(mod, id);

	return !klp_arm_compare(&info, object, wanted, id);
}

/**
 * klp_arch_object_fits() - decide whether a patch may be applied to a module
 * @patch: the patch; it is being enabled, or enabled and @obj's module comes
 * @obj: what the patch does to the module; obj->mod is NULL if that is not
 *	 loaded
 *
 * Hook of the livepatch core, under klp_mutex, before relocations that depend
 * on the module are written.
 *
 * Return: true, or false after the log has told why.
 */
bool klp_arch_object_fits(struct klp_patch *patch, struct klp_object *obj)
{
	lockdep_assert_held(&klp_mutex);

	if (obj->dynamic)
		return !obj->mod || klp_arm_is_patched_by_others(patch, obj);
	if (!klp_arm_is_for(patch, obj, obj->mod))
		return false;
	if (!obj->mod || !klp_transition_patch || !klp_transition_patch->replace ||
	    klp_transition_patch == patch || klp_arm_is_taken_over(obj))
		return true;

	pr_warn("%s: not applied to module '%s', since '%s' is replacing it\n",
		patch->mod->name, obj->name, klp_transition_patch->mod->name);

	return false;
}

/**
 * klp_arch_object_left_out() - tell whether a module does without a patch
 * @obj: what the patch does to the module
 *
 * Hook of the livepatch core, under klp_mutex.
 *
 * Return: true if the module is loaded and is not the build that the patch is
 *	   for.
 */
bool klp_arch_object_left_out(const struct klp_object *obj)
{
	bool left_out = false;
	struct module *mod;

	lockdep_assert_held(&klp_mutex);

	if (!obj->name || obj->mod)
		return false;

	rcu_read_lock_sched();
	mod = find_module(obj->name);
	left_out = mod && mod->klp_alive;
	rcu_read_unlock_sched();

	return left_out;
}

/**
 * klp_arm_patch_target() - tell whether a patch is for what is running
 * @patch: the patch
 *
 * Context: under klp_mutex.
 * Return: matched if the patch says what it is for, and it is that;
 *	   mismatched if a module does without it; unknown if it does not say.
 */
enum klp_arm_target klp_arm_patch_target(struct klp_patch *patch)
{
	enum klp_arm_target target = KLP_ARM_TARGET_MATCHED;
	struct klp_arm_modinfo info;
	struct klp_object *obj;

	klp_arm_kept_modinfo(patch->mod, &info);
	if (!klp_arm_next_value(&info, "klp_target", NULL))
		target = KLP_ARM_TARGET_UNKNOWN;
	klp_for_each_object_static(patch, obj) {
		if (klp_arch_object_left_out(obj))
			return KLP_ARM_TARGET_MISMATCHED;
		if (obj->name && !klp_arm_module_entry(&info, obj->name))
			target = KLP_ARM_TARGET_UNKNOWN;
	}

	return target;
}

/**
 * klp_arm_module_fix() - find what a livepatch says that it fixes
 * @mod: the livepatch module, which stays loaded meanwhile
 * @previous: the entry before; NULL for the first one
 *
 * Return: the entry "fixes=" without its tag, which lives as long as @mod; NULL
 *	   if there are no more.
 */
const char *klp_arm_module_fix(const struct module *mod, const char *previous)
{
	struct klp_arm_modinfo info;

	klp_arm_kept_modinfo(mod, &info);

	return klp_arm_next_value(&info, "fixes", previous);
}
