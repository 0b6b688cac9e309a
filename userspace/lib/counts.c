// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * counts.c - how many there are of each reason
 *
 * The entries are kept as they come, because a newer kernel may have reasons
 * that are not known here, and summed up when somebody asks.
 */
#include <errno.h>
#include <stdlib.h>

#include <linux/klp_arm.h>

#include "objects.h"

struct klp_count {
	bool has_reason;
	uint32_t reason;
	bool has_stack_reason;
	uint32_t stack_reason;
	uint64_t count;
};

static int parse_count(struct klp_attrs attrs, struct klp_count *count)
{
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		switch (attr.type) {
		case KLP_ARM_A_REASON_COUNT_REASON:
			err = klp_attr_u32(&attr, &count->reason);
			count->has_reason = true;
			break;
		case KLP_ARM_A_REASON_COUNT_STACK_REASON:
			err = klp_attr_u32(&attr, &count->stack_reason);
			count->has_stack_reason = true;
			break;
		case KLP_ARM_A_REASON_COUNT_COUNT:
			err = klp_attr_uint(&attr, &count->count);
			break;
		}
		if (err < 0)
			return err;
	}
	if (err < 0)
		return err;
	return count->has_reason ? 0 : -EBADMSG;
}

int klp_counts_add(struct klp_counts *counts, const struct klp_attr *nest)
{
	struct klp_count count = { .count = 0 };
	struct klp_count *items;
	int err = parse_count(klp_attrs_of_nest(nest), &count);

	if (err)
		return err;
	items = reallocarray(counts->items, counts->count + 1, sizeof(*items));
	if (!items)
		return -ENOMEM;
	items[counts->count++] = count;
	counts->items = items;
	return 0;
}

/* The kernel's numbers are sound; a sum that wraps is no reason to crash. */
uint64_t klp_counts_of(const struct klp_counts *counts, uint32_t reason)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < counts->count; i++) {
		if (counts->items[i].reason == reason)
			sum += counts->items[i].count;
	}
	return sum;
}

uint64_t klp_counts_of_stacks(const struct klp_counts *counts,
			      uint32_t stack_reason)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < counts->count; i++) {
		if (counts->items[i].reason == KLP_BLOCKER_UNRELIABLE_STACK &&
		    counts->items[i].has_stack_reason &&
		    counts->items[i].stack_reason == stack_reason)
			sum += counts->items[i].count;
	}
	return sum;
}
