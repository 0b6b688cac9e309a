// SPDX-License-Identifier: GPL-2.0
/*
 * nl_event.c - what a listener of the multicast group is told, and that it is
 * told when it was not.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ONE "klp_nl_one"
#define TARGET "klp_nl_target"
#define WAIT "klp_nl_wait"
#define GATE "/proc/klp_nl_target"
#define NOBODY 65534
#define EVENTS 256
#define EVENT_SECONDS 60

struct event {
	uint64_t seq, time;
	uint32_t kind, generation, tid, remaining, state;
	bool has_who, has_task;
	char patch[64], module[64];
};

struct listener {
	struct nl_client client;
	unsigned int count;
	struct event events[EVENTS];
	int error; /* -ENOBUFS if the socket said so */
};

struct group {
	const char *name;
	uint32_t id;
};

static void take_group(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		       void *arg)
{
	const struct nlattr *group[NL_MAX_ATTR];
	struct group *wanted = arg;
	const struct nlattr *attr;

	(void)nlh;
	if (!attrs[CTRL_ATTR_MCAST_GROUPS])
		return;
	mnl_attr_for_each_nested(attr, attrs[CTRL_ATTR_MCAST_GROUPS])
	{
		if (nl_nested(attr, group) && group[CTRL_ATTR_MCAST_GRP_NAME] &&
		    !strcmp(mnl_attr_get_str(group[CTRL_ATTR_MCAST_GRP_NAME]),
			    wanted->name))
			wanted->id =
				mnl_attr_get_u32(group[CTRL_ATTR_MCAST_GRP_ID]);
	}
}

/* The id of the group is asked for before it is joined, on the same socket. */
static bool join(struct listener *listener, const char *name, int error)
{
	uint16_t family = listener->client.family;
	struct nl_result result;
	struct nl_request req;
	struct group group = { .name = name };
	int err;

	listener->client.family = GENL_ID_CTRL;
	nl_begin(&listener->client, &req, CTRL_CMD_GETFAMILY, false);
	mnl_attr_put_strz(req.nlh, CTRL_ATTR_FAMILY_NAME, KLP_ARM_FAMILY_NAME);
	err = nl_talk(&listener->client, &req, &result, take_group, &group);
	listener->client.family = family;
	if (!CHECK(!err && group.id, "the family has no group '%s'", name))
		return false;
	err = mnl_socket_setsockopt(listener->client.sock,
				    NETLINK_ADD_MEMBERSHIP, &group.id,
				    sizeof(group.id)) ?
		      errno :
		      0;

	return CHECK(err == error, "joining '%s': error %d instead of %d", name,
		     err, error);
}

static bool listen_to(struct listener *listener, const char *group)
{
	memset(listener, 0, sizeof(*listener));
	if (!CHECK(!nl_open(&listener->client, NL_LARGE), "cannot open"))
		return false;
	if (!join(listener, group, 0))
		return false;
	listener->client.seq = 0; /* events have none */

	return true;
}

static bool listen_in(struct listener *listener)
{
	return listen_to(listener, KLP_ARM_EVENTS_ADMIN_GROUP);
}

static void take_name(char *to, size_t size, const struct nlattr *nest,
		      int type, bool *has_who)
{
	const struct nlattr *attrs[NL_MAX_ATTR], *who[NL_MAX_ATTR];

	if (!nest || !nl_nested(nest, attrs) || !attrs[type])
		return;
	snprintf(to, size, "%s", mnl_attr_get_str(attrs[type]));
	if (type == KLP_ARM_A_PATCH_NAME && attrs[KLP_ARM_A_PATCH_LOADED] &&
	    nl_nested(attrs[KLP_ARM_A_PATCH_LOADED], who) &&
	    who[KLP_ARM_A_ACTOR_PID])
		*has_who = true;
}

