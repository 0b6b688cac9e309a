// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * report-test.c - blockers, failures, history, verdicts, actors and counters
 */
#include <errno.h>

#include "replay.h"
#include "test.h"

static void test_actors(void)
{
	struct klp_ctx *ctx = open_scenario("full");
	const struct klp_actor *actor;
	const struct klp_patch *patch;
	struct klp_patch_list *list;
	const uint8_t *build_id;
	size_t len;

	EXPECT(klp_patch_list_get(ctx, NULL, &list) == 0);
	patch = klp_patch_list_at(list, 0);
	EXPECT_TEXT(klp_patch_version(patch), "1.2");
	build_id = klp_patch_build_id(patch, &len);
	EXPECT(len == 20 && build_id[0] == 0 && build_id[19] == 19);
	actor = klp_patch_loaded(patch);
	EXPECT(klp_actor_time(actor) == 5000000000ULL);
	EXPECT(klp_actor_time_real(actor) == 1700000005000000000ULL);
	EXPECT(klp_actor_has_who(actor));
	EXPECT(klp_actor_pid(actor) == 321 && klp_actor_uid(actor) == 0);
	EXPECT_TEXT(klp_actor_comm(actor), "klpctl");
	actor = klp_patch_changed(patch);
	EXPECT(klp_actor_time(actor) == 6ULL << 32);
	EXPECT(klp_actor_uid(actor) == 1000);
	EXPECT_TEXT(klp_actor_comm(actor), HOSTILE);
	EXPECT(klp_patch_force_by(patch) == NULL);

	patch = klp_patch_list_at(list, 1);
	EXPECT(klp_patch_version(patch) == NULL);
	EXPECT(klp_patch_build_id(patch, &len) == NULL && len == 0);
	EXPECT(klp_patch_changed(patch) == NULL);
	EXPECT(klp_actor_pid(klp_patch_force_by(patch)) == 321);
	klp_patch_list_free(list);
	klp_ctx_free(ctx);
}

static void test_targets(void)
{
	struct klp_ctx *ctx = open_scenario("targets");
	const struct klp_patch *patch;
	struct klp_patch_list *list;
	struct klp_info *info;
	const uint8_t *id;
	size_t len;

	EXPECT(klp_info_get(ctx, &info) == 0);
	id = klp_info_build_id(info, &len);
	EXPECT(len == 20 && id[0] == 40 && id[19] == 59);
	EXPECT(klp_info_require_target(info));
	klp_info_free(info);

	EXPECT(klp_patch_list_get(ctx, NULL, &list) == 0);
	patch = klp_patch_list_at(list, 0);
	EXPECT(klp_patch_target(patch) == KLP_TARGET_MATCHED);
	EXPECT(klp_patch_version_cut(patch));
	EXPECT(klp_patch_has_fixes(patch));
	EXPECT(klp_object_unpatched_count(klp_patch_object_at(patch, 0)) == 0);
	EXPECT(klp_object_unpatched_count(klp_patch_object_at(patch, 1)) == 2);
	EXPECT(strlen(klp_patch_version(patch)) == 127);
	patch = klp_patch_list_at(list, 1);
	EXPECT(klp_patch_target(patch) == KLP_TARGET_UNKNOWN);
	EXPECT(!klp_patch_version_cut(patch));
	EXPECT(!klp_patch_has_fixes(patch));
	patch = klp_patch_list_at(list, 2);
	EXPECT(klp_patch_target(patch) == KLP_TARGET_MISMATCHED);
	EXPECT(!klp_object_left_out(klp_patch_object_at(patch, 0)));
	EXPECT(klp_object_left_out(klp_patch_object_at(patch, 1)));
	klp_patch_list_free(list);
	klp_ctx_free(ctx);

	/* A kernel that tells nothing of it. */
	ctx = open_scenario("bare");
	EXPECT(klp_info_get(ctx, &info) == 0);
	EXPECT(klp_info_build_id(info, &len) == NULL && len == 0);
	EXPECT(!klp_info_require_target(info));
	klp_info_free(info);
	klp_ctx_free(ctx);
}

