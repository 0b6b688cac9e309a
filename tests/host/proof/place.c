// SPDX-License-Identifier: GPL-2.0
/*
 * place.c - calls, trampolines and replacements, placed where they can run.
 */
#include <err.h>

#include "place.h"
#include "trampoline_insn.h"

/* What makes a branch a call: in Thumb code it is in the second half. */
#define INSN_LINK 0x01000000U
#define INSN_LINK_THUMB 0x40000000U

/* udf #0xdde0 or, as two Thumb instructions, udf #0xf0 and a branch to that. */
#define INSN_UDF_BOTH 0xe7fddef0U

#define TRAMPOLINE_BYTES (4 * KLP_ARM_TRAMPOLINE_WORDS)
#define POOL_REPLACEMENTS (PATHS_POOL_SIZE / 2)
#define POOL_TRAMPOLINES (POOL_REPLACEMENTS / TRAMPOLINE_BYTES)

void place_traps(struct paths *paths, u32 base, u32 size)
{
	u32 i;

	core_map(&paths->core, base, size, false);
	for (i = 0; i < size; i += 4)
		core_store(&paths->core, base + i, INSN_UDF_BOTH);
}

void paths_add_pool(struct paths *paths, u32 base)
{
	if (paths->pools == ARRAY_SIZE(paths->pool))
		errx(2, "too many pools");
	place_traps(paths, base, PATHS_POOL_SIZE);
	paths->pool[paths->pools++] = base;
}

bool place_has_direct(const struct path_func *func)
{
	struct klp_arm_trampoline_code code;

	klp_arm_trampoline_generate(func->thumb, &func->recipe, 0, 0, &code);
	return code.direct != 0;
}

u32 place_pointer(const struct paths *paths, u32 address)
{
	return address | paths->func->thumb;
}

void place_call(struct paths *paths, u32 target)
{
	u32 branch = klp_arm_insn_branch(paths->func->thumb, paths->func->site,
					 place_pointer(paths, target));

	if (!branch)
		errx(2, "0x%08x cannot call 0x%08x", paths->func->site, target);
	branch |= paths->func->thumb ? INSN_LINK_THUMB : INSN_LINK;
	core_store_code(&paths->core, paths->func->site, &branch, 1);
}

static bool reaches(const struct paths *paths, u32 to)
{
	return klp_arm_insn_branch(paths->func->thumb, paths->func->site,
				   place_pointer(paths, to)) != 0;
}

static u32 find_pool(const struct paths *paths)
{
	size_t i;

	for (i = 0; i < paths->pools; i++) {
		u32 base = paths->pool[i];
		u32 last = base + PATHS_POOL_SIZE - 4;

		if (reaches(paths, base) && reaches(paths, last))
			return base;
	}
	errx(2, "no pool is in range of 0x%08x", paths->func->site);
}

/* What klp_arm_trampoline_alloc() and klp_arm_trampoline_install() do. */
static void write_trampoline(struct paths *paths, u32 at, u32 target)
{
	bool thumb = paths->func->thumb;
	struct klp_arm_trampoline_code code;

	klp_arm_trampoline_generate(
		thumb, &paths->func->recipe, PATHS_REDIRECT,
		place_pointer(paths, paths->code.handler_caller), &code);
	if (target) {
		code.word[KLP_ARM_TRAMPOLINE_TARGET] = target;
		code.word[code.leave] =
			klp_arm_trampoline_leave(thumb, at, code.leave, target);
		code.word[KLP_ARM_TRAMPOLINE_SWITCH] = code.direct;
	}
	code.word[paths->flip_word] ^= paths->flip_bits;
	core_store_code(&paths->core, at, code.word, KLP_ARM_TRAMPOLINE_WORDS);
}

u32 place_trampoline(struct paths *paths, u32 target)
{
	u32 at = find_pool(paths) +
		 paths->used++ % POOL_TRAMPOLINES * TRAMPOLINE_BYTES;

	write_trampoline(paths, at, target);
	return at;
}

u32 place_far(const struct paths *paths)
{
	return place_pointer(paths, PATHS_FAR);
}

u32 place_near(const struct paths *paths)
{
	return place_pointer(paths, find_pool(paths) + POOL_REPLACEMENTS +
					    paths->used * 4 % 4096);
}
