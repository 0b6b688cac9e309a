// SPDX-License-Identifier: GPL-2.0
/*
 * nl_busy.c - what is answered while a callback of a patch holds klp_mutex.
 *
 * The callback of klp_nl_busy waits until it is released, but not longer than
 * 25 seconds, so an answer that had to wait for it is far from one that had not.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define BUSY "klp_nl_busy"
#define BUSY_FUNC "version_proc_show"
#define ONE "klp_nl_one"
#define ONE_FUNC "cmdline_proc_show"
#define FAMILY "klp_nl_family"
#define HOLDING "/sys/module/klp_nl_busy/parameters/holding"
#define RELEASED "/sys/module/klp_nl_busy/parameters/released"

/* A reader waits for nobody; a change waits 2 seconds for the core. */
#define HOLD_MS 25000
#define READER_MS 2000
#define READ_MS 5000
#define CHANGE_MS 8000

static bool holds(const void *unused)
{
	char text[4] = "";

	(void)unused;

	return sys_read(HOLDING, text, sizeof(text)) > 0 && text[0] == 'Y';
}

/* Load the patch in a child, which is in its pre-patch callback then. */
static pid_t start_loading(void)
{
	pid_t child = fork();

	if (!child)
		_exit(sys_load(BUSY) ? 1 : 0);
	if (child > 0 &&
	    CHECK(sys_wait(holds, NULL), "the callback was not called"))
		return child;

	return -1;
}

static bool end_loading(pid_t child)
{
	int status;

	return CHECK(!sys_write(RELEASED, "1"), "cannot release the patch") &&
	       CHECK(child > 0 && waitpid(child, &status, 0) == child &&
			     WIFEXITED(status) && !WEXITSTATUS(status),
		     "the patch was not loaded") &&
	       CHECK(!sys_remove(BUSY), "cannot remove the patch");
}

/* Send a request that changes something; the kernel's error is the answer. */
static int change(struct nl_client *client, struct nl_request *req,
		  struct nl_result *result)
{
	int err = nl_talk(client, req, result, NULL, NULL);

	return err ? err : result->error;
}

static bool told_to_try_again(struct nl_client *client, struct nl_request *req,
			      const char *what)
{
	struct nl_result result;
	uint64_t start = sys_now_ms();
	int err = change(client, req, &result);

	return CHECK(err == -EBUSY, "%s: error %d", what, err) &&
	       CHECK(strstr(result.text, "core is busy") &&
			     strstr(result.text, "try again"),
		     "%s: text '%s'", what, result.text) &&
	       nl_in_time(start, CHANGE_MS, what);
}

static bool changes_are_told_to_try_again(struct nl_client *client)
{
	pid_t child = start_loading();
	struct nl_request req;
	bool good = child > 0;

	nl_begin(client, &req, KLP_ARM_CMD_PATCH_SET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, BUSY);
	mnl_attr_put_u32(req.nlh, KLP_ARM_A_PATCH_ACTION,
			 KLP_ARM_PATCH_ACTION_DISABLE);
	good = good && told_to_try_again(client, &req, "patch-set");

	nl_begin(client, &req, KLP_ARM_CMD_COUNTER_SET, false);
	mnl_attr_put_u32(req.nlh, KLP_ARM_A_COUNTER_ENABLED, 1);
	good = good && told_to_try_again(client, &req, "counter-set");

	return end_loading(child) && good;
}

static void take_busy(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		      void *arg)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	*(bool *)arg = genl->cmd == KLP_ARM_CMD_INFO_GET ?
			       attrs[KLP_ARM_A_INFO_CORE_BUSY] != NULL :
			       attrs[KLP_ARM_A_TRANSITION_CORE_BUSY] != NULL;
}

/* Ask for @cmd: the answer comes at once, and says whether the core is busy. */
static bool flagged(struct nl_client *client, uint8_t cmd, bool expected)
{
	struct nl_result result;
	struct nl_request req;
	uint64_t start = sys_now_ms();
	bool busy = !expected;

	nl_begin(client, &req, cmd, false);

	return CHECK(!nl_talk(client, &req, &result, take_busy, &busy) &&
			     !result.error,
		     "command %d: error %d", cmd, result.error) &&
	       CHECK(busy == expected, "command %d: busy %d", cmd, busy) &&
	       nl_in_time(start, READ_MS, "a reply");
}

