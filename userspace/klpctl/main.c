// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - klpctl: options, and finding the command that is meant
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "main.h"
#include "output.h"

/* A transition that has not ended by then is worth a look at what blocks it. */
#define DEFAULT_TIMEOUT_S 60
#define LONGEST_TIMEOUT_S (7 * 24 * 3600)

static const struct command patch_verbs[] = {
	{ .name = "list", .help = "list the patches", .run = do_patch_list },
	{ 0 },
};

static const struct command func_verbs[] = {
	{ .name = "list",
	  .arguments = "[PATCH]",
	  .help = "list the functions that patches replace",
	  .max_arguments = 1,
	  .run = do_func_list },
	{ 0 },
};

const struct command commands[] = {
	{ .name = "status",
	  .help = "show kernel, transition, patches and functions",
	  .run = do_status },
	{ .name = "patch", .verbs = patch_verbs },
	{ .name = "func", .verbs = func_verbs },
	{ .name = "load",
	  .arguments = "FILE.ko",
	  .help = "load a livepatch module, which enables its patch",
	  .min_arguments = 1,
	  .max_arguments = 1,
	  .options = OPTION_WAIT | OPTION_TIMEOUT,
	  .run = do_load },
	{ .name = "disable",
	  .arguments = "PATCH",
	  .help = "bring back what ran before the patch",
	  .min_arguments = 1,
	  .max_arguments = 1,
	  .options = OPTION_WAIT | OPTION_TIMEOUT,
	  .run = do_disable },
	{ .name = "unload",
	  .arguments = "PATCH",
	  .help = "remove the module of a disabled patch",
	  .min_arguments = 1,
	  .max_arguments = 1,
	  .run = do_unload },
	{ .name = "version",
	  .help = "show the versions of klpctl, libklp and the kernel",
	  .run = do_version },
	{ .name = "help",
	  .help = "show all commands and options",
	  .run = do_help },
	{ 0 },
};

enum long_only {
	LONG_WAIT = 256,
	LONG_TIMEOUT,
};

static const char short_options[] = ":jphV";
static const struct option long_options[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "pretty", no_argument, NULL, 'p' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ "wait", no_argument, NULL, LONG_WAIT },
	{ "timeout", required_argument, NULL, LONG_TIMEOUT },
	{ 0 },
};

/*
 * Exact names win; otherwise an unambiguous beginning of one will do. On
 * failure the usage error has been printed.
 */
static const struct command *find(const struct app *app,
				  const struct command *table, const char *word)
{
	const struct command *command;
	const struct command *found = NULL;

	for (command = table; command->name; command++) {
		if (strcmp(command->name, word) == 0)
			return command;
	}
	for (command = table; command->name; command++) {
		if (!*word || strncmp(command->name, word, strlen(word)) != 0)
			continue;
		if (found) {
			fail(app, ERROR_USAGE,
			     "'%s' may mean '%s' or '%s': write more of it",
			     word, found->name, command->name);
			return NULL;
		}
		found = command;
	}
	if (!found)
		fail(app, ERROR_USAGE,
		     "unknown command '%s': 'klpctl help' lists them", word);
	return found;
}

static enum status run(struct app *app, int count, char **words)
{
	const struct command *command;

	if (count == 0)
		return fail(app, ERROR_USAGE,
			    "no command given: 'klpctl help' lists them");
	command = find(app, commands, *words);
	if (!command)
		return STATUS_USAGE;
	count--;
	words++;
	if (command->verbs && count == 0) {
		command = command->verbs;
	} else if (command->verbs) {
		command = find(app, command->verbs, *words);
		if (!command)
			return STATUS_USAGE;
		count--;
		words++;
	}
	if (count < command->min_arguments)
		return fail(app, ERROR_USAGE, "'%s' needs %s", command->name,
			    command->arguments);
	if (count > command->max_arguments)
		return fail(app, ERROR_USAGE, "'%s': unexpected argument '%s'",
			    command->name, words[command->max_arguments]);
	if (app->given & ~command->options)
		return fail(app, ERROR_USAGE,
			    "'%s' takes neither --wait nor --timeout",
			    command->name);
	if ((app->given & OPTION_TIMEOUT) && !(app->given & OPTION_WAIT))
		return fail(app, ERROR_USAGE, "--timeout needs --wait");
	return command->run(app, words);
}

static bool parse_timeout(const char *text, unsigned int *seconds)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno ||
	    value > LONGEST_TIMEOUT_S)
		return false;
	*seconds = (unsigned int)value;
	return true;
}

/* What is wrong with an option, newly allocated; NULL if nothing is. */
static char *take_option(struct app *app, int option, const char *word,
			 const char **instead)
{
	char letter[3] = "";
	char *wrong = NULL;
	int len = 0;

	switch (option) {
	case 'p':
		app->pretty = true;
		app->json = true;
		break;
	case 'j':
		app->json = true;
		break;
	case 'h':
		*instead = "help";
		break;
	case 'V':
		*instead = "version";
		break;
	case LONG_WAIT:
		app->given |= OPTION_WAIT;
		break;
	case LONG_TIMEOUT:
		app->given |= OPTION_TIMEOUT;
		if (!parse_timeout(optarg, &app->timeout_s))
			len = asprintf(&wrong,
				       "--timeout '%s': give whole seconds up"
				       " to %d, 0 for no limit",
				       optarg, LONGEST_TIMEOUT_S);
		break;
	case ':':
		len = asprintf(&wrong, "'%s' needs a value", word);
		break;
	default:
		/* The word of a cluster of letters has not been passed yet. */
		if (optopt > 0 && optopt <= UCHAR_MAX && !strchr(word, '='))
			snprintf(letter, sizeof(letter), "-%c", optopt);
		len = asprintf(&wrong,
			       "unknown option '%s': 'klpctl help' lists them",
			       letter[0] ? letter : word);
	}
	if (len < 0)
		out_of_memory();
	return wrong;
}

/*
 * Goes on after a mistake: a -j or -p behind it decides how the complaint
 * looks. instead becomes the command that an option stands for.
 */
static enum status parse_options(struct app *app, int argc, char **argv,
				 const char **instead)
{
	enum status status = STATUS_OK;
	char *first = NULL;
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, short_options, long_options,
				     NULL)) != -1) {
		char *wrong =
			take_option(app, option, argv[optind - 1], instead);

		if (first)
			free(wrong);
		else
			first = wrong;
	}
	if (first)
		status = fail(app, ERROR_USAGE, "%s", first);
	free(first);
	return status;
}

int main(int argc, char **argv)
{
	struct app app = { .timeout_s = DEFAULT_TIMEOUT_S };
	const char *instead = NULL;
	enum status status;

	app.colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
	status = parse_options(&app, argc, argv, &instead);
	if (status != STATUS_OK)
		return status;
	if (klp_ctx_new(&app.ctx) < 0)
		return fail(&app, ERROR_FAILURE, "%s", strerror(ENOMEM));

	if (instead) {
		app.given = 0;
		status = find(&app, commands, instead)->run(&app, NULL);
	} else {
		status = run(&app, argc - optind, argv + optind);
	}
	klp_ctx_free(app.ctx);

	/* A result that did not reach its reader is no success. */
	if ((fflush(stdout) != 0 || ferror(stdout)) && status == STATUS_OK)
		status = STATUS_FAILURE;
	return status;
}
