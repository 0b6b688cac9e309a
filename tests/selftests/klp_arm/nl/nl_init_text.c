// SPDX-License-Identifier: GPL-2.0
/*
 * nl_init_text.c - verdicts on functions that are freed after initialization.
 */

#include "../child.h"
#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MODULE "klp_nl_init"
#define FUNC "klp_nl_init_slow"
#define NOBODY 65534

#define READERS 4
#define ROUNDS 5

struct answer {
	uint32_t reason;
	bool redirectable, has_recipe;
	struct nl_result result;
};

static void take_answer(const struct nlmsghdr *nlh, const struct nlattr **attrs,
			void *arg)
{
	const struct nlattr *reason = attrs[KLP_ARM_A_VERDICT_REASON];
	struct answer *answer = arg;

	(void)nlh;
	answer->redirectable = attrs[KLP_ARM_A_VERDICT_REDIRECTABLE];
	answer->has_recipe = attrs[KLP_ARM_A_VERDICT_SP_DELTA];
	answer->reason = reason ? mnl_attr_get_u32(reason) : UINT32_MAX;
}

/* Return 0, the kernel's refusal, or an error of the socket. */
static int ask(struct nl_client *client, const char *object, const char *name,
	       bool dump, struct answer *answer)
{
	struct nl_request req;
	int err;

	memset(answer, 0, sizeof(*answer));
	nl_begin(client, &req, KLP_ARM_CMD_VERDICT_GET, dump);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_VERDICT_OBJECT, object);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_VERDICT_NAME, name);
	err = nl_talk(client, &req, &answer->result, take_answer, answer);

	return err ? err : answer->result.error;
}

static bool is_init_text(const struct answer *answer)
{
	return CHECK(answer->reason == KLP_ARM_VERDICT_REASON_INIT_TEXT,
		     "reason %u", answer->reason) &&
	       CHECK(!answer->redirectable && !answer->has_recipe,
		     "it can be replaced");
}

static pid_t start_loading(void)
{
	pid_t child;

	fflush(stdout);
	child = fork();
	if (!child)
		_exit(sys_load(MODULE) ? 1 : 0);

	return child;
}

/* Initialization is over, and what of it was found is not found any more. */
static bool end_loading(pid_t child)
{
	int status;

	return CHECK(child > 0 && waitpid(child, &status, 0) == child &&
			     WIFEXITED(status) && !WEXITSTATUS(status),
		     "cannot load the module");
}

static bool is_known(const void *arg)
{
	struct answer answer;

	return !ask((struct nl_client *)arg, MODULE, FUNC, false, &answer);
}

static bool of_a_module(struct nl_client *client)
{
	struct answer answer;
	bool good = true;
	pid_t loader;

	loader = start_loading();
	good = CHECK(sys_wait(is_known, client), "the function is not there") &&
	       CHECK(!ask(client, MODULE, FUNC, true, &answer), "no dump") &&
	       is_init_text(&answer);
	good &= end_loading(loader);
	good = good &&
	       CHECK(ask(client, MODULE, FUNC, false, &answer) == -ENOENT,
		     "a verdict on what was freed");

	return CHECK(!sys_unload(MODULE), "cannot unload the module") && good;
}

static bool of_the_kernel(struct nl_client *client)
{
	struct answer answer;

	return CHECK(!ask(client, "vmlinux", "start_kernel", false, &answer),
		     "no verdict") &&
	       is_init_text(&answer);
}

static int keep_asking(void)
{
	struct nl_client client;
	struct answer answer;

	if (nl_open(&client, NL_SMALL))
		return 1;
	for (;;) {
		int err = ask(&client, MODULE, FUNC, false, &answer);

		if (err && err != -ENOENT)
			return 1;
		if (!err && answer.reason != KLP_ARM_VERDICT_REASON_INIT_TEXT)
			return 1;
	}
}

static pid_t start(int (*body)(void))
{
	pid_t child;

	fflush(stdout);
	child = fork();
	if (!child)
		_exit(body());

	return child;
}

static bool end(pid_t child)
{
	return CHECK(end_child(child), "a reader got a wrong answer");
}

static bool while_it_is_freed(struct nl_client *client)
{
	pid_t children[READERS];
	bool good = true;

	(void)client;
	for (int i = 0; i < READERS; i++)
		children[i] = start(keep_asking);
	for (int round = 0; round < ROUNDS && good; round++)
		good = end_loading(start_loading()) &&
		       CHECK(!sys_unload(MODULE), "cannot unload the module");
	for (int i = READERS; i--;)
		good &= end(children[i]);

	return good;
}

static bool ask_as_nobody(void)
{
	struct nl_client client;
	struct answer answer;
	bool good = true;

	if (!CHECK(!setgid(NOBODY) && !setuid(NOBODY),
		   "cannot become nobody") ||
	    !CHECK(!nl_open(&client, NL_LARGE), "no socket"))
		return false;
	for (int dump = 0; dump < 2; dump++) {
		int err = ask(&client, "vmlinux", "cmdline_proc_show", dump,
			      &answer);

		good &= CHECK(err == -EPERM, "error %d instead of %d", err,
			      -EPERM) &&
			CHECK(!answer.result.messages, "a verdict") &&
			CHECK(strstr(answer.result.text, "CAP_SYS_ADMIN"),
			      "text '%s'", answer.result.text);
	}
	nl_close(&client);

	return good;
}

static bool not_for_nobody(struct nl_client *client)
{
	(void)client;

	return nl_in_child(ask_as_nobody);
}

const struct nl_case nl_init_text_cases[] = {
	{ "verdict: init text of the kernel", of_the_kernel },
	{ "verdict: init text of a module that is being loaded", of_a_module },
	{ "verdict: init text, asked about while it is freed",
	  while_it_is_freed },
	{ "verdict: not for the unprivileged", not_for_nobody },
};
const unsigned int nl_init_text_count =
	sizeof(nl_init_text_cases) / sizeof(nl_init_text_cases[0]);
