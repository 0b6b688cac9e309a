// SPDX-License-Identifier: GPL-2.0
/*
 * monitor.c - following events: klpctl monitor, klpctl failures --follow
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "clock.h"
#include "event.h"
#include "nouns.h"

/* Nobody reads any more: heard() returns it to end. */
#define NO_READER 1

#define RETRY_MS 1000

static bool is_over(uint64_t deadline_ms)
{
	return deadline_ms && now_ms() >= deadline_ms;
}

/* Events may come as fast as they are heard, so each looks at the time. */
static int hear_all(struct klp_events *events, uint64_t deadline_ms,
		    int (*heard)(const struct klp_event *event, void *data),
		    void *data)
{
	struct klp_event *event;
	int err;

	while (!is_over(deadline_ms) &&
	       (err = klp_events_next(events, &event)) != 0) {
		if (err == -EBADMSG)
			continue;
		if (err < 0)
			return err;
		err = heard(event, data);
		klp_event_free(event);
		if (err)
			return err;
	}
	return 0;
}

/* How long to wait for events, in the terms of poll(). */
static int patience_ms(uint64_t deadline_ms, bool due)
{
	uint64_t now = now_ms();
	uint64_t left_ms;

	if (!deadline_ms)
		return due ? RETRY_MS : -1;
	/* A week in milliseconds fits. */
	left_ms = now < deadline_ms ? deadline_ms - now : 0;
	return due && left_ms > RETRY_MS ? RETRY_MS : (int)left_ms;
}

int follow(struct klp_events *events, uint64_t deadline_ms, const bool *due,
	   int (*heard)(const struct klp_event *event, void *data), void *data)
{
	/* Without .events it is told when nobody can read any more. */
	struct pollfd poll_fds[] = {
		{ .fd = klp_events_fd(events), .events = POLLIN },
		{ .fd = STDOUT_FILENO },
	};
	int err;

	for (;;) {
		int ready;

		err = hear_all(events, deadline_ms, heard, data);
		if (err || is_over(deadline_ms))
			return err;
		ready = poll(poll_fds, 2, patience_ms(deadline_ms, *due));
		if (ready < 0 && errno != EINTR)
			return -errno;
		if (ready > 0 && poll_fds[1].revents)
			return NO_READER;
		if (ready == 0 && *due)
			err = heard(NULL, data);
		if (err)
			return err;
	}
}

/* A line is of use when it comes, so it does not wait in a buffer. */
static int flush_line(void)
{
	return flush_output() ? NO_READER : 0;
}

static uint64_t deadline_of(const struct app *app)
{
	if (!(app->given & OPTION_TIMEOUT) || app->timeout_s == 0)
		return 0;
	return now_ms() + (uint64_t)app->timeout_s * 1000;
}

static enum status end(const struct app *app, int err)
{
	if (err < 0)
		return fail_klp(app, err);
	return err == NO_READER ? STATUS_FAILURE : STATUS_OK;
}

struct monitor {
	const struct app *app;
	bool resync_due; /* after a loss, and not shown yet */
};

/* What only is so for now does not end a recording: the state is shown later. */
static int resync(struct monitor *monitor)
{
	int err = print_resync(monitor->app);

	monitor->resync_due = err == -EAGAIN || err == -ENOMEM ||
			      err == -ENOBUFS;
	return monitor->resync_due ? 0 : err;
}

static int monitor_event(const struct klp_event *event, void *data)
{
	struct monitor *monitor = data;
	int err = 0;

	if (event && klp_event_kind(event) == KLP_EVENT_LOST) {
		print_loss(monitor->app, event);
		monitor->resync_due = true;
	} else if (event) {
		print_event(monitor->app, event);
	}
	if (monitor->resync_due)
		err = resync(monitor);
	return err ? err : flush_line();
}

enum status do_monitor(struct app *app, char **arguments)
{
	struct monitor monitor = { .app = app };
	uint64_t deadline_ms = deadline_of(app);
	struct klp_events *events;
	int err;

	(void)arguments;
	app->pretty = false; /* An object is a line. */
	err = klp_events_open(app->ctx, &events);
	if (err)
		return fail_klp(app, err);
	/* What comes after this is already waiting in the socket. */
	err = print_resync(app);
	if (!err)
		err = flush_line();
	if (!err)
		err = follow(events, deadline_ms, &monitor.resync_due,
			     monitor_event, &monitor);
	klp_events_close(events);
	return end(app, err);
}

struct failure_follower {
	const struct app *app;
	uint64_t next; /* number of the first one not yet shown */
};

static int show_new(struct failure_follower *follower)
{
	struct klp_failure_list *list;
	size_t i;
	int err;

	err = klp_failure_list_get(follower->app->ctx, follower->next, &list);
	if (err)
		return err;
	for (i = 0; i < klp_failure_list_count(list); i++) {
		const struct klp_failure *failure =
			klp_failure_list_at(list, i);

		if (klp_failure_id(failure) < follower->next)
			continue;
		follower->next = klp_failure_id(failure) + 1;
		print_failure_line(follower->app, failure);
	}
	klp_failure_list_free(list);
	return flush_line();
}

/* Events tell when to look: the kernel's memory of failures loses less. */
static int look_for_failures(const struct klp_event *event, void *data)
{
	switch (klp_event_kind(event)) {
	case KLP_EVENT_STACK_FAILURE:
	case KLP_EVENT_TRANSITION_BLOCKED:
	case KLP_EVENT_TRANSITION_PROGRESS:
	case KLP_EVENT_TRANSITION_COMPLETED:
	case KLP_EVENT_LOST:
		return show_new(data);
	default:
		return 0;
	}
}

enum status follow_failures(struct app *app)
{
	struct failure_follower follower = { .app = app };
	const bool due = false;
	uint64_t deadline_ms = deadline_of(app);
	struct klp_events *events;
	int err;

	app->pretty = false;
	err = klp_events_open(app->ctx, &events);
	if (err)
		return fail_klp(app, err);
	err = show_new(&follower);
	if (!err)
		err = follow(events, deadline_ms, &due, look_for_failures,
			     &follower);
	klp_events_close(events);
	return end(app, err);
}
