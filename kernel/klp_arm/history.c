// SPDX-License-Identifier: GPL-2.0
/*
 * history.c - remember the last transitions.
 *
 * klp_mutex protects all that is here: a transition ends under it.
 */

#include <linux/klp_arm.h>
#include <linux/lockdep.h>
#include <linux/minmax.h>
#include "../livepatch/core.h"
#include "history.h"

/* Transition @id is in slot @id % KLP_ARM_HISTORY_MAX. */
static struct klp_arm_history klp_arm_past[KLP_ARM_HISTORY_MAX];
static struct klp_arm_history_counters klp_arm_past_counters;
static u64 klp_arm_past_last;

/**
 * klp_arm_history_add() - remember a transition that is over
 * @entry: what to remember; its id is given to it here
 */
void klp_arm_history_add(const struct klp_arm_history *entry)
{
	struct klp_arm_history *slot;

	lockdep_assert_held(&klp_mutex);

	klp_arm_past_last++;
	slot = &klp_arm_past[(u32)klp_arm_past_last % KLP_ARM_HISTORY_MAX];
	if (slot->id)
		klp_arm_past_counters.dropped++;
	*slot = *entry;
	slot->id = klp_arm_past_last;
	klp_arm_past_counters.results[entry->result]++;
}

/**
 * klp_arm_history_from() - read past transitions one by one
 * @from: lowest id that is wanted; 0 and 1 stand for the oldest
 *
 * Return: the first whose id is not below @from, NULL if there is none.
 */
const struct klp_arm_history *klp_arm_history_from(u64 from)
{
	u64 oldest = 1;

	lockdep_assert_held(&klp_mutex);

	if (klp_arm_past_last > KLP_ARM_HISTORY_MAX)
		oldest = klp_arm_past_last - KLP_ARM_HISTORY_MAX + 1;
	from = max(from, oldest);
	if (from > klp_arm_past_last)
		return NULL;

	return &klp_arm_past[(u32)from % KLP_ARM_HISTORY_MAX];
}

/**
 * klp_arm_history_counters() - read how many transitions there were
 *
 * Return: the counters, valid while klp_mutex is held.
 */
const struct klp_arm_history_counters *klp_arm_history_counters(void)
{
	lockdep_assert_held(&klp_mutex);

	return &klp_arm_past_counters;
}
