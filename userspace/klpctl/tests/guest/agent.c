// SPDX-License-Identifier: GPL-2.0
/*
 * agent.c - all that libklp can be asked, by a process without any privilege
 *
 *   agent OBJECT FUNC
 *
 * becomes nobody, starts no program, and prints a line of what it has read of
 * each kind. It fails if any answer but the verdict of a function is refused, or
 * tells what only root may know.
 */
#include <errno.h>
#include <grp.h>
#include <inttypes.h>
#include <klp/klp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NOBODY 65534

static struct klp_ctx *ctx;
static int failed;

/* A kind of answer: how many there are of it. */
static void report(const char *what, int err, size_t count)
{
	if (err)
		printf("%s: %s\n", what, klp_last_error(ctx));
	else
		printf("%s: %zu\n", what, count);
	failed |= err != 0;
}

/* What an ordinary user may not see. */
static void expect_hidden(const char *what, bool visible)
{
	if (visible)
		printf("%s: visible\n", what);
	failed |= visible;
}

static void read_patches(void)
{
	struct klp_patch_list *list = NULL;
	int err = klp_patch_list_get(ctx, NULL, &list);
	size_t count = err ? 0 : klp_patch_list_count(list);

	report("patches", err, count);
	for (size_t i = 0; i < count; i++) {
		const struct klp_patch *patch = klp_patch_list_at(list, i);
		const struct klp_actor *actor = klp_patch_loaded(patch);

		printf("patch: %s %s\n", klp_patch_name(patch),
		       klp_patch_state_name(klp_patch_state(patch)));
		expect_hidden("who loaded it",
			      actor && klp_actor_has_who(actor));
	}
	klp_patch_list_free(list);
}

static void read_funcs(void)
{
	struct klp_func_list *list = NULL;
	int err = klp_func_list_get(ctx, NULL, &list);
	size_t count = err ? 0 : klp_func_list_count(list);

	report("funcs", err, count);
	for (size_t i = 0; i < count; i++)
		expect_hidden("address of a function",
			      klp_func_has(klp_func_list_at(list, i),
					   KLP_FUNC_FIELD_OLD_ADDR));
	klp_func_list_free(list);
}

static void read_transition(void)
{
	struct klp_transition *transition = NULL;
	int err = klp_transition_get(ctx, &transition);

	report("transition", err, transition != NULL);
	if (transition)
		printf("remaining: %" PRIu32 "\n",
		       klp_transition_tasks_remaining(transition));
	klp_transition_free(transition);
}

static void read_blockers(void)
{
	struct klp_blocker_list *list = NULL;
	int err = klp_blocker_list_get(ctx, KLP_BLOCKER_WANT_STACK, &list);
	size_t count = err ? 0 : klp_blocker_list_count(list);

	report("blockers", err, count);
	for (size_t i = 0; i < count; i++) {
		const struct klp_blocker *blocker =
			klp_blocker_list_at(list, i);

		expect_hidden("stack of a task",
			      klp_blocker_frame_count(blocker) > 0);
		expect_hidden("a task", klp_blocker_has_who(blocker));
	}
	klp_blocker_list_free(list);
}

static void read_memories(void)
{
	struct klp_failure_list *failures = NULL;
	struct klp_history_list *history = NULL;
	int err = klp_failure_list_get(ctx, 0, &failures);

	report("failures", err, err ? 0 : klp_failure_list_count(failures));
	klp_failure_list_free(failures);
	err = klp_history_list_get(ctx, 0, &history);
	report("history", err, err ? 0 : klp_history_list_count(history));
	klp_history_list_free(history);
}

static void read_rest(const char *object, const char *func)
{
	struct klp_verdict_list *verdicts = NULL;
	struct klp_snapshot *snapshot = NULL;
	struct klp_info *info = NULL;
	int err = klp_info_get(ctx, &info);

	report("info", err, 1);
	klp_info_free(info);
	err = klp_snapshot_get(ctx, &snapshot);
	report("snapshot", err, 1);
	klp_snapshot_free(snapshot);
	err = klp_verdict_list_get(ctx, object, func, 0, &verdicts);
	printf("verdicts: %s\n", err == -EPERM ? "refused" : "not refused");
	failed |= err != -EPERM;
	klp_verdict_list_free(verdicts);
}

/* Anybody may listen, but not change anything. */
static void listen_and_disable(void)
{
	struct klp_events *events = NULL;
	struct pollfd fd = { .events = POLLIN };
	int err = klp_events_open(ctx, &events);

	report("events", err, 1);
	if (!err) {
		fd.fd = klp_events_fd(events);
		failed |= poll(&fd, 1, 0) < 0;
	}
	klp_events_close(events);
	err = klp_failure_clear(ctx, 0);
	expect_hidden("a way to clear failures", err != -EPERM);
}

static bool become_nobody(void)
{
	return !setgroups(0, NULL) && !setgid(NOBODY) && !setuid(NOBODY) &&
	       setuid(0) && errno == EPERM;
}

int main(int argc, char **argv)
{
	if (argc != 3 || !become_nobody() || klp_ctx_new(&ctx)) {
		fputs("agent: cannot begin\n", stderr);
		return 2;
	}
	read_patches();
	read_funcs();
	read_transition();
	read_blockers();
	read_memories();
	read_rest(argv[1], argv[2]);
	listen_and_disable();
	klp_ctx_free(ctx);
	return failed;
}
