// SPDX-License-Identifier: GPL-2.0
/*
 * paths.c - run a function into its -pg call, and from there to its replacement
 * on every way that a redirected call can take.
 *
 * Nothing here knows what a prologue did. The state at the function's first
 * instruction is kept, and must be there again at the replacement's first.
 */
#include "compare.h"
#include "place.h"

/* str lr, [sp, #-4]! in 32 bits, as a word of memory. */
#define THUMB_PUSH_LR_WIDE 0xed04f84dU

static const char *const names[PATH_COUNT] = {
	[PATH_BRANCH] = "trampoline with a branch",
	[PATH_LOAD] = "trampoline with a load of PC",
	[PATH_HANDLER] = "trampoline and handler",
	[PATH_HANDLER_STAY] = "trampoline and handler that stays",
	[PATH_SHARED] = "ftrace_regs_caller",
	[PATH_SHARED_STAY] = "ftrace_regs_caller that stays",
	[PATH_DISCARD] = "klp_arm_discard_frame alone",
	[PATH_UNDO] = "recipe alone",
};

const char *path_name(enum path path)
{
	return names[path];
}

void paths_open(struct paths *paths)
{
	memset(paths, 0, sizeof(*paths));
	core_open(&paths->core);
	core_map(&paths->core, PATHS_DATA, 0x1000, false);
	place_traps(paths, PATHS_FAR, 0x1000);
}

void paths_close(struct paths *paths)
{
	core_close(&paths->core);
}

bool path_applies(const struct paths *paths, const struct path_func *func,
		  enum path path)
{
	const struct path_code *code = &paths->code;
	bool kernel = code->thumb == func->thumb;

	switch (path) {
	case PATH_BRANCH:
	case PATH_LOAD:
		return place_has_direct(func);
	case PATH_HANDLER:
	case PATH_HANDLER_STAY:
		return kernel && code->handler_caller && code->handle_call &&
		       code->redirect;
	case PATH_SHARED:
	case PATH_SHARED_STAY:
		return kernel && code->regs_caller && code->regs_call &&
		       code->redirect;
	case PATH_DISCARD:
		return kernel && code->discard_frame && !code->redirect;
	default:
		return !kernel || (!code->redirect && !code->discard_frame);
	}
}

/* -------------------------------------------------------------- the pieces */

static void keep_stack(struct paths *paths)
{
	memcpy(paths->stack,
	       core_memory(&paths->core, CORE_STACK, CORE_STACK_SIZE),
	       CORE_STACK_SIZE);
}

/* Where the push {lr} is; Thumb code has two encodings. */
static u32 pushes_at(const struct paths *paths)
{
	const struct path_func *func = paths->func;

	if (func->thumb && func->site - func->entry >= 4 &&
	    core_load(&paths->core, func->site - 4) == THUMB_PUSH_LR_WIDE)
		return func->site - 4;
	return func->site - (func->thumb ? 2 : 4);
}

/* The prologue, up to the push {lr} of the call. */
static bool run_prologue(struct paths *paths, enum path path,
			 struct core_state *state)
{
	const struct path_func *func = paths->func;

	core_reset(&paths->core, func->thumb);
	core_get(&paths->core, state);
	state->reg[CORE_PC] = func->entry;
	paths->entry = *state;
	keep_stack(paths);
	if (!core_run(&paths->core, state, pushes_at(paths)))
		return compare_lost(paths, path);
	paths->pushing = *state;
	return true;
}

/* What a call may do to the registers that are not preserved. */
static void clobber(struct paths *paths, struct core_state *state)
{
	u32 flags = proof_random(&paths->core.random) & ~CORE_PSR_STATE;
	u32 i;

	for (i = 0; i < 4; i++)
		state->reg[i] = proof_random(&paths->core.random);
	state->reg[CORE_IP] = proof_random(&paths->core.random);
	state->reg[CORE_LR] = proof_random(&paths->core.random);
	state->cpsr = (state->cpsr & CORE_PSR_STATE) | (flags & 0xf80f0000U);
}

