// SPDX-License-Identifier: GPL-2.0
/*
 * nl_read.c - single replies: what they say about patches that are enabled.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FUNC "cmdline_proc_show"
#define NOBODY 65534

static bool load_settled(const char *module)
{
	int err = sys_load(module);

	return CHECK(!err, "cannot load '%s': %s", module, strerror(-err)) &&
	       CHECK(sys_settled(module), "'%s' stays in transition", module);
}

static bool remove_patch(const char *module)
{
	int err = sys_remove(module);

	return CHECK(!err, "cannot remove '%s': %s", module, strerror(-err));
}

struct info {
	uint32_t generation, entry, unwinder, name_max, func_name_max, objects;
	char arch[8];
};

static void take_info(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		      void *arg)
{
	struct info *info = arg;

	(void)nlh;
	for (int i = KLP_ARM_A_INFO_GENERATION; i <= KLP_ARM_A_INFO_OBJECTS_MAX;
	     i++)
		if (!attrs[i])
			return;
	info->generation = mnl_attr_get_u32(attrs[KLP_ARM_A_INFO_GENERATION]);
	info->entry = mnl_attr_get_u32(attrs[KLP_ARM_A_INFO_ENTRY]);
	info->unwinder = mnl_attr_get_u32(attrs[KLP_ARM_A_INFO_UNWINDER]);
	info->name_max = mnl_attr_get_u32(attrs[KLP_ARM_A_INFO_NAME_MAX]);
	info->func_name_max =
		mnl_attr_get_u32(attrs[KLP_ARM_A_INFO_FUNC_NAME_MAX]);
	info->objects = mnl_attr_get_u32(attrs[KLP_ARM_A_INFO_OBJECTS_MAX]);
	snprintf(info->arch, sizeof(info->arch), "%s",
		 mnl_attr_get_str(attrs[KLP_ARM_A_INFO_ARCH]));
}

static int get_info(struct nl_client *client, uint32_t generation,
		    struct info *info)
{
	struct nl_result result;
	struct nl_request req;
	int err;

	memset(info, 0, sizeof(*info));
	nl_begin(client, &req, KLP_ARM_CMD_INFO_GET, false);
	if (generation)
		mnl_attr_put_u32(req.nlh, KLP_ARM_A_INFO_GENERATION,
				 generation);
	err = nl_talk(client, &req, &result, take_info, info);

	return err ? err : result.error;
}

static bool info_is_complete(struct nl_client *client)
{
	struct info info;

	return CHECK(!get_info(client, 0, &info), "no info") &&
	       CHECK(info.generation,
		     "generation 0, or an attribute is gone") &&
	       CHECK(!strcmp(info.arch, "arm"), "arch '%s'", info.arch) &&
	       CHECK(info.entry == KLP_ARM_ENTRY_METHOD_MCOUNT, "entry %u",
		     info.entry) &&
	       CHECK(info.unwinder == KLP_ARM_UNWINDER_EHABI, "unwinder %u",
		     info.unwinder) &&
	       CHECK(info.name_max == KLP_ARM_NAME_MAX &&
			     info.func_name_max == KLP_ARM_FUNC_NAME_MAX &&
			     info.objects == KLP_ARM_OBJECTS_MAX,
		     "limits %u %u %u", info.name_max, info.func_name_max,
		     info.objects);
}

static bool generation_follows_changes(struct nl_client *client)
{
	struct info before, after;
	bool good;

	good = CHECK(!get_info(client, 0, &before), "no info") &&
	       CHECK(!get_info(client, before.generation, &after),
		     "the state changed while nothing did") &&
	       CHECK(load_settled("klp_nl_one"), "no patch") &&
	       CHECK(get_info(client, before.generation, &after) == -ESTALE,
		     "generation %u is still current", before.generation);

	return remove_patch("klp_nl_one") && good;
}

static bool patch_is_described(struct nl_client *client)
{
	struct nl_patch patch = { 0 };
	bool good;

	if (!load_settled("klp_nl_one"))
		return false;
	good = CHECK(!nl_get_patch(client, "klp_nl_one", &patch), "no patch") &&
	       CHECK(patch.generation && patch.id, "generation %u, id %llu",
		     patch.generation, (unsigned long long)patch.id) &&
	       CHECK(!strcmp(patch.name, "klp_nl_one"), "name '%s'",
		     patch.name) &&
	       CHECK(patch.state == KLP_ARM_PATCH_STATE_ENABLED, "state %u",
		     patch.state) &&
	       CHECK(!patch.replace && !patch.forced, "replace %d, forced %d",
		     patch.replace, patch.forced) &&
	       CHECK(patch.object_count == 1 && patch.func_count == 1 &&
			     patch.listed == 1,
		     "%u objects, %u funcs, %u listed", patch.object_count,
		     patch.func_count, patch.listed) &&
	       CHECK(!strcmp(patch.first_object, "vmlinux") &&
			     patch.first_patched && patch.first_loaded,
		     "object '%s', patched %d, loaded %d", patch.first_object,
		     patch.first_patched, patch.first_loaded);

	good &= remove_patch("klp_nl_one");

	return CHECK(nl_get_patch(client, "klp_nl_one", &patch) == -ENOENT,
		     "the patch is still there") &&
	       good;
}

/* What /proc/kallsyms says, to compare addresses with. */
static uint64_t symbol_address(const char *name)
{
	unsigned long long address, found = 0;
	char line[600], symbol[512];
	FILE *file;

	file = fopen("/proc/kallsyms", "re");
	if (!file)
		return 0;
	while (!found && fgets(line, sizeof(line), file))
		if (sscanf(line, "%llx %*c %511s", &address, symbol) == 2 &&
		    !strcmp(symbol, name))
			found = address;
	fclose(file);

	return found;
}

