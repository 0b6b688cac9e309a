// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * read-test.c - patches, functions, transition and info, and how answers end
 */
#include <errno.h>
#include <stdlib.h>

#include "replay.h"
#include "test.h"

static void test_empty(void)
{
	struct klp_ctx *ctx = open_scenario("empty");
	struct klp_transition *transition;
	struct klp_snapshot *snapshot;

	EXPECT(klp_snapshot_get(ctx, &snapshot) == 0);
	EXPECT(klp_patch_list_count(klp_snapshot_patches(snapshot)) == 0);
	EXPECT(klp_func_list_count(klp_snapshot_funcs(snapshot)) == 0);
	EXPECT(klp_patch_list_at(klp_snapshot_patches(snapshot), 0) == NULL);
	EXPECT(klp_snapshot_transition(snapshot) == NULL);
	EXPECT(strcmp(klp_info_arch(klp_snapshot_info(snapshot)), "arm") == 0);
	EXPECT(klp_last_error(ctx)[0] == '\0');
	klp_snapshot_free(snapshot);
	EXPECT(klp_transition_get(ctx, &transition) == 0);
	EXPECT(transition == NULL);
	klp_ctx_free(ctx);
}

static void test_patch(void)
{
	struct klp_ctx *ctx = open_scenario("stack");
	const struct klp_object *object;
	const struct klp_patch *patch;
	struct klp_patch_list *list;

	EXPECT(klp_patch_list_get(ctx, NULL, &list) == 0);
	klp_ctx_free(ctx); /* Lists outlive their context. */
	EXPECT(klp_patch_list_count(list) == 3);
	patch = klp_patch_list_at(list, 1);
	EXPECT(strcmp(klp_patch_name(patch), "second") == 0);
	EXPECT(klp_patch_id(patch) == 2);
	EXPECT(klp_patch_state(patch) == KLP_PATCH_ENABLED);
	EXPECT(!klp_patch_replace(patch) && !klp_patch_forced(patch));
	EXPECT(klp_patch_object_count(patch) == 2);
	EXPECT(klp_patch_objects_listed(patch) == 2);
	object = klp_patch_object_at(patch, 1);
	EXPECT(strcmp(klp_object_name(object), "target_module") == 0);
	EXPECT(!klp_object_loaded(object) && !klp_object_patched(object));
	EXPECT(klp_patch_object_at(patch, 2) == NULL);

	patch = klp_patch_list_at(list, 2);
	EXPECT(klp_patch_id(patch) == 1ULL << 40);
	EXPECT(klp_patch_state(patch) == KLP_PATCH_DISABLING);
	EXPECT(klp_patch_replace(patch) && klp_patch_forced(patch));
	object = klp_patch_object_at(patch, 0);
	EXPECT(klp_object_loaded(object) && klp_object_patched(object));
	EXPECT(klp_object_func_count(object) == 1);
	EXPECT(klp_patch_list_at(list, 3) == NULL);
	klp_patch_list_free(list);
}

static void test_func(void)
{
	struct klp_ctx *ctx = open_scenario("stack");
	const struct klp_func *func;
	struct klp_func_list *list;

	EXPECT(klp_func_list_get(ctx, NULL, &list) == 0);
	EXPECT(klp_func_list_count(list) == 5);
	func = klp_func_list_at(list, 0);
	EXPECT(strcmp(klp_func_patch(func), "first") == 0);
	EXPECT(klp_func_patch_id(func) == 1);
	EXPECT(strcmp(klp_func_object(func), "vmlinux") == 0);
	EXPECT(strcmp(klp_func_name(func), "vm_show") == 0);
	EXPECT(klp_func_sympos(func) == 1);
	EXPECT(klp_func_state(func) == KLP_FUNC_PATCHED);
	EXPECT(!klp_func_active(func) && !klp_func_nop(func));
	EXPECT(strcmp(klp_func_active_patch(func), "second") == 0);
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_ENTRY_PATH) ==
	       KLP_PATH_SHARED);
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_OLD_ADDR) == 0xc0208a30);
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_OLD_SIZE) == 52);
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_NEW_ADDR) == 0xbf000010);
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_NEW_SIZE) == 40);
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_SP_DELTA) == 16);
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_RESTORED) == 0x48f0);
	EXPECT(!klp_func_has(func, (enum klp_func_field)99));

	func = klp_func_list_at(list, 3);
	EXPECT(klp_func_state(func) == KLP_FUNC_TARGET_NOT_LOADED);
	EXPECT(klp_func_active_patch(func) == NULL);
	EXPECT(!klp_func_has(func, KLP_FUNC_FIELD_ENTRY_PATH));
	EXPECT(!klp_func_has(func, KLP_FUNC_FIELD_OLD_ADDR));
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_OLD_ADDR) == 0);
	EXPECT(klp_func_nop(klp_func_list_at(list, 4)));
	EXPECT(klp_func_list_at(list, 5) == NULL);
	klp_func_list_free(list);
	klp_ctx_free(ctx);
}