static void test_waiting(void)
{
	struct klp_ctx *ctx = open_scenario("full");
	struct klp_transition *transition;

	EXPECT(klp_transition_get(ctx, &transition) == 0);
	EXPECT(klp_transition_attempts(transition) == 3);
	EXPECT(klp_transition_signals(transition) == 1);
	EXPECT(klp_transition_blockers(transition) == 4);
	EXPECT(klp_transition_blockers_dropped(transition) == 2);
	EXPECT(klp_transition_core_busy(transition));
	EXPECT(klp_transition_remaining_by(transition, KLP_BLOCKER_IDLE) == 1);
	EXPECT(klp_transition_remaining_by(transition,
					   (enum klp_blocker_reason)77) == 0);
	klp_transition_free(transition);

	klp_ctx_free(ctx);
	ctx = open_scenario("bare");
	EXPECT(klp_transition_get(ctx, &transition) == 0);
	EXPECT(klp_transition_remaining_by(
		       transition, (enum klp_blocker_reason)77) == UINT32_MAX);
	EXPECT(klp_transition_attempts(transition) == 0);
	EXPECT(!klp_transition_core_busy(transition));
	klp_transition_free(transition);
	klp_ctx_free(ctx);
}

static void expect_value(const struct klp_info *info, enum klp_info_field field,
			 uint64_t wanted)
{
	uint64_t value = 12345;

	EXPECT(klp_info_value(info, field, &value));
	if (value != wanted)
		printf("# field %d: %llu\n", (int)field,
		       (unsigned long long)value);
	EXPECT(value == wanted);
}

static void test_counters(void)
{
	struct klp_ctx *ctx = open_scenario("full");
	struct klp_info *info;

	EXPECT(klp_info_get(ctx, &info) == 0);
	expect_value(info, KLP_INFO_FIELD_NAME_MAX, 59);
	expect_value(info, KLP_INFO_FIELD_FUNC_NAME_MAX, 511);
	expect_value(info, KLP_INFO_FIELD_OBJECTS_MAX, 32);
	expect_value(info, KLP_INFO_FIELD_BLOCKERS_MAX, 256);
	expect_value(info, KLP_INFO_FIELD_FAILURES_MAX, 128);
	expect_value(info, KLP_INFO_FIELD_HISTORY_MAX, 32);
	expect_value(info, KLP_INFO_FIELD_EVENT_SEQ, 40);
	expect_value(info, KLP_INFO_FIELD_STACK_CHECKS, 1ULL << 33);
	expect_value(info, KLP_INFO_FIELD_FAILURES_DROPPED, 6);
	expect_value(info, KLP_INFO_FIELD_HISTORY_DROPPED, 4);
	expect_value(info, KLP_INFO_FIELD_COMPLETED, 11);
	expect_value(info, KLP_INFO_FIELD_REVERSED, 2);
	expect_value(info, KLP_INFO_FIELD_FORCED, 1);
	EXPECT(klp_info_stack_failures(info, KLP_BLOCKER_RUNNING) == 100);
	EXPECT(klp_info_stack_failures(info, KLP_BLOCKER_SLEEPING_ON_FUNC) ==
	       20);
	EXPECT(klp_info_stack_failures(info, KLP_BLOCKER_UNRELIABLE_STACK) ==
	       7);
	EXPECT(klp_info_stack_failures(info, KLP_BLOCKER_IDLE) == 1);
	EXPECT(klp_info_stack_failures_by(info, KLP_STACK_TRAMPOLINE) == 4);
	EXPECT(klp_info_stack_failures_by(info, KLP_STACK_EXCEPTION_FRAME) ==
	       3);
	EXPECT(klp_info_stack_failures_by(info, KLP_STACK_RELIABLE) == 0);
	klp_info_free(info);
	klp_ctx_free(ctx);
}

/* A kernel that does not tell a counter is not one that counted none. */
static void test_absent_counters(void)
{
	struct klp_ctx *ctx = open_scenario("bare");
	struct klp_info *info;
	uint64_t value = 1;

	EXPECT(klp_info_get(ctx, &info) == 0);
	EXPECT(!klp_info_value(info, KLP_INFO_FIELD_FORCED, &value));
	EXPECT(value == 0);
	EXPECT(!klp_info_value(info, (enum klp_info_field)99, &value));
	EXPECT(klp_info_stack_failures(info, KLP_BLOCKER_RUNNING) == 0);
	klp_info_free(info);
	klp_ctx_free(ctx);
}

