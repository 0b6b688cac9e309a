// SPDX-License-Identifier: GPL-2.0
/*
 * self_switch.c - functions in which a task switches itself to a patch.
 *
 * klp_update_patch_state() switches the task that calls it, and looks at no
 * stack: where it is called, no function that changes may be on the stack. The
 * functions that are, and go on afterwards, are listed here. If one of them was
 * patched, a task could be counted as switched while it is still inside the
 * version that is being taken away, sleep there, and wake up when the module
 * that had it is gone.
 *
 * The other way in which a task switches itself, __klp_sched_try_switch(), walks
 * the stack first, from the walk's own caller on: all that is on the stack when
 * the task is switched was checked, and needs no place here.
 */
#include "freestanding.h"
#include "self_switch.h"

/* Functions of vmlinux, the innermost of each path first */
static const char *const klp_arm_self_switching[] = {
	"klp_update_patch_state",
	/* The way to user space: arch/arm/kernel/signal.c */
	"do_work_pending",
	/* The loop of idle tasks: kernel/sched/idle.c, and what calls it for good */
	"do_idle",
	"cpu_startup_entry",
	"rest_init",
	"secondary_start_kernel",
	/* The same loop in threads that cool a processor: idle injection */
	"play_idle_precise",
	"idle_inject_fn",
	"smpboot_thread_fn",
	"kthread",
};

/**
 * klp_arm_switches_task() - does a task switch itself while in this function?
 * @name: name of a function of vmlinux, as kallsyms has it
 *
 * A clone that the compiler made, such as do_idle.constprop.0, is the function.
 *
 * Context: any.
 * Return: whether it does, so that the function must not be patched.
 * Since: 1.0
 */
bool klp_arm_switches_task(const char *name)
{
	size_t i, length;

	for (i = 0; i < ARRAY_SIZE(klp_arm_self_switching); i++) {
		length = strlen(klp_arm_self_switching[i]);
		if (!strncmp(name, klp_arm_self_switching[i], length) &&
		    (!name[length] || name[length] == '.'))
			return true;
	}

	return false;
}
