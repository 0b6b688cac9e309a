// SPDX-License-Identifier: GPL-2.0
/*
 * paths.c - run a function into its -pg call, and from there to its replacement
 * on every way that a redirected call can take.
 *
 * Nothing here knows what a prologue did. The state at the function's first
 * instruction is kept, and must be there again at the replacement's first.
 */
#include <err.h>
#include <stdio.h>

#include "compare.h"

/* The link bit, which makes a branch a call. */
#define INSN_LINK 0x01000000U

#define INSN_UDF 0xe7f000f0U

/* str lr, [sp, #-4]! in 32 bits, as a word of memory. */
#define THUMB_PUSH_LR_WIDE 0xed04f84dU

#define TRAMPOLINE_BYTES (4 * KLP_ARM_TRAMPOLINE_WORDS)
#define POOL_REPLACEMENTS (PATHS_POOL_SIZE / 2)
#define POOL_TRAMPOLINES (POOL_REPLACEMENTS / TRAMPOLINE_BYTES)

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
	u32 i;

	memset(paths, 0, sizeof(*paths));
	core_open(&paths->core);
	core_map(&paths->core, PATHS_DATA, 0x1000, false);
	core_map(&paths->core, PATHS_FAR, 0x1000, false);
	for (i = 0; i < 0x1000; i += 4)
		core_store(&paths->core, PATHS_FAR + i, INSN_UDF);
}

void paths_close(struct paths *paths)
{
	core_close(&paths->core);
}

void paths_add_pool(struct paths *paths, u32 base)
{
	u32 i;

	if (paths->pools == ARRAY_SIZE(paths->pool))
		errx(2, "too many pools");
	core_map(&paths->core, base, PATHS_POOL_SIZE, false);
	for (i = 0; i < PATHS_POOL_SIZE; i += 4)
		core_store(&paths->core, base + i, INSN_UDF);
	paths->pool[paths->pools++] = base;
}

bool path_applies(const struct paths *paths, const struct path_func *func,
		  enum path path)
{
	const struct path_code *code = &paths->code;