static void expect_sleeper(const struct klp_blocker *blocker)
{
	EXPECT_TEXT(klp_blocker_patch(blocker), "livepatch_demo");
	EXPECT(klp_blocker_pid(blocker) == 80);
	EXPECT(klp_blocker_tid(blocker) == 82);
	EXPECT_TEXT(klp_blocker_comm(blocker), HOSTILE);
	EXPECT(klp_blocker_cpu(blocker) == -1);
	EXPECT(!klp_blocker_kthread(blocker));
	EXPECT(klp_blocker_reason(blocker) == KLP_BLOCKER_SLEEPING_ON_FUNC);
	EXPECT_TEXT(klp_blocker_func(blocker), "cmdline_proc_show");
	EXPECT(klp_blocker_stack_reason(blocker) == KLP_STACK_RELIABLE);
	EXPECT(klp_blocker_where(blocker) == NULL);
	EXPECT(klp_blocker_attempts(blocker) == 3);
	EXPECT(klp_blocker_first_seen(blocker) == 123456799012ULL);
	EXPECT(klp_blocker_last_seen(blocker) == 125456789012ULL);
}

static void test_blockers(void)
{
	struct klp_ctx *ctx = open_scenario("full");
	const struct klp_blocker *blocker;
	struct klp_blocker_list *list;

	EXPECT(klp_blocker_list_get(ctx, 0, &list) == 0);
	klp_ctx_free(ctx);
	EXPECT(klp_blocker_list_count(list) == 4);
	expect_sleeper(klp_blocker_list_at(list, 1));
	EXPECT(klp_blocker_frame_count(klp_blocker_list_at(list, 1)) == 0);
	blocker = klp_blocker_list_at(list, 2);
	EXPECT(klp_blocker_kthread(blocker));
	EXPECT(klp_blocker_func(blocker) == NULL);
	EXPECT(klp_blocker_stack_reason(blocker) == KLP_STACK_EXCEPTION_FRAME);
	EXPECT_TEXT(klp_blocker_where(blocker), "worker_thread+0x1c/0x3b0");
	blocker = klp_blocker_list_at(list, 3);
	EXPECT(klp_blocker_tid(blocker) == 0 && klp_blocker_cpu(blocker) == 3);
	EXPECT(klp_blocker_list_at(list, 4) == NULL);
	klp_blocker_list_free(list);
	klp_blocker_list_free(NULL);
}

static void test_stacks(void)
{
	struct klp_ctx *ctx = open_scenario("full");
	const struct klp_blocker *blocker;
	struct klp_blocker_list *list;

	EXPECT(klp_blocker_list_get(ctx, KLP_BLOCKER_WANT_STACK, &list) == 0);
	blocker = klp_blocker_list_at(list, 1);
	expect_sleeper(blocker);
	EXPECT(klp_blocker_frame_count(blocker) == 2);
	EXPECT_TEXT(klp_blocker_frame_symbol(blocker, 0), "schedule+0x48/0xb0");
	EXPECT(klp_blocker_frame_addr(blocker, 0) == 0xc0901234);
	EXPECT_TEXT(klp_blocker_frame_symbol(blocker, 1),
		    "cmdline_proc_show+0x20/0x34");
	EXPECT(klp_blocker_frame_symbol(blocker, 2) == NULL);
	EXPECT(klp_blocker_frame_addr(blocker, 2) == 0);
	EXPECT(klp_blocker_frame_reliable(blocker, 1));
	EXPECT(!klp_blocker_frame_reliable(blocker, 2));
	blocker = klp_blocker_list_at(list, 2);
	EXPECT(klp_blocker_frame_count(blocker) == 4);
	EXPECT(klp_blocker_frame_reliable(blocker, 1));
	EXPECT(!klp_blocker_frame_reliable(blocker, 2));
	EXPECT_TEXT(klp_blocker_frame_symbol(blocker, 3), "kthread+0xf8/0x118");
	EXPECT(!klp_blocker_frame_reliable(blocker, 3));
	klp_blocker_list_free(list);

	EXPECT(klp_blocker_list_get(ctx, 6, &list) == -EINVAL);
	EXPECT(list == NULL && said(ctx, "flags 0x6"));
	klp_ctx_free(ctx);
}