/*
 * The handler's work, as it is about to be called: with @target, it calls the
 * kernel's klp_arm_redirect(); without, it changes nothing. Both return to
 * @back. Code has the Thumb bit in both.
 */
static bool run_handler(struct paths *paths, enum path path,
			struct core_state *state, u32 target, u32 back)
{
	struct core *core = &paths->core;
	u32 regs = state->reg[CORE_SP];
	u32 sp;

	if (target) {
		memcpy(core_memory(core, PATHS_REDIRECT,
				   sizeof(paths->func->recipe)),
		       &paths->func->recipe, sizeof(paths->func->recipe));
		state->reg[0] = PATHS_REDIRECT;
		state->reg[1] = regs;
		state->reg[2] = target;
		state->reg[CORE_LR] = back;
		state->reg[CORE_PC] = paths->code.redirect;
		if (!core_run(core, state, back & ~1U))
			return compare_lost(paths, path);
		/* ftrace does not restore it; the graph tracer reads it. */
		sp = core_load(core, regs + COMPARE_REGS_SP);
		if (sp != paths->entry.reg[CORE_SP])
			return compare_failed(paths, path, "the saved SP", sp,
					      paths->entry.reg[CORE_SP]);
	}
	clobber(paths, state);
	state->reg[CORE_PC] = back & ~1U;
	return true;
}

/* --------------------------------------------------------------- the paths */

/* From the push {lr} to the replacement, or to what is behind the call. */
static bool arrive(struct paths *paths, enum path path,
		   struct core_state *state, u32 target)
{
	u32 stop = target ? target : paths->func->site + 4;

	if (!core_run(&paths->core, state, stop & ~1U))
		return compare_lost(paths, path);
	if (target)
		return compare_state(paths, path, state, &paths->entry, false);
	return compare_state(paths, path, state, &paths->pushing,
			     path == PATH_SHARED_STAY);
}

static bool go_direct(struct paths *paths, enum path path,
		      struct core_state *state)
{
	u32 target = path == PATH_BRANCH ? place_near(paths) : place_far(paths);

	place_call(paths, place_trampoline(paths, target));
	return arrive(paths, path, state, target);
}

static bool go_handler(struct paths *paths, enum path path,
		       struct core_state *state)
{
	const u32 arguments[4] = { PATHS_REDIRECT, paths->func->site,
				   paths->entry.reg[CORE_LR],
				   paths->pushing.reg[CORE_SP] - 72 };
	u32 target = path == PATH_HANDLER ? place_far(paths) : 0;

	place_call(paths, place_trampoline(paths, 0));
	if (!core_run(&paths->core, state, paths->code.handle_call))
		return compare_lost(paths, path);
	return compare_arguments(paths, path, state, arguments) &&
	       run_handler(paths, path, state, target, state->reg[CORE_LR]) &&
	       arrive(paths, path, state, target);
}

static bool go_shared(struct paths *paths, enum path path,
		      struct core_state *state)
{
	const struct path_code *code = &paths->code;
	const u32 arguments[4] = {
		paths->func->site, paths->entry.reg[CORE_LR],
		code->trace_op ? core_load(&paths->core, code->trace_op) : 0,
		paths->pushing.reg[CORE_SP] - 72
	};
	u32 target = path == PATH_SHARED ? place_far(paths) : 0;

	place_call(paths, code->regs_caller);
	if (!core_run(&paths->core, state, code->regs_call))
		return compare_lost(paths, path);
	return compare_arguments(paths, path, state, arguments) &&
	       run_handler(paths, path, state, target,
			   place_pointer(paths, code->regs_call + 4)) &&
	       arrive(paths, path, state, target);
}

/*
 * Reload what the recipe says, and LR. @frame is SP before the push {lr}, and
 * anywhere if the verifier is wrong.
 */
