// SPDX-License-Identifier: GPL-2.0
/*
 * help.c - klpctl help, and --help of every command
 */
#include <stdio.h>
#include <string.h>

#include "output.h"

#define ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))

/* All commands take those without a bit. */
static const struct {
	unsigned int option;
	const char *words;
	const char *help;
} options[] = {
	{ OPTION_WAIT, "--wait", "return when the transition has ended" },
	{ OPTION_ON_TIMEOUT, "--on-timeout WHAT",
	  "with --wait: then reverse the transition, or leave it" },
	{ OPTION_REPLACE_UNLOAD, "--replace-unload",
	  "with --wait: then unload --replaced" },
	{ OPTION_REPLACED, "--replaced", "all that another patch replaced" },
	{ OPTION_ALL, "--all", "also modules whose patches are not in use" },
	{ OPTION_CONFIRM, "--confirm",
	  "force it, though old and new code may meet" },
	{ OPTION_FOR, "--for STATE", "until the patch is enabled or disabled" },
	{ OPTION_FOLLOW, "--follow", "show new ones as they happen" },
	{ OPTION_CLEAR, "--clear", "forget them once shown" },
	{ OPTION_STACK, "--stack", "with the stacks of the tasks" },
	{ OPTION_WARNING, "-w, --warning S",
	  "a transition that runs for S seconds is a warning (60)" },
	{ OPTION_CRITICAL, "-c, --critical S",
	  "one that runs for S seconds is critical (600)" },
	{ OPTION_OUTPUT, "--output FILE", "replace this file" },
	{ OPTION_DESIRED, "--desired FILE",
	  "what ought to run: NAME [VERSION] in a line" },
	{ OPTION_VMLINUX, "--vmlinux FILE",
	  "look into files, not the running kernel" },
	{ OPTION_MODULE, "--module FILE", "the functions of this patch" },
	{ OPTION_TARGET, "--target FILE", "a module that is patched" },
	{ OPTION_OBJECT, "--object NAME", "the module that has the function" },
	{ OPTION_PATCH, "--patch NAME", "of this patch only" },
	{ 0, "-j, --json", "JSON on stdout, errors included" },
	{ 0, "-p, --pretty", "JSON, indented" },
	{ 0, "--color WHEN", "auto, always or never (auto: on a terminal)" },
	{ 0, "--wide", "tables as wide as they are" },
	{ 0, "--timeout S",
	  "end after S seconds (60 to change something; 0: no limit)" },
	{ 0, "-h, --help", "help, on the command if one is given" },
	{ 0, "-V, --version", "klpctl version" },
};

/* Where an exit status has a meaning of its own. */
static const struct {
	const char *command;
	const char *text;
} statuses[] = {
	{ "check", "0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN" },
	{ "verify",
	  "0 all can be replaced, 1 some cannot, 6 some are not there" },
	{ "load", "0 enabled, 3 not yet (without --wait), 4 not in time" },
	{ "disable", "0 disabled, 3 not yet (without --wait), 4 not in time" },
	{ "unload", "0 gone, 1 in use, 3 its transition is still running" },
	{ "wait", "0 the wait is over, 4 not in time" },
};

static void print_options(const struct app *app, unsigned int mask,
			  struct json_object *row)
{
	struct json_object *list = json_new_array();
	size_t i;

	print_text(app, "options:");
	for (i = 0; i < ELEMENTS(options); i++) {
		struct json_object *option;

		if (options[i].option && !(options[i].option & mask))
			continue;
		print_text(app, "  %-17s %s", options[i].words,
			   options[i].help);
		option = json_new_object();
		json_add(option, "option", json_bytes(options[i].words));
		json_add(option, "help", json_bytes(options[i].help));
		json_append(list, option);
	}
	if (row)
		json_add(row, "options", list);
	else
		json_object_put(list);
}

static struct json_object *help_row(const struct app *app,
				    struct json_object *rows, const char *noun,
				    const struct command *command)
{
	struct json_object *row;
	char words[96];

	snprintf(words, sizeof(words), "%s%s%s%s%s", noun, *noun ? " " : "",
		 command->name, command->arguments ? " " : "",
		 command->arguments ? command->arguments : "");
	print_text(app, "  klpctl %-22s %s", words, command->help);
	row = json_new_object();
	json_add(row, "command", json_bytes(words));
	json_add(row, "help", json_bytes(command->help));
	json_append(rows, row);
	return row;
}

static void help_one(const struct app *app, struct json_object *rows,
		     const char *noun, const struct command *command)
{
	const char *text = NULL;
	size_t i;

	print_options(app, command->options,
		      help_row(app, rows, noun, command));
	for (i = 0; !*noun && i < ELEMENTS(statuses); i++) {
		if (strcmp(statuses[i].command, command->name) == 0)
			text = statuses[i].text;
	}
	if (text)
		print_text(app, "exit status: %s", text);
}

/* Its verbs, and what any of them takes. */
static void help_noun(const struct app *app, struct json_object *rows,
		      const struct command *noun)
{
	const struct command *verb;
	unsigned int mask = 0;

	for (verb = noun->verbs; verb->name; verb++) {
		help_row(app, rows, noun->name, verb);
		mask |= verb->options;
	}
	print_options(app, mask, NULL);
}

static void help_all(const struct app *app, struct json_object *rows)
{
	const struct command *command;
	const struct command *verb;

	for (command = commands; command->name; command++) {
		if (!command->verbs)
			help_row(app, rows, "", command);
		for (verb = command->verbs; verb && verb->name; verb++)
			help_row(app, rows, command->name, verb);
	}
	print_options(app, ~0U, NULL);
	print_text(app,
		   "'klpctl COMMAND --help' shows the options of a command.");
	print_text(app, "A noun alone, such as 'klpctl patch', is the first of"
			" its commands.");
	print_text(app, "exit status: 0 ok, 1 failure, 2 usage, 3 transition"
			" still running, 4 timed out,");
	print_text(app, "  5 not permitted, 6 not found, 7 not supported by"
			" this kernel");
}

enum status do_help(struct app *app, char **arguments)
{
	const struct command *noun = NULL;
	const struct command *verb = NULL;
	struct json_object *result;
	struct json_object *rows;

	if (arguments[0]) {
		noun = find_command(app, NULL, arguments[0]);
		if (!noun)
			return STATUS_USAGE;
	}
	if (noun && arguments[1] && !noun->verbs)
		return fail(app, ERROR_USAGE,
			    "'help': unexpected argument '%s'", arguments[1]);
	if (noun && arguments[1]) {
		verb = find_command(app, noun, arguments[1]);
		if (!verb)
			return STATUS_USAGE;
	}
	result = json_result("klpctl-help/1");
	rows = json_new_array();
	print_text(app, "usage:");
	if (verb)
		help_one(app, rows, noun->name, verb);
	else if (noun && noun->verbs)
		help_noun(app, rows, noun);
	else if (noun)
		help_one(app, rows, "", noun);
	else
		help_all(app, rows);
	json_add(result, "commands", rows);
	if (app->json)
		print_json(app, result);
	else
		json_object_put(result);
	return STATUS_OK;
}