static void test_transition(void)
{
	struct klp_ctx *ctx = open_scenario("stack");
	struct klp_transition *transition;

	EXPECT(klp_transition_get(ctx, &transition) == 0);
	EXPECT(strcmp(klp_transition_patch(transition), "third") == 0);
	EXPECT(klp_transition_patch_id(transition) == 1);
	EXPECT(klp_transition_direction(transition) ==
	       KLP_DIRECTION_UNPATCHING);
	EXPECT(klp_transition_started(transition) == 123456789012ULL);
	EXPECT(klp_transition_started_real(transition) ==
	       1700000000123456789ULL);
	EXPECT(klp_transition_elapsed_ms(transition) == 61234);
	EXPECT(klp_transition_tasks_total(transition) == 60);
	EXPECT(klp_transition_tasks_switched(transition) == 58);
	EXPECT(klp_transition_tasks_remaining(transition) == 2);
	EXPECT(!klp_transition_forced(transition));
	EXPECT(klp_transition_reversed(transition));
	klp_transition_free(transition);
	klp_ctx_free(ctx);
}

static void test_info(void)
{
	struct klp_ctx *ctx = open_scenario("enabled");
	struct klp_info *info;

	EXPECT(klp_info_get(ctx, &info) == 0);
	EXPECT(strcmp(klp_info_arch(info), "arm") == 0);
	EXPECT(klp_info_entry(info) == KLP_ENTRY_MCOUNT);
	EXPECT(klp_info_unwinder(info) == KLP_UNWINDER_EHABI);
	klp_info_free(info);
	klp_ctx_free(ctx);
}

static void test_unprivileged(void)
{
	struct klp_ctx *ctx = open_scenario("unprivileged");
	struct klp_func_list *list;
	const struct klp_func *func;
	int field;

	EXPECT(klp_func_list_get(ctx, NULL, &list) == 0);
	func = klp_func_list_at(list, 0);
	EXPECT(klp_func_has(func, KLP_FUNC_FIELD_ENTRY_PATH));
	for (field = KLP_FUNC_FIELD_OLD_ADDR; field <= KLP_FUNC_FIELD_RESTORED;
	     field++)
		EXPECT(!klp_func_has(func, (enum klp_func_field)field));
	klp_func_list_free(list);
	klp_ctx_free(ctx);
}

static void test_newer_kernel(void)
{
	struct klp_ctx *ctx = open_scenario("newer-kernel");
	struct klp_snapshot *snapshot;
	const struct klp_patch *patch;

	EXPECT(klp_snapshot_get(ctx, &snapshot) == 0);
	patch = klp_patch_list_at(klp_snapshot_patches(snapshot), 0);
	EXPECT(strcmp(klp_patch_state_name(klp_patch_state(patch)),
		      "unknown") == 0);
	EXPECT(klp_patch_objects_listed(patch) == 1);
	EXPECT(klp_func_list_count(klp_snapshot_funcs(snapshot)) == 1);
	EXPECT(klp_snapshot_transition(snapshot) == NULL);
	klp_snapshot_free(snapshot);
	klp_ctx_free(ctx);
}

/* What a kernel in the guest has really said. */
static void test_recordings(void)
{
	struct klp_ctx *ctx = open_scenario("guest-blocked");
	const struct klp_transition *transition;
	struct klp_snapshot *snapshot;
	const struct klp_func *func;
	struct klp_func_list *list;

	EXPECT(klp_snapshot_get(ctx, &snapshot) == 0);
	EXPECT(klp_patch_list_count(klp_snapshot_patches(snapshot)) == 3);
	EXPECT(klp_patch_replace(
		klp_patch_list_at(klp_snapshot_patches(snapshot), 0)));
	func = klp_func_list_at(klp_snapshot_funcs(snapshot), 2);
	EXPECT(strcmp(klp_func_name(func), "hrtimer_nanosleep") == 0);
	EXPECT(klp_func_has(func, KLP_FUNC_FIELD_OLD_ADDR));
	transition = klp_snapshot_transition(snapshot);
	EXPECT(strcmp(klp_transition_patch(transition), "u_block") == 0);
	EXPECT(klp_transition_tasks_remaining(transition) == 1);
	EXPECT(klp_transition_started_real(transition) > 1600000000000000000);
	klp_snapshot_free(snapshot);
	klp_ctx_free(ctx);

	ctx = open_scenario("guest-missing");
	EXPECT(klp_func_list_get(ctx, "nosuch", &list) == -ENOENT);
	EXPECT(said(ctx, "no patch named 'nosuch'"));
	klp_ctx_free(ctx);
}

