// SPDX-License-Identifier: GPL-2.0
/*
 * nl_busy.c - what is answered while a callback of a patch holds klp_mutex.
 *
 * The callback of klp_nl_busy waits until it is released, but not longer than
 * 20 seconds, so an answer that had to wait for it is far from one that had not.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BUSY "klp_nl_busy"
#define HOLDING "/sys/module/klp_nl_busy/parameters/holding"
#define RELEASED "/sys/module/klp_nl_busy/parameters/released"

/* A change waits up to 2 seconds for the core. */
#define CHANGE_MS 8000

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);

	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static bool in_time(uint64_t start, uint64_t limit, const char *what)
{
	uint64_t took = now_ms() - start;

	return CHECK(took < limit, "%s took %llu ms", what,
		     (unsigned long long)took);
}

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
	uint64_t start = now_ms();
	int err = change(client, req, &result);

	return CHECK(err == -EBUSY, "%s: error %d", what, err) &&
	       CHECK(strstr(result.text, "core is busy") &&
			     strstr(result.text, "try again"),
		     "%s: text '%s'", what, result.text) &&
	       in_time(start, CHANGE_MS, what);
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

const struct nl_case nl_busy_cases[] = {
	{ "changes are told to try again while a callback runs",
	  changes_are_told_to_try_again },
};

const unsigned int nl_busy_count =
	sizeof(nl_busy_cases) / sizeof(nl_busy_cases[0]);
