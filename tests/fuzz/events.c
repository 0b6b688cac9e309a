// SPDX-License-Identifier: GPL-2.0
/*
 * events.c - fuzzes what libklp makes of the messages that a listener hears
 *
 * The first byte says whether a loss is followed by a snapshot, as those do it
 * who keep a state of their own; the rest is a tape. Whatever comes, a number
 * may be skipped or told twice only after a loss was told.
 */
#include "see.h"
#include "tape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct listening {
	struct klp_ctx *ctx;
	bool resync;
	bool lost; /* what was told last */
	uint64_t last; /* number of the last event, 0 = none yet */
};

static void read_state(struct klp_ctx *ctx)
{
	struct klp_snapshot *snapshot;
	int err = klp_snapshot_get(ctx, &snapshot);

	if (!snapshot != (err != 0))
		found("a snapshot and an error, or neither");
	if (snapshot)
		see_snapshot(snapshot);
	klp_snapshot_free(snapshot);
}

static void take(struct listening *to, const struct klp_event *event)
{
	const uint64_t seq = klp_event_seq(event);

	see_event(event);
	if (klp_event_kind(event) == KLP_EVENT_LOST) {
		if (seq || !klp_event_lost(event))
			found("a loss with a number, or of nothing");
		to->lost = true;
		if (to->resync)
			read_state(to->ctx);
		return;
	}
	if (!seq || klp_event_lost(event))
		found("an event without a number, or with a loss");
	if (to->last && seq != to->last + 1 && !to->lost)
		found("a gap that was not told");
	to->last = seq;
	to->lost = false;
}

/* Until nothing comes, and nothing is left to come. */
static void follow(struct listening *to, struct klp_events *events)
{
	struct klp_event *event;
	int got;

	do {
		got = klp_events_next(events, &event);
		if (got > 1 || (got == 1) != (event != NULL))
			found("an event and none");
		if ((got < 0) != (*klp_last_error(to->ctx) != '\0'))
			found("an error without words, or words without one");
		if (event)
			take(to, event);
		klp_event_free(event);
	} while (got != 0 || !tape_at_end());
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct listening to = { 0 };
	struct klp_events *events;

	if (size == 0)
		return 0;
	to.resync = data[0] & 1;
	to.ctx = tape_open(data + 1, size - 1);
	tape_know_family(to.ctx);
	if (klp_events_open(to.ctx, &events) != 0)
		found("a listener that cannot listen");
	see_number((uint64_t)klp_events_fd(events));
	see_number(klp_events_complete(events));
	follow(&to, events);
	klp_events_close(events);
	tape_close(to.ctx);
	return 0;
}
