// SPDX-License-Identifier: GPL-2.0
/*
 * nl_fix.c - what patches say that they fix.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* As in modules/klp_nl_many.c: CVE-2026-100 to CVE-2026-159. */
#define FIXES 60
#define FIRST_FIX 100

struct seen {
	unsigned int fixes, disorder;
	char patch[64], name[64];
};

static void see_fix(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		    void *arg)
{
	struct seen *seen = arg;
	char wanted[32];

	(void)nlh;
	if (!attrs[KLP_ARM_A_FIX_GENERATION] || !attrs[KLP_ARM_A_FIX_PATCH] ||
	    !attrs[KLP_ARM_A_FIX_PATCH_ID] || !attrs[KLP_ARM_A_FIX_NAME] ||
	    attrs[KLP_ARM_A_FIX_CUT]) {
		seen->disorder++;
		return;
	}
	snprintf(seen->patch, sizeof(seen->patch), "%s",
		 mnl_attr_get_str(attrs[KLP_ARM_A_FIX_PATCH]));
	snprintf(seen->name, sizeof(seen->name), "%s",
		 mnl_attr_get_str(attrs[KLP_ARM_A_FIX_NAME]));
	snprintf(wanted, sizeof(wanted), "CVE-2026-%u",
		 FIRST_FIX + seen->fixes);
	if (strcmp(seen->name, wanted) || strcmp(seen->patch, "klp_nl_many"))
		seen->disorder++;
	seen->fixes++;
}

static bool load(const char *module)
{
	return CHECK(!sys_load(module), "cannot load '%s'", module) &&
	       CHECK(sys_settled(module), "'%s' stays in transition", module);
}

static bool unload(const char *module)
{
	return CHECK(!sys_remove(module), "cannot remove '%s'", module);
}

static bool load_both(void)
{
	return load("klp_nl_many") && load("klp_nl_one");
}

static bool unload_both(void)
{
	bool good = unload("klp_nl_one");

	return unload("klp_nl_many") && good;
}

/* Dump in small buffers, of all patches if @patch is NULL. */
static bool dumps(const char *patch, unsigned int count)
{
	struct nl_client client;
	struct seen seen = { 0 };
	struct nl_result result;
	struct nl_request req;
	bool good;

	if (!CHECK(!nl_open(&client, NL_SMALL), "cannot open"))
		return false;
	nl_begin(&client, &req, KLP_ARM_CMD_FIX_GET, true);
	if (patch)
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_FIX_PATCH, patch);
	good = CHECK(!nl_talk(&client, &req, &result, see_fix, &seen),
		     "no answer") &&
	       CHECK(result.done && !result.error, "error %d", result.error) &&
	       CHECK(!count || result.receives > 1, "only one receive") &&
	       CHECK(seen.fixes == count && !seen.disorder,
		     "%u fixes, %u of them wrong", seen.fixes, seen.disorder);
	nl_close(&client);

	return good;
}

static bool all_are_dumped(struct nl_client *client)
{
	bool good;

	(void)client;
	good = load_both() && dumps(NULL, FIXES) &&
	       dumps("klp_nl_many", FIXES) && dumps("klp_nl_one", 0);

	return unload_both() && good;
}

static bool none_are_dumped(struct nl_client *client)
{
	(void)client;

	return dumps(NULL, 0);
}

/* Ask which patch fixes that: the answer is @error, 0 for none. */
static bool ask(struct nl_client *client, const char *fix, int error,
		struct seen *seen)
{
	struct nl_result result;
	struct nl_request req;

	nl_begin(client, &req, KLP_ARM_CMD_FIX_GET, false);
	if (fix)
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_FIX_NAME, fix);

	return CHECK(!nl_talk(client, &req, &result, see_fix, seen),
		     "no answer") &&
	       CHECK(result.error == error, "error %d", result.error);
}

static bool one_is_found(struct nl_client *client)
{
	struct seen seen = { 0 };
	bool good;

	good = load_both() && ask(client, "CVE-2026-142", 0, &seen) &&
	       CHECK(seen.fixes == 1 && !strcmp(seen.name, "CVE-2026-142") &&
			     !strcmp(seen.patch, "klp_nl_many"),
		     "'%s' of '%s'", seen.name, seen.patch);

	return unload_both() && good;
}

static bool others_are_refused(struct nl_client *client)
{
	struct seen seen = { 0 };
	bool good;

	good = load_both() && ask(client, "CVE-2026-1", -ENOENT, &seen) &&
	       ask(client, NULL, -EINVAL, &seen) &&
	       CHECK(!seen.fixes, "%u answers", seen.fixes);

	return unload_both() && good;
}

static void see_flag(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		     void *arg)
{
	bool *told = arg;

	(void)nlh;
	*told = attrs[KLP_ARM_A_PATCH_HAS_FIXES];
}

/* Does the message of a patch tell whether there is more to ask? */
static bool flags(struct nl_client *client, const char *patch, bool wanted)
{
	struct nl_result result;
	struct nl_request req;
	bool told = !wanted;

	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, patch);

	return CHECK(!nl_talk(client, &req, &result, see_flag, &told),
		     "no answer") &&
	       CHECK(!result.error, "error %d", result.error) &&
	       CHECK(told == wanted, "'%s' is told to fix %s", patch,
		     told ? "something" : "nothing");
}

static bool patches_flag_it(struct nl_client *client)
{
	bool good;

	good = load_both() && flags(client, "klp_nl_many", true) &&
	       flags(client, "klp_nl_one", false);

	return unload_both() && good;
}

const struct nl_case nl_fix_cases[] = {
	{ "every patch tells what it fixes", all_are_dumped },
	{ "without patches, nothing is fixed", none_are_dumped },
	{ "the patch that fixes something is found", one_is_found },
	{ "what no patch fixes is not found", others_are_refused },
	{ "a patch tells whether it fixes anything", patches_flag_it },
};
const unsigned int nl_fix_count =
	sizeof(nl_fix_cases) / sizeof(nl_fix_cases[0]);
