// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * event.c - something that happened, and what it is about
 */
#include <errno.h>
#include <stdlib.h>

#include <linux/klp_arm.h>

#include "event.h"
#include "objects.h"

struct klp_event {
	uint64_t seq; /* 0: not told */
	bool has_kind;
	uint32_t kind;
	uint64_t time;
	uint64_t time_real;
	uint32_t generation;
	bool has_patch;
	struct klp_patch patch;
	struct klp_transition transition;
	bool has_blocker;
	struct klp_blocker blocker;
	bool has_failure;
	struct klp_failure failure;
	char *module;
	uint64_t lost;
};

/* What the event is about, each as in the reply of the matching request. */
static int take_object(const struct klp_attr *attr, struct klp_event *event)
{
	struct klp_attrs attrs = klp_attrs_of_nest(attr);

	switch (attr->type) {
	case KLP_ARM_A_EVENT_PATCH:
		event->has_patch = true;
		return klp_parse_patch(attrs, &event->patch);
	case KLP_ARM_A_EVENT_TRANSITION:
		return klp_parse_transition(attrs, &event->transition);
	case KLP_ARM_A_EVENT_BLOCKER:
		event->has_blocker = true;
		return klp_parse_blocker(attrs, &event->blocker);
	case KLP_ARM_A_EVENT_FAILURE:
		event->has_failure = true;
		return klp_parse_failure(attrs, &event->failure);
	default:
		return 0;
	}
}

static int take_event_attr(const struct klp_attr *attr, struct klp_event *event)
{
	switch (attr->type) {
	case KLP_ARM_A_EVENT_SEQ:
		return klp_attr_uint(attr, &event->seq);
	case KLP_ARM_A_EVENT_KIND:
		event->has_kind = true;
		return klp_attr_u32(attr, &event->kind);
	case KLP_ARM_A_EVENT_TIME:
		return klp_attr_uint(attr, &event->time);
	case KLP_ARM_A_EVENT_TIME_REAL:
		return klp_attr_uint(attr, &event->time_real);
	case KLP_ARM_A_EVENT_GENERATION:
		return klp_attr_u32(attr, &event->generation);
	case KLP_ARM_A_EVENT_MODULE:
		return klp_attr_string(attr, &event->module);
	default:
		return take_object(attr, event);
	}
}

static int parse_event(struct klp_attrs attrs, struct klp_event *event)
{
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_event_attr(&attr, event);
		if (err)
			return err;
	}
	if (err)
		return err;
	/* That a loss was told is the library's own to say. */
	if (event->kind == KLP_EVENT_LOST)
		return -EBADMSG;
	return event->seq && event->has_kind ? 0 : -EBADMSG;
}

int klp_event_parse(struct klp_attrs attrs, struct klp_event **out)
{
	struct klp_event *event = calloc(1, sizeof(*event));
	int err;

	*out = NULL;
	if (!event)
		return -ENOMEM;
	err = parse_event(attrs, event);
	if (err)
		klp_event_free(event);
	else
		*out = event;
	return err;
}

struct klp_event *klp_event_of_loss(uint64_t lost)
{
	struct klp_event *event = calloc(1, sizeof(*event));

	if (event) {
		event->kind = KLP_EVENT_LOST;
		event->lost = lost;
	}
	return event;
}

void klp_event_free(struct klp_event *event)
{
	if (!event)
		return;
	klp_release_patch(&event->patch);
	klp_release_transition(&event->transition);
	klp_release_blocker(&event->blocker);
	klp_release_failure(&event->failure);
	free(event->module);
	free(event);
}

uint64_t klp_event_seq(const struct klp_event *event)
{
	return event->seq;
}

enum klp_event_kind klp_event_kind(const struct klp_event *event)
{
	return event->kind;
}

uint64_t klp_event_time(const struct klp_event *event)
{
	return event->time;
}

uint64_t klp_event_time_real(const struct klp_event *event)
{
	return event->time_real;
}

uint32_t klp_event_generation(const struct klp_event *event)
{
	return event->generation;
}

const struct klp_patch *klp_event_patch(const struct klp_event *event)
{
	return event->has_patch ? &event->patch : NULL;
}

const struct klp_transition *klp_event_transition(const struct klp_event *event)
{
	return event->transition.patch ? &event->transition : NULL;
}

const struct klp_blocker *klp_event_blocker(const struct klp_event *event)
{
	return event->has_blocker ? &event->blocker : NULL;
}

const struct klp_failure *klp_event_failure(const struct klp_event *event)
{
	return event->has_failure ? &event->failure : NULL;
}

const char *klp_event_module(const struct klp_event *event)
{
	return event->module;
}

uint64_t klp_event_lost(const struct klp_event *event)
{
	return event->lost;
}
