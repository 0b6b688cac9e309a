// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * event-test.c - what a listener is told, and what it is told of losses
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>

#include "test.h"

struct listening {
	struct klp_ctx *ctx;
	struct klp_events *events;
};

static struct listening listen_to(const char *scenario)
{
	struct listening to = { .ctx = open_scenario(scenario) };

	if (klp_events_open(to.ctx, &to.events) != 0)
		abort();
	return to;
}

static void stop(struct listening to)
{
	klp_events_close(to.events);
	klp_ctx_free(to.ctx);
}

/* The next event, which there must be, is of that kind and number. */
static struct klp_event *expect_event(struct listening to,
				      enum klp_event_kind kind, uint64_t seq)
{
	struct klp_event *event;

	if (klp_events_next(to.events, &event) != 1)
		abort();
	if (klp_event_kind(event) != kind || klp_event_seq(event) != seq)
		printf("# %s %llu\n",
		       klp_event_kind_name(klp_event_kind(event)),
		       (unsigned long long)klp_event_seq(event));
	EXPECT(klp_event_kind(event) == kind);
	EXPECT(klp_event_seq(event) == seq);
	EXPECT(klp_event_lost(event) == 0 || kind == KLP_EVENT_LOST);
	return event;
}

static void skip_event(struct listening to, enum klp_event_kind kind,
		       uint64_t seq)
{
	klp_event_free(expect_event(to, kind, seq));
}

static void expect_loss(struct listening to, uint64_t lost)
{
	struct klp_event *event = expect_event(to, KLP_EVENT_LOST, 0);

	EXPECT(klp_event_lost(event) == lost);
	EXPECT(klp_event_generation(event) == 0);
	EXPECT(!klp_event_patch(event) && !klp_event_transition(event));
	EXPECT(!klp_event_blocker(event) && !klp_event_failure(event));
	EXPECT(klp_event_module(event) == NULL);
	klp_event_free(event);
}

static void expect_end(struct listening to, int err)
{
	struct klp_event *event;

	EXPECT(klp_events_next(to.events, &event) == err);
	EXPECT(event == NULL);
	EXPECT((klp_last_error(to.ctx)[0] != '\0') == (err != 0));
}

static void test_attributes(void)
{
	struct listening to = listen_to("events");
	struct klp_event *event;

	event = expect_event(to, KLP_EVENT_MODULE_COMING, 1);
	EXPECT_TEXT(klp_event_module(event), "target_module");
	EXPECT(klp_event_time(event) == 126000000001ULL);
	EXPECT(klp_event_time_real(event) == 1700000002000000001ULL);
	EXPECT(klp_event_generation(event) == 2);
	EXPECT(!klp_event_patch(event) && !klp_event_transition(event));
	EXPECT(!klp_event_blocker(event) && !klp_event_failure(event));
	klp_event_free(event);

	event = expect_event(to, KLP_EVENT_PATCH_ADDED, 2);
	EXPECT_TEXT(klp_patch_name(klp_event_patch(event)), "livepatch_demo");
	EXPECT(klp_patch_objects_listed(klp_event_patch(event)) == 1);
	klp_event_free(event);
	skip_event(to, KLP_EVENT_TRANSITION_STARTED, 3);

	event = expect_event(to, KLP_EVENT_TRANSITION_PROGRESS, 4);
	EXPECT(klp_transition_tasks_remaining(klp_event_transition(event)) ==
	       2);
	EXPECT(klp_transition_remaining_by(klp_event_transition(event),
					   KLP_BLOCKER_SLEEPING_ON_FUNC) == 1);
	klp_event_free(event);

	event = expect_event(to, KLP_EVENT_TRANSITION_BLOCKED, 5);
	EXPECT_TEXT(klp_blocker_comm(klp_event_blocker(event)), HOSTILE);
	klp_event_free(event);

	event = expect_event(to, KLP_EVENT_STACK_FAILURE, 6);
	EXPECT(klp_failure_stack_reason(klp_event_failure(event)) ==
	       KLP_STACK_TRAMPOLINE);
	stop(to);
	EXPECT(klp_failure_id(klp_event_failure(event)) == 7);
	klp_event_free(event);
	klp_event_free(NULL);
}

