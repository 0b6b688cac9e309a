// SPDX-License-Identifier: GPL-2.0
/*
 * nl_set.c - requests that change something: what they do, and to whom they are
 * refused.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ONE "klp_nl_one"
#define FUNC "cmdline_proc_show"
#define TARGET "klp_nl_target"
#define WAIT "klp_nl_wait"
#define GATE "/proc/klp_nl_target"
#define NOBODY 65534
#define ROUNDS 20

static int set(struct nl_client *client, const char *patch, uint32_t action,
	       bool confirm, struct nl_result *result)
{
	struct nl_request req;
	int err;

	nl_begin(client, &req, KLP_ARM_CMD_PATCH_SET, false);
	if (patch)
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, patch);
	if (action != UINT32_MAX)
		mnl_attr_put_u32(req.nlh, KLP_ARM_A_PATCH_ACTION, action);
	if (confirm)
		mnl_attr_put(req.nlh, KLP_ARM_A_PATCH_CONFIRM, 0, NULL);
	err = nl_talk(client, &req, result, NULL, NULL);

	return err ? err : result->error;
}

static bool refused(struct nl_client *client, const char *patch,
		    uint32_t action, int error, const char *text)
{
	struct nl_result result;
	int err = set(client, patch, action, false, &result);

	return CHECK(err == error, "error %d instead of %d", err, error) &&
	       CHECK(strstr(result.text, text), "text '%s' instead of '%s'",
		     result.text, text);
}

static bool bad_requests(struct nl_client *client)
{
	bool good;

	good = refused(client, NULL, KLP_ARM_PATCH_ACTION_DISABLE, -EINVAL,
		       "name of the patch is missing");
	good &= refused(client, ONE, UINT32_MAX, -EINVAL, "action is missing");
	good &= refused(client, ONE, 99, -ERANGE, "");
	good &= refused(client, "nobody", KLP_ARM_PATCH_ACTION_DISABLE, -ENOENT,
			"no patch named 'nobody'");
	if (!CHECK(!sys_load(ONE) && sys_settled(ONE), "cannot load the patch"))
		return false;
	good &= refused(client, ONE, KLP_ARM_PATCH_ACTION_REVERSE, -EINVAL,
			"not in transition");
	good &= refused(client, ONE, KLP_ARM_PATCH_ACTION_FORCE, -EINVAL,
			"not in transition");

	return CHECK(!sys_remove(ONE), "cannot remove the patch") && good;
}

static bool disable_as_nobody(void)
{
	struct nl_client client;
	struct nl_result result;

	return CHECK(!setuid(NOBODY), "cannot become nobody") &&
	       CHECK(!nl_open(&client, NL_LARGE), "cannot open the family") &&
	       CHECK(set(&client, ONE, KLP_ARM_PATCH_ACTION_DISABLE, false,
			 &result) == -EPERM,
		     "error %d", result.error);
}

static bool drop_sys_admin(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, data))
		return false;
	data[0].effective &= ~(1U << CAP_SYS_ADMIN);
	data[0].permitted &= ~(1U << CAP_SYS_ADMIN);

	return !syscall(SYS_capset, &header, data);
}

/* CAP_NET_ADMIN is what the kernel asks for by itself, and it is not enough. */
static bool disable_as_network_admin(void)
{
	struct nl_client client;
	struct nl_result result;

	return CHECK(drop_sys_admin(), "cannot drop CAP_SYS_ADMIN") &&
	       CHECK(!nl_open(&client, NL_LARGE), "cannot open the family") &&
	       CHECK(set(&client, ONE, KLP_ARM_PATCH_ACTION_DISABLE, false,
			 &result) == -EPERM &&
			     strstr(result.text, "CAP_SYS_ADMIN"),
		     "error %d, '%s'", result.error, result.text);
}

static int count(struct nl_client *client, uint32_t enabled)
{
	struct nl_result result;
	struct nl_request req;
	int err;

	nl_begin(client, &req, KLP_ARM_CMD_COUNTER_SET, false);
	mnl_attr_put_u32(req.nlh, KLP_ARM_A_COUNTER_ENABLED, enabled);
	err = nl_talk(client, &req, &result, NULL, NULL);

	return err ? err : result.error;
}

/* Every request that changes something, as root of the namespaces one is in. */
static bool nothing_may_be_set(void)
{
	struct nl_client client;
	struct nl_result result;
	bool good = true;

	if (!CHECK(!nl_open(&client, NL_LARGE), "cannot open the family"))
		return false;
	for (uint32_t action = KLP_ARM_PATCH_ACTION_DISABLE;
	     action <= KLP_ARM_PATCH_ACTION_FORCE; action++)
		good &= CHECK(set(&client, ONE, action, true, &result) ==
				      -EPERM,
			      "action %u: error %d, '%s'", action, result.error,
			      result.text);
	good &= CHECK(count(&client, 1) == -EPERM, "calls are counted");
	good &= CHECK(nl_clear_failures(&client) == -EPERM,
		      "failures are cleared");
	nl_close(&client);

	return good;
}