static void test_failures(void)
{
	struct klp_ctx *ctx = open_scenario("full");
	const struct klp_failure *failure;
	struct klp_failure_list *list;

	EXPECT(klp_failure_list_get(ctx, 0, &list) == 0);
	EXPECT(klp_failure_list_count(list) == 2);
	failure = klp_failure_list_at(list, 0);
	EXPECT(klp_failure_id(failure) == 7);
	EXPECT(klp_failure_time(failure) == 124000000007ULL);
	EXPECT(klp_failure_time_real(failure) == 1700000001000000007ULL);
	EXPECT_TEXT(klp_failure_patch(failure), "livepatch_demo");
	EXPECT(klp_failure_pid(failure) == 82 &&
	       klp_failure_tid(failure) == 82);
	EXPECT_TEXT(klp_failure_comm(failure), HOSTILE);
	EXPECT(klp_failure_reason(failure) == KLP_BLOCKER_SLEEPING_ON_FUNC);
	EXPECT_TEXT(klp_failure_func(failure), "cmdline_proc_show");
	EXPECT(klp_failure_where(failure) == NULL);
	klp_failure_list_free(list);

	EXPECT(klp_failure_list_get(ctx, 8, &list) == 0);
	EXPECT(klp_failure_list_count(list) == 1);
	failure = klp_failure_list_at(list, 0);
	EXPECT(klp_failure_id(failure) == 1ULL << 35);
	EXPECT(klp_failure_func(failure) == NULL);
	EXPECT(klp_failure_stack_reason(failure) == KLP_STACK_EXCEPTION_FRAME);
	EXPECT_TEXT(klp_failure_where(failure), "worker_thread+0x1c/0x3b0");
	EXPECT(klp_failure_list_at(list, 1) == NULL);
	klp_failure_list_free(list);
	klp_ctx_free(ctx);
}

static void test_history(void)
{
	struct klp_ctx *ctx = open_scenario("full");
	const struct klp_history *history;
	struct klp_history_list *list;

	EXPECT(klp_history_list_get(ctx, 0, &list) == 0);
	EXPECT(klp_history_list_count(list) == 3);
	history = klp_history_list_at(list, 0);
	EXPECT(klp_history_id(history) == 5);
	EXPECT_TEXT(klp_history_patch(history), "livepatch_demo");
	EXPECT(klp_history_patch_id(history) == 1);
	EXPECT(klp_history_direction(history) == KLP_DIRECTION_PATCHING);
	EXPECT(klp_history_result(history) == KLP_RESULT_COMPLETED);
	EXPECT(klp_history_started(history) == 100000000005ULL);
	EXPECT(klp_history_started_real(history) == 1700000000000000005ULL);
	EXPECT(klp_history_duration_ms(history) == 1234);
	EXPECT(klp_history_attempts(history) == 5);
	EXPECT(klp_history_signals(history) == 2);
	EXPECT_TEXT(klp_blocker_comm(klp_history_worst(history)), "spinner");
	EXPECT(klp_blocker_attempts(klp_history_worst(history)) == 9);
	history = klp_history_list_at(list, 1);
	EXPECT(klp_history_direction(history) == KLP_DIRECTION_UNPATCHING);
	EXPECT(klp_history_result(history) == KLP_RESULT_REVERSED);
	EXPECT(klp_history_duration_ms(history) == 1ULL << 33);
	EXPECT(klp_history_worst(history) == NULL);
	klp_history_list_free(list);

	EXPECT(klp_history_list_get(ctx, 7, &list) == 0);
	EXPECT(klp_history_list_count(list) == 1);
	EXPECT(klp_history_result(klp_history_list_at(list, 0)) ==
	       KLP_RESULT_FORCED);
	EXPECT(klp_history_list_at(list, 1) == NULL);
	klp_history_list_free(list);
	klp_ctx_free(ctx);
}