static bool func_is_described(struct nl_client *client)
{
	struct nl_func func = { 0 };
	bool good;

	if (!load_settled("klp_nl_one"))
		return false;
	good = CHECK(!nl_get_func(client, "klp_nl_one", "vmlinux", FUNC, &func),
		     "no func") &&
	       CHECK(func.generation && func.patch_id, "generation %u, id %llu",
		     func.generation, (unsigned long long)func.patch_id) &&
	       CHECK(!strcmp(func.patch, "klp_nl_one") &&
			     !strcmp(func.object, "vmlinux") &&
			     !strcmp(func.name, FUNC) && func.sympos == 1,
		     "'%s' '%s' '%s' %u", func.patch, func.object, func.name,
		     func.sympos) &&
	       CHECK(func.state == KLP_ARM_FUNC_STATE_PATCHED, "state %u",
		     func.state) &&
	       CHECK(func.active && !func.nop, "active %d, nop %d", func.active,
		     func.nop) &&
	       CHECK(func.has_path, "no entry path") &&
	       CHECK(func.has_recipe, "no recipe") &&
	       CHECK(func.old_addr == symbol_address(FUNC) &&
			     func.new_addr ==
				     symbol_address("cmdline_proc_show_one"),
		     "addresses %llx %llx", (unsigned long long)func.old_addr,
		     (unsigned long long)func.new_addr);

	return remove_patch("klp_nl_one") && good;
}

static bool upper_patch_is_active(struct nl_client *client)
{
	struct nl_func lower = { 0 }, upper = { 0 }, asked = { 0 };
	bool good;

	if (!load_settled("klp_nl_one") || !load_settled("klp_nl_two"))
		return false;
	good = CHECK(!nl_get_func(client, "klp_nl_one", NULL, FUNC, &lower) &&
			     !nl_get_func(client, "klp_nl_two", NULL, FUNC,
					  &upper) &&
			     !nl_get_func(client, NULL, NULL, FUNC, &asked),
		     "no func") &&
	       CHECK(!lower.active && upper.active, "active %d and %d",
		     lower.active, upper.active) &&
	       CHECK(lower.state == KLP_ARM_FUNC_STATE_PATCHED, "state %u",
		     lower.state) &&
	       CHECK(!strcmp(lower.active_patch, "klp_nl_two") &&
			     !strcmp(upper.active_patch, "klp_nl_two") &&
			     !strcmp(asked.patch, "klp_nl_two"),
		     "'%s', '%s' and '%s'", lower.active_patch,
		     upper.active_patch, asked.patch) &&
	       CHECK(upper.patch_id > lower.patch_id, "ids are not in order");

	good &= remove_patch("klp_nl_two");
	good &= CHECK(!nl_get_func(client, NULL, NULL, FUNC, &asked) &&
			      !strcmp(asked.patch, "klp_nl_one"),
		      "the lower patch is not active again");

	return remove_patch("klp_nl_one") && good;
}

static void count_unveiled(const struct nlmsghdr *nlh,
			   const struct nlattr **attrs, void *arg)
{
	struct nl_func func;

	nl_take_func(nlh, attrs, &func);
	*(unsigned int *)arg += func.has_address || func.has_recipe;
}