	switch (path) {
	case PATH_BRANCH:
	case PATH_LOAD:
		/* Further away than one load gets: it keeps the handler. */
		return !func->thumb && func->recipe.sp_delta + 4 < 4096;
	case PATH_HANDLER:
	case PATH_HANDLER_STAY:
		return !func->thumb && code->handler_caller &&
		       code->handle_call && code->redirect;
	case PATH_SHARED:
	case PATH_SHARED_STAY:
		return !func->thumb && code->regs_caller && code->regs_call &&
		       code->redirect;
	case PATH_DISCARD:
		return !func->thumb && code->discard_frame && !code->redirect;
	default:
		return func->thumb || (!code->redirect && !code->discard_frame);
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

/* Make the -pg call go to @target. */
static void write_call(struct paths *paths, u32 target)
{
	u32 branch = klp_arm_trampoline_branch(paths->func->site, target);

	if (!branch)
		errx(2, "0x%08x cannot call 0x%08x", paths->func->site, target);
	branch |= INSN_LINK;
	core_store_code(&paths->core, paths->func->site, &branch, 1);
}

static u32 find_pool(const struct paths *paths)
{
	size_t i;

	for (i = 0; i < paths->pools; i++) {
		u32 base = paths->pool[i];
		u32 last = base + PATHS_POOL_SIZE - 4;

		if (klp_arm_trampoline_branch(paths->func->site, base) &&
		    klp_arm_trampoline_branch(paths->func->site, last))
			return base;
	}
	errx(2, "no pool is in range of 0x%08x", paths->func->site);
}

/*
 * What klp_arm_trampoline_alloc() and klp_arm_trampoline_install() do; @target
 * 0 leaves it to the handler.
 */
static void write_trampoline(struct paths *paths, u32 at, u32 target)
{
	struct klp_arm_trampoline_code code;
	u32 leave, branch;

	klp_arm_trampoline_generate(&paths->func->recipe, PATHS_DATA,
				    paths->code.handler_caller, &code);
	if (target) {
		leave = at + code.leave * 4;
		branch = klp_arm_trampoline_branch(leave, target);
		code.word[KLP_ARM_TRAMPOLINE_TARGET] = target;
		code.word[code.leave] =
			branch ? branch : klp_arm_trampoline_load(code.leave);
		code.word[KLP_ARM_TRAMPOLINE_SWITCH] = code.direct;
	}
	code.word[paths->flip_word] ^= paths->flip_bits;
	core_store_code(&paths->core, at, code.word, KLP_ARM_TRAMPOLINE_WORDS);
}

static u32 place_trampoline(struct paths *paths)
{
	return find_pool(paths) +
	       paths->used++ % POOL_TRAMPOLINES * TRAMPOLINE_BYTES;
}

static u32 near_replacement(const struct paths *paths)
{
	return find_pool(paths) + POOL_REPLACEMENTS + paths->used * 4 % 4096;
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
 * @back.
 */
static bool run_handler(struct paths *paths, enum path path,
			struct core_state *state, u32 target, u32 back)
{
	struct core *core = &paths->core;
	u32 regs = state->reg[CORE_SP];
	u32 sp;

	if (target) {
		memcpy(core_memory(core, PATHS_DATA,
				   sizeof(paths->func->recipe)),
		       &paths->func->recipe, sizeof(paths->func->recipe));
		state->reg[0] = PATHS_DATA;
		state->reg[1] = regs;
		state->reg[2] = target;
		state->reg[CORE_LR] = back;
		state->reg[CORE_PC] = paths->code.redirect;
		if (!core_run(core, state, back))
			return compare_lost(paths, path);
		/* ftrace does not restore it; the graph tracer reads it. */
		sp = core_load(core, regs + COMPARE_REGS_SP);
		if (sp != paths->entry.reg[CORE_SP])
			return compare_failed(paths, path, "the saved SP", sp,
					      paths->entry.reg[CORE_SP]);
	}
	clobber(paths, state);
	state->reg[CORE_PC] = back;
	return true;
}

/* --------------------------------------------------------------- the paths */

/* From the push {lr} to the replacement, or to what is behind the call. */
static bool arrive(struct paths *paths, enum path path,
		   struct core_state *state, u32 target)
{
	u32 stop = target ? target : paths->func->site + 4;

	if (!core_run(&paths->core, state, stop))
		return compare_lost(paths, path);
	if (target)
		return compare_state(paths, path, state, &paths->entry, false);
	return compare_state(paths, path, state, &paths->pushing,
			     path == PATH_SHARED_STAY);
}

static bool go_direct(struct paths *paths, enum path path,
		      struct core_state *state)
{
	u32 trampoline = place_trampoline(paths);
	u32 target = path == PATH_BRANCH ? near_replacement(paths) : PATHS_FAR;

	write_trampoline(paths, trampoline, target);
	write_call(paths, trampoline);
	return arrive(paths, path, state, target);
}

static bool go_handler(struct paths *paths, enum path path,
		       struct core_state *state)
{
	const u32 arguments[4] = { PATHS_DATA, paths->func->site,
				   paths->entry.reg[CORE_LR],
				   paths->pushing.reg[CORE_SP] - 72 };
	u32 target = path == PATH_HANDLER ? PATHS_FAR : 0;
	u32 trampoline = place_trampoline(paths);

	write_trampoline(paths, trampoline, 0);
	write_call(paths, trampoline);
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
	u32 target = path == PATH_SHARED ? PATHS_FAR : 0;

	write_call(paths, code->regs_caller);
	if (!core_run(&paths->core, state, code->regs_call))
		return compare_lost(paths, path);
	return compare_arguments(paths, path, state, arguments) &&
	       run_handler(paths, path, state, target, code->regs_call + 4) &&
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
		core_store(&paths->core, frame + delta - 4, PATHS_FAR);
		state->reg[CORE_IP] = frame + delta - 4;
		state->reg[CORE_PC] = paths->code.discard_frame;
	}
	return arrive(paths, path, state, PATHS_FAR);
}

/* There is no Thumb trampoline: what one would have to do. */
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
