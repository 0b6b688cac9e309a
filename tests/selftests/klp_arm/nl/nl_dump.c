// SPDX-License-Identifier: GPL-2.0
/*
 * nl_dump.c - dumps: whole, in order, and honest about changes.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <stdio.h>
#include <string.h>

/* As in modules/klp_nl_many.c. */
#define OBJECTS 40
#define FUNCS 8

struct seen {
	unsigned int funcs[OBJECTS][FUNCS];
	unsigned int others, disorder;
	uint32_t generation;
	bool generations_differ;
	int last;
};

static void see_generation(struct seen *seen, uint32_t generation)
{
	if (seen->generation && seen->generation != generation)
		seen->generations_differ = true;
	seen->generation = generation;
}

static void see_func(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		     void *arg)
{
	struct seen *seen = arg;
	struct nl_func func;
	int object, number;

	nl_take_func(nlh, attrs, &func);
	see_generation(seen, func.generation);
	if (strcmp(func.patch, "klp_nl_many")) {
		seen->others++;
		return;
	}
	if (sscanf(func.object, "absent_%2d_", &object) != 1 ||
	    sscanf(func.name, "func_%d", &number) != 1 || object >= OBJECTS ||
	    number >= FUNCS ||
	    func.state != KLP_ARM_FUNC_STATE_TARGET_NOT_LOADED || func.active ||
	    func.has_path) {
		seen->disorder++;
		return;
	}
	seen->funcs[object][number]++;
	if (object * FUNCS + number < seen->last)
		seen->disorder++;
	seen->last = object * FUNCS + number;
}

static bool saw_all(const struct seen *seen)
{
	bool good = true;

	for (int i = 0; i < OBJECTS; i++)
		for (int j = 0; j < FUNCS; j++)
			good &= CHECK(seen->funcs[i][j] == 1,
				      "func %d of object %d came %u times", j,
				      i, seen->funcs[i][j]);

	return good && CHECK(!seen->disorder, "%u funcs are wrong or misplaced",
			     seen->disorder);
}

static bool load(const char *module)
{
	int err = sys_load(module);

	return CHECK(!err, "cannot load '%s': %s", module, strerror(-err)) &&
	       CHECK(sys_settled(module), "'%s' stays in transition", module);
}

static bool unload(const char *module)
{
	int err = sys_remove(module);

	return CHECK(!err, "cannot remove '%s': %s", module, strerror(-err));
}

static bool dump_all(struct nl_client *client, unsigned int least_receives)
{
	struct seen seen = { 0 };
	struct nl_result result;
	struct nl_request req;

	nl_begin(client, &req, KLP_ARM_CMD_FUNC_GET, true);

	return CHECK(!nl_talk(client, &req, &result, see_func, &seen),
		     "no answer") &&
	       CHECK(result.done && !result.error, "error %d", result.error) &&
	       CHECK(!result.interrupted, "flagged without a change") &&
	       CHECK(!result.not_multi, "%u messages without NLM_F_MULTI",
		     result.not_multi) &&
	       CHECK(result.receives >= least_receives, "only %u receives",
		     result.receives) &&
	       CHECK(seen.generation && !seen.generations_differ,
		     "generations differ") &&
	       CHECK(seen.others == 1, "%u other funcs", seen.others) &&
	       saw_all(&seen);
}

static bool large_buffers(struct nl_client *client)
{
	bool good = load("klp_nl_one") && load("klp_nl_many") &&
		    dump_all(client, 1);

	good &= unload("klp_nl_many");

	return unload("klp_nl_one") && good;
}

static bool small_buffers(struct nl_client *unused)
{
	struct nl_client client;
	bool good;

	(void)unused;
	if (!CHECK(!nl_open(&client, NL_SMALL), "cannot open"))
		return false;
	/* A func of klp_nl_many takes over 100 bytes. */
	good = load("klp_nl_one") && load("klp_nl_many") &&
	       dump_all(&client, OBJECTS * FUNCS * 100 / NL_SMALL);
	nl_close(&client);
	good &= unload("klp_nl_many");

	return unload("klp_nl_one") && good;
}

