/* SPDX-License-Identifier: GPL-2.0 */
/*
 * event.h - events as lines, and waiting for the next one
 */
#ifndef KLPCTL_EVENT_H
#define KLPCTL_EVENT_H

#include "output.h"

void print_event(const struct app *app, const struct klp_event *event);

/* That events were lost, and then the state as it is now, or an errno. */
void print_loss(const struct app *app, const struct klp_event *event);
int print_resync(const struct app *app);

/*
 * Waits for events until a time of now_ms(), 0 for ever, and calls heard() for
 * each; it returns 0 to go on. Returns what heard() did, 0 when the time is
 * up, or a negative errno. A message that is no event is passed over. While
 * *due is true, heard() is called without an event once a second.
 */
int follow(struct klp_events *events, uint64_t deadline_ms, const bool *due,
	   int (*heard)(const struct klp_event *event, void *data), void *data);

#endif /* KLPCTL_EVENT_H */