static void test_code(void)
{
	static const uint8_t traced[] = { 0x10, 0x40, 0x2d, 0xe9, 0x04,
					  0xe0, 0x2d, 0xe5, 0xff, 0xff,
					  0xfe, 0xbe, 0x10, 0x80, 0xbd,
					  0xe8, 0,    0,    0,	  0 };
	struct klp_ctx *ctx = open_scenario("codes");
	struct klp_code *code;
	size_t size = 0;

	EXPECT(klp_code_get(ctx, NULL, "good", 0, &code) == 0);
	EXPECT(memcmp(klp_code_bytes(code, &size), traced, sizeof(traced)) ==
	       0);
	EXPECT(size == sizeof(traced));
	klp_code_free(code);
	EXPECT(klp_code_get(ctx, "drv", "entry", 2, &code) == 0);
	klp_code_free(code);

	EXPECT(klp_code_get(ctx, NULL, "none", 0, &code) == -ENOENT);
	EXPECT(code == NULL && said(ctx, "no such function"));
	EXPECT(klp_code_get(ctx, NULL, "early", 0, &code) == -ENXIO);
	EXPECT(klp_code_get(ctx, NULL, "moving", 0, &code) == -EAGAIN);
	EXPECT(code == NULL && said(ctx, "changed meanwhile"));
	klp_code_free(NULL);
	klp_ctx_free(ctx);
}

static void test_verdicts_of_user(void)
{
	struct klp_ctx *ctx = open_scenario("full-user");
	struct klp_verdict_list *list;

	EXPECT(klp_verdict_list_get(ctx, NULL, "vm_show", 0, &list) == -EPERM);
	EXPECT(list == NULL && said(ctx, "CAP_SYS_ADMIN"));
	klp_ctx_free(ctx);
}

static void test_verdicts(void)
{
	struct klp_ctx *ctx = open_scenario("full");
	const struct klp_verdict *verdict;
	struct klp_verdict_list *list;

	EXPECT(klp_verdict_list_get(ctx, NULL, "vm_show", 0, &list) == 0);
	EXPECT(klp_verdict_list_count(list) == 2);
	verdict = klp_verdict_list_at(list, 0);
	EXPECT_TEXT(klp_verdict_object(verdict), "vmlinux");
	EXPECT_TEXT(klp_verdict_name(verdict), "vm_show");
	EXPECT(klp_verdict_sympos(verdict) == 1);
	EXPECT(klp_verdict_redirectable(verdict));
	EXPECT(klp_verdict_reason(verdict) == KLP_VERDICT_NONE);
	EXPECT(klp_verdict_has_recipe(verdict));
	EXPECT(klp_verdict_sp_delta(verdict) == 16);
	EXPECT(klp_verdict_restored(verdict) == 0x48f0);
	EXPECT(klp_verdict_patched(verdict));
	klp_verdict_list_free(list);

	EXPECT(klp_verdict_list_get(ctx, NULL, "vm_show", 2, &list) == 0);
	verdict = klp_verdict_list_at(list, 0);
	EXPECT(klp_verdict_sympos(verdict) == 2);
	EXPECT(!klp_verdict_redirectable(verdict));
	EXPECT(!klp_verdict_has_recipe(verdict));
	EXPECT(klp_verdict_reason(verdict) == KLP_VERDICT_LOAD_UNPROVEN);
	EXPECT(klp_verdict_offset(verdict) == 12);
	EXPECT(!klp_verdict_patched(verdict));
	EXPECT(klp_verdict_list_at(list, 1) == NULL);
	klp_verdict_list_free(list);

	EXPECT(klp_verdict_list_get(ctx, "target_module", "show", 0, &list) ==
	       0);
	EXPECT(klp_verdict_reason(klp_verdict_list_at(list, 0)) ==
	       KLP_VERDICT_NOT_TRACED);
	klp_verdict_list_free(list);

	EXPECT(klp_verdict_list_get(ctx, NULL, "nosuch", 0, &list) == -ENOENT);
	EXPECT(list == NULL && said(ctx, "no function named 'nosuch'"));
	klp_ctx_free(ctx);
}

