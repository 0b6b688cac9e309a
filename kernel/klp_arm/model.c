// SPDX-License-Identifier: GPL-2.0
/*
 * model.c - the reporter's model of the livepatch core: who may read it when.
 *
 * klp_arm_lock protects what readers see. It is a spinlock, since a reader may be
 * anybody: one that is preempted for long while it holds a mutex would stall the
 * hooks, and with them klp_mutex and the loading of every module. Nothing sleeps
 * under it and nothing is counted under it.
 *
 * Only hooks write, under klp_mutex, so hooks read without klp_arm_lock.
 */

#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "../livepatch/core.h"
#include "model.h"

static DEFINE_SPINLOCK(klp_arm_lock);

/* In the order of klp_patches: both get new patches at the end. */
static LIST_HEAD(klp_arm_records);

/* Which of the two views readers see. */
static unsigned int klp_arm_side;

/* Never 0: netlink takes a sequence of 0 for "not checked". */
static u32 klp_arm_current_generation = 1;

/**
 * klp_arm_model_lock() - keep the model as it is
 *
 * Context: nothing may sleep until klp_arm_model_unlock(), and no task, no
 *	    blocker and no unbounded number of funcs may be looked at.
 */
void klp_arm_model_lock(void)
	__acquires(&klp_arm_lock)
{
	spin_lock(&klp_arm_lock);
}

/**
 * klp_arm_model_unlock() - let the model change again
 */
void klp_arm_model_unlock(void)
	__releases(&klp_arm_lock)
{
	spin_unlock(&klp_arm_lock);
}

/**
 * klp_arm_model_assert_stable() - make sure that the model cannot change
 *
 * A reader holds klp_arm_model_lock(), a hook klp_mutex.
 */
void klp_arm_model_assert_stable(void)
{
	lockdep_assert(lockdep_is_held(&klp_arm_lock) ||
		       lockdep_is_held(&klp_mutex));
}

/**
 * klp_arm_generation() - number of the state that a reader sees
 *
 * Without klp_arm_model_lock() it may be over when this returns.
 *
 * Return: the number, never 0; it wraps.
 */
u32 klp_arm_generation(void)
{
	return READ_ONCE(klp_arm_current_generation);
}

/**
 * klp_arm_shown() - tell which views readers see
 *
 * Return: index of the view, in each array of two.
 */
unsigned int klp_arm_shown(void)
{
	klp_arm_model_assert_stable();

	return klp_arm_side;
}

/**
 * klp_arm_count_records() - count the patches
 *
 * Return: how many there are.
 */
u32 klp_arm_count_records(void)
{
	u32 count;

	klp_arm_model_lock();
	count = list_count_nodes(&klp_arm_records);
	klp_arm_model_unlock();

	return count;
}

/**
 * klp_arm_record_from() - find a patch by its place in the order of loading
 * @from: lowest id that is wanted; 0 and 1 stand for the first patch
 *
 * Return: the first patch whose id is not below @from, NULL if there is none.
 */
struct klp_arm_record *klp_arm_record_from(u64 from)
{
	struct klp_arm_record *record;

	klp_arm_model_assert_stable();

	list_for_each_entry(record, &klp_arm_records, node)
		if (record->id >= from)
			return record;

	return NULL;
}

/**
 * klp_arm_record_named() - find a patch by its name
 * @name: the name
 *
 * Return: the patch, NULL if there is none of that name.
 */
struct klp_arm_record *klp_arm_record_named(const char *name)
{
	struct klp_arm_record *record;

	klp_arm_model_assert_stable();

	list_for_each_entry(record, &klp_arm_records, node)
		if (!strcmp(record->mod->name, name))
			return record;

	return NULL;
}

/**
 * klp_arm_func_at() - find a func by its place
 * @pos: the place, all 0 for the first; moved to where the func is
 * @place: filled
 *
 * An index keeps its meaning while the patch is listed: what the core has freed
 * is found as well, and is gone.
 *
 * Return: whether there is a func there or behind it.
 */
bool klp_arm_func_at(struct klp_arm_pos *pos, struct klp_arm_place *place)
{
	struct klp_arm_record *record;

	while ((record = klp_arm_record_from(pos->patch))) {
		if (record->id != pos->patch) {
			pos->patch = record->id;
			pos->func = 0;
		}
		if (pos->func < record->func_count) {
			place->record = record;
			place->func = &record->funcs[pos->func];
			place->object = &record->objects[place->func->object];
			place->view = &place->func->views[klp_arm_side];
			return true;
		}
		pos->patch++;
		pos->func = 0;
	}

	return false;
}

/**
 * klp_arm_find_record() - find the record of a patch
 * @patch: the patch
 *
 * Context: klp_mutex held.
 * Return: the record, or NULL if the patch is not in klp_patches.
 */
struct klp_arm_record *klp_arm_find_record(const struct klp_patch *patch)
{
	struct klp_arm_record *record;

	lockdep_assert_held(&klp_mutex);

	list_for_each_entry(record, &klp_arm_records, node)
		if (record->patch == patch)
			return record;

	return NULL;
}

/**
 * klp_arm_model_show() - let readers see the views that were hidden
 *
 * Context: klp_mutex and klp_arm_model_lock() held, after
 *	    klp_arm_model_prepare().
 */
void klp_arm_model_show(void)
{
	lockdep_assert_held(&klp_mutex);
	lockdep_assert_held(&klp_arm_lock);

	klp_arm_side = !klp_arm_side;
	WRITE_ONCE(klp_arm_current_generation,
		   klp_arm_current_generation + 1 ?: 1);
}

/**
 * klp_arm_record_list() - let readers find a patch
 * @record: the patch, with both klp_mutex and klp_arm_model_lock() held
 */
void klp_arm_record_list(struct klp_arm_record *record)
{
	lockdep_assert_held(&klp_arm_lock);

	list_add_tail(&record->node, &klp_arm_records);
}

/**
 * klp_arm_record_unlist() - let readers find a patch no more
 * @record: the patch, with both klp_mutex and klp_arm_model_lock() held
 */
void klp_arm_record_unlist(struct klp_arm_record *record)
{
	lockdep_assert_held(&klp_arm_lock);

	list_del(&record->node);
}