static bool dumped(struct nl_client *client, uint8_t cmd, unsigned int least,
		   const char *what)
{
	struct nl_result result;
	struct nl_request req;
	uint64_t start = sys_now_ms();

	nl_begin(client, &req, cmd, true);

	return CHECK(!nl_talk(client, &req, &result, NULL, NULL) &&
			     result.done && !result.error,
		     "%s: error %d", what, result.error) &&
	       CHECK(result.messages >= least, "%s: %u messages", what,
		     result.messages) &&
	       nl_in_time(start, READ_MS, what);
}

static bool all_dumped(struct nl_client *client)
{
	return dumped(client, KLP_ARM_CMD_PATCH_GET, 2, "dump of patches") &&
	       dumped(client, KLP_ARM_CMD_FUNC_GET, 2, "dump of funcs") &&
	       dumped(client, KLP_ARM_CMD_BLOCKER_GET, 0, "dump of blockers") &&
	       dumped(client, KLP_ARM_CMD_FAILURE_GET, 0, "dump of failures") &&
	       dumped(client, KLP_ARM_CMD_HISTORY_GET, 1, "dump of history");
}

static bool sysfs_says(const char *name, const char *expected)
{
	char path[64], text[64] = "";
	uint64_t start = sys_now_ms();

	snprintf(path, sizeof(path), "/sys/kernel/klp_arm/%s", name);

	return CHECK(sys_read(path, text, sizeof(text)) > 0, "no '%s'", name) &&
	       CHECK(!expected || !strcmp(text, expected), "%s: '%s'", name,
		     text) &&
	       nl_in_time(start, READ_MS, name);
}

static bool sysfs_answers(void)
{
	static const char *const numbers[] = {
		"generation", "events",	  "elapsed_ms", "unreliable_stacks",
		"completed",  "reversed", "forced",
	};
	bool good = true;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		good = good && sysfs_says(numbers[i], NULL);

	return good && sysfs_says("core_busy", "1\n") &&
	       sysfs_says("patches", "2\n") && sysfs_says("transition", "\n") &&
	       sysfs_says("tasks_remaining", "0\n");
}

/* What is told of a patch and of the function that it replaces. */
static bool told(struct nl_client *client, const char *name, const char *func,
		 bool enabled)
{
	uint32_t state = enabled ? KLP_ARM_PATCH_STATE_ENABLED :
				   KLP_ARM_PATCH_STATE_DISABLED;
	uint64_t start = sys_now_ms();
	struct nl_patch patch;
	struct nl_func entry;

	return CHECK(!nl_get_patch(client, name, &patch), "no '%s'", name) &&
	       CHECK(patch.state == state, "%s: state %u", name, patch.state) &&
	       CHECK(!nl_get_func(client, name, NULL, func, &entry),
		     "no func of '%s'", name) &&
	       CHECK(entry.active == enabled && entry.has_path == enabled,
		     "%s: active %d, path %d", name, entry.active,
		     entry.has_path) &&
	       nl_in_time(start, READ_MS, name);
}

static bool read_all(struct nl_client *client, bool enabled)
{
	struct nl_transition now;

	return told(client, ONE, ONE_FUNC, true) &&
	       told(client, BUSY, BUSY_FUNC, enabled) &&
	       flagged(client, KLP_ARM_CMD_INFO_GET, true) &&
	       flagged(client, KLP_ARM_CMD_TRANSITION_GET, true) &&
	       CHECK(!nl_get_transition(client, NULL, &now) && !now.running,
		     "a transition is under way") &&
	       all_dumped(client) && sysfs_answers();
}

static bool load_one(void)
{
	return CHECK(!sys_load(ONE) && sys_settled(ONE), "cannot load '%s'",
		     ONE);
}

static bool reads_during_pre_patch(struct nl_client *client)
{
	pid_t child;
	bool good;

	if (!load_one())
		return false;
	child = start_loading();
	good = child > 0 && read_all(client, false);
	good &= end_loading(child);
	good &= CHECK(!sys_remove(ONE), "cannot remove '%s'", ONE);

	return good && flagged(client, KLP_ARM_CMD_INFO_GET, false);
}

/* Enable the patch, so that its next callback waits again. */
static bool enable_busy(void)
{
	pid_t child = start_loading();

	return CHECK(!sys_write(RELEASED, "1") && waitpid(child, NULL, 0) > 0 &&
			     sys_settled(BUSY) && !sys_write(RELEASED, "0"),
		     "the patch was not enabled");
}

