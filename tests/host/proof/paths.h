/* SPDX-License-Identifier: GPL-2.0 */
/*
 * paths.h - run a function into its -pg call, and from there to its replacement
 * on every way that a redirected call can take.
 */
#ifndef KLP_PROOF_PATHS_H
#define KLP_PROOF_PATHS_H

#include "core.h"
#include "trampoline_code.h"

/* Replacements out of range of any branch. */
#define PATHS_FAR 0x08000000U

/* A page with the redirect's own data; its address has bits in all fields. */
#define PATHS_DATA 0x09a6d000U
#define PATHS_REDIRECT (PATHS_DATA + 0x8f4)

/*
 * A room of trampolines, and of replacements that a branch gets to: within 16
 * MiB of a Thumb function, and within 32 MiB of others.
 */
#define PATHS_POOL_SIZE 0x10000U

/**
 * enum path - how a call gets from the function to where it is to go on
 * @PATH_BRANCH: the trampoline's direct form, which ends in a branch
 * @PATH_LOAD: the same, ending in a load of PC
 * @PATH_HANDLER: the trampoline's handler form, and a handler that redirects
 * @PATH_HANDLER_STAY: the same, and a handler that changes nothing
 * @PATH_SHARED: ftrace_regs_caller, and a handler that redirects
 * @PATH_SHARED_STAY: the same, and a handler that changes nothing
 * @PATH_DISCARD: the redirect in C, then klp_arm_discard_frame
 * @PATH_UNDO: the recipe by itself, applied to registers, where nothing of a
 *	       kernel is at hand: all there is for a frame that is too large for
 *	       the direct form
 * @PATH_COUNT: how many
 */
enum path {
	PATH_BRANCH,
	PATH_LOAD,
	PATH_HANDLER,
	PATH_HANDLER_STAY,
	PATH_SHARED,
	PATH_SHARED_STAY,
	PATH_DISCARD,
	PATH_UNDO,
	PATH_COUNT
};

/**
 * struct path_code - addresses of the kernel's own part; 0 if it has none
 * @thumb: it is Thumb code; functions of the other instruction set, which a
 *	   kernel's own part never meets, are run as if there was none
 * @discard_frame: klp_arm_discard_frame
 * @handler_caller: klp_arm_handler_caller
 * @handle_call: klp_arm_handle_call, whose place the test takes
 * @redirect: klp_arm_redirect
 * @regs_caller: ftrace_regs_caller
 * @regs_call: ftrace_regs_call, the call of the handler in there
 * @trace_op: function_trace_op, what the handler is passed
 */
struct path_code {
	bool thumb;
	u32 discard_frame;
	u32 handler_caller;
	u32 handle_call;
	u32 redirect;
	u32 regs_caller;
	u32 regs_call;
	u32 trace_op;
};

struct path_func {
	u32 entry;
	u32 site;
	bool thumb;
	struct klp_arm_recipe recipe;
};

/**
 * struct paths - where functions are run
 * @core: has the code of the functions mapped
 * @code: what there is besides
 * @pool: rooms, of which one is in branch range of each function
 * @pools: how many
 * @used: trampolines that were made
 * @flip_word: of each trampoline, this word gets ...
 * @flip_bits: ... these bits inverted; 0 for none
 * @entry: state at the function's first instruction
 * @pushing: state at the push {lr} for the call
 * @func: what runs
 * @ran: how often each path was gone to its end
 * @difference: what was wrong
 */
struct paths {
	struct core core;
	struct path_code code;
	u32 pool[2];
	size_t pools;
	u32 used;
	u32 flip_word;
	u32 flip_bits;
	struct core_state entry;
	struct core_state pushing;
	u8 stack[CORE_STACK_SIZE];
	const struct path_func *func;
	unsigned long ran[PATH_COUNT];
	char difference[320];
};

void paths_open(struct paths *paths);
void paths_close(struct paths *paths);

/* Trampolines may be at @base, for which nothing else is mapped. */
void paths_add_pool(struct paths *paths, u32 base);

const char *path_name(enum path path);

/* Can the function go this way, with the code that there is? */
bool path_applies(const struct paths *paths, const struct path_func *func,
		  enum path path);

/*
 * Go all ways that apply, with registers and stack that @seed gives.
 * Return: false, with paths->difference, if any of them disproves the recipe.
 */
bool paths_run(struct paths *paths, const struct path_func *func, u32 seed);

#endif /* KLP_PROOF_PATHS_H */
