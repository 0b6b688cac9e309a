// SPDX-License-Identifier: GPL-2.0
/*
 * actor.c - when something was done to a patch, and by whom.
 */

#include <linux/cred.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>
#include <linux/uidgid.h>
#include "../livepatch/core.h"
#include "actor.h"

/* Whom the task that holds klp_mutex works for, if not for itself */
static const struct klp_arm_actor *klp_arm_client;

/**
 * klp_arm_actor_act_for() - let what a worker does be its client's deed
 * @client: who asked for it, or NULL when it is done
 *
 * Context: klp_mutex held from this call to the one with NULL.
 */
void klp_arm_actor_act_for(const struct klp_arm_actor *client)
{
	lockdep_assert_held(&klp_mutex);
	klp_arm_client = client;
}

/**
 * klp_arm_actor_set() - note that the current task, or its client, does it now
 * @actor: filled
 *
 * Context: klp_mutex held.
 */
void klp_arm_actor_set(struct klp_arm_actor *actor)
{
	lockdep_assert_held(&klp_mutex);

	if (klp_arm_client) {
		*actor = *klp_arm_client;
	} else {
		actor->pid = task_tgid_nr(current);
		actor->uid = from_kuid_munged(&init_user_ns, current_uid());
		get_task_comm(actor->comm, current);
	}
	actor->time = ktime_get_ns();
	actor->time_real = ktime_get_real_ns();
}