static void take_tasks(const struct nlattr *nest, struct event *event)
{
	const struct nlattr *attrs[NL_MAX_ATTR], *tasks[NL_MAX_ATTR];

	event->remaining = UINT32_MAX;
	if (nest && nl_nested(nest, attrs) &&
	    attrs[KLP_ARM_A_TRANSITION_TASKS] &&
	    nl_nested(attrs[KLP_ARM_A_TRANSITION_TASKS], tasks) &&
	    tasks[KLP_ARM_A_TASKS_REMAINING])
		event->remaining =
			mnl_attr_get_u32(tasks[KLP_ARM_A_TASKS_REMAINING]);
}

static void take_state(const struct nlattr *nest, struct event *event)
{
	const struct nlattr *attrs[NL_MAX_ATTR];

	event->state = UINT32_MAX;
	if (nest && nl_nested(nest, attrs) && attrs[KLP_ARM_A_PATCH_STATE])
		event->state = mnl_attr_get_u32(attrs[KLP_ARM_A_PATCH_STATE]);
}

static void take_event(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		       void *arg)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *blocker[NL_MAX_ATTR];
	struct listener *listener = arg;
	struct event *event;

	if (genl->cmd != KLP_ARM_CMD_EVENT || listener->count == EVENTS ||
	    !attrs[KLP_ARM_A_EVENT_SEQ] || !attrs[KLP_ARM_A_EVENT_KIND] ||
	    !attrs[KLP_ARM_A_EVENT_TIME] || !attrs[KLP_ARM_A_EVENT_TIME_REAL] ||
	    !attrs[KLP_ARM_A_EVENT_GENERATION])
		return;

	event = &listener->events[listener->count++];
	event->seq = nl_uint(attrs[KLP_ARM_A_EVENT_SEQ]);
	event->time = nl_uint(attrs[KLP_ARM_A_EVENT_TIME]);
	event->kind = mnl_attr_get_u32(attrs[KLP_ARM_A_EVENT_KIND]);
	event->generation = mnl_attr_get_u32(attrs[KLP_ARM_A_EVENT_GENERATION]);
	take_name(event->patch, sizeof(event->patch),
		  attrs[KLP_ARM_A_EVENT_PATCH], KLP_ARM_A_PATCH_NAME,
		  &event->has_who);
	take_name(event->patch, sizeof(event->patch),
		  attrs[KLP_ARM_A_EVENT_TRANSITION], KLP_ARM_A_TRANSITION_PATCH,
		  &event->has_who);
	take_tasks(attrs[KLP_ARM_A_EVENT_TRANSITION], event);
	take_state(attrs[KLP_ARM_A_EVENT_PATCH], event);
	if (attrs[KLP_ARM_A_EVENT_BLOCKER] &&
	    nl_nested(attrs[KLP_ARM_A_EVENT_BLOCKER], blocker)) {
		event->has_task = nl_has_task(blocker);
		if (blocker[KLP_ARM_A_BLOCKER_TID])
			event->tid = mnl_attr_get_u32(
				blocker[KLP_ARM_A_BLOCKER_TID]);
	}
	if (attrs[KLP_ARM_A_EVENT_MODULE])
		snprintf(event->module, sizeof(event->module), "%s",
			 mnl_attr_get_str(attrs[KLP_ARM_A_EVENT_MODULE]));
}

/* Read what is there; return whether there was anything. */
static bool read_more(struct listener *listener, int milliseconds)
{
	struct pollfd fd = { .fd = mnl_socket_get_fd(listener->client.sock),
			     .events = POLLIN };
	struct nl_result result = { 0 };
	int err;

	if (poll(&fd, 1, milliseconds) <= 0)
		return false;
	err = nl_receive(&listener->client, &result, 1, take_event, listener);
	if (err < 0)
		listener->error = err;

	return err >= 0;
}

static const struct event *find_event(const struct listener *listener,
				      uint32_t kind, unsigned int from)
{
	for (unsigned int i = from; i < listener->count; i++)
		if (listener->events[i].kind == kind)
			return &listener->events[i];

	return NULL;
}