/* One dump of patches: the errno, how many there are, what is said. */
static void expect_dump(const char *scenario, int err, size_t count,
			const char *text)
{
	struct klp_ctx *ctx = open_scenario(scenario);
	struct klp_patch_list *list;
	int got = klp_patch_list_get(ctx, NULL, &list);

	if (got != err)
		printf("# %s: %d\n", scenario, got);
	EXPECT(got == err);
	EXPECT(said(ctx, text));
	if (got == 0)
		EXPECT(klp_patch_list_count(list) == count);
	else
		EXPECT(list == NULL);
	klp_patch_list_free(list);
	klp_ctx_free(ctx);
}

static void test_dumps(void)
{
	expect_dump("one-datagram", 0, 2, "");
	expect_dump("no-multi", 0, 2, "");
	expect_dump("interrupted", 0, 2, "");
	expect_dump("interrupted-done", 0, 1, "");
	expect_dump("interrupted-always", -EAGAIN, 0, "keeps changing");
	expect_dump("done-errno", -ENOMEM, 0, "patch-get: Cannot allocate");
	expect_dump("done-text", -EINVAL, 0, "patch-get: no dump today");
	expect_dump("overrun", -ENOBUFS, 0, "No buffer space");
	expect_dump("no-answer", -ETIMEDOUT, 0, "none");
}

static void test_malformed(void)
{
	expect_dump("cut-datagram", -EBADMSG, 0, "cut short");
	expect_dump("no-name", -EBADMSG, 0, "malformed");
	expect_dump("no-state", -EBADMSG, 0, "malformed");
	expect_dump("bad-size", -EBADMSG, 0, "malformed");
	expect_dump("bad-string", -EBADMSG, 0, "malformed");
	expect_dump("bad-nest", -EBADMSG, 0, "malformed");
	expect_dump("short-message", -EBADMSG, 0, "malformed");
}

/* A dump that never ends well is tried a bounded number of times. */
static void test_retries_are_bounded(void)
{
	expect_dump("interrupted-always", -EAGAIN, 0, "try again");
	EXPECT(replay_requests() > 2 && replay_requests() < 32);
}

static void expect_refusal(const char *scenario, int err, const char *text)
{
	struct klp_ctx *ctx = open_scenario(scenario);
	struct klp_patch_list *list;

	EXPECT(klp_patch_list_get(ctx, "x", &list) == err);
	EXPECT(list == NULL);
	EXPECT(said(ctx, text));
	klp_ctx_free(ctx);
}

static void test_refusals(void)
{
	expect_refusal("refused-text", -ENOENT,
		       "patch-get: no patch named 'x'");
	expect_refusal("refused-echo", -ENOENT,
		       "patch-get: no patch named 'x'");
	expect_refusal("refused-plain", -EPERM,
		       "patch-get: Operation not permitted");
	expect_refusal("refused-odd", -EBADMSG, "malformed error");
	expect_refusal("refused-short", -EBADMSG, "cut short");
	expect_refusal("only-ack", -EBADMSG, "empty");
}

static void test_stale_answer(void)
{
	struct klp_ctx *ctx = open_scenario("stale-answer");
	struct klp_patch_list *list;

	EXPECT(klp_patch_list_get(ctx, "one", &list) == 0);
	EXPECT(klp_patch_list_count(list) == 1);
	klp_patch_list_free(list);
	klp_ctx_free(ctx);
}

