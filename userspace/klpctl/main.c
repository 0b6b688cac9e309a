// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - klpctl: finding the command that is meant, and running it
 */
#include <fcntl.h>
#include <getopt.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bound.h"
#include "clock.h"
#include "colour.h"
#include "ko.h"
#include "main.h"
#include "nouns.h"
#include "options.h"
#include "output.h"

/* A transition that has not ended by then is worth a look at what blocks it. */
#define DEFAULT_TIMEOUT_S 60

/* By then klpctl check calls it a warning, and something to act upon. */
#define DEFAULT_WARNING_S 60
#define DEFAULT_CRITICAL_S 600

/* The state of a thousand functions, and a result made of it, fit in this. */
#define HEAP_STEP (4 << 20)

/* malloc() accepts no more on 32 bits. */
#define LARGEST_IN_HEAP (512 << 10)

/* The names in a table that begin with a word, as "'a', 'b' or 'c'". */
static char *list_candidates(const struct command *table, const char *word,
			     size_t count)
{
	const struct command *command;
	char *list = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&list, &size);

	if (!stream)
		out_of_memory();
	for (command = table; command->name; command++) {
		if (strncmp(command->name, word, strlen(word)) != 0)
			continue;
		count--;
		fprintf(stream, "'%s'%s", command->name,
			count > 1  ? ", " :
			count == 1 ? " or " :
				     "");
	}
	if (fclose(stream) != 0 || !list)
		out_of_memory();
	return list;
}

/*
 * Exact names win; otherwise an unambiguous beginning of one will do. NULL
 * otherwise; *count tells how many begin with the word.
 */
static const struct command *look_up(const struct command *table,
				     const char *word, size_t *count)
{
	const struct command *command;
	const struct command *found = NULL;

	*count = 0;
	for (command = table; command->name; command++) {
		if (strcmp(command->name, word) == 0)
			return command;
		if (!*word || strncmp(command->name, word, strlen(word)) != 0)
			continue;
		found = command;
		++*count;
	}
	return *count == 1 ? found : NULL;
}

const struct command *find_command(const struct app *app,
				   const struct command *noun, const char *word)
{
	const struct command *table = noun ? noun->verbs : commands;
	const struct command *command;
	char *candidates;
	size_t count;

	command = look_up(table, word, &count);
	if (command)
		return command;
	if (count == 0) {
		fail(app, ERROR_USAGE,
		     "unknown command '%s': 'klpctl help%s%s' lists them", word,
		     noun ? " " : "", noun ? noun->name : "");
		return NULL;
	}
	candidates = list_candidates(table, word, count);
	fail(app, ERROR_USAGE, "'%s' may mean %s: write more of it", word,
	     candidates);
	free(candidates);
	return NULL;
}

bool is_plugin(const char *word)
{
	const struct command *command;
	size_t count;

	command = word ? look_up(commands, word, &count) : NULL;
	return command && command->run == do_check;
}

/*
 * What changes something, and what was asked to, ends in time. What only reads
 * is answered at once by the kernel, or libklp gives up after ten seconds. What
 * follows events looks at the time itself.
 */
static bool is_bounded(const struct app *app, const struct command *command)
{
	const bool changes = command->options & OPTION_WAIT ||
			     command->run == do_unload ||
			     command->run == do_wait;

	return app->timeout_s && command->run != do_monitor &&
	       !(app->given & OPTION_FOLLOW) &&
	       (changes || app->given & OPTION_TIMEOUT);
}

/*
 * The kernel would refuse a name that is too long without saying which one it is,
 * and nothing has an empty one.
 */
static enum status check_words(const struct app *app,
			       const struct command *command, const char *name,
			       char **words)
{
	const bool patch = strstr(command->arguments, "PATCH");
	const bool func = strstr(command->arguments, "FUNC");
	const size_t longest = patch ? LONGEST_MODULE_NAME :
			       func  ? LONGEST_FUNC_NAME :
				       SIZE_MAX;
	enum status status = STATUS_OK;

	for (; status == STATUS_OK && *words; words++) {
		if (!**words)
			status = fail(app, ERROR_USAGE,
				      "'%s': an argument is empty: give %s",
				      name, command->arguments);
		else if (patch &&
			 (strchr(*words, '/') || has_module_suffix(*words)))
			status =
				fail(app, ERROR_USAGE,
				     "'%s' is a file: give the name of a patch,"
				     " as 'klpctl patch list' shows it",
				     *words);
		else if (strlen(*words) > longest)
			status = fail(app, ERROR_USAGE,
				      "%s '%s' has %zu bytes: the name of a %s"
				      " has %zu at most",
				      patch ? "PATCH" : "FUNC", *words,
				      strlen(*words),
				      patch ? "patch" : "function", longest);
	}
	return status;
}