static bool count_filtered(struct nl_client *client, uint16_t type,
			   const char *value, unsigned int expected)
{
	struct nl_result result;
	struct nl_request req;

	nl_begin(client, &req, KLP_ARM_CMD_FUNC_GET, true);
	mnl_attr_put_strz(req.nlh, type, value);

	return CHECK(!nl_talk(client, &req, &result, NULL, NULL),
		     "no answer") &&
	       CHECK(result.done && !result.error, "error %d", result.error) &&
	       CHECK(result.messages == expected, "%u funcs instead of %u",
		     result.messages, expected);
}

static bool filters(struct nl_client *client)
{
	bool good = load("klp_nl_one") && load("klp_nl_many");

	good = good &&
	       count_filtered(client, KLP_ARM_A_FUNC_PATCH, "klp_nl_one", 1) &&
	       count_filtered(client, KLP_ARM_A_FUNC_PATCH, "klp_nl_many",
			      OBJECTS * FUNCS) &&
	       count_filtered(client, KLP_ARM_A_FUNC_OBJECT, "vmlinux", 1) &&
	       count_filtered(client, KLP_ARM_A_FUNC_OBJECT, "other", 0) &&
	       count_filtered(client, KLP_ARM_A_FUNC_NAME, "func_3", OBJECTS);
	good &= unload("klp_nl_many");

	return unload("klp_nl_one") && good;
}

static bool many_objects_are_cut(struct nl_client *client)
{
	struct nl_patch patch;
	bool good;

	good = load("klp_nl_many") &&
	       CHECK(!nl_get_patch(client, "klp_nl_many", &patch),
		     "no patch") &&
	       CHECK(patch.object_count == OBJECTS, "%u objects",
		     patch.object_count) &&
	       CHECK(patch.func_count == OBJECTS * FUNCS, "%u funcs",
		     patch.func_count) &&
	       CHECK(patch.listed == KLP_ARM_OBJECTS_MAX, "%u listed",
		     patch.listed) &&
	       CHECK(!patch.first_patched && !patch.first_loaded &&
			     strlen(patch.first_object) == KLP_ARM_NAME_MAX,
		     "object '%s', patched %d, loaded %d", patch.first_object,
		     patch.first_patched, patch.first_loaded);

	return unload("klp_nl_many") && good;
}

/*
 * Begin a dump in small buffers, make a change, and take the rest. klp_nl_many
 * is there all the time, so it has to be whole whatever else happens.
 */
static bool interrupted(bool (*change)(const char *), const char *module)
{
	struct nl_client client;
	struct seen seen = { 0 };
	struct nl_result result = { 0 };
	struct nl_request req;
	bool good;

	if (!CHECK(!nl_open(&client, NL_SMALL), "cannot open"))
		return false;
	nl_begin(&client, &req, KLP_ARM_CMD_FUNC_GET, true);
	good = CHECK(!nl_send(&client, &req), "cannot send") &&
	       CHECK(nl_receive(&client, &result, 2, see_func, &seen) == 1,
		     "the dump ended too early") &&
	       CHECK(!result.interrupted, "flagged before the change") &&
	       change(module) &&
	       CHECK(!nl_receive(&client, &result, 0, see_func, &seen),
		     "the dump does not end") &&
	       CHECK(result.done && !result.error, "error %d", result.error) &&
	       CHECK(result.interrupted, "not flagged after the change") &&
	       CHECK(seen.generations_differ, "the generation is the same") &&
	       saw_all(&seen);
	nl_close(&client);

	return good;
}

static bool patch_comes(struct nl_client *client)
{
	bool good;

	(void)client;
	good = load("klp_nl_many") && interrupted(load, "klp_nl_one");
	good &= unload("klp_nl_one");

	return unload("klp_nl_many") && good;
}

