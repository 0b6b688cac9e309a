/* SPDX-License-Identifier: GPL-2.0 */
/*
 * main.h - the command table's types, and what a run of klpctl carries along
 */
#ifndef KLPCTL_MAIN_H
#define KLPCTL_MAIN_H

#include <stdbool.h>

#include <klp/klp.h>

/* Exit status; the numbers are an interface, see klpctl(8). */
enum status {
	STATUS_OK = 0,
	STATUS_FAILURE = 1,
	STATUS_USAGE = 2,
	STATUS_RUNNING = 3, /* the transition goes on */
	STATUS_BLOCKED = 4, /* the transition did not end in time */
	STATUS_NOT_PERMITTED = 5,
	STATUS_NOT_FOUND = 6,
	STATUS_NOT_SUPPORTED = 7, /* not by this kernel */
};

/* Options that only some commands take; a command has a mask of them. */
enum option_bit {
	OPTION_WAIT = 1 << 0,
	OPTION_TIMEOUT = 1 << 1,
	OPTION_VMLINUX = 1 << 2,
	OPTION_MODULE = 1 << 3,
	OPTION_TARGET = 1 << 4,
	OPTION_OBJECT = 1 << 5,
	OPTION_PATCH = 1 << 6,
	OPTION_STACK = 1 << 7,
	OPTION_CLEAR = 1 << 8,
	OPTION_FOLLOW = 1 << 9,
	OPTION_CONFIRM = 1 << 10,
	OPTION_FOR = 1 << 11,
	OPTION_OUTPUT = 1 << 12,
	OPTION_WARNING = 1 << 13,
	OPTION_CRITICAL = 1 << 14,
	OPTION_DESIRED = 1 << 15,
	OPTION_ON_TIMEOUT = 1 << 16,
	OPTION_ALL = 1 << 17,
	OPTION_REPLACED = 1 << 18,
	OPTION_REPLACE_UNLOAD = 1 << 19,
};

/* Objects that one patch may be checked against. */
#define MOST_TARGETS 64

struct app {
	struct klp_ctx *ctx;
	bool json;
	bool pretty;
	bool wide; /* tables of any width */
	bool colour; /* on stdout */
	bool colour_auto; /* stdout decides whether */
	unsigned int given; /* enum option_bit */
	unsigned int timeout_s; /* 0: no limit */
	uint64_t deadline_ms; /* of the whole command; 0: none */
	const char *vmlinux;
	const char *module;
	const char *object;
	const char *patch;
	const char *goal;
	const char *on_timeout; /* NULL: leave */
	const char *output;
	const char *desired;
	unsigned int warning_s;
	unsigned int critical_s;
	bool plugin; /* errors too are told as monitoring plugins tell them */
	const char *targets[MOST_TARGETS];
	size_t target_count;
};

/* A row of a command table: runs, or has verbs of its own. */
struct command {
	const char *name;
	const char *arguments;
	const char *help;
	int min_arguments;
	int max_arguments;
	unsigned int options; /* enum option_bit */
	enum status (*run)(struct app *app, char **arguments);
	const struct command *verbs; /* the first one is the default */
};

/* One function per command, each in the file of its noun. */
enum status do_status(struct app *app, char **arguments);
enum status do_patch_list(struct app *app, char **arguments);
enum status do_patch_show(struct app *app, char **arguments);
enum status do_patch_disable(struct app *app, char **arguments);
enum status do_patch_reverse(struct app *app, char **arguments);
enum status do_patch_force(struct app *app, char **arguments);
enum status do_func_list(struct app *app, char **arguments);
enum status do_func_show(struct app *app, char **arguments);
enum status do_func_count(struct app *app, char **arguments);
enum status do_counters(struct app *app, char **arguments);
enum status do_transition_show(struct app *app, char **arguments);
enum status do_blocking(struct app *app, char **arguments);
enum status do_failures(struct app *app, char **arguments);
enum status do_history(struct app *app, char **arguments);
enum status do_info(struct app *app, char **arguments);
enum status do_load(struct app *app, char **arguments);
enum status do_disable(struct app *app, char **arguments);
enum status do_unload(struct app *app, char **arguments);
enum status do_wait(struct app *app, char **arguments);
enum status do_monitor(struct app *app, char **arguments);
enum status do_check(struct app *app, char **arguments);
enum status do_metrics(struct app *app, char **arguments);
enum status do_verify(struct app *app, char **arguments);
enum status do_version(struct app *app, char **arguments);
enum status do_help(struct app *app, char **arguments);

/* The table of commands.c; ends with a NULL name. */
extern const struct command commands[];

/*
 * The verb of a noun, or without one the command, that a word means; NULL once a
 * usage error has been printed.
 */
const struct command *find_command(const struct app *app,
				   const struct command *noun,
				   const char *word);

/* Does the word, which may be NULL, mean klpctl check? */
bool is_plugin(const char *word);

#endif /* KLPCTL_MAIN_H */
