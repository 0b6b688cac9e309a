// SPDX-License-Identifier: GPL-2.0
/*
 * klp_bench_patch.c - replaces as many functions of klp_bench as it is told, of
 * each kind, by functions with the same bodies.
 */
#include <linux/livepatch.h>
#include <linux/module.h>

#include "body.h"
#include "klp_bench.h"

static unsigned int functions = 1;
module_param(functions, uint, 0400);
MODULE_PARM_DESC(functions, "how many of each kind");

#define EACH(n) LEAF(new_leaf_##n)
#include "thousand.h"
#undef EACH

#define EACH(n) FRAME(new_frame_##n)
#include "thousand.h"
#undef EACH

HOLD(new_hold)

static const struct klp_func pairs[BENCH_FUNCTIONS][2] = {
#define EACH(n)								\
	{ { .old_name = "bench_leaf_" #n, .new_func = new_leaf_##n },	\
	  { .old_name = "bench_frame_" #n, .new_func = new_frame_##n } },
#include "thousand.h"
#undef EACH
};

/* The one that can be slept in, the pairs, and an empty one. */
static struct klp_func funcs[1 + 2 * BENCH_FUNCTIONS + 1] = {
	{ .old_name = "bench_hold_old", .new_func = new_hold },
};

/* These are called when a transition has ended. */
static void post_patch(struct klp_object *object)
{
	bench_span_end();
}

static void post_unpatch(struct klp_object *object)
{
	bench_span_end();
}

static struct klp_object objects[] = {
	{
		.name = "klp_bench",
		.funcs = funcs,
		.callbacks = {
			.post_patch = post_patch,
			.post_unpatch = post_unpatch,
		},
	},
	{ }
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objects,
};

static int __init klp_bench_patch_init(void)
{
	int ret;

	if (functions < 1 || functions > BENCH_FUNCTIONS)
		return -EINVAL;

	memcpy(funcs + 1, pairs, functions * sizeof(pairs[0]));
	bench_span_begin();
	ret = klp_enable_patch(&patch);
	bench_span_end();

	return ret;
}

static void __exit klp_bench_patch_exit(void)
{
}

module_init(klp_bench_patch_init);
module_exit(klp_bench_patch_exit);
MODULE_DESCRIPTION("klp_arm: patch of as many functions as asked for");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_INFO(test, "Y");
