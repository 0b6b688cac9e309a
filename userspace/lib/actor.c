// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * actor.c - who did something to a patch, and when
 */
#include <stdlib.h>

#include <linux/klp_arm.h>

#include "objects.h"

int klp_parse_actor(struct klp_attrs attrs, struct klp_actor *actor)
{
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		switch (attr.type) {
		case KLP_ARM_A_ACTOR_TIME:
			err = klp_attr_uint(&attr, &actor->time);
			break;
		case KLP_ARM_A_ACTOR_TIME_REAL:
			err = klp_attr_uint(&attr, &actor->time_real);
			break;
		case KLP_ARM_A_ACTOR_PID:
			err = klp_attr_u32(&attr, &actor->pid);
			actor->has_pid = true;
			break;
		case KLP_ARM_A_ACTOR_UID:
			err = klp_attr_u32(&attr, &actor->uid);
			actor->has_uid = true;
			break;
		case KLP_ARM_A_ACTOR_COMM:
			err = klp_attr_string(&attr, &actor->comm);
			break;
		}
		if (err < 0)
			return err;
	}
	actor->known = true;
	return err;
}

void klp_release_actor(struct klp_actor *actor)
{
	free(actor->comm);
}

uint64_t klp_actor_time(const struct klp_actor *actor)
{
	return actor->time;
}

uint64_t klp_actor_time_real(const struct klp_actor *actor)
{
	return actor->time_real;
}

bool klp_actor_has_who(const struct klp_actor *actor)
{
	return actor->has_uid && actor->comm;
}

bool klp_actor_has_pid(const struct klp_actor *actor)
{
	return actor->has_pid;
}

uint32_t klp_actor_pid(const struct klp_actor *actor)
{
	return actor->pid;
}

uint32_t klp_actor_uid(const struct klp_actor *actor)
{
	return actor->uid;
}

const char *klp_actor_comm(const struct klp_actor *actor)
{
	return actor->comm ? actor->comm : "";
}
