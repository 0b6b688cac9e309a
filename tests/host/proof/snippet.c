// SPDX-License-Identifier: GPL-2.0
/*
 * snippet.c - prologues without a program around them, placed where they can
 * run.
 */
#include <err.h>

#include "snippet.h"

/* Literals are at most 4 KiB before or after the load, so there is room. */
#define ROOM 0x20000000U
#define ROOM_SIZE 0x10000U
#define MARGIN 0x2000U

#define PLACES ((ROOM_SIZE - 2 * MARGIN) / SNIPPET_SIZE)

void snippet_open(struct paths *paths)
{
	u32 i;

	paths_open(paths);
	core_map(&paths->core, ROOM, ROOM_SIZE, false);
	for (i = 0; i < ROOM_SIZE; i += 4)
		core_store(&paths->core, ROOM + i,
			   proof_random(&paths->core.random));
	paths_add_pool(paths, ROOM + ROOM_SIZE);
}

struct path_func snippet_place(struct paths *paths,
			       const struct klp_arm_prologue *in,
			       const struct klp_arm_recipe *recipe)
{
	u32 entry = ROOM + MARGIN + paths->used % PLACES * SNIPPET_SIZE;
	struct path_func func = {
		.entry = entry,
		.site = entry + in->site,
		.thumb = in->thumb,
		.recipe = *recipe,
	};
	u32 word[SNIPPET_SIZE / 4] = { 0 };

	if (in->site + 4 > SNIPPET_SIZE)
		errx(2, "a prologue of %u bytes", in->site);
	/* Each time another place: no code is executed that was changed. */
	paths->used++;
	memcpy(word, in->code, in->site);
	core_store_code(&paths->core, entry, word, SNIPPET_SIZE / 4);
	return func;
}