/* Read until an event of this kind has come. */
static const struct event *wait_event(struct listener *listener, uint32_t kind)
{
	const struct event *event;

	while (!(event = find_event(listener, kind, 0)))
		if (!read_more(listener, EVENT_SECONDS * 1000))
			break;
	CHECK(event, "no event of kind %u", kind);

	return event;
}

/* Numbers rise by one, times and generations do not fall. */
static bool in_order(const struct listener *listener)
{
	const struct event *event = listener->events;

	for (unsigned int i = 1; i < listener->count; i++, event++)
		if (!CHECK(event[1].seq == event->seq + 1,
			   "event %llu after %llu",
			   (unsigned long long)event[1].seq,
			   (unsigned long long)event->seq) ||
		    !CHECK(event[1].time >= event->time, "time goes back") ||
		    !CHECK(event[1].generation >= event->generation,
			   "generation %u after %u", event[1].generation,
			   event->generation))
			return false;

	return CHECK(!listener->error, "error %d", listener->error);
}

/* What is certain to come, whatever tasks do; a transition has no state. */
static const struct {
	uint32_t kind, state;
} life[] = {
	{ KLP_ARM_EVENT_KIND_PATCH_ADDED, KLP_ARM_PATCH_STATE_DISABLED },
	{ KLP_ARM_EVENT_KIND_TRANSITION_STARTED, UINT32_MAX },
	{ KLP_ARM_EVENT_KIND_TRANSITION_COMPLETED, UINT32_MAX },
	{ KLP_ARM_EVENT_KIND_PATCH_ENABLED, KLP_ARM_PATCH_STATE_ENABLED },
	{ KLP_ARM_EVENT_KIND_TRANSITION_STARTED, UINT32_MAX },
	{ KLP_ARM_EVENT_KIND_TRANSITION_COMPLETED, UINT32_MAX },
	{ KLP_ARM_EVENT_KIND_PATCH_DISABLED, KLP_ARM_PATCH_STATE_DISABLED },
	{ KLP_ARM_EVENT_KIND_PATCH_REMOVED, KLP_ARM_PATCH_STATE_DISABLED },
};

/* Where a transition ends, nothing remains and the generation is a new one. */
static bool ends_well(const struct event *event, const struct event *before)
{
	return event->kind != KLP_ARM_EVENT_KIND_TRANSITION_COMPLETED ||
	       (CHECK(!event->remaining, "%u tasks remain at the end",
		      event->remaining) &&
		CHECK(event->generation > before->generation,
		      "the generation is that before the end"));
}

static bool is_life_of(const struct listener *listener, const char *patch)
{
	size_t step = 0;

	for (unsigned int i = 0; i < listener->count; i++) {
		const struct event *event = &listener->events[i];

		if (event->kind == KLP_ARM_EVENT_KIND_TRANSITION_PROGRESS ||
		    event->kind == KLP_ARM_EVENT_KIND_TRANSITION_BLOCKED ||
		    event->kind == KLP_ARM_EVENT_KIND_STACK_FAILURE)
			continue;
		if (!CHECK(step < sizeof(life) / sizeof(life[0]) &&
				   event->kind == life[step].kind,
			   "event %u is of kind %u", i, event->kind) ||
		    !CHECK(event->state == life[step].state,
			   "event %u has state %u", i, event->state) ||
		    !CHECK(!strcmp(event->patch, patch), "patch '%s'",
			   event->patch) ||
		    !ends_well(event, event - 1))
			return false;
		step++;
	}

	return CHECK(step == sizeof(life) / sizeof(life[0]), "%zu events",
		     step);
}

static bool life_of_a_patch(struct nl_client *client)
{
	struct listener listener;
	bool good;

	(void)client;
	if (!listen_in(&listener))
		return false;
	good = CHECK(!sys_load(ONE), "cannot load the patch") &&
	       CHECK(!sys_remove(ONE), "cannot remove the patch") &&
	       wait_event(&listener, KLP_ARM_EVENT_KIND_PATCH_REMOVED) &&
	       is_life_of(&listener, ONE) && in_order(&listener);
	nl_close(&listener.client);

	return good;
}

