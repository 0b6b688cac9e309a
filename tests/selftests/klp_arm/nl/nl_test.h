/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nl_test.h - what the test programs share: cases, and parsed messages.
 */
#ifndef NL_TEST_H
#define NL_TEST_H

#include "nl_client.h"

#include <sys/types.h>

/* Each returns whether it passed, and has said why if not. */
struct nl_case {
	const char *name;
	bool (*run)(struct nl_client *client);
};

/* Say what is wrong, once per check, and give the verdict. */
#define CHECK(condition, ...) nl_check((condition), __LINE__, __VA_ARGS__)

struct nl_func {
	uint32_t generation, sympos, state, entry_path;
	uint64_t patch_id;
	bool active, nop, has_path, has_address, has_recipe, has_hits;
	uint64_t old_addr, new_addr, hits;
	char patch[64], object[64], name[512], active_patch[64];
};

struct nl_patch {
	uint32_t generation, state, object_count, func_count, listed;
	uint64_t id;
	bool replace, forced, has_force, first_patched, first_loaded;
	char name[64], first_object[64];
};

struct nl_transition {
	uint32_t generation, direction, total, switched, remaining;
	uint64_t patch_id, started, started_real, elapsed_ms;
	bool running, forced, reversed;
	char patch[64];
};

/* A process that asks for the same thing all the time. */
struct nl_reader {
	uint8_t cmd;
	bool dump,
		idle; /* idle: with SCHED_IDLE, and does not tell of answers */
	int answers;
	pid_t child;
};

bool nl_check(bool good, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool nl_skip(const char *reason);
bool nl_in_time(uint64_t start, uint64_t limit, const char *what);
bool nl_in_child(bool (*body)(void));
int nl_run(const struct nl_case *cases, unsigned int count,
	   struct nl_client *client);

void nl_take_func(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		  void *arg);
void nl_take_patch(const struct nlmsghdr *nlh, const struct nlattr **attrs,
		   void *arg);

int nl_get_patch(struct nl_client *client, const char *name,
		 struct nl_patch *patch);
int nl_get_func(struct nl_client *client, const char *patch, const char *object,
		const char *name, struct nl_func *func);
int nl_get_transition(struct nl_client *client, const char *patch,
		      struct nl_transition *transition);

/* Is anything there that belongs to a task? @attrs are those of a blocker. */
bool nl_has_task(const struct nlattr **attrs);

pid_t nl_start_sleeper(const char *waiting);
bool nl_end_sleeper(pid_t child);

bool nl_start_reader(struct nl_reader *reader);
bool nl_reader_answered(const struct nl_reader *reader, int limit);
void nl_stop_reader(struct nl_reader *reader);

extern const struct nl_case nl_refuse_cases[], nl_read_cases[];
extern const struct nl_case nl_dump_cases[], nl_transition_cases[];
extern const struct nl_case nl_blocker_cases[], nl_verdict_cases[];
extern const struct nl_case nl_event_cases[], nl_set_cases[];
extern const struct nl_case nl_init_text_cases[], nl_privacy_cases[];
extern const struct nl_case nl_busy_cases[], nl_reader_cases[];
extern const struct nl_case nl_fix_cases[], nl_code_cases[];
extern const unsigned int nl_refuse_count, nl_read_count;
extern const unsigned int nl_dump_count, nl_transition_count;
extern const unsigned int nl_blocker_count, nl_verdict_count;
extern const unsigned int nl_event_count, nl_set_count;
extern const unsigned int nl_init_text_count, nl_privacy_count;
extern const unsigned int nl_busy_count, nl_reader_count;
extern const unsigned int nl_fix_count, nl_code_count;

#endif /* NL_TEST_H */