static void test_changes(void)
{
	struct klp_ctx *ctx = open_scenario("full");
	const char *name = "livepatch_demo";

	EXPECT(klp_patch_set(ctx, name, KLP_PATCH_ACTION_DISABLE, false) == 0);
	EXPECT(klp_patch_set(ctx, name, KLP_PATCH_ACTION_REVERSE, false) == 0);
	EXPECT(klp_patch_set(ctx, name, KLP_PATCH_ACTION_FORCE, true) == 0);
	EXPECT(klp_patch_set(ctx, name, KLP_PATCH_ACTION_FORCE, false) ==
	       -EINVAL);
	EXPECT(said(ctx, "needs to be confirmed"));
	EXPECT(klp_patch_set(ctx, "x", KLP_PATCH_ACTION_DISABLE, false) ==
	       -ENOENT);
	EXPECT(said(ctx, "patch-set 'x': no patch named"));
	EXPECT(klp_failure_clear(ctx, (1ULL << 35) + 9) == 0);
	EXPECT(klp_failure_clear(ctx, 0) == 0);
	klp_ctx_free(ctx);

	ctx = open_scenario("full-user");
	EXPECT(klp_patch_set(ctx, name, KLP_PATCH_ACTION_DISABLE, false) ==
	       -EPERM);
	EXPECT(said(ctx, "CAP_SYS_ADMIN"));
	EXPECT(klp_failure_clear(ctx, 1) == -EPERM);
	EXPECT(said(ctx, "CAP_SYS_ADMIN"));
	klp_ctx_free(ctx);
}

static void expect_no_task(const struct klp_blocker *blocker)
{
	EXPECT(!klp_blocker_has_who(blocker) && !klp_blocker_has_pid(blocker));
	EXPECT_TEXT(klp_blocker_comm(blocker), "");
	EXPECT(klp_blocker_func(blocker) == NULL);
	EXPECT(klp_blocker_cpu(blocker) == -1);
	EXPECT(klp_blocker_attempts(blocker) != 0);
}

/* What is for others' eyes only is absent; the rest is told to everyone. */
static void test_users(void)
{
	struct klp_ctx *ctx = open_scenario("full-user");
	struct klp_blocker_list *blockers;
	struct klp_failure_list *failed;
	const struct klp_actor *actor;
	struct klp_history_list *past;
	struct klp_patch_list *list;

	EXPECT(klp_patch_list_get(ctx, NULL, &list) == 0);
	actor = klp_patch_loaded(klp_patch_list_at(list, 0));
	EXPECT(klp_actor_time(actor) == 5000000000ULL);
	EXPECT(!klp_actor_has_who(actor) && klp_actor_pid(actor) == 0);
	EXPECT_TEXT(klp_actor_comm(actor), "");
	klp_patch_list_free(list);

	EXPECT(klp_blocker_list_get(ctx, KLP_BLOCKER_WANT_STACK, &blockers) ==
	       0);
	EXPECT(klp_blocker_list_count(blockers) == 4);
	EXPECT(klp_blocker_where(klp_blocker_list_at(blockers, 2)) == NULL);
	EXPECT(klp_blocker_frame_count(klp_blocker_list_at(blockers, 2)) == 0);
	expect_no_task(klp_blocker_list_at(blockers, 1));
	klp_blocker_list_free(blockers);

	EXPECT(klp_failure_list_get(ctx, 0, &failed) == 0);
	EXPECT(klp_failure_where(klp_failure_list_at(failed, 1)) == NULL);
	EXPECT(!klp_failure_has_who(klp_failure_list_at(failed, 0)));
	EXPECT(!klp_failure_has_pid(klp_failure_list_at(failed, 0)));
	EXPECT(klp_failure_func(klp_failure_list_at(failed, 0)) == NULL);
	EXPECT_TEXT(klp_failure_comm(klp_failure_list_at(failed, 0)), "");
	klp_failure_list_free(failed);

	EXPECT(klp_history_list_get(ctx, 0, &past) == 0);
	expect_no_task(klp_history_worst(klp_history_list_at(past, 0)));
	klp_history_list_free(past);
	klp_ctx_free(ctx);
}

/* In another PID namespace a task that may be known has no number. */
static void test_elsewhere(void)
{
	struct klp_ctx *ctx = open_scenario("elsewhere");
	const struct klp_blocker *blocker;
	struct klp_blocker_list *blockers;

	EXPECT(klp_blocker_list_get(ctx, 0, &blockers) == 0);
	blocker = klp_blocker_list_at(blockers, 0);
	EXPECT(klp_blocker_has_who(blocker) && !klp_blocker_has_pid(blocker));
	EXPECT_TEXT(klp_blocker_comm(blocker), "cat");
	EXPECT(klp_blocker_pid(blocker) == 0 && klp_blocker_tid(blocker) == 0);
	klp_blocker_list_free(blockers);
	klp_ctx_free(ctx);
}

