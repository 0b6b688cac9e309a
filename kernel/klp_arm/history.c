// SPDX-License-Identifier: GPL-2.0
/*
 * history.c - remember the last transitions.
 *
 * klp_arm_history_lock protects all that is here. It is held for a copy of one
 * entry only.
 */

#include <linux/klp_arm.h>
#include <linux/minmax.h>
#include <linux/spinlock.h>
#include "history.h"

static DEFINE_SPINLOCK(klp_arm_history_lock);

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

	spin_lock(&klp_arm_history_lock);
	klp_arm_past_last++;
	slot = &klp_arm_past[(u32)klp_arm_past_last % KLP_ARM_HISTORY_MAX];
	if (slot->id)
		klp_arm_past_counters.dropped++;
	*slot = *entry;
	slot->id = klp_arm_past_last;
	klp_arm_past_counters.results[entry->result]++;
	spin_unlock(&klp_arm_history_lock);
}

/**
 * klp_arm_history_from() - read past transitions one by one
 * @from: lowest id that is wanted; 0 and 1 stand for the oldest
 * @entry: gets a copy of the first whose id is not below @from
 *
 * Return: whether there was one.
 */
bool klp_arm_history_from(u64 from, struct klp_arm_history *entry)
{
	u64 oldest = 1;
	bool found;

	spin_lock(&klp_arm_history_lock);
	if (klp_arm_past_last > KLP_ARM_HISTORY_MAX)
		oldest = klp_arm_past_last - KLP_ARM_HISTORY_MAX + 1;
	from = max(from, oldest);
	found = from <= klp_arm_past_last;
	if (found)
		*entry = klp_arm_past[(u32)from % KLP_ARM_HISTORY_MAX];
	spin_unlock(&klp_arm_history_lock);

	return found;
}

/**
 * klp_arm_history_read_counters() - read how many transitions there were
 * @counters: gets a copy
 */
void klp_arm_history_read_counters(struct klp_arm_history_counters *counters)
{
	spin_lock(&klp_arm_history_lock);
	*counters = klp_arm_past_counters;
	spin_unlock(&klp_arm_history_lock);
}
