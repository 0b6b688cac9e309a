// SPDX-License-Identifier: GPL-2.0
/*
 * nl_verdict.c - can a function be replaced, asked of functions whose answer is
 * known.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FUNC "cmdline_proc_show"
#define TWINS "m_start" /* of three files of the kernel's, at least */

struct verdict {
	unsigned int count, last_sympos;
	uint32_t reason, sp_delta;
	bool redirectable, patched, has_delta, has_offset, ordered;
};

static void take_verdict(const struct nlmsghdr *nlh,
			 const struct nlattr **attrs, void *arg)
{
	const struct nlattr *sympos = attrs[KLP_ARM_A_VERDICT_SYMPOS];
	struct verdict *verdict = arg;

	(void)nlh;
	verdict->count++;
	verdict->ordered = sympos &&
			   mnl_attr_get_u32(sympos) == ++verdict->last_sympos;
	verdict->redirectable = attrs[KLP_ARM_A_VERDICT_REDIRECTABLE];
	verdict->patched = attrs[KLP_ARM_A_VERDICT_PATCHED];
	verdict->has_delta = attrs[KLP_ARM_A_VERDICT_SP_DELTA];
	verdict->has_offset = attrs[KLP_ARM_A_VERDICT_OFFSET];
	verdict->reason =
		attrs[KLP_ARM_A_VERDICT_REASON] ?
			mnl_attr_get_u32(attrs[KLP_ARM_A_VERDICT_REASON]) :
			UINT32_MAX;
}

static int ask(struct nl_client *client, const char *name, uint32_t sympos,
	       bool dump, struct verdict *verdict)
{
	struct nl_result result;
	struct nl_request req;
	int err;

	memset(verdict, 0, sizeof(*verdict));
	nl_begin(client, &req, KLP_ARM_CMD_VERDICT_GET, dump);
	if (name)
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_VERDICT_NAME, name);
	if (sympos)
		mnl_attr_put_u32(req.nlh, KLP_ARM_A_VERDICT_SYMPOS, sympos);
	err = nl_talk(client, &req, &result, take_verdict, verdict);

	return err ? err : result.error;
}

static bool func_is_redirectable(struct nl_client *client)
{
	struct verdict before, after;
	bool good;

	good = CHECK(!ask(client, FUNC, 0, false, &before), "no verdict") &&
	       CHECK(before.redirectable && before.has_delta, "refused: %u",
		     before.reason) &&
	       CHECK(before.reason == KLP_ARM_VERDICT_REASON_NONE, "reason %u",
		     before.reason) &&
	       CHECK(!before.patched, "patched by nobody");
	if (!CHECK(!sys_load("klp_nl_one"), "cannot load the patch"))
		return false;
	good = CHECK(!ask(client, FUNC, 0, false, &after), "no verdict") &&
	       CHECK(after.redirectable && after.patched,
		     "redirectable %d, patched %d", after.redirectable,
		     after.patched) &&
	       good;

	return CHECK(!sys_remove("klp_nl_one"), "cannot remove the patch") &&
	       good;
}

static bool untraced_func(struct nl_client *client)
{
	struct verdict verdict;

	return CHECK(!ask(client, "klp_arm_redirect", 0, false, &verdict),
		     "no verdict") &&
	       CHECK(!verdict.redirectable && !verdict.has_delta,
		     "called redirectable") &&
	       CHECK(verdict.reason == KLP_ARM_VERDICT_REASON_NOT_TRACED &&
			     verdict.has_offset,
		     "reason %u", verdict.reason);
}

static bool questions_are_refused(struct nl_client *client)
{
	struct verdict verdict;

	return CHECK(ask(client, "no_such_function", 0, false, &verdict) ==
			     -ENOENT,
		     "an unknown function") &&
	       CHECK(ask(client, FUNC, 2, false, &verdict) == -ENOENT,
		     "an unknown position") &&
	       CHECK(ask(client, TWINS, 0, false, &verdict) == -ENOTUNIQ,
		     "an ambiguous name") &&
	       CHECK(ask(client, NULL, 0, false, &verdict) == -EINVAL,
		     "no name") &&
	       CHECK(ask(client, NULL, 0, true, &verdict) == -EINVAL,
		     "a dump without a name");
}

static unsigned int count_twins(void)
{
	char line[600], name[512];
	unsigned int count = 0;
	FILE *file;

	file = fopen("/proc/kallsyms", "re");
	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%*x %*c %511s", name) == 1 &&
		    !strcmp(name, TWINS))
			count++;
	fclose(file);

	return count;
}

static bool twins_are_dumped(struct nl_client *client)
{
	struct verdict verdict;
	unsigned int twins = count_twins();

	return CHECK(twins > 1, "%u functions " TWINS, twins) &&
	       CHECK(!ask(client, TWINS, 0, true, &verdict), "no dump") &&
	       CHECK(verdict.count == twins, "%u verdicts instead of %u",
		     verdict.count, twins) &&
	       CHECK(verdict.ordered, "out of order") &&
	       CHECK(!ask(client, TWINS, 2, true, &verdict) &&
			     verdict.count == 1,
		     "%u verdicts on the second", verdict.count) &&
	       CHECK(!ask(client, "no_such_function", 0, true, &verdict) &&
			     !verdict.count,
		     "verdicts on nothing");
}

const struct nl_case nl_verdict_cases[] = {
	{ "verdict: a function that can be replaced", func_is_redirectable },
	{ "verdict: a function without a traced call", untraced_func },
	{ "verdict: questions that have no answer", questions_are_refused },
	{ "verdict: all functions of a name", twins_are_dumped },
};
const unsigned int nl_verdict_count =
	sizeof(nl_verdict_cases) / sizeof(nl_verdict_cases[0]);
