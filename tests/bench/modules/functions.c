// SPDX-License-Identifier: GPL-2.0
/*
 * functions.c - a thousand functions without a frame, as many with one, and one
 * that a task sleeps in.
 */
#include <linux/kernel.h>

#include "body.h"
#include "klp_bench.h"

#define EACH(n) LEAF(bench_leaf_##n)
#include "thousand.h"
EACH(other)
#undef EACH

#define EACH(n) FRAME(bench_frame_##n)
#include "thousand.h"
EACH(other)
#undef EACH

static const bench_function leafs[] = {
#define EACH(n) bench_leaf_##n,
#include "thousand.h"
#undef EACH
};

static const bench_function frames[] = {
#define EACH(n) bench_frame_##n,
#include "thousand.h"
#undef EACH
};

/* The least that can be between a call and another function. */
#define DEFINE_BRANCH(name)						\
static noinline notrace __naked void branch_##name(unsigned long *place)	\
{									\
	asm volatile("b	bench_" #name);					\
}

DEFINE_BRANCH(leaf_other)
DEFINE_BRANCH(frame_other)

HOLD(bench_hold_old)

const struct bench_kind bench_kinds[] = {
	{ "leaf", leafs, bench_leaf_other, branch_leaf_other },
	{ "frame", frames, bench_frame_other, branch_frame_other },
};

const unsigned int bench_kind_count = ARRAY_SIZE(bench_kinds);

/* A call of a patched function, if it is. */
void bench_hold(struct bench_gate *gate)
{
	bench_hold_old(gate);
}
