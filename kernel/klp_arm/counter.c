// SPDX-License-Identifier: GPL-2.0
/*
 * counter.c - count redirected calls, when somebody asks for it.
 *
 * "Has the new code run at all?" is asked after every roll-out. While calls are
 * counted they lose their direct way and pay an atomic addition; while they are
 * not, nothing. klp_mutex is held to change that; the counts themselves need
 * no lock, and a call that is under way when counting starts or stops may or may
 * not be counted.
 */

#include <linux/klp_arm.h>
#include <linux/lockdep.h>
#include "../livepatch/core.h"
#include "../livepatch/patch.h"
#include "counter.h"
#include "model.h"

DEFINE_STATIC_KEY_FALSE(klp_arm_counting);

static bool klp_arm_ever_counted;

static void klp_arm_zero_counters(void)
{
	struct klp_patch *patch;
	struct klp_object *obj;
	struct klp_func *func;

	klp_for_each_patch(patch)
		klp_for_each_object(patch, obj)
			klp_for_each_func(obj, func)
				atomic64_set(&func->hits.count, 0);
}

/**
 * klp_arm_counter_set() - start or stop to count
 * @enabled: which of the two; starting begins at zero, unless counting is on
 *
 * Context: klp_mutex held; may sleep.
 */
void klp_arm_counter_set(bool enabled)
{
	lockdep_assert_held(&klp_mutex);

	if (enabled == klp_arm_counter_enabled())
		return;
	if (enabled) {
		klp_arm_zero_counters();
		WRITE_ONCE(klp_arm_ever_counted, true);
		static_branch_enable(&klp_arm_counting);
	} else {
		static_branch_disable(&klp_arm_counting);
	}

	/* Only the handler counts. */
	klp_update_entries();
	klp_arm_state_changed();
}

/**
 * klp_arm_counter_enabled() - tell whether calls are counted
 *
 * Return: whether they are.
 */
bool klp_arm_counter_enabled(void)
{
	return static_key_enabled(&klp_arm_counting);
}

/**
 * klp_arm_counter_read() - read how many calls a func has redirected
 * @entry: the func
 * @hits: gets the number
 *
 * The counter is in the patch's module, or in a nop, which counts nothing.
 *
 * Context: klp_arm_model_lock() held, so that the module stays.
 * Return: whether there is one; there is not before counting was first on.
 */
bool klp_arm_counter_read(const struct klp_arm_func_entry *entry, u64 *hits)
{
	*hits = entry->nop ? 0 : atomic64_read(&entry->func->hits.count);

	return READ_ONCE(klp_arm_ever_counted);
}