static void test_no_family(void)
{
	struct klp_ctx *ctx = open_scenario("no-family");
	struct klp_snapshot *snapshot;
	struct klp_info *info;

	EXPECT(klp_snapshot_get(ctx, &snapshot) == -EOPNOTSUPP);
	EXPECT(snapshot == NULL);
	EXPECT(said(ctx, "klp_arm"));
	klp_ctx_free(ctx);

	ctx = open_scenario("old-family");
	EXPECT(klp_info_get(ctx, &info) == -EOPNOTSUPP);
	klp_ctx_free(ctx);

	ctx = open_scenario("no-netlink");
	EXPECT(klp_info_get(ctx, &info) == -EOPNOTSUPP);
	klp_ctx_free(ctx);

	ctx = open_scenario("no-socket");
	EXPECT(klp_info_get(ctx, &info) == -EPERM);
	EXPECT(info == NULL);
	klp_ctx_free(ctx);
}

/* That nobody answers says nothing of the kernel. */
static void test_may_not_ask(void)
{
	static const char *const scenarios[] = {
		"other-namespace",
		"no-sysfs",
		"netlink-denied",
		"netlink-denied-no-sysfs",
	};
	size_t i;

	for (i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
		struct klp_ctx *ctx = open_scenario(scenarios[i]);
		struct klp_snapshot *snapshot;
		struct klp_events *events;

		EXPECT(klp_snapshot_get(ctx, &snapshot) == -EPERM);
		EXPECT(snapshot == NULL);
		EXPECT(said(ctx, strstr(scenarios[i], "no-sysfs") ?
					 "not known whether" :
					 "the kernel has klp_arm"));
		EXPECT(klp_events_open(ctx, &events) == -EPERM);
		klp_ctx_free(ctx);
	}
}

/* The second round finds equal generations, and what was true by then. */
static void test_snapshot_is_of_one_moment(void)
{
	struct klp_ctx *ctx = open_scenario("moved");
	struct klp_snapshot *snapshot;
	const struct klp_patch *patch;

	EXPECT(klp_snapshot_get(ctx, &snapshot) == 0);
	patch = klp_patch_list_at(klp_snapshot_patches(snapshot), 0);
	EXPECT(strcmp(klp_patch_name(patch), "two") == 0);
	EXPECT(klp_snapshot_generation(snapshot) == 8);
	klp_snapshot_free(snapshot);
	klp_ctx_free(ctx);
}

static void test_long_name(void)
{
	struct klp_ctx *ctx = open_scenario("gone");
	struct klp_patch_list *list;
	char name[6000];
	size_t len;

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	EXPECT(klp_patch_list_get(ctx, name, &list) == -ENAMETOOLONG);
	EXPECT(said(ctx, "too long"));
	name[100] = '\0';
	EXPECT(klp_patch_list_get(ctx, name, &list) == -ENOENT);
	/* Two headers of 16 and 4, an attribute header, the name, its NUL. */
	replay_request(&len);
	EXPECT(len == 16 + 4 + 4 + 104);
	klp_ctx_free(ctx);
}

/* After an error the socket is opened anew, and the next call works. */
static void test_context_survives_errors(void)
{
	struct klp_ctx *ctx = open_scenario("overrun");
	struct klp_patch_list *list;

	EXPECT(klp_patch_list_get(ctx, NULL, &list) == -ENOBUFS);
	choose_scenario("one-datagram");
	EXPECT(klp_patch_list_get(ctx, NULL, &list) == 0);
	EXPECT(klp_patch_list_count(list) == 2);
	klp_patch_list_free(list);
	klp_ctx_free(ctx);
}

const struct test_case read_cases[] = {
	{ "an idle kernel gives an empty snapshot", test_empty },
	{ "patches and objects have all their attributes", test_patch },
	{ "funcs have all their attributes", test_func },
	{ "a transition has all its attributes", test_transition },
	{ "info has all its attributes", test_info },
	{ "what is for the privileged is absent for others",
	  test_unprivileged },
	{ "what a newer kernel adds is skipped", test_newer_kernel },
	{ "recordings of a kernel are read as they were", test_recordings },
	{ "dumps end where the kernel ends them", test_dumps },
	{ "malformed messages are errors", test_malformed },
	{ "a dump is repeated a bounded number of times",
	  test_retries_are_bounded },
	{ "refusals carry the kernel's text", test_refusals },
	{ "answers to other requests are ignored", test_stale_answer },
	{ "a kernel that cannot answer is told from other errors",
	  test_no_family },
	{ "who may not ask is not told that the kernel has none",
	  test_may_not_ask },
	{ "a snapshot shows one moment", test_snapshot_is_of_one_moment },
	{ "names too long to send are refused", test_long_name },
	{ "a context can be used after an error",
	  test_context_survives_errors },
	{ NULL, NULL },
};