/* Who may not join the group that tells of tasks hears the other one. */
static void test_group(void)
{
	struct listening to = listen_to("events-user");
	struct klp_event *event;

	EXPECT(!klp_events_complete(to.events));
	event = expect_event(to, KLP_EVENT_TRANSITION_BLOCKED, 5);
	EXPECT(!klp_blocker_has_who(klp_event_blocker(event)));
	klp_event_free(event);
	event = expect_event(to, KLP_EVENT_STACK_FAILURE, 6);
	EXPECT(!klp_failure_has_who(klp_event_failure(event)));
	klp_event_free(event);
	expect_end(to, -EIO);
	stop(to);

	to = listen_to("events");
	EXPECT(klp_events_complete(to.events));
	stop(to);
}

static void test_kinds(void)
{
	struct listening to = listen_to("events");
	uint64_t seq;

	for (seq = 1; seq <= 6; seq++) {
		struct klp_event *event;

		EXPECT(klp_events_next(to.events, &event) == 1);
		EXPECT(klp_event_seq(event) == seq);
		klp_event_free(event);
	}
	skip_event(to, KLP_EVENT_TRANSITION_REVERSED, 7);
	skip_event(to, KLP_EVENT_TRANSITION_FORCED, 8);
	skip_event(to, KLP_EVENT_TRANSITION_COMPLETED, 9);
	skip_event(to, KLP_EVENT_PATCH_ENABLED, 10);
	skip_event(to, KLP_EVENT_PATCH_DISABLED, 11);
	skip_event(to, KLP_EVENT_PATCH_REMOVED, 12);
	skip_event(to, KLP_EVENT_MODULE_GOING, 13);
	expect_end(to, -EIO);
	expect_end(to, 0);
	stop(to);
}

/* Requests of the same context do not disturb a listener. */
static void test_requests_between(void)
{
	struct listening to = listen_to("events");
	struct klp_blocker_list *list;

	skip_event(to, KLP_EVENT_MODULE_COMING, 1);
	EXPECT(klp_blocker_list_get(to.ctx, 0, &list) == 0);
	EXPECT(klp_blocker_list_count(list) == 0);
	klp_blocker_list_free(list);
	skip_event(to, KLP_EVENT_PATCH_ADDED, 2);
	stop(to);
}

static bool is_readable(struct listening to)
{
	struct pollfd fd = { klp_events_fd(to.events), POLLIN, 0 };

	return poll(&fd, 1, 0) == 1;
}

static void test_packed(void)
{
	struct listening to = listen_to("events-packed");
	unsigned int count = 0;
	struct klp_event *event;

	EXPECT(is_readable(to));
	while (klp_events_next(to.events, &event) == 1) {
		EXPECT(klp_event_seq(event) == ++count);
		klp_event_free(event);
	}
	EXPECT(count == 4);
	EXPECT(is_readable(to));
	while (klp_events_next(to.events, &event) == 1) {
		EXPECT(klp_event_seq(event) == ++count);
		klp_event_free(event);
	}
	EXPECT(count == 13);
	EXPECT(!is_readable(to));
	stop(to);

	to = listen_to("events-quiet");
	EXPECT(!is_readable(to));
	expect_end(to, 0);
	expect_end(to, 0);
	stop(to);
}

static void test_gap(void)
{
	struct listening to = listen_to("events-gap");

	skip_event(to, KLP_EVENT_MODULE_COMING, 1);
	skip_event(to, KLP_EVENT_PATCH_ADDED, 2);
	expect_loss(to, 5);
	skip_event(to, KLP_EVENT_TRANSITION_FORCED, 8);
	expect_loss(to, KLP_EVENTS_LOST_UNKNOWN);
	skip_event(to, KLP_EVENT_TRANSITION_FORCED, 8);
	expect_end(to, 0);
	stop(to);

	/* An event that is held when the listener is closed is freed. */
	to = listen_to("events-gap");
	skip_event(to, KLP_EVENT_MODULE_COMING, 1);
	skip_event(to, KLP_EVENT_PATCH_ADDED, 2);
	expect_loss(to, 5);
	stop(to);
}