static bool reload(struct paths *paths, enum path path,
		   struct core_state *state, u32 frame)
{
	const struct klp_arm_recipe *recipe = &paths->func->recipe;
	u32 i;

	if (frame + recipe->sp_delta != paths->entry.reg[CORE_SP])
		return compare_failed(paths, path, "SP",
				      frame + recipe->sp_delta,
				      paths->entry.reg[CORE_SP]);
	for (i = 4; i < 12; i++) {
		if (!(recipe->restore >> i & 1))
			continue;
		if (recipe->slot[i] + 4U > recipe->sp_delta)
			return compare_failed(paths, path, "a slot",
					      recipe->slot[i], 0);
		state->reg[i] =
			core_load(&paths->core, frame + recipe->slot[i]);
	}
	state->reg[CORE_LR] = core_load(&paths->core, frame - 4);
	return true;
}

/* Without a kernel that has klp_arm_redirect(): the same, in other words. */
static bool go_discard(struct paths *paths, enum path path,
		       struct core_state *state)
{
	u32 delta = paths->func->recipe.sp_delta;
	u32 frame = paths->pushing.reg[CORE_SP];

	if (!core_run(&paths->core, state, paths->func->site))
		return compare_lost(paths, path);
	if (!reload(paths, path, state, frame))
		return false;
	state->reg[CORE_SP] = frame;
	state->reg[CORE_PC] = PATHS_FAR;
	if (delta) {
		core_store(&paths->core, frame + delta - 4, place_far(paths));
		state->reg[CORE_IP] = frame + delta - 4;
		state->reg[CORE_PC] = paths->code.discard_frame;
	}
	return arrive(paths, path, state, place_far(paths));
}

/* What a trampoline would have to do, with as many instructions as it takes. */
static bool go_undo(struct paths *paths, enum path path,
		    struct core_state *state)
{
	u32 frame = paths->pushing.reg[CORE_SP];

	if (!core_run(&paths->core, state, paths->func->site))
		return compare_lost(paths, path);
	if (!reload(paths, path, state, frame))
		return false;
	state->reg[CORE_SP] = frame + paths->func->recipe.sp_delta;
	return compare_state(paths, path, state, &paths->entry, false);
}

static bool go(struct paths *paths, enum path path)
{
	struct core_state state;

	if (!run_prologue(paths, path, &state))
		return false;
	if (path == PATH_HANDLER_STAY || path == PATH_SHARED_STAY)
		keep_stack(paths);
	switch (path) {
	case PATH_BRANCH:
	case PATH_LOAD:
		return go_direct(paths, path, &state);
	case PATH_HANDLER:
	case PATH_HANDLER_STAY:
		return go_handler(paths, path, &state);
	case PATH_SHARED:
	case PATH_SHARED_STAY:
		return go_shared(paths, path, &state);
	case PATH_DISCARD:
		return go_discard(paths, path, &state);
	default:
		return go_undo(paths, path, &state);
	}
}

static bool run_once(struct paths *paths, const struct path_func *func,
		     u32 seed)
{
	enum path path;

	paths->func = func;
	proof_random_seed(&paths->core.random, seed);
	for (path = 0; path < PATH_COUNT; path++) {
		if (!path_applies(paths, func, path))
			continue;
		if (!go(paths, path))
			return false;
		paths->ran[path]++;
	}
	return true;
}

/*
 * Unicorn 2.0.1 may be left in a state in which not even push {lr} runs, by code
 * that itself runs well. What a recipe does wrong it does wrong in a new emulator,
 * too, from the same seed.
 */
bool paths_run(struct paths *paths, const struct path_func *func, u32 seed)
{
	unsigned long ran[PATH_COUNT];

	memcpy(ran, paths->ran, sizeof(ran));
	if (run_once(paths, func, seed))
		return true;

	memcpy(paths->ran, ran, sizeof(ran));
	core_renew(&paths->core);
	return run_once(paths, func, seed);
}
