// SPDX-License-Identifier: GPL-2.0
/*
 * nl_test.c - run the netlink tests and print KTAP.
 *
 * Run as root from the directory with the test modules, with no patch loaded.
 */

#include "nl_system.h"
#include "nl_test.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned int number;
static const char *skipped;

bool nl_check(bool good, int line, const char *format, ...)
{
	va_list args;

	if (good)
		return true;

	printf("# line %d: ", line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");

	return false;
}

/* What the case is about is not there: it passes, and its line says why. */
bool nl_skip(const char *reason)
{
	skipped = reason;

	return true;
}

/* Whether @what, which began at @start, took less than @limit milliseconds. */
bool nl_in_time(uint64_t start, uint64_t limit, const char *what)
{
	uint64_t took = sys_now_ms() - start;

	return CHECK(took < limit, "%s took %llu ms", what,
		     (unsigned long long)took);
}

/* Run @body in a child, and return whether it returned true there. */
bool nl_in_child(bool (*body)(void))
{
	pid_t child;
	int status;

	fflush(stdout);
	child = fork();
	if (!child) {
		bool good = body();

		fflush(stdout);
		_exit(good ? 0 : 1);
	}

	return CHECK(child > 0 && waitpid(child, &status, 0) == child &&
			     WIFEXITED(status) && !WEXITSTATUS(status),
		     "the child failed");
}

int nl_run(const struct nl_case *cases, unsigned int count,
	   struct nl_client *client)
{
	unsigned int failed = 0;

	for (unsigned int i = 0; i < count; i++) {
		bool good;

		skipped = NULL;
		good = cases[i].run(client);
		printf("%s %u - %s%s%s\n", good ? "ok" : "not ok", ++number,
		       cases[i].name, skipped ? " # SKIP " : "",
		       skipped ? skipped : "");
		fflush(stdout);
		failed += !good;
	}

	return (int)failed;
}

static void copy_string(char *to, size_t size, const struct nlattr *attr)
{
	snprintf(to, size, "%s", attr ? mnl_attr_get_str(attr) : "");
}

static uint32_t take_u32(const struct nlattr *attr)
{
	return attr ? mnl_attr_get_u32(attr) : UINT32_MAX;
}

static uint64_t take_uint(const struct nlattr *attr)
{
	return attr ? nl_uint(attr) : UINT64_MAX;
}

void nl_take_func(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		  void *arg)
{
	struct nl_func *func = arg;

	(void)nlh;
	memset(func, 0, sizeof(*func));
	func->generation = take_u32(attrs[KLP_ARM_A_FUNC_GENERATION]);
	copy_string(func->patch, sizeof(func->patch),
		    attrs[KLP_ARM_A_FUNC_PATCH]);
	func->patch_id = take_uint(attrs[KLP_ARM_A_FUNC_PATCH_ID]);
	copy_string(func->object, sizeof(func->object),
		    attrs[KLP_ARM_A_FUNC_OBJECT]);
	copy_string(func->name, sizeof(func->name), attrs[KLP_ARM_A_FUNC_NAME]);
	func->sympos = take_u32(attrs[KLP_ARM_A_FUNC_SYMPOS]);
	func->state = take_u32(attrs[KLP_ARM_A_FUNC_STATE]);
	func->active = attrs[KLP_ARM_A_FUNC_ACTIVE];
	func->nop = attrs[KLP_ARM_A_FUNC_NOP];
	copy_string(func->active_patch, sizeof(func->active_patch),
		    attrs[KLP_ARM_A_FUNC_ACTIVE_PATCH]);
	func->has_path = attrs[KLP_ARM_A_FUNC_ENTRY_PATH];
	func->entry_path = take_u32(attrs[KLP_ARM_A_FUNC_ENTRY_PATH]);
	func->has_address = attrs[KLP_ARM_A_FUNC_OLD_ADDR] ||
			    attrs[KLP_ARM_A_FUNC_OLD_SIZE] ||
			    attrs[KLP_ARM_A_FUNC_NEW_ADDR] ||
			    attrs[KLP_ARM_A_FUNC_NEW_SIZE];
	func->old_addr = take_uint(attrs[KLP_ARM_A_FUNC_OLD_ADDR]);
	func->new_addr = take_uint(attrs[KLP_ARM_A_FUNC_NEW_ADDR]);
	func->has_recipe = attrs[KLP_ARM_A_FUNC_SP_DELTA] ||
			   attrs[KLP_ARM_A_FUNC_RESTORED];
	func->has_hits = attrs[KLP_ARM_A_FUNC_HITS];
	func->hits = take_uint(attrs[KLP_ARM_A_FUNC_HITS]);
}

static void take_objects(const struct nlmsghdr *nlh, struct nl_patch *patch)
{
	const struct nlattr *attrs[NL_MAX_ATTR];
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		if (mnl_attr_get_type(attr) != KLP_ARM_A_PATCH_OBJECTS ||
		    !nl_nested(attr, attrs))
			continue;
		if (patch->listed++)
			continue;
		copy_string(patch->first_object, sizeof(patch->first_object),
			    attrs[KLP_ARM_A_OBJECT_NAME]);
		patch->first_patched = attrs[KLP_ARM_A_OBJECT_PATCHED];
		patch->first_loaded = attrs[KLP_ARM_A_OBJECT_LOADED];
	}
}

