// SPDX-License-Identifier: GPL-2.0
/*
 * answers.c - fuzzes what libklp makes of the kernel's answers
 *
 * The first byte names the request, and with its highest bit asks for the
 * lookup of the family before it. The rest is a tape. The request is made
 * twice, as what an answer leaves behind must not disturb the next.
 */
#include <errno.h>

#include "see.h"
#include "tape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An answer is there, or it is not and the context says why. */
static void check(const struct klp_ctx *ctx, int err, bool answered)
{
	if (err > 0)
		found("an error that is no errno");
	if (answered != (err == 0))
		found("an answer and an error, or neither");
	if (err && !*klp_last_error(ctx))
		found("an error without words");
	see_text(klp_last_error(ctx));
}

/* Defines read_NAMEs(), which reads a list of struct klp_NAME. */
#define READ_LIST(name, ...)                                                   \
	static void read_##name##s(struct klp_ctx *ctx)                        \
	{                                                                      \
		struct klp_##name##_list *list;                                \
		int err = klp_##name##_list_get(__VA_ARGS__, &list);           \
		size_t i;                                                      \
                                                                               \
		check(ctx, err, list != NULL);                                 \
		for (i = 0; list && i <= klp_##name##_list_count(list); i++)   \
			see_##name(klp_##name##_list_at(list, i));             \
		klp_##name##_list_free(list);                                  \
	}

READ_LIST(blocker, ctx, KLP_BLOCKER_WANT_STACK)
READ_LIST(failure, ctx, 1)
READ_LIST(fix, ctx, NULL)
READ_LIST(history, ctx, UINT64_MAX)
READ_LIST(verdict, ctx, "vmlinux", "f", 1)

static void read_patch(struct klp_ctx *ctx, const char *name)
{
	struct klp_patch_list *list;
	int err = klp_patch_list_get(ctx, name, &list);

	check(ctx, err, list != NULL);
	if (list)
		see_patches(list);
	klp_patch_list_free(list);
}

static void read_one_patch(struct klp_ctx *ctx)
{
	read_patch(ctx, "livepatch_demo");
}

static void read_patches(struct klp_ctx *ctx)
{
	read_patch(ctx, NULL);
}

static void read_funcs(struct klp_ctx *ctx)
{
	struct klp_func_list *list;
	int err = klp_func_list_get(ctx, NULL, &list);

	check(ctx, err, list != NULL);
	if (list)
		see_funcs(list);
	klp_func_list_free(list);
}

static void read_transition(struct klp_ctx *ctx)
{
	struct klp_transition *transition;
	int err = klp_transition_get(ctx, &transition);

	/* That there is none is no error. */
	check(ctx, err, err ? transition != NULL : true);
	see_transition(transition);
	klp_transition_free(transition);
}

static void read_info(struct klp_ctx *ctx)
{
	struct klp_info *info;
	int err = klp_info_get(ctx, &info);

	check(ctx, err, info != NULL);
	if (info)
		see_info(info);
	klp_info_free(info);
}

static void read_code(struct klp_ctx *ctx)
{
	struct klp_code *code;
	int err = klp_code_get(ctx, "vmlinux", "f", 1, &code);

	check(ctx, err, code != NULL);
	if (code)
		see_code(code);
	klp_code_free(code);
}

static void read_snapshot(struct klp_ctx *ctx)
{
	struct klp_snapshot *snapshot;
	int err = klp_snapshot_get(ctx, &snapshot);

	check(ctx, err, snapshot != NULL);
	if (snapshot)
		see_snapshot(snapshot);
	klp_snapshot_free(snapshot);
}

/* Orders have no answer but success or an error. */
static void order(struct klp_ctx *ctx)
{
	int err;

	err = klp_patch_set(ctx, "livepatch_demo", KLP_PATCH_ACTION_FORCE,
			    true);
	check(ctx, err, err == 0);
	err = klp_counter_set(ctx, true);
	check(ctx, err, err == 0);
	err = klp_failure_clear(ctx, UINT64_MAX);
	check(ctx, err, err == 0);
}

/* seeds.py has the same order. */
static void (*const requests[])(struct klp_ctx *ctx) = {
	read_patches,  read_one_patch, read_funcs,    read_transition,
	read_blockers, read_failures,  read_historys, read_verdicts,
	read_info,     read_fixs,      read_code,     read_snapshot,
	order,
};

#define REQUESTS (sizeof(requests) / sizeof(requests[0]))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klp_ctx *ctx;
	size_t number;

	if (size == 0)
		return 0;
	number = (data[0] & 0x7f) % REQUESTS;
	ctx = tape_open(data + 1, size - 1);
	if (!(data[0] & 0x80))
		tape_know_family(ctx);
	requests[number](ctx);
	requests[number](ctx);
	tape_close(ctx);
	return 0;
}