/* A namespace without an id mapping still gives all capabilities in it. */
static bool set_in_user_namespace(void)
{
	return CHECK(!unshare(CLONE_NEWUSER), "no user namespace: %s",
		     strerror(errno)) &&
	       nothing_may_be_set();
}

/* The family is that of the first network namespace, and its socket opens. */
static bool set_with_socket_from_outside(void)
{
	struct nl_client client;
	struct nl_result result;

	return CHECK(!setgid(NOBODY) && !setuid(NOBODY),
		     "cannot become nobody") &&
	       CHECK(!nl_open(&client, NL_LARGE), "cannot open the family") &&
	       CHECK(!unshare(CLONE_NEWUSER | CLONE_NEWNET),
		     "no user and network namespace: %s", strerror(errno)) &&
	       CHECK(set(&client, ONE, KLP_ARM_PATCH_ACTION_DISABLE, false,
			 &result) == -EPERM,
		     "error %d, '%s'", result.error, result.text) &&
	       CHECK(count(&client, 1) == -EPERM, "calls are counted");
}

static bool in_user_namespace(struct nl_client *client)
{
	struct nl_patch patch;
	bool good;

	if (access("/proc/self/ns/user", F_OK))
		return nl_skip("the kernel has no user namespaces");
	if (!CHECK(!sys_load(ONE) && sys_settled(ONE), "cannot load the patch"))
		return false;
	good = nl_in_child(set_in_user_namespace);
	good &= nl_in_child(set_with_socket_from_outside);
	good &= CHECK(!nl_get_patch(client, ONE, &patch) &&
			      patch.state == KLP_ARM_PATCH_STATE_ENABLED,
		      "the patch is not enabled");

	return CHECK(!sys_remove(ONE), "cannot remove the patch") && good;
}

static bool without_privilege(struct nl_client *client)
{
	struct nl_patch patch;
	bool good;

	if (!CHECK(!sys_load(ONE) && sys_settled(ONE), "cannot load the patch"))
		return false;
	good = nl_in_child(disable_as_nobody);
	good &= nl_in_child(disable_as_network_admin);
	good &= CHECK(!nl_get_patch(client, ONE, &patch) &&
			      patch.state == KLP_ARM_PATCH_STATE_ENABLED,
		      "the patch is not enabled");

	return CHECK(!sys_remove(ONE), "cannot remove the patch") && good;
}

static bool disable_and_again(struct nl_client *client)
{
	struct nl_result result;
	pid_t sleeper;
	bool good;

	if (!CHECK(!sys_load(TARGET), "cannot load the target") ||
	    !CHECK(!sys_load(WAIT) && sys_settled(WAIT),
		   "cannot load the patch"))
		return false;
	sleeper = nl_start_sleeper("0 1");
	good = CHECK(!set(client, WAIT, KLP_ARM_PATCH_ACTION_DISABLE, false,
			  &result),
		     "error %d, '%s'", result.error, result.text);
	good &= refused(client, WAIT, KLP_ARM_PATCH_ACTION_DISABLE, -EALREADY,
			"disabled already");
	good &= refused(client, WAIT, KLP_ARM_PATCH_ACTION_FORCE, -EINVAL,
			"confirmed");
	good &= CHECK(!set(client, WAIT, KLP_ARM_PATCH_ACTION_REVERSE, false,
			   &result),
		      "cannot reverse: %d, '%s'", result.error, result.text);
	good &= CHECK(sys_settled(WAIT), "the transition does not end");

	good &= CHECK(!sys_write(GATE, "1"), "cannot open the gate");
	good &= nl_end_sleeper(sleeper);
	good &= CHECK(!sys_remove(WAIT), "cannot remove the patch");

	return CHECK(!sys_unload(TARGET), "cannot unload the target") && good;
}

static bool another_transition(struct nl_client *client)
{
	pid_t sleeper;
	bool good;

	if (!CHECK(!sys_load(ONE) && sys_settled(ONE),
		   "cannot load the patch") ||
	    !CHECK(!sys_load(TARGET), "cannot load the target"))
		return false;
	sleeper = nl_start_sleeper("1 0");
	good = CHECK(!sys_load(WAIT), "cannot load the other patch");
	good &= refused(client, ONE, KLP_ARM_PATCH_ACTION_DISABLE, -EBUSY,
			"'" WAIT "' is under way");

	good &= CHECK(!sys_write(GATE, "1"), "cannot open the gate");
	good &= nl_end_sleeper(sleeper);
	good &= CHECK(!sys_remove(WAIT), "cannot remove the other patch");
	good &= CHECK(!sys_unload(TARGET), "cannot unload the target");

	return CHECK(!sys_remove(ONE), "cannot remove the patch") && good;
}

