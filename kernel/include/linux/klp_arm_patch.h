/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_arm_patch.h - what a fix tells klp-build in the sources that it changes
 *
 * Nothing in here becomes part of the kernel: klp-build reads it in the objects
 * that it compiles from the fixed sources. Macros have upstream's names where
 * upstream has them (linux/livepatch_helpers.h).
 *
 * It includes nothing, so that any header can include it. Callbacks that look
 * into struct klp_object, and shadow variables, need <linux/livepatch.h>.
 */
#ifndef _LINUX_KLP_ARM_PATCH_H
#define _LINUX_KLP_ARM_PATCH_H

struct klp_object;

/**
 * struct klp_arm_callback - what a callback's macro makes
 * @fn: the callback
 */
struct klp_arm_callback {
	void (*fn)(struct klp_object *obj);
};

/**
 * struct klp_arm_asked_callback - the same of one that can say no
 * @fn: the callback
 */
struct klp_arm_asked_callback {
	int (*fn)(struct klp_object *obj);
};

/* The name of the section has the kind. */
#define __KLP_CALLBACK(kind, type, func)				\
	static const struct type __klp_##kind##_callback_##func		\
		__used __section(".klp_arm.callback." #kind) = { .fn = func }

/**
 * KLP_PRE_PATCH_CALLBACK - call a function before an object is patched
 * @fn: int fn(struct klp_object *obj), in this file and new; anything but 0
 *	keeps the livepatch from being enabled
 *
 * The object is vmlinux or the module that this file is part of; a module's is
 * also called when that module is loaded later. There can be one callback of
 * each kind for an object.
 */
#define KLP_PRE_PATCH_CALLBACK(fn)					\
	__KLP_CALLBACK(pre_patch, klp_arm_asked_callback, fn)

/**
 * KLP_POST_PATCH_CALLBACK - call a function when an object has been patched
 * @fn: void fn(struct klp_object *obj), in this file and new
 *
 * All tasks run the new code then.
 */
#define KLP_POST_PATCH_CALLBACK(fn)					\
	__KLP_CALLBACK(post_patch, klp_arm_callback, fn)

/**
 * KLP_PRE_UNPATCH_CALLBACK - call a function before an object is unpatched
 * @fn: void fn(struct klp_object *obj), in this file and new
 *
 * It is not called when another livepatch replaces this one.
 */
#define KLP_PRE_UNPATCH_CALLBACK(fn)					\
	__KLP_CALLBACK(pre_unpatch, klp_arm_callback, fn)

/**
 * KLP_POST_UNPATCH_CALLBACK - call a function when an object was unpatched
 * @fn: void fn(struct klp_object *obj), in this file and new
 *
 * No task runs the new code any more. It is not called when another livepatch
 * replaces this one.
 */
#define KLP_POST_UNPATCH_CALLBACK(fn)					\
	__KLP_CALLBACK(post_unpatch, klp_arm_callback, fn)

/* In a section that is not loaded, as text: an address would change the code. */
#define __KLP_IGNORE(text)						\
	asm(".pushsection .klp_arm.ignore, \"\", %progbits\n"		\
	    ".asciz \"" text "\"\n"					\
	    ".popsection\n")

/**
 * KLP_IGNORE_DATA - leave a variable of the running kernel as it is
 * @sym: a variable of this file; of a static one in a function, its plain name
 *
 * The fix changes what the variable begins with, or removes it, and the new code
 * is right without that; or a callback sets it. A variable that grows is refused
 * even so.
 */
#define KLP_IGNORE_DATA(sym) __KLP_IGNORE("data " #sym)

/**
 * KLP_IGNORE_ENUM - use an enumeration with its new values
 * @name: tag of the enumeration, or name of a constant
 *
 * No value that a constant of it had is in memory when new code runs, and no
 * function that stays passes one.
 */
#define KLP_IGNORE_ENUM(name) __KLP_IGNORE("enum " #name)

/**
 * KLP_IGNORE_FUNCTION - leave a function of the running kernel as it is
 * @fn: a function of this file
 *
 * The fix changes the function, and need not change it in a running kernel, as it
 * is one that runs at boot only.
 */
#define KLP_IGNORE_FUNCTION(fn) __KLP_IGNORE("function " #fn)

/**
 * KLP_IGNORE_STRUCT - use a structure in its new layout
 * @name: tag of the structure or union, or name of the typedef
 *
 * No object of it outlives a call of the functions that are replaced, and no
 * function that stays sees one. It counts for objects whose source has it: put it
 * beside the definition of the structure.
 */
#define KLP_IGNORE_STRUCT(name) __KLP_IGNORE("struct " #name)

/*
 * The code of a system call is in an inline function, which is not traced: where the
 * compiler does not inline it, it cannot be replaced. With these macros it is in a
 * new function, and what calls that is replaced. They need <linux/syscalls.h>.
 */
#define KLP_SYSCALL_DEFINE0(name)	SYSCALL_DEFINE0(name)
#define KLP_SYSCALL_DEFINE1(name, ...)					\
	KLP_SYSCALL_DEFINEx(1, _##name, __VA_ARGS__)
#define KLP_SYSCALL_DEFINE2(name, ...)					\
	KLP_SYSCALL_DEFINEx(2, _##name, __VA_ARGS__)
#define KLP_SYSCALL_DEFINE3(name, ...)					\
	KLP_SYSCALL_DEFINEx(3, _##name, __VA_ARGS__)
#define KLP_SYSCALL_DEFINE4(name, ...)					\
	KLP_SYSCALL_DEFINEx(4, _##name, __VA_ARGS__)
#define KLP_SYSCALL_DEFINE5(name, ...)					\
	KLP_SYSCALL_DEFINEx(5, _##name, __VA_ARGS__)
#define KLP_SYSCALL_DEFINE6(name, ...)					\
	KLP_SYSCALL_DEFINEx(6, _##name, __VA_ARGS__)

#define __KLP_SYSCALL(x, sname, ...)					\
	__klp_do_sys##sname(__MAP(x, __SC_DECL, __VA_ARGS__))
#define __KLP_SYSCALL_BODY(x, sname, ...)				\
	{ return __klp_do_sys##sname(__MAP(x, __SC_ARGS, __VA_ARGS__)); }

/* Arguments: how many the call has, its name, their types and names. */
#define KLP_SYSCALL_DEFINEx(...)					\
	static noinline long __KLP_SYSCALL(__VA_ARGS__);		\
	SYSCALL_DEFINEx(__VA_ARGS__)					\
		__KLP_SYSCALL_BODY(__VA_ARGS__)				\
	static noinline long __KLP_SYSCALL(__VA_ARGS__)

#endif /* _LINUX_KLP_ARM_PATCH_H */
