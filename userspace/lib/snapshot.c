// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * snapshot.c - everything, as it was at one moment
 *
 * That takes several requests: the kernel numbers its states, and equal
 * numbers before the first and after the last mean that nothing changed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "objects.h"

struct klp_snapshot {
	struct klp_info *info;
	struct klp_patch_list *patches;
	struct klp_func_list *funcs;
	struct klp_transition *transition;
};

static void empty_snapshot(struct klp_snapshot *snapshot)
{
	klp_info_free(snapshot->info);
	klp_patch_list_free(snapshot->patches);
	klp_func_list_free(snapshot->funcs);
	klp_transition_free(snapshot->transition);
	memset(snapshot, 0, sizeof(*snapshot));
}

/* One try; KLP_INTERRUPTED if the state changed between the requests. */
static int fill_snapshot(struct klp_ctx *ctx, struct klp_snapshot *snapshot)
{
	int err;

	err = klp_info_get(ctx, &snapshot->info);
	if (!err)
		err = klp_patch_list_get(ctx, NULL, &snapshot->patches);
	if (!err)
		err = klp_func_list_get(ctx, NULL, &snapshot->funcs);
	if (!err)
		err = klp_transition_read(ctx, &snapshot->transition);
	if (err)
		return err;
	if (klp_info_generation(snapshot->info) !=
	    snapshot->transition->generation)
		return KLP_INTERRUPTED;
	return 0;
}

int klp_snapshot_get(struct klp_ctx *ctx, struct klp_snapshot **out)
{
	struct klp_snapshot *snapshot;
	int tries;
	int err;

	*out = NULL;
	snapshot = calloc(1, sizeof(*snapshot));
	if (!snapshot)
		return klp_no_memory(ctx);
	for (tries = 0; tries < KLP_TRIES; tries++) {
		err = fill_snapshot(ctx, snapshot);
		if (!err) {
			*out = snapshot;
			return 0;
		}
		empty_snapshot(snapshot);
		if (err != KLP_INTERRUPTED)
			break;
	}
	free(snapshot);
	if (err == KLP_INTERRUPTED)
		err = klp_fail(ctx, -EAGAIN,
			       "the state keeps changing, try again");
	return err;
}

void klp_snapshot_free(struct klp_snapshot *snapshot)
{
	if (!snapshot)
		return;
	empty_snapshot(snapshot);
	free(snapshot);
}

const struct klp_info *klp_snapshot_info(const struct klp_snapshot *snapshot)
{
	return snapshot->info;
}

const struct klp_patch_list *
klp_snapshot_patches(const struct klp_snapshot *snapshot)
{
	return snapshot->patches;
}

const struct klp_func_list *
klp_snapshot_funcs(const struct klp_snapshot *snapshot)
{
	return snapshot->funcs;
}

const struct klp_transition *
klp_snapshot_transition(const struct klp_snapshot *snapshot)
{
	return snapshot->transition->patch ? snapshot->transition : NULL;
}

uint32_t klp_snapshot_generation(const struct klp_snapshot *snapshot)
{
	return klp_info_generation(snapshot->info);
}
