// SPDX-License-Identifier: GPL-2.0
/*
 * nl_disable.c - disable a patch for a request, in a worker.
 *
 * The netlink core holds its cb_lock for reading while a request is handled, and
 * whoever registers a family waits for that. To disable a patch may take any time:
 * its callbacks are called, and if no task has to be waited for, calls are given
 * back at once, after a grace period. So a worker does it, and the request waits
 * for a bounded time.
 */

#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/klp_arm.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include <net/genetlink.h>
#include "../livepatch/core.h"
#include "../livepatch/transition.h"
#include "actor.h"
#include "model.h"
#include "nl.h"

/**
 * struct klp_arm_disabling - a patch that a request disables
 * @work: calls the livepatch core
 * @users: the request and the worker
 * @begun: the core is about to do it, or @err says why not
 * @done: the core has returned
 * @client: who asked
 * @id: load of the patch; another one may have its name by now
 * @name: of the patch
 * @err: of the core
 * @extack: text for @err
 */
struct klp_arm_disabling {
	struct work_struct work;
	struct kref users;
	struct completion begun, done;
	struct klp_arm_actor client;
	u64 id;
	char name[MODULE_NAME_LEN];
	int err;
	struct netlink_ext_ack extack;
};

static void klp_arm_disabling_free(struct kref *users)
{
	kfree(container_of(users, struct klp_arm_disabling, users));
}

/* The request has seen that it can be disabled, but has let go of klp_mutex. */
static struct klp_patch *klp_arm_still_there(struct klp_arm_disabling *disabling)
{
	struct klp_arm_record *record = klp_arm_record_named(disabling->name);

	if (record && record->id == disabling->id && record->patch->enabled &&
	    !klp_transition_patch)
		return record->patch;

	NL_SET_ERR_MSG(&disabling->extack,
		       "patches have changed at this moment, try again");
	return NULL;
}

static void klp_arm_disabling_work(struct work_struct *work)
{
	struct klp_arm_disabling *disabling =
		container_of(work, struct klp_arm_disabling, work);
	struct klp_patch *patch;

	disabling->err = klp_arm_nl_lock_core(&disabling->extack);
	if (disabling->err)
		goto out;

	patch = klp_arm_still_there(disabling);
	if (patch) {
		complete(&disabling->begun);
		klp_arm_actor_act_for(&disabling->client);
		disabling->err = __klp_disable_patch(patch);
		klp_arm_actor_act_for(NULL);
		if (disabling->err)
			NL_SET_ERR_MSG(&disabling->extack,
				       "the livepatch core refused to disable the patch");
	} else {
		disabling->err = -EBUSY;
	}
	mutex_unlock(&klp_mutex);

out:
	complete_all(&disabling->begun);
	complete_all(&disabling->done);
	kref_put(&disabling->users, klp_arm_disabling_free);
}

/**
 * klp_arm_disabling_begin() - let a worker disable a patch
 * @record: the patch, which is enabled and not in transition
 *
 * Context: klp_mutex held; the worker begins when it is released.
 * Return: what klp_arm_disabling_wait() waits for, or NULL without memory.
 */
struct klp_arm_disabling *
klp_arm_disabling_begin(const struct klp_arm_record *record)
{
	struct klp_arm_disabling *disabling;

	disabling = kzalloc(sizeof(*disabling), GFP_KERNEL);
	if (!disabling)
		return NULL;

	INIT_WORK(&disabling->work, klp_arm_disabling_work);
	kref_init(&disabling->users);
	kref_get(&disabling->users);
	init_completion(&disabling->begun);
	init_completion(&disabling->done);
	klp_arm_actor_set(&disabling->client);
	disabling->id = record->id;
	strscpy(disabling->name, record->patch->mod->name);
	queue_work(system_unbound_wq, &disabling->work);

	return disabling;
}

/**
 * klp_arm_disabling_wait() - wait for the worker, but not long
 * @disabling: what it does; not to be used afterwards
 * @extack: gets a text if the patch is not disabled
 *
 * Context: klp_mutex not held; may sleep.
 * Return: 0 if the patch is being disabled, be it that its callback has not returned
 *	   yet; -EBUSY; -EINTR if the sender is killed, while the worker goes on; or
 *	   the core's errno.
 */
int klp_arm_disabling_wait(struct klp_arm_disabling *disabling,
			   struct netlink_ext_ack *extack)
{
	int err = 0;
	long left;

	/* The worker waits for the core as long as other requests do. */
	if (wait_for_completion_killable(&disabling->begun)) {
		err = -EINTR;
		goto out;
	}
	left = wait_for_completion_killable_timeout(&disabling->done,
						    msecs_to_jiffies(KLP_ARM_NL_CORE_TIMEOUT_MS));
	if (left < 0) {
		err = -EINTR;
	} else if (left) {
		err = disabling->err;
		if (err && extack)
			extack->_msg = disabling->extack._msg;
	}

out:
	kref_put(&disabling->users, klp_arm_disabling_free);
	return err;
}