void nl_take_patch(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		   void *arg)
{
	struct nl_patch *patch = arg;

	memset(patch, 0, sizeof(*patch));
	patch->generation = take_u32(attrs[KLP_ARM_A_PATCH_GENERATION]);
	patch->id = take_uint(attrs[KLP_ARM_A_PATCH_ID]);
	copy_string(patch->name, sizeof(patch->name),
		    attrs[KLP_ARM_A_PATCH_NAME]);
	patch->state = take_u32(attrs[KLP_ARM_A_PATCH_STATE]);
	patch->replace = attrs[KLP_ARM_A_PATCH_REPLACE];
	patch->forced = attrs[KLP_ARM_A_PATCH_FORCED];
	patch->has_force = attrs[KLP_ARM_A_PATCH_FORCE];
	patch->object_count = take_u32(attrs[KLP_ARM_A_PATCH_OBJECT_COUNT]);
	patch->func_count = take_u32(attrs[KLP_ARM_A_PATCH_FUNC_COUNT]);
	take_objects(nlh, patch);
}

static void take_transition(const struct nlmsghdr *nlh,
			    const struct nlattr **attrs, void *arg)
{
	struct nl_transition *to = arg;
	const struct nlattr *tasks[NL_MAX_ATTR];

	(void)nlh;
	memset(to, 0, sizeof(*to));
	to->generation = take_u32(attrs[KLP_ARM_A_TRANSITION_GENERATION]);
	to->running = attrs[KLP_ARM_A_TRANSITION_PATCH];
	copy_string(to->patch, sizeof(to->patch),
		    attrs[KLP_ARM_A_TRANSITION_PATCH]);
	to->patch_id = take_uint(attrs[KLP_ARM_A_TRANSITION_PATCH_ID]);
	to->direction = take_u32(attrs[KLP_ARM_A_TRANSITION_DIRECTION]);
	to->started = take_uint(attrs[KLP_ARM_A_TRANSITION_STARTED]);
	to->started_real = take_uint(attrs[KLP_ARM_A_TRANSITION_STARTED_REAL]);
	to->elapsed_ms = take_uint(attrs[KLP_ARM_A_TRANSITION_ELAPSED_MS]);
	to->forced = attrs[KLP_ARM_A_TRANSITION_FORCED];
	to->reversed = attrs[KLP_ARM_A_TRANSITION_REVERSED];
	if (attrs[KLP_ARM_A_TRANSITION_TASKS] &&
	    nl_nested(attrs[KLP_ARM_A_TRANSITION_TASKS], tasks)) {
		to->total = take_u32(tasks[KLP_ARM_A_TASKS_TOTAL]);
		to->switched = take_u32(tasks[KLP_ARM_A_TASKS_SWITCHED]);
		to->remaining = take_u32(tasks[KLP_ARM_A_TASKS_REMAINING]);
	}
}

/* The next three return 0, the kernel's refusal, or an error of the socket. */
int nl_get_patch(struct nl_client *client, const char *name,
		 struct nl_patch *patch)
{
	struct nl_request req;
	struct nl_result result;
	int err;

	memset(patch, 0, sizeof(*patch));
	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, name);
	err = nl_talk(client, &req, &result, nl_take_patch, patch);

	return err ? err : result.error;
}

int nl_get_func(struct nl_client *client, const char *patch, const char *object,
		const char *name, struct nl_func *func)
{
	struct nl_request req;
	struct nl_result result;
	int err;

	memset(func, 0, sizeof(*func));
	nl_begin(client, &req, KLP_ARM_CMD_FUNC_GET, false);
	if (patch)
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_FUNC_PATCH, patch);
	if (object)
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_FUNC_OBJECT, object);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_FUNC_NAME, name);
	err = nl_talk(client, &req, &result, nl_take_func, func);

	return err ? err : result.error;
}

int nl_get_transition(struct nl_client *client, const char *patch,
		      struct nl_transition *transition)
{
	struct nl_request req;
	struct nl_result result;
	int err;

	memset(transition, 0, sizeof(*transition));
	nl_begin(client, &req, KLP_ARM_CMD_TRANSITION_GET, false);
	if (patch)
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_TRANSITION_PATCH, patch);
	err = nl_talk(client, &req, &result, take_transition, transition);

	return err ? err : result.error;
}

static const struct nl_suite {
	const struct nl_case *cases;
	const unsigned int *count;
} suites[] = {
	{ nl_refuse_cases, &nl_refuse_count },
	{ nl_read_cases, &nl_read_count },
	{ nl_dump_cases, &nl_dump_count },
	{ nl_fix_cases, &nl_fix_count },
	{ nl_transition_cases, &nl_transition_count },
	{ nl_verdict_cases, &nl_verdict_count },
	{ nl_init_text_cases, &nl_init_text_count },
	{ nl_code_cases, &nl_code_count },
	{ nl_blocker_cases, &nl_blocker_count },
	{ nl_privacy_cases, &nl_privacy_count },
	{ nl_event_cases, &nl_event_count },
	{ nl_set_cases, &nl_set_count },
	{ nl_busy_cases, &nl_busy_count },
	{ nl_reader_cases, &nl_reader_count },
};

#define SUITES (sizeof(suites) / sizeof(suites[0]))

int main(void)
{
	struct nl_client client;
	unsigned int planned = 0;
	int err, failed = 0;

	for (size_t i = 0; i < SUITES; i++)
		planned += *suites[i].count;
	printf("KTAP version 1\n1..%u\n", planned);
	fflush(stdout);
	err = nl_open(&client, NL_LARGE);
	if (err) {
		printf("Bail out! cannot open the family klp_arm: %s\n",
		       strerror(-err));
		return 1;
	}

	for (size_t i = 0; i < SUITES; i++)
		failed += nl_run(suites[i].cases, *suites[i].count, &client);
	nl_close(&client);

	return failed ? 1 : 0;
}