/* Unknown values are passed on, absent names are empty, never NULL. */
static void test_bare(void)
{
	struct klp_ctx *ctx = open_scenario("bare");
	const struct klp_blocker *blocker;
	struct klp_blocker_list *blockers;
	struct klp_failure_list *failed;
	struct klp_history_list *past;

	EXPECT(klp_blocker_list_get(ctx, 0, &blockers) == 0);
	blocker = klp_blocker_list_at(blockers, 0);
	EXPECT_TEXT(klp_blocker_comm(blocker), "no end");
	EXPECT_TEXT(klp_blocker_patch(blocker), "");
	EXPECT_TEXT(klp_blocker_reason_name(klp_blocker_reason(blocker)),
		    "unknown");
	EXPECT(klp_blocker_stack_reason(blocker) == (enum klp_stack_reason)78);
	klp_blocker_list_free(blockers);

	EXPECT(klp_failure_list_get(ctx, 0, &failed) == 0);
	EXPECT_TEXT(klp_failure_comm(klp_failure_list_at(failed, 0)), "");
	EXPECT_TEXT(klp_failure_patch(klp_failure_list_at(failed, 0)), "");
	klp_failure_list_free(failed);

	EXPECT(klp_history_list_get(ctx, 0, &past) == 0);
	EXPECT_TEXT(klp_result_name(
			    klp_history_result(klp_history_list_at(past, 0))),
		    "unknown");
	klp_history_list_free(past);
	klp_ctx_free(ctx);
}

static void test_old_kernel(void)
{
	struct klp_ctx *ctx = open_scenario("old-requests");
	struct klp_blocker_list *blockers;
	struct klp_failure_list *failed;
	struct klp_verdict_list *verdicts;
	struct klp_history_list *past;

	EXPECT(klp_blocker_list_get(ctx, 0, &blockers) == -EOPNOTSUPP);
	EXPECT(said(ctx, "blocker-get: this kernel does not have"));
	EXPECT(klp_failure_list_get(ctx, 0, &failed) == -EOPNOTSUPP);
	EXPECT(klp_history_list_get(ctx, 0, &past) == -EOPNOTSUPP);
	EXPECT(klp_verdict_list_get(ctx, NULL, "f", 0, &verdicts) ==
	       -EOPNOTSUPP);
	EXPECT(!blockers && !failed && !past && !verdicts);
	EXPECT(klp_patch_set(ctx, "p", KLP_PATCH_ACTION_DISABLE, false) ==
	       -EOPNOTSUPP);
	EXPECT(klp_failure_clear(ctx, 1) == -EOPNOTSUPP);
	klp_ctx_free(ctx);
}

static void test_torn_dumps(void)
{
	struct klp_ctx *ctx = open_scenario("torn-blockers");
	struct klp_blocker_list *blockers;
	struct klp_history_list *past;

	EXPECT(klp_blocker_list_get(ctx, 0, &blockers) == 0);
	EXPECT(klp_blocker_list_count(blockers) == 1);
	EXPECT(klp_blocker_tid(klp_blocker_list_at(blockers, 0)) == 2);
	klp_blocker_list_free(blockers);
	EXPECT(klp_history_list_get(ctx, 0, &past) == -EAGAIN);
	EXPECT(past == NULL && said(ctx, "keeps changing"));
	EXPECT(replay_requests() < 32);
	klp_ctx_free(ctx);
}

static void test_fixes(void)
{
	struct klp_ctx *ctx = open_scenario("fixed");
	struct klp_fix_list *list;
	const struct klp_fix *fix;

	EXPECT(klp_fix_list_get(ctx, NULL, &list) == 0);
	EXPECT(klp_fix_list_count(list) == 6);
	fix = klp_fix_list_at(list, 3);
	EXPECT(strcmp(klp_fix_patch(fix), "tuesday") == 0);
	EXPECT(klp_fix_patch_id(fix) == 2);
	EXPECT(strcmp(klp_fix_name(fix), "CVE-2026-0001") == 0);
	EXPECT(!klp_fix_cut(fix));
	EXPECT(klp_fix_cut(klp_fix_list_at(list, 4)));
	EXPECT(klp_fix_list_at(list, 6) == NULL);
	klp_fix_list_free(list);
	klp_ctx_free(ctx);
}

