// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * transition.c - the transition that is under way
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "internal.h"
#include "objects.h"

static int parse_tasks(const struct klp_attr *nest,
		       struct klp_transition *transition)
{
	struct klp_attrs attrs = klp_attrs_of_nest(nest);
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		switch (attr.type) {
		case KLP_ARM_A_TASKS_TOTAL:
			err = klp_attr_u32(&attr, &transition->total);
			break;
		case KLP_ARM_A_TASKS_SWITCHED:
			err = klp_attr_u32(&attr, &transition->switched);
			break;
		case KLP_ARM_A_TASKS_REMAINING:
			err = klp_attr_u32(&attr, &transition->remaining);
			break;
		}
		if (err < 0)
			return err;
	}
	return err;
}

static int take_transition_attr(const struct klp_attr *attr,
				struct klp_transition *transition)
{
	switch (attr->type) {
	case KLP_ARM_A_TRANSITION_GENERATION:
		return klp_attr_u32(attr, &transition->generation);
	case KLP_ARM_A_TRANSITION_PATCH:
		return klp_attr_string(attr, &transition->patch);
	case KLP_ARM_A_TRANSITION_PATCH_ID:
		return klp_attr_uint(attr, &transition->patch_id);
	case KLP_ARM_A_TRANSITION_DIRECTION:
		return klp_attr_u32(attr, &transition->direction);
	case KLP_ARM_A_TRANSITION_STARTED:
		return klp_attr_uint(attr, &transition->started);
	case KLP_ARM_A_TRANSITION_STARTED_REAL:
		return klp_attr_uint(attr, &transition->started_real);
	case KLP_ARM_A_TRANSITION_ELAPSED_MS:
		return klp_attr_uint(attr, &transition->elapsed_ms);
	case KLP_ARM_A_TRANSITION_TASKS:
		return parse_tasks(attr, transition);
	case KLP_ARM_A_TRANSITION_FORCED:
		transition->forced = true;
		return 0;
	case KLP_ARM_A_TRANSITION_REVERSED:
		transition->reversed = true;
		return 0;
	case KLP_ARM_A_TRANSITION_ATTEMPTS:
		return klp_attr_u32(attr, &transition->attempts);
	case KLP_ARM_A_TRANSITION_SIGNALS:
		return klp_attr_u32(attr, &transition->signals);
	case KLP_ARM_A_TRANSITION_REASONS:
		return klp_counts_add(&transition->reasons, attr);
	case KLP_ARM_A_TRANSITION_BLOCKERS:
		return klp_attr_u32(attr, &transition->blockers);
	case KLP_ARM_A_TRANSITION_BLOCKERS_DROPPED:
		return klp_attr_u32(attr, &transition->blockers_dropped);
	case KLP_ARM_A_TRANSITION_CORE_BUSY:
		transition->core_busy = true;
		return 0;
	default:
		return 0;
	}
}

int klp_parse_transition(struct klp_attrs attrs,
			 struct klp_transition *transition)
{
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_transition_attr(&attr, transition);
		if (err)
			return err;
	}
	return err;
}

void klp_release_transition(struct klp_transition *transition)
{
	free(transition->patch);
	free(transition->reasons.items);
}

static int take_transition(const struct nlmsghdr *nlh, void *arg)
{
	return klp_parse_transition(klp_attrs_of_message(nlh), arg);
}

int klp_transition_read(struct klp_ctx *ctx, struct klp_transition **out)
{
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_TRANSITION_GET,
		.what = "transition-get",
	};
	struct klp_transition *transition;
	int err;

	*out = NULL;
	transition = calloc(1, sizeof(*transition));
	if (!transition)
		return klp_no_memory(ctx);
	err = klp_ask(ctx, &request, take_transition, NULL, transition);
	if (!err && !transition->generation)
		err = klp_fail(ctx, -EBADMSG,
			       "transition-get: the kernel's answer is empty");
	if (err)
		klp_transition_free(transition);
	else
		*out = transition;
	return err;
}

int klp_transition_get(struct klp_ctx *ctx, struct klp_transition **out)
{
	int err = klp_transition_read(ctx, out);

	if (*out && !(*out)->patch) {
		klp_transition_free(*out);
		*out = NULL;
	}
	return err;
}

void klp_transition_free(struct klp_transition *transition)
{
	if (!transition)
		return;
	klp_release_transition(transition);
	free(transition);
}

const char *klp_transition_patch(const struct klp_transition *transition)
{
	return transition->patch;
}

uint64_t klp_transition_patch_id(const struct klp_transition *transition)
{
	return transition->patch_id;
}

enum klp_direction
klp_transition_direction(const struct klp_transition *transition)
{
	return transition->direction;
}

uint64_t klp_transition_started(const struct klp_transition *transition)
{
	return transition->started;
}

uint64_t klp_transition_started_real(const struct klp_transition *transition)
{
	return transition->started_real;
}

uint64_t klp_transition_elapsed_ms(const struct klp_transition *transition)
{
	return transition->elapsed_ms;
}

uint32_t klp_transition_tasks_total(const struct klp_transition *transition)
{
	return transition->total;
}

uint32_t klp_transition_tasks_switched(const struct klp_transition *transition)
{
	return transition->switched;
}

uint32_t klp_transition_tasks_remaining(const struct klp_transition *transition)
{
	return transition->remaining;
}

bool klp_transition_forced(const struct klp_transition *transition)
{
	return transition->forced;
}

bool klp_transition_reversed(const struct klp_transition *transition)
{
	return transition->reversed;
}

uint32_t klp_transition_attempts(const struct klp_transition *transition)
{
	return transition->attempts;
}

uint32_t klp_transition_signals(const struct klp_transition *transition)
{
	return transition->signals;
}

uint32_t klp_transition_blockers(const struct klp_transition *transition)
{
	return transition->blockers;
}

uint32_t
klp_transition_blockers_dropped(const struct klp_transition *transition)
{
	return transition->blockers_dropped;
}

bool klp_transition_core_busy(const struct klp_transition *transition)
{
	return transition->core_busy;
}

uint32_t klp_transition_remaining_by(const struct klp_transition *transition,
				     enum klp_blocker_reason reason)
{
	uint64_t sum = klp_counts_of(&transition->reasons, reason);

	return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}
