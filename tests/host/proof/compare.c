// SPDX-License-Identifier: GPL-2.0
/*
 * compare.c - is a state of the processor the one that it has to be?
 *
 * Two things may differ, since nothing may rely on them at a call (AAPCS32,
 * 6.1.1): ip, which a veneer may change, and the flags N, Z, C, V, Q and GE,
 * which are undefined at the entry of a function.
 */
#include <stdio.h>

#include "compare.h"

bool compare_failed(struct paths *paths, enum path path, const char *what,
		    u32 got, u32 expected)
{
	snprintf(paths->difference, sizeof(paths->difference),
		 "%s: %s is 0x%08x, not 0x%08x", path_name(path), what, got,
		 expected);
	return false;
}

bool compare_lost(struct paths *paths, enum path path)
{
	snprintf(paths->difference, sizeof(paths->difference), "%s: %s",
		 path_name(path), paths->core.error);
	return false;
}

/* All of the stack from @from on is what it was when @paths->stack was taken. */
static bool same_stack(struct paths *paths, enum path path, u32 from)
{
	u32 at;

	for (at = from; at < CORE_STACK_TOP; at += 4) {
		u32 expected, got = core_load(&paths->core, at);
		char what[32];

		memcpy(&expected, paths->stack + (at - CORE_STACK), 4);
		if (got == expected)
			continue;
		snprintf(what, sizeof(what), "the stack at SP + %u", at - from);
		return compare_failed(paths, path, what, got, expected);
	}
	return true;
}

bool compare_state(struct paths *paths, enum path path,
		   const struct core_state *got,
		   const struct core_state *expected, bool ip)
{
	static const char *const reg[] = { "r0",  "r1", "r2", "r3", "r4",
					   "r5",  "r6", "r7", "r8", "r9",
					   "r10", "fp", "ip", "SP", "LR" };
	u32 i;

	for (i = 0; i < ARRAY_SIZE(reg); i++)
		if (got->reg[i] != expected->reg[i] && (ip || i != CORE_IP))
			return compare_failed(paths, path, reg[i], got->reg[i],
					      expected->reg[i]);
	if ((got->cpsr ^ expected->cpsr) & CORE_PSR_STATE)
		return compare_failed(paths, path, "CPSR", got->cpsr,
				      expected->cpsr);
	if (memcmp(got->d, expected->d, sizeof(got->d)) != 0)
		return compare_failed(paths, path, "one of d8 to d15",
				      (u32)got->d[0], (u32)expected->d[0]);
	return same_stack(paths, path, expected->reg[CORE_SP]);
}

/* Is what was saved for the handler the state before the push {lr}? */
static bool saved_right(struct paths *paths, enum path path, u32 regs)
{
	const struct core_state *before = &paths->pushing;
	u32 i, got, expected;
	char what[32];

	for (i = 0; i < 15; i++) {
		/* The trampoline has used ip. */
		if (i == CORE_IP && path == PATH_HANDLER)
			continue;
		if (i == CORE_IP && path == PATH_HANDLER_STAY)
			continue;
		got = core_load(&paths->core, regs + 4 * i);
		expected = before->reg[i];
		snprintf(what, sizeof(what), "saved register %u", i);
		if (got != expected)
			return compare_failed(paths, path, what, got, expected);
	}
	got = core_load(&paths->core, regs + COMPARE_REGS_PC);
	expected = (paths->func->site + 4) | paths->func->thumb;
	return got == expected ||
	       compare_failed(paths, path, "the saved PC", got, expected);
}

bool compare_arguments(struct paths *paths, enum path path,
		       const struct core_state *state, const u32 *expected)
{
	char what[32];
	u32 i;

	for (i = 0; i < 4; i++) {
		snprintf(what, sizeof(what), "the handler's argument %u", i);
		if (state->reg[i] != expected[i])
			return compare_failed(paths, path, what, state->reg[i],
					      expected[i]);
	}
	return saved_right(paths, path, state->reg[3]);
}