/* The name is the command's as it is written, with its noun. */
static enum status check_and_run(struct app *app, const struct command *command,
				 const char *name, int count, char **words)
{
	enum status status;
	unsigned int strange = app->given &
			       ~(command->options | OPTION_TIMEOUT);

	if (count < command->min_arguments)
		return fail(app, ERROR_USAGE, "'%s' needs %s", name,
			    command->arguments);
	if (count > command->max_arguments)
		return fail(app, ERROR_USAGE, "'%s': unexpected argument '%s'",
			    name, words[command->max_arguments]);
	if (strange)
		return fail(app, ERROR_USAGE, "'%s' does not take %s", name,
			    option_name(strange));
	status = count > 0 ? check_words(app, command, name, words) : STATUS_OK;
	if (status != STATUS_OK)
		return status;
	if (klp_ctx_new(&app->ctx) < 0)
		out_of_memory();
	if (is_bounded(app, command)) {
		app->deadline_ms = now_ms() + (uint64_t)app->timeout_s * 1000;
		klp_ctx_set_deadline(app->ctx, app->deadline_ms);
		bound_start(app);
	}
	if (count > 0 && strstr(command->arguments, "PATCH"))
		module_name(words[0]);
	return command->run(app, words);
}

/* For --help: about the command that the words begin with, or about all. */
static enum status help(struct app *app, char **words)
{
	char *topic[] = { words[0], NULL, NULL };
	const struct command *command;

	app->given = 0;
	if (words[0]) {
		command = find_command(app, NULL, words[0]);
		if (!command)
			return STATUS_USAGE;
		if (command->verbs)
			topic[1] = words[1];
	}
	return do_help(app, topic);
}

static enum status run(struct app *app, int count, char **words)
{
	const struct command *command;
	const char *noun;
	char name[48];

	if (count == 0)
		return fail(app, ERROR_USAGE,
			    "no command given: 'klpctl help' lists them");
	command = find_command(app, NULL, *words);
	if (!command)
		return STATUS_USAGE;
	count--;
	words++;
	noun = command->verbs ? command->name : "";
	if (command->verbs && count == 0) {
		command = command->verbs;
	} else if (command->verbs) {
		command = find_command(app, command, *words);
		if (!command)
			return STATUS_USAGE;
		count--;
		words++;
	}
	snprintf(name, sizeof(name), "%s%s%s", noun, *noun ? " " : "",
		 command->name);
	return check_and_run(app, command, name, count, words);
}

/*
 * A large state would make the heap grow in many small steps. Its memory is
 * ours only once it is used, and none is given back before the end.
 */
static void prepare_heap(void)
{
	mallopt(M_TOP_PAD, HEAP_STEP);
	mallopt(M_TRIM_THRESHOLD, 2 * HEAP_STEP);
	mallopt(M_MMAP_THRESHOLD, LARGEST_IN_HEAP);
	/* The names in our results are our own: nobody can make them collide. */
	json_global_set_string_hash(JSON_C_STR_HASH_PERLLIKE);
}

/*
 * Whoever starts us may have closed descriptors 0 to 2. The next one that is
 * opened would get such a number, and what is printed would be sent to the
 * kernel. This place-holder needs no file system to be mounted, and all that is
 * written to it fails, as it should when nobody reads.
 */
static void fill_standard_descriptors(void)
{
	struct pollfd standard[] = { { .fd = STDIN_FILENO },
				     { .fd = STDOUT_FILENO },
				     { .fd = STDERR_FILENO } };
	const size_t count = sizeof(standard) / sizeof(standard[0]);
	size_t i;

	/* One system call for all three. */
	if (poll(standard, count, 0) <= 0)
		return;
	for (i = 0; i < count; i++)
		if ((standard[i].revents & POLLNVAL) && open("/", O_PATH) < 0)
			_exit(STATUS_FAILURE);
}

/* A result that did not reach its reader is no success. */
static enum status deliver(enum status status)
{
	const int err = flush_output();

	if (!err)
		return status;
	fprintf(stderr, "klpctl: cannot write to standard output: %s\n",
		strerror(-err));
	return status == STATUS_OK ? STATUS_FAILURE : status;
}

/* With a buffer from here, nothing is asked of the file that stdout is. */
static char json_buffer[BUFSIZ];

int main(int argc, char **argv)
{
	struct app app = { .colour_auto = true,
			   .timeout_s = DEFAULT_TIMEOUT_S,
			   .warning_s = DEFAULT_WARNING_S,
			   .critical_s = DEFAULT_CRITICAL_S };
	const char *instead = NULL;
	enum status status;
	char *none = NULL;

	/* A file that may not grow is one that cannot be written: that is told. */
	signal(SIGXFSZ, SIG_IGN);
	fill_standard_descriptors();
	prepare_heap();
	status = parse_options(&app, argc, argv, &instead);
	if (status != STATUS_OK)
		return deliver(status);
	if (app.json)
		setvbuf(stdout, json_buffer, _IOFBF, sizeof(json_buffer));
	else if (app.colour_auto)
		app.colour = colour_is_welcome();

	if (instead && strcmp(instead, "help") == 0) {
		status = help(&app, argv + optind);
	} else if (instead) {
		app.given = 0;
		status = check_and_run(&app, find_command(&app, NULL, instead),
				       instead, 0, &none);
	} else {
		status = run(&app, argc - optind, argv + optind);
	}
	/* Who watches the time looks at the context. */
	bound_claim();
	klp_ctx_free(app.ctx);
	return deliver(status);
}
