// SPDX-License-Identifier: GPL-2.0
/*
 * commands.c - the table of all commands
 */
#include <limits.h>
#include <stddef.h>

#include "main.h"

static const struct command patch_verbs[] = {
	{ .name = "list", .help = "list the patches", .run = do_patch_list },
	{ .name = "show",
	  .arguments = "PATCH",
	  .help = "show one patch: version, who loaded it, objects",
	  .min_arguments = 1,
	  .max_arguments = 1,
	  .run = do_patch_show },
	{ 0 },
};

static const struct command func_verbs[] = {
	{ .name = "list",
	  .arguments = "[PATCH]",
	  .help = "list the functions that patches replace",
	  .max_arguments = 1,
	  .run = do_func_list },
	{ .name = "show",
	  .arguments = "FUNC",
	  .help = "show which patches replace a function",
	  .min_arguments = 1,
	  .max_arguments = 1,
	  .options = OPTION_OBJECT | OPTION_PATCH,
	  .run = do_func_show },
	{ 0 },
};

static const struct command transition_verbs[] = {
	{ .name = "show",
	  .help = "show the transition that is under way",
	  .run = do_transition_show },
	{ 0 },
};

const struct command commands[] = {
	{ .name = "status",
	  .help = "show kernel, transition, patches and functions",
	  .run = do_status },
	{ .name = "patch", .verbs = patch_verbs },
	{ .name = "func", .verbs = func_verbs },
	{ .name = "transition", .verbs = transition_verbs },
	{ .name = "blocking",
	  .help = "list the tasks that hold up the transition",
	  .options = OPTION_STACK,
	  .run = do_blocking },
	{ .name = "failures",
	  .help = "list the stack checks that failed",
	  .options = OPTION_CLEAR,
	  .run = do_failures },
	{ .name = "history",
	  .help = "list the transitions that are over",
	  .run = do_history },
	{ .name = "info",
	  .help = "show limits and counters of the kernel",
	  .run = do_info },
	{ .name = "load",
	  .arguments = "FILE.ko",
	  .help = "load a livepatch module, which enables its patch",
	  .min_arguments = 1,
	  .max_arguments = 1,
	  .options = OPTION_WAIT | OPTION_TIMEOUT,
	  .run = do_load },
	{ .name = "disable",
	  .arguments = "PATCH",
	  .help = "bring back what ran before the patch",
	  .min_arguments = 1,
	  .max_arguments = 1,
	  .options = OPTION_WAIT | OPTION_TIMEOUT,
	  .run = do_disable },
	{ .name = "unload",
	  .arguments = "PATCH",
	  .help = "remove the module of a disabled patch",
	  .min_arguments = 1,
	  .max_arguments = 1,
	  .run = do_unload },
	{ .name = "verify",
	  .arguments = "[FUNC...]",
	  .help = "tell whether functions can be replaced, and if not, why",
	  .max_arguments = INT_MAX,
	  .options = OPTION_VMLINUX | OPTION_MODULE | OPTION_TARGET |
		     OPTION_OBJECT,
	  .run = do_verify },
	{ .name = "version",
	  .help = "show the versions of klpctl, libklp and the kernel",
	  .run = do_version },
	{ .name = "help",
	  .help = "show all commands and options",
	  .run = do_help },
	{ 0 },
};