/*
 * One of two who disable at once does; the other is told that it is so. The core
 * may take its time for the first: then the other is told to try again.
 */
static bool disable_twice(void)
{
	struct nl_client client;
	struct nl_result result;
	int err;

	if (!CHECK(!nl_open(&client, NL_LARGE), "cannot open the family"))
		return false;
	do {
		err = set(&client, ONE, KLP_ARM_PATCH_ACTION_DISABLE, false,
			  &result);
	} while (err == -EBUSY && strstr(result.text, "try again"));
	nl_close(&client);

	return CHECK(!err || err == -EALREADY || err == -ENOENT,
		     "error %d, '%s'", err, result.text);
}

static bool two_at_once(struct nl_client *client)
{
	bool good = true;

	(void)client;
	for (int i = 0; good && i < ROUNDS; i++) {
		pid_t other;

		good = CHECK(!sys_load(ONE) && sys_settled(ONE),
			     "cannot load the patch");
		other = fork();
		if (!other)
			_exit(!disable_twice());
		good = disable_twice() && good;
		good = nl_end_sleeper(other) && good;
		good = CHECK(sys_settled(ONE) && !sys_unload(ONE),
			     "the patch is still there") &&
		       good;
	}

	return good;
}

static bool forced(struct nl_client *client)
{
	struct nl_result result;
	struct nl_patch patch;
	pid_t sleeper;
	bool good;

	if (!CHECK(!sys_load(TARGET), "cannot load the target"))
		return false;
	sleeper = nl_start_sleeper("1 0");
	good = CHECK(!sys_load(WAIT), "cannot load the patch") &&
	       CHECK(!set(client, WAIT, KLP_ARM_PATCH_ACTION_FORCE, true,
			  &result),
		     "error %d, '%s'", result.error, result.text) &&
	       CHECK(sys_settled(WAIT), "the transition does not end") &&
	       CHECK(!nl_get_patch(client, WAIT, &patch) &&
			     patch.state == KLP_ARM_PATCH_STATE_ENABLED &&
			     patch.forced && patch.has_force,
		     "state %u, forced %d, by somebody %d", patch.state,
		     patch.forced, patch.has_force);
	good &= CHECK(!sys_write(GATE, "1"), "cannot open the gate");
	good &= nl_end_sleeper(sleeper);
	good &= CHECK(!sys_remove(WAIT), "cannot remove the patch");

	return CHECK(!sys_unload(TARGET), "cannot unload the target") && good;
}

static bool call(unsigned int times)
{
	char text[1024];

	while (times--)
		if (!CHECK(sys_read("/proc/cmdline", text, sizeof(text)) > 0,
			   "cannot read"))
			return false;

	return true;
}

static bool hits_are(struct nl_client *client, uint64_t hits)
{
	struct nl_func func;

	return CHECK(!nl_get_func(client, ONE, NULL, FUNC, &func), "no func") &&
	       CHECK(func.has_hits && func.hits == hits,
		     "%llu hits instead of %llu", (unsigned long long)func.hits,
		     (unsigned long long)hits);
}

static bool counted(struct nl_client *client)
{
	struct nl_func func;
	bool good;

	if (!CHECK(!sys_load(ONE) && sys_settled(ONE), "cannot load the patch"))
		return false;
	good = call(1) &&
	       CHECK(!nl_get_func(client, ONE, NULL, FUNC, &func) &&
			     !func.has_hits,
		     "hits before anybody wanted them") &&
	       CHECK(count(client, 2) == -ERANGE, "2 is not refused") &&
	       CHECK(!count(client, 1), "cannot count") &&
	       hits_are(client, 0) && call(10) && hits_are(client, 10) &&
	       CHECK(!count(client, 1), "cannot count again") &&
	       hits_are(client, 10) &&
	       CHECK(!count(client, 0), "cannot stop") && call(5) &&
	       hits_are(client, 10) &&
	       CHECK(!count(client, 1), "cannot start anew") &&
	       hits_are(client, 0) && CHECK(!count(client, 0), "cannot stop");

	return CHECK(!sys_remove(ONE), "cannot remove the patch") && good;
}

const struct nl_case nl_set_cases[] = {
	{ "set: requests that make no sense", bad_requests },
	{ "set: without CAP_SYS_ADMIN", without_privilege },
	{ "set: as root of a user namespace", in_user_namespace },
	{ "set: disable, disable again, reverse", disable_and_again },
	{ "set: while another patch is in transition", another_transition },
	{ "set: two disable at once", two_at_once },
	{ "set: force", forced },
	{ "set: count redirected calls", counted },
};
const unsigned int nl_set_count =
	sizeof(nl_set_cases) / sizeof(nl_set_cases[0]);
