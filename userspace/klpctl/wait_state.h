/* SPDX-License-Identifier: GPL-2.0 */
/*
 * wait_state.h - what is being waited for, and how far it is
 */
#ifndef KLPCTL_WAIT_STATE_H
#define KLPCTL_WAIT_STATE_H

#include "output.h"
#include "progress.h"

#define FIRST_INTERVAL_MS 50

/* What ends the waiting. */
enum wait_until {
	UNTIL_SETTLED, /* no transition of the patch, or none at all */
	UNTIL_TURNED, /* the same, or one that goes away from the goal */
	UNTIL_GOAL, /* the goal, however long it takes to begin */
};

struct wait {
	const struct app *app;
	const char *name; /* NULL: any patch */
	enum wait_until until;
	enum klp_patch_state goal;
	uint64_t started_ms;
	uint64_t interval_ms;
	struct klp_events *events; /* NULL: the kernel has none */
	struct progress progress;
	bool already; /* nothing had to be done */
	bool found; /* the patch, at any look */
	bool listed; /* at the last look */
	bool coming; /* the same: its module, which may enable it yet */
	bool unheard_of; /* nothing knows the name, so it may be a wrong one */
	bool unpatching_soon; /* the same: it may be in its pre-unpatch callback */
	/* What the kernel said last. */
	enum klp_patch_state state;
	enum klp_target target; /* of a patch that is listed */
	struct klp_transition *transition;
};

/* Reads where it is now. 0 or a negative errno. */
int wait_look(struct wait *wait);

/* Is there still something to wait for? */
bool wait_goes_on(const struct wait *wait);

/* Before its transition or after it, where callbacks of the patch are run. */
bool wait_is_in_callbacks(const struct wait *wait);

/*
 * The time is up: does what was asked for in that case, and tells it. Returns
 * STATUS_BLOCKED.
 */
enum status wait_fail_timed_out(struct wait *wait);

#endif /* KLPCTL_WAIT_STATE_H */