/* In a dump of all funcs, @expected show their addresses. */
static bool dump_unveils(struct nl_client *client, unsigned int expected)
{
	unsigned int unveiled = 0;
	struct nl_result result;
	struct nl_request req;

	nl_begin(client, &req, KLP_ARM_CMD_FUNC_GET, true);

	return CHECK(!nl_talk(client, &req, &result, count_unveiled, &unveiled),
		     "no answer") &&
	       CHECK(result.done && !result.error && result.messages == 1,
		     "error %d, %u messages", result.error, result.messages) &&
	       CHECK(unveiled == expected, "a dump shows %u addresses",
		     unveiled);
}

static bool unprivileged_body(void)
{
	struct nl_client client;
	struct nl_func func = { 0 };
	struct nl_patch patch = { 0 };
	bool good;
	int err;

	if (!CHECK(!setgid(NOBODY) && !setuid(NOBODY), "cannot drop rights"))
		return false;
	err = nl_open(&client, NL_LARGE);
	if (!CHECK(!err, "cannot open: %s", strerror(-err)))
		return false;

	good = CHECK(!nl_get_patch(&client, "klp_nl_one", &patch),
		     "no patch") &&
	       CHECK(!nl_get_func(&client, NULL, NULL, FUNC, &func),
		     "no func") &&
	       CHECK(!func.has_address, "addresses are shown") &&
	       CHECK(!func.has_recipe, "the recipe is shown") &&
	       CHECK(func.active && func.has_path, "active %d, path %d",
		     func.active, func.has_path) &&
	       dump_unveils(&client, 0);
	nl_close(&client);

	return good;
}

static bool unprivileged_sees_no_addresses(struct nl_client *client)
{
	bool good;

	if (!load_settled("klp_nl_one"))
		return false;
	good = dump_unveils(client, 1) && nl_in_child(unprivileged_body);

	return remove_patch("klp_nl_one") && good;
}

/*
 * A socket that came from an unprivileged task, as the standard output of a
 * setuid program may, gives it nothing. The kernel asks for the opener's rights
 * when the message does not say itself where it goes.
 */
static bool passed_socket_body(void)
{
	struct nl_client client;
	struct nl_func func = { 0 };
	bool good;

	if (!CHECK(!setegid(NOBODY) && !seteuid(NOBODY),
		   "cannot drop rights") ||
	    !CHECK(!nl_open(&client, NL_LARGE), "cannot open") ||
	    !CHECK(!seteuid(0) && !setegid(0), "cannot get rights back") ||
	    !CHECK(!nl_connect(&client), "cannot connect"))
		return false;
	good = CHECK(!nl_get_func(&client, NULL, NULL, FUNC, &func),
		     "no func") &&
	       CHECK(!func.has_address && !func.has_recipe,
		     "the opener's rights are not asked for");
	nl_close(&client);

	return good;
}

static bool opener_counts(struct nl_client *client)
{
	bool good;

	(void)client;
	if (!load_settled("klp_nl_one"))
		return false;
	good = nl_in_child(passed_socket_body);

	return remove_patch("klp_nl_one") && good;
}

static bool reload_gets_new_id(struct nl_client *client)
{
	struct nl_patch first = { 0 }, second = { 0 };
	bool good;

	good = load_settled("klp_nl_one") &&
	       CHECK(!nl_get_patch(client, "klp_nl_one", &first), "no patch");
	good = remove_patch("klp_nl_one") && load_settled("klp_nl_one") &&
	       CHECK(!nl_get_patch(client, "klp_nl_one", &second),
		     "no patch") &&
	       CHECK(second.id > first.id, "ids do not rise") && good;

	return remove_patch("klp_nl_one") && good;
}

const struct nl_case nl_read_cases[] = {
	{ "info is complete", info_is_complete },
	{ "generation follows changes", generation_follows_changes },
	{ "patch is described", patch_is_described },
	{ "func is described", func_is_described },
	{ "the upper of two patches is active", upper_patch_is_active },
	{ "unprivileged reader sees no addresses",
	  unprivileged_sees_no_addresses },
	{ "rights of the socket's opener count", opener_counts },
	{ "a patch gets a new id when it is loaded again", reload_gets_new_id },
};
const unsigned int nl_read_count =
	sizeof(nl_read_cases) / sizeof(nl_read_cases[0]);
