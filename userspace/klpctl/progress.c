// SPDX-License-Identifier: GPL-2.0
/*
 * progress.c - how far a transition is, on stderr
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "nouns.h"
#include "progress.h"
#include "text.h"

/* How often a line is printed where it cannot be overwritten. */
#define INTERVAL_MS 1000

#define BAR_WIDTH 20
#define CLEAR_LINE "\r\033[K"

void progress_start(struct progress *progress)
{
	*progress = (struct progress){ .is_terminal = isatty(STDERR_FILENO) };
}

static void print_bar(const struct klp_transition *transition)
{
	uint32_t switched = klp_transition_tasks_switched(transition);
	uint32_t total = klp_transition_tasks_total(transition);
	uint64_t filled = 0;
	unsigned int i;

	if (total)
		filled = (uint64_t)switched * BAR_WIDTH / total;
	fputs(CLEAR_LINE "[", stderr);
	for (i = 0; i < BAR_WIDTH; i++)
		fputc(i < filled ? '#' : '.', stderr);
	fputs("] ", stderr);
}

void progress_show(struct progress *progress,
		   const struct klp_transition *transition)
{
	uint64_t now = now_ms();
	char *bytes;
	char *text;
	char *safe;

	if (!progress->is_terminal && progress->printed &&
	    now - progress->printed_ms < INTERVAL_MS)
		return;
	progress->printed = true;
	progress->printed_ms = now;
	bytes = transition_to_text(transition);
	text = text_from_bytes(bytes);
	safe = text_for_terminal(text);
	if (progress->is_terminal)
		print_bar(transition);
	fprintf(stderr, "%s%s", safe, progress->is_terminal ? "" : "\n");
	fflush(stderr);
	progress->line_open = progress->is_terminal;
	free(safe);
	free(text);
	free(bytes);
}

void progress_end(struct progress *progress)
{
	if (progress->line_open)
		fputs(CLEAR_LINE, stderr);
	progress->line_open = false;
}