static void test_unknown_fixes(void)
{
	struct klp_ctx *ctx = open_scenario("old-requests");
	struct klp_fix_list *list;

	EXPECT(klp_fix_list_get(ctx, NULL, &list) == -EOPNOTSUPP);
	EXPECT(list == NULL);
	klp_ctx_free(ctx);

	/* An entry without its text is no entry. */
	ctx = open_scenario("bare");
	EXPECT(klp_fix_list_get(ctx, NULL, &list) == -EBADMSG);
	EXPECT(list == NULL && said(ctx, "malformed"));
	klp_fix_list_free(NULL);
	klp_ctx_free(ctx);
}

static void test_hits(void)
{
	struct klp_ctx *ctx = open_scenario("counting");
	struct klp_func_list *list;
	const struct klp_func *func;
	struct klp_info *info;

	EXPECT(klp_func_list_get(ctx, NULL, &list) == 0);
	func = klp_func_list_at(list, 0);
	EXPECT(klp_func_has(func, KLP_FUNC_FIELD_HITS));
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_HITS) == (1ULL << 33) + 5);
	func = klp_func_list_at(list, 1);
	EXPECT(klp_func_has(func, KLP_FUNC_FIELD_HITS));
	EXPECT(klp_func_value(func, KLP_FUNC_FIELD_HITS) == 0);
	klp_func_list_free(list);
	EXPECT(klp_info_get(ctx, &info) == 0 && klp_info_counting(info));
	EXPECT(klp_info_core_busy(info));
	klp_info_free(info);
	klp_ctx_free(ctx);

	ctx = open_scenario("full");
	EXPECT(klp_func_list_get(ctx, NULL, &list) == 0);
	func = klp_func_list_at(list, 0);
	EXPECT(!klp_func_has(func, KLP_FUNC_FIELD_HITS));
	klp_func_list_free(list);
	EXPECT(klp_info_get(ctx, &info) == 0 && !klp_info_counting(info));
	EXPECT(!klp_info_core_busy(info));
	klp_info_free(info);
	klp_ctx_free(ctx);
}

static void test_count(void)
{
	struct klp_ctx *ctx = open_scenario("full");

	EXPECT(klp_counter_set(ctx, true) == 0);
	EXPECT(klp_counter_set(ctx, false) == 0);
	klp_ctx_free(ctx);

	ctx = open_scenario("full-user");
	EXPECT(klp_counter_set(ctx, true) == -EPERM);
	EXPECT(said(ctx, "CAP_SYS_ADMIN"));
	klp_ctx_free(ctx);

	ctx = open_scenario("old-requests");
	EXPECT(klp_counter_set(ctx, true) == -EOPNOTSUPP);
	klp_ctx_free(ctx);
}

const struct test_case report_cases[] = {
	{ "hits of funcs are told once they were counted", test_hits },
	{ "patches tell what they fix", test_fixes },
	{ "what patches fix may not be known", test_unknown_fixes },
	{ "counting starts and stops", test_count },
	{ "patches tell who changed them", test_actors },
	{ "patches tell whether they are for this build", test_targets },
	{ "a transition tells what it waits for", test_waiting },
	{ "info has all limits and counters", test_counters },
	{ "counters that are not told are absent", test_absent_counters },
	{ "blockers have all their attributes", test_blockers },
	{ "stacks come when they are asked for", test_stacks },
	{ "failures have all their attributes", test_failures },
	{ "past transitions have all their attributes", test_history },
	{ "verdicts have all their attributes", test_verdicts },
	{ "code is read part by part", test_code },
	{ "verdicts have no recipe for users", test_verdicts_of_user },
	{ "changes are sent as they were asked for", test_changes },
	{ "users are told less, and not nothing", test_users },
	{ "numbers of tasks are told where they mean something",
	  test_elsewhere },
	{ "the least that can be told is enough", test_bare },
	{ "a kernel without a request is told from other errors",
	  test_old_kernel },
	{ "dumps of blockers are repeated, too", test_torn_dumps },
	{ NULL, NULL },
};