static void test_overrun(void)
{
	struct listening to = listen_to("events-overrun");

	/*
	 * What was queued comes first. The gap tells a number, but more may be
	 * missing at the end.
	 */
	skip_event(to, KLP_EVENT_MODULE_COMING, 1);
	skip_event(to, KLP_EVENT_PATCH_ADDED, 2);
	expect_loss(to, 6);
	skip_event(to, KLP_EVENT_TRANSITION_COMPLETED, 9);
	expect_end(to, -EIO);
	expect_loss(to, KLP_EVENTS_LOST_UNKNOWN);
	expect_end(to, 0);
	stop(to);

	/* Without a gap to see, the loss is told once all was read. */
	to = listen_to("events-overrun-last");
	skip_event(to, KLP_EVENT_MODULE_COMING, 1);
	skip_event(to, KLP_EVENT_PATCH_ADDED, 2);
	expect_loss(to, KLP_EVENTS_LOST_UNKNOWN);
	expect_loss(to, 3);
	skip_event(to, KLP_EVENT_STACK_FAILURE, 6);
	expect_end(to, -EIO);
	stop(to);
}

static void test_newer_kernel(void)
{
	struct listening to = listen_to("events-newer");
	struct klp_event *event;

	skip_event(to, KLP_EVENT_MODULE_COMING, 1);
	event = expect_event(to, (enum klp_event_kind)77, 2);
	EXPECT_TEXT(klp_event_kind_name(klp_event_kind(event)), "unknown");
	klp_event_free(event);
	/* A transition without a patch is none. */
	event = expect_event(to, KLP_EVENT_TRANSITION_COMPLETED, 3);
	EXPECT(klp_event_transition(event) == NULL);
	klp_event_free(event);
	expect_end(to, 0);
	stop(to);
}

/* As many errors as followed.py made, and the listener goes on after them. */
static void test_malformed(void)
{
	struct listening to = listen_to("events-malformed");
	struct klp_event *event;
	unsigned int bad = 0;

	while (klp_events_next(to.events, &event) == -EBADMSG) {
		EXPECT(event == NULL);
		EXPECT(said(to.ctx, "malformed"));
		bad++;
	}
	EXPECT(bad == 11);
	EXPECT(event && klp_event_seq(event) == 1);
	klp_event_free(event);
	expect_end(to, 0);
	stop(to);
}

static void test_refused(void)
{
	struct klp_ctx *ctx = open_scenario("no-events");
	struct klp_events *events;
	struct klp_info *info;

	EXPECT(klp_events_open(ctx, &events) == -EOPNOTSUPP);
	EXPECT(events == NULL && said(ctx, "sends no events"));
	EXPECT(klp_info_get(ctx, &info) == 0);
	klp_info_free(info);
	klp_ctx_free(ctx);

	ctx = open_scenario("no-family");
	EXPECT(klp_events_open(ctx, &events) == -EOPNOTSUPP);
	EXPECT(said(ctx, "klp_arm"));
	klp_ctx_free(ctx);

	ctx = open_scenario("events-refused");
	EXPECT(klp_events_open(ctx, &events) == -EPERM);
	EXPECT(events == NULL && said(ctx, "cannot listen"));
	klp_events_close(events);
	klp_ctx_free(ctx);
}

const struct test_case event_cases[] = {
	{ "events have all their attributes", test_attributes },
	{ "events tell of tasks to whoever may know", test_group },
	{ "events of every kind come in order", test_kinds },
	{ "requests do not disturb a listener", test_requests_between },
	{ "datagrams may hold several events", test_packed },
	{ "a gap in the numbers is told", test_gap },
	{ "an overrun is told, with the number if it can be", test_overrun },
	{ "events of newer kernels are passed on", test_newer_kernel },
	{ "malformed events are errors, and no more", test_malformed },
	{ "a kernel without events is told from other errors", test_refused },
	{ NULL, NULL },
};
