/* SPDX-License-Identifier: GPL-2.0 */
/*
 * progress.h - how far a transition is, on stderr
 */
#ifndef KLPCTL_PROGRESS_H
#define KLPCTL_PROGRESS_H

#include "main.h"

struct progress {
	bool is_terminal; /* stderr */
	bool line_open;
	bool printed;
	uint64_t printed_ms;
};

void progress_start(struct progress *progress);

/* A bar that is overwritten on a terminal; else a line a second. */
void progress_show(struct progress *progress,
		   const struct klp_transition *transition);
void progress_end(struct progress *progress);

#endif /* KLPCTL_PROGRESS_H */