static bool reads_during_pre_unpatch(struct nl_client *client)
{
	pid_t child;
	bool good;

	if (!load_one())
		return false;
	good = enable_busy();
	child = fork();
	if (!child)
		_exit(sys_disable(BUSY) ? 1 : 0);
	good = good &&
	       CHECK(sys_wait(holds, NULL), "the callback was not called") &&
	       read_all(client, true);
	good &= CHECK(!sys_write(RELEASED, "1") &&
			      waitpid(child, NULL, 0) > 0 &&
			      sys_settled(BUSY) && !sys_unload(BUSY),
		      "cannot remove '%s'", BUSY);

	return CHECK(!sys_remove(ONE), "cannot remove '%s'", ONE) && good;
}

/* Once the patch is disabled, it can be. */
static bool unloaded(const void *unused)
{
	(void)unused;

	return !sys_unload(BUSY);
}

/* The request is over long before the callback of the patch that it disables. */
static bool disables_during_pre_unpatch(struct nl_client *client)
{
	struct nl_result result;
	struct nl_request req;
	uint64_t start;
	bool good;

	if (!enable_busy())
		return false;
	nl_begin(client, &req, KLP_ARM_CMD_PATCH_SET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, BUSY);
	mnl_attr_put_u32(req.nlh, KLP_ARM_A_PATCH_ACTION,
			 KLP_ARM_PATCH_ACTION_DISABLE);
	start = sys_now_ms();
	good = CHECK(!change(client, &req, &result), "refused: %s",
		     result.text) &&
	       nl_in_time(start, CHANGE_MS, "disabling a patch") &&
	       CHECK(holds(NULL), "the callback does not run");

	return CHECK(!sys_write(RELEASED, "1") && sys_wait(unloaded, NULL),
		     "cannot remove '%s'", BUSY) &&
	       good;
}

/* Ask the netlink core for a family: 0, -ENOENT, or why there is no answer. */
static int resolve(struct nl_client *client, const char *name)
{
	const uint16_t family = client->family;
	struct nl_result result;
	struct nl_request req;
	int err;

	client->family = GENL_ID_CTRL;
	nl_begin(client, &req, CTRL_CMD_GETFAMILY, false);
	client->family = family;
	mnl_attr_put_strz(req.nlh, CTRL_ATTR_FAMILY_NAME, name);
	err = nl_talk(client, &req, &result, NULL, NULL);

	return err ? err : result.error;
}

/* Until the family is gone, each answer has to come at once. */
static bool resolves_until_gone(struct nl_client *client)
{
	uint64_t start, begin = sys_now_ms();
	int err;

	do {
		start = sys_now_ms();
		err = resolve(client, FAMILY);
		if (!nl_in_time(start, READ_MS, "resolving a family"))
			return false;
	} while (!err && sys_now_ms() < begin + HOLD_MS / 2);

	return CHECK(err == -ENOENT, "'%s' is still there: %d", FAMILY, err);
}

/* A family that is removed waits for requests, and all others behind it. */
static bool families_resolve(struct nl_client *client)
{
	struct nl_reader reader = { .cmd = KLP_ARM_CMD_INFO_GET };
	pid_t loader, remover;
	bool good;

	if (!CHECK(!sys_load(FAMILY), "cannot load '%s'", FAMILY))
		return false;
	loader = start_loading();
	good = loader > 0 && nl_start_reader(&reader);
	/* One that does not get its answer is waiting for it by then. */
	nl_reader_answered(&reader, READER_MS);
	remover = fork();
	if (!remover)
		_exit(sys_unload(FAMILY) ? 1 : 0);
	good = good && resolves_until_gone(client);
	good &= end_loading(loader);
	nl_stop_reader(&reader);

	return CHECK(remover > 0 && waitpid(remover, NULL, 0) == remover,
		     "'%s' was not removed", FAMILY) &&
	       good;
}

const struct nl_case nl_busy_cases[] = {
	{ "changes are told to try again while a callback runs",
	  changes_are_told_to_try_again },
	{ "readers get answers while a pre-patch callback runs",
	  reads_during_pre_patch },
	{ "readers get answers while a pre-unpatch callback runs",
	  reads_during_pre_unpatch },
	{ "a request to disable a patch does not wait for its callback",
	  disables_during_pre_unpatch },
	{ "families resolve while a callback runs and a reader asks",
	  families_resolve },
};

const unsigned int nl_busy_count =
	sizeof(nl_busy_cases) / sizeof(nl_busy_cases[0]);
