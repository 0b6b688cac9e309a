// SPDX-License-Identifier: GPL-2.0
/*
 * nl_code.c - the code of functions, as it is in memory.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define FUNC "cmdline_proc_show"
#define LARGE "load_module" /* larger than one part */
#define TWINS "m_start" /* of three files of the kernel's, at least */
#define DATA "saved_command_line"
#define INIT "start_kernel"
#define NOBODY 65534

#define MOST_CODE 65536

struct code {
	unsigned int parts;
	uint32_t size, have;
	bool wrong;
	uint8_t bytes[MOST_CODE];
};

/* Parts come in order, none is larger than it may be, and the size stays. */
static void take_part(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		      void *arg)
{
	const struct nlattr *bytes = attrs[KLP_ARM_A_CODE_BYTES];
	const struct nlattr *offset = attrs[KLP_ARM_A_CODE_OFFSET];
	const struct nlattr *size = attrs[KLP_ARM_A_CODE_SIZE];
	struct code *code = arg;
	uint32_t count = bytes ? mnl_attr_get_payload_len(bytes) : 0;

	(void)nlh;
	if (!size || !offset ||
	    (code->parts && mnl_attr_get_u32(size) != code->size) ||
	    count > KLP_ARM_CODE_MAX || count > MOST_CODE - code->have) {
		code->wrong = true;
		return;
	}
	code->parts++;
	code->size = mnl_attr_get_u32(size);
	if (bytes)
		memcpy(code->bytes + code->have, mnl_attr_get_payload(bytes),
		       count);
	code->have += count;
}

static int ask(struct nl_client *client, const char *object, const char *name,
	       uint32_t sympos, uint32_t offset, struct code *code)
{
	struct nl_result result;
	struct nl_request req;
	int err;

	nl_begin(client, &req, KLP_ARM_CMD_CODE_GET, false);
	if (object)
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_CODE_OBJECT, object);
	if (name)
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_CODE_NAME, name);
	if (sympos)
		mnl_attr_put_u32(req.nlh, KLP_ARM_A_CODE_SYMPOS, sympos);
	if (offset)
		mnl_attr_put_u32(req.nlh, KLP_ARM_A_CODE_OFFSET, offset);
	err = nl_talk(client, &req, &result, take_part, code);

	return err ? err : result.error;
}

static struct code code, again;

static int read_all(struct nl_client *client, const char *name,
		    struct code *into)
{
	int err;

	memset(into, 0, sizeof(*into));
	do {
		err = ask(client, NULL, name, 0, into->have, into);
	} while (!err && !into->wrong && into->have < into->size);

	return err;
}

static unsigned int count_different(void)
{
	unsigned int different = 0;

	for (uint32_t i = 0; i < code.size; i++)
		different += code.bytes[i] != again.bytes[i];

	return different;
}

/* A patch changes its traced call, and nothing else. */
static bool patched_func(struct nl_client *client)
{
	unsigned int different;
	bool good;

	good = CHECK(!read_all(client, FUNC, &code) && !code.wrong,
		     "cannot be read") &&
	       CHECK(code.size >= 8 && code.have == code.size, "%u of %u bytes",
		     code.have, code.size);
	if (!CHECK(!sys_load("klp_nl_one"), "cannot load the patch"))
		return false;
	good = good &&
	       CHECK(!read_all(client, FUNC, &again) && again.size == code.size,
		     "cannot be read when it is patched");
	different = count_different();

	return CHECK(!sys_remove("klp_nl_one"), "cannot remove the patch") &&
	       good &&
	       CHECK(different > 0 && different <= 4, "%u bytes differ",
		     different) &&
	       CHECK(!read_all(client, FUNC, &again) && !count_different(),
		     "other code when the patch is gone");
}

/* Where it ends there is no more. */
static bool parts(struct nl_client *client)
{
	struct code rest = { 0 };
	struct code tail = { 0 };
	int err;

	err = read_all(client, LARGE, &code);

	return CHECK(!err && !code.wrong && code.have == code.size,
		     "error %d, %u of %u bytes", err, code.have, code.size) &&
	       CHECK(code.parts > 1, "%u parts", code.parts) &&
	       CHECK(!ask(client, NULL, LARGE, 0, 4, &rest) &&
			     !memcmp(rest.bytes, code.bytes + 4, rest.have),
		     "another part from 4 on") &&
	       CHECK(!ask(client, NULL, LARGE, 0, code.size, &tail) &&
			     tail.parts == 1 && !tail.have &&
			     tail.size == code.size,
		     "%u bytes behind the end", tail.have) &&
	       CHECK(!ask(client, NULL, LARGE, 0, UINT32_MAX, &tail) &&
			     !tail.have,
		     "%u bytes far behind the end", tail.have);
}

static bool refusals(struct nl_client *client)
{
	return CHECK(ask(client, NULL, "no_such_function", 0, 0, &code) ==
			     -ENOENT,
		     "an unknown function") &&
	       CHECK(ask(client, "no_such_module", FUNC, 0, 0, &code) ==
			     -ENOENT,
		     "an unknown module") &&
	       CHECK(ask(client, NULL, FUNC, 2, 0, &code) == -ENOENT,
		     "an unknown position") &&
	       CHECK(ask(client, NULL, TWINS, 0, 0, &code) == -ENOTUNIQ,
		     "an ambiguous name") &&
	       CHECK(!ask(client, NULL, TWINS, 2, 0, &code), "the second") &&
	       CHECK(ask(client, NULL, DATA, 0, 0, &code) == -ENXIO,
		     "a variable") &&
	       CHECK(ask(client, NULL, INIT, 0, 0, &code) == -ENXIO,
		     "code that is freed") &&
	       CHECK(ask(client, NULL, NULL, 0, 0, &code) == -EINVAL,
		     "no name");
}

/* What a module has itself, for as long as it is there */
static bool module_code(struct nl_client *client)
{
	bool good;

	if (!CHECK(!sys_load("klp_nl_one"), "cannot load a module"))
		return false;
	memset(&code, 0, sizeof(code));
	good = CHECK(ask(client, "klp_nl_one", "__this_module", 0, 0, &code) ==
			     -ENXIO,
		     "a variable of a module") &&
	       CHECK(!ask(client, "klp_nl_one", "cleanup_module", 0, 0,
			  &code) &&
			     code.size && code.have,
		     "a function of a module");

	return CHECK(!sys_remove("klp_nl_one"), "cannot remove the module") &&
	       good &&
	       CHECK(ask(client, "klp_nl_one", "cleanup_module", 0, 0, &code) ==
			     -ENOENT,
		     "a function of a module that is gone");
}

static bool only_for_root(struct nl_client *unused)
{
	struct nl_client client;
	pid_t child = fork();
	int status;

	(void)unused;
	if (!child) {
		if (setgid(NOBODY) || setuid(NOBODY) ||
		    nl_open(&client, NL_LARGE))
			_exit(2);
		_exit(ask(&client, NULL, FUNC, 0, 0, &code) != -EPERM);
	}

	return CHECK(child > 0 && waitpid(child, &status, 0) == child &&
			     WIFEXITED(status) && !WEXITSTATUS(status),
		     "a user was not refused");
}

const struct nl_case nl_code_cases[] = {
	{ "code: a patch changes the traced call alone", patched_func },
	{ "code: parts of a function", parts },
	{ "code: questions that have no answer", refusals },
	{ "code: a function of a module", module_code },
	{ "code: not for everybody", only_for_root },
};
const unsigned int nl_code_count =
	sizeof(nl_code_cases) / sizeof(nl_code_cases[0]);