/* The one that goes is before the place where the dump has stopped. */
static bool patch_goes(struct nl_client *client)
{
	bool good;

	(void)client;
	good = load("klp_nl_one") && load("klp_nl_many") &&
	       interrupted(unload, "klp_nl_one");

	return unload("klp_nl_many") && good;
}

/* The rest of the dump is of a patch that is gone: it ends, and says so. */
static bool dumped_patch_goes(struct nl_client *unused)
{
	struct nl_client client;
	struct seen seen = { 0 };
	struct nl_result result = { 0 };
	struct nl_request req;
	bool good;

	(void)unused;
	if (!CHECK(!nl_open(&client, NL_SMALL), "cannot open"))
		return false;
	good = load("klp_nl_many") && load("klp_nl_one");
	nl_begin(&client, &req, KLP_ARM_CMD_FUNC_GET, true);
	good = good && CHECK(!nl_send(&client, &req), "cannot send") &&
	       CHECK(nl_receive(&client, &result, 2, see_func, &seen) == 1,
		     "the dump ended too early");
	good &= unload("klp_nl_many");
	good = good &&
	       CHECK(!nl_receive(&client, &result, 0, see_func, &seen),
		     "the dump does not end") &&
	       CHECK(result.done && !result.error, "error %d", result.error) &&
	       CHECK(result.interrupted, "not flagged after the change") &&
	       CHECK(seen.others == 1, "the other patch came %u times",
		     seen.others);
	nl_close(&client);

	return unload("klp_nl_one") && good;
}

struct order {
	unsigned int patches;
	uint64_t last_id;
	bool wrong;
};

static void see_patch(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		      void *arg)
{
	struct order *order = arg;
	struct nl_patch patch;

	nl_take_patch(nlh, attrs, &patch);
	if (patch.id <= order->last_id)
		order->wrong = true;
	order->last_id = patch.id;
	order->patches++;
}

static bool patches_in_order(struct nl_client *client)
{
	struct order order = { 0 };
	struct nl_result result;
	struct nl_request req;
	bool good;

	good = load("klp_nl_one") && load("klp_nl_many") && load("klp_nl_two");
	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, true);
	good = good &&
	       CHECK(!nl_talk(client, &req, &result, see_patch, &order),
		     "no answer") &&
	       CHECK(result.done && !result.error && !result.not_multi,
		     "error %d", result.error) &&
	       CHECK(order.patches == 3 && !order.wrong, "%u patches, order %d",
		     order.patches, order.wrong);
	good &= unload("klp_nl_two");
	good &= unload("klp_nl_many");

	return unload("klp_nl_one") && good;
}

static bool empty_dumps(struct nl_client *client)
{
	struct nl_result result;
	struct nl_request req;
	bool good = true;

	for (int cmd = KLP_ARM_CMD_PATCH_GET; cmd <= KLP_ARM_CMD_FUNC_GET;
	     cmd++) {
		nl_begin(client, &req, (uint8_t)cmd, true);
		good &= CHECK(!nl_talk(client, &req, &result, NULL, NULL),
			      "no answer") &&
			CHECK(result.done && !result.error && !result.messages,
			      "done %d, error %d, %u messages", result.done,
			      result.error, result.messages);
	}

	return good;
}

const struct nl_case nl_dump_cases[] = {
	{ "dumps of nothing end well", empty_dumps },
	{ "dump of funcs in large buffers", large_buffers },
	{ "dump of funcs in small buffers", small_buffers },
	{ "dump of patches keeps their order", patches_in_order },
	{ "filters of a dump", filters },
	{ "a patch with many objects fits a message", many_objects_are_cut },
	{ "a patch comes during a dump", patch_comes },
	{ "a patch goes during a dump", patch_goes },
	{ "the dumped patch goes during a dump", dumped_patch_goes },
};
const unsigned int nl_dump_count =
	sizeof(nl_dump_cases) / sizeof(nl_dump_cases[0]);
