// SPDX-License-Identifier: GPL-2.0
/*
 * self_switch.c - functions in which a task is switched without a look at its
 * stack.
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
 *
 * The core switches the idle task of a CPU that is offline without a look, too.
 * Where the platform cannot cut the power of a CPU, that task still runs: it waits
 * in the platform's cpu_die() and what that calls.
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
	/* The way out of that loop when the CPU goes offline */
	"arch_cpu_idle_dead",
};

/*
 * What arch_cpu_idle_dead() calls has a name for each platform: smp_ops.cpu_die,
 * such as psci_cpu_die(), and the loops in it (git grep -w cpu_die arch/arm)
 */
static const char *const klp_arm_dying[] = {
	"cpu_die",
	"do_lowpower",
};

/**
 * klp_arm_switches_task() - is a task switched unseen while in this function?
 * @name: name of a function of vmlinux, as kallsyms has it
 *
 * A clone that the compiler made, such as do_idle.constprop.0, is the function.
 *
 * Context: any.
 * Return: whether it is, so that the function must not be patched.
 * Since: 1.0
 */
bool klp_arm_switches_task(const char *name)
{
	/* A clone has a dot behind the function's name. */
	size_t length = strcspn(name, ".");
	size_t i, tail;

	for (i = 0; i < ARRAY_SIZE(klp_arm_self_switching); i++)
		if (strlen(klp_arm_self_switching[i]) == length &&
		    !strncmp(name, klp_arm_self_switching[i], length))
			return true;

	for (i = 0; i < ARRAY_SIZE(klp_arm_dying); i++) {
		tail = strlen(klp_arm_dying[i]);
		if (length >= tail &&
		    !strncmp(name + length - tail, klp_arm_dying[i], tail))
			return true;
	}

	return false;
}