static unsigned int count_blocked(const struct listener *listener, pid_t tid)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < listener->count; i++)
		count += listener->events[i].kind ==
				 KLP_ARM_EVENT_KIND_TRANSITION_BLOCKED &&
			 listener->events[i].tid == (uint32_t)tid;

	return count;
}

static unsigned int count_progress(const struct listener *listener)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < listener->count; i++)
		count += listener->events[i].kind ==
			 KLP_ARM_EVENT_KIND_TRANSITION_PROGRESS;

	return count;
}

static bool wait_for_progress(struct listener *listener, unsigned int count)
{
	while (count_progress(listener) < count)
		if (!CHECK(read_more(listener, EVENT_SECONDS * 1000),
			   "no progress"))
			return false;

	return true;
}

/* The group that is open tells of blockers, and not who they are. */
static bool hears_no_task(struct listener *listener)
{
	const struct event *event = listener->events;
	unsigned int blocked = 0;

	while (read_more(listener, 0))
		;
	for (unsigned int i = 0; i < listener->count; i++, event++) {
		blocked += event->kind == KLP_ARM_EVENT_KIND_TRANSITION_BLOCKED;
		if (!CHECK(!event->has_task && !event->has_who,
			   "event %u tells of a task", i))
			return false;
	}

	return CHECK(blocked, "not told that anything blocks") &&
	       in_order(listener);
}

static bool blocked_and_reversed(struct nl_client *client)
{
	struct listener listener, open;
	pid_t sleeper;
	bool good;

	(void)client;
	if (!CHECK(!sys_load(TARGET), "cannot load the target"))
		return false;
	sleeper = nl_start_sleeper("1 0");
	if (sleeper < 0 || !listen_in(&listener) ||
	    !listen_to(&open, KLP_ARM_EVENTS_GROUP))
		return false;
	good = CHECK(!sys_load(WAIT), "cannot load the patch") &&
	       wait_for_progress(&listener, 4) &&
	       CHECK(!sys_disable(WAIT), "cannot reverse") &&
	       wait_event(&listener, KLP_ARM_EVENT_KIND_TRANSITION_REVERSED) &&
	       wait_event(&listener, KLP_ARM_EVENT_KIND_PATCH_REMOVED) &&
	       CHECK(count_blocked(&listener, sleeper) == 1,
		     "told %u times that the sleeper blocks",
		     count_blocked(&listener, sleeper)) &&
	       in_order(&listener) && hears_no_task(&open);
	nl_close(&listener.client);
	nl_close(&open.client);

	good &= CHECK(!sys_write(GATE, "1"), "cannot open the gate");
	good &= nl_end_sleeper(sleeper);
	good &= CHECK(!sys_unload(WAIT), "cannot unload the patch");

	return CHECK(!sys_unload(TARGET), "cannot unload the target") && good;
}

static bool target_module(struct nl_client *client)
{
	const struct event *coming, *going;
	struct listener listener;
	bool good;

	(void)client;
	if (!CHECK(!sys_load(WAIT) && sys_settled(WAIT),
		   "cannot load the patch") ||
	    !listen_in(&listener))
		return false;
	good = CHECK(!sys_load(TARGET), "cannot load the target") &&
	       CHECK(!sys_unload(TARGET), "cannot unload the target");
	coming = wait_event(&listener, KLP_ARM_EVENT_KIND_MODULE_COMING);
	going = wait_event(&listener, KLP_ARM_EVENT_KIND_MODULE_GOING);
	good = good && coming && going &&
	       CHECK(!strcmp(coming->module, TARGET) &&
			     !strcmp(going->module, TARGET) &&
			     coming->seq + 1 == going->seq,
		     "'%s' comes, '%s' goes", coming->module, going->module) &&
	       in_order(&listener);
	nl_close(&listener.client);

	return CHECK(!sys_remove(WAIT), "cannot remove the patch") && good;
}

/* As nobody. The parent changes something when the first byte has come. */
static int ready[2];

static bool nobody_listens(void)
{
	const struct event *event;
	struct listener listener;

	if (!CHECK(!setuid(NOBODY), "cannot become nobody") ||
	    !listen_to(&listener, KLP_ARM_EVENTS_GROUP) ||
	    !CHECK(write(ready[1], "", 1) == 1, "cannot tell the parent"))
		return false;
	event = wait_event(&listener, KLP_ARM_EVENT_KIND_PATCH_ADDED);

	return event && join(&listener, KLP_ARM_EVENTS_ADMIN_GROUP, EPERM) &&
	       CHECK(!strcmp(event->patch, ONE), "patch '%s'", event->patch) &&
	       CHECK(!event->has_who, "nobody is told who loaded it");
}

/* Loads and removes the patch once the listener is ready; for a child. */
static bool change_when_ready(void)
{
	char byte;

	return CHECK(read(ready[0], &byte, 1) == 1, "the listener failed") &&
	       CHECK(!sys_load(ONE), "cannot load the patch") &&
	       CHECK(!sys_remove(ONE), "cannot remove the patch");
}

static bool both(void)
{
	pid_t changer;
	bool good;

	changer = fork();
	if (!changer) {
		good = change_when_ready();
		fflush(stdout);
		_exit(!good);
	}
	good = nl_in_child(nobody_listens);

	return nl_end_sleeper(changer) && good;
}

static bool unprivileged_listener(struct nl_client *client)
{
	bool good;

	(void)client;
	if (!CHECK(!pipe(ready), "no pipe"))
		return false;
	good = both();
	close(ready[0]);
	close(ready[1]);

	return good;
}

static bool has_gap(const struct listener *listener)
{
	for (unsigned int i = 1; i < listener->count; i++)
		if (listener->events[i].seq != listener->events[i - 1].seq + 1)
			return true;

	return false;
}

/* Read all that is there; return whether the socket said that it lost some. */
static bool drain(struct listener *listener)
{
	bool lost = false;

	for (;;) {
		while (read_more(listener, 0))
			;
		if (listener->error != -ENOBUFS)
			return lost;
		listener->error = 0;
		lost = true;
	}
}

/* Nobody waits for a reader that does not read, and it learns what it lost. */
static bool slow_listener(struct nl_client *client)
{
	struct listener listener;
	int size = 1; /* the kernel makes it the smallest there is */
	bool good;

	(void)client;
	if (!listen_in(&listener))
		return false;
	good = CHECK(!setsockopt(mnl_socket_get_fd(listener.client.sock),
				 SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)),
		     "cannot make the buffer small") &&
	       CHECK(!sys_load(ONE), "cannot load the patch") &&
	       CHECK(!sys_remove(ONE), "cannot remove the patch");

	good = CHECK(drain(&listener), "the socket did not say that it lost") &&
	       CHECK(listener.count &&
			     !find_event(&listener,
					 KLP_ARM_EVENT_KIND_PATCH_REMOVED, 0),
		     "nothing was lost") &&
	       good;

	/* There is room again, and what comes now tells how much is missing. */
	good = good && CHECK(!sys_load(ONE), "cannot load the patch") &&
	       CHECK(!sys_remove(ONE), "cannot remove the patch");
	drain(&listener);
	good = good && CHECK(has_gap(&listener), "the numbers have no gap");
	nl_close(&listener.client);

	return good;
}

const struct nl_case nl_event_cases[] = {
	{ "events: the life of a patch, in order", life_of_a_patch },
	{ "events: blocked once, then reversed; by whom is not for all",
	  blocked_and_reversed },
	{ "events: target module comes and goes", target_module },
	{ "events: unprivileged listener", unprivileged_listener },
	{ "events: a listener that does not read learns it", slow_listener },
};
const unsigned int nl_event_count =
	sizeof(nl_event_cases) / sizeof(nl_event_cases[0]);
