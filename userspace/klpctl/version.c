// SPDX-License-Identifier: GPL-2.0
/*
 * version.c - klpctl version, klpctl help
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/utsname.h>

#include "output.h"

enum status do_version(struct app *app, char **arguments)
{
	struct json_object *result = json_result("klpctl-version/1");
	struct klp_info *info;
	struct utsname name;
	int err;

	(void)arguments;
	uname(&name);
	err = klp_info_get(app->ctx, &info);
	klp_info_free(info);

	print_text(app, "klpctl %s", KLPCTL_VERSION);
	print_text(app, "libklp %s", klp_version());
	print_text(app, "kernel %s, %s", name.release,
		   !err		      ? "with klp_arm" :
		   err == -EOPNOTSUPP ? "without klp_arm" :
					klp_last_error(app->ctx));
	json_add(result, "klpctl", json_bytes(KLPCTL_VERSION));
	json_add(result, "libklp", json_bytes(klp_version()));
	json_add(result, "kernel", json_bytes(name.release));
	/* Absent if it is not known. */
	if (!err || err == -EOPNOTSUPP)
		json_add(result, "supported", json_flag(!err));
	if (app->json)
		print_json(app, result);
	else
		json_object_put(result);
	return STATUS_OK;
}

/* What is behind the commands. */
static const char *const option_lines[] = {
	"options:",
	"  -j, --json      JSON on stdout, errors included",
	"  -p, --pretty    JSON, indented",
	"  --color WHEN    colours in text: auto, always or never (auto: on a terminal)",
	"  --wide          tables as wide as they are, not as the terminal",
	"  -h, --help      this text",
	"  -V, --version   klpctl version",
	"  --wait          load, disable, reverse, force: until the transition has ended",
	"  --timeout S     end after S seconds (60 to change something; 0: no limit)",
	"  --on-timeout WHAT  load --wait: then reverse the transition, or leave it",
	"  --all           patch list: also modules whose patches are not in use",
	"  --replaced      unload: all that another patch replaced",
	"  --replace-unload",
	"                  load --wait: then unload --replaced",
	"  --for STATE     wait: until the patch is enabled or disabled",
	"  --follow        failures: show new ones as they happen",
	"  --confirm       patch force: it is understood what that does",
	"  -w, --warning S, -c, --critical S",
	"                  check: longest transition without a warning (60, 600)",
	"  --output FILE   metrics: replace this file",
	"  --desired FILE  check, metrics: what ought to run: NAME [VERSION] in a line",
	"  --vmlinux FILE  verify: look into files, not the running kernel",
	"  --module FILE   verify: the functions of this patch",
	"  --target FILE   verify: a module that is patched",
	"  --object NAME   the module that has the function",
	"  --patch NAME    func show: of this patch only",
	"  --stack         blocking: with the stacks of the tasks",
	"  --clear         failures: forget them once shown",
	"A noun alone, such as 'klpctl patch', is the first of its commands.",
	"exit status: 0 ok, 1 failure, 2 usage, 3 transition still running, 4 timed out,",
	"  5 not permitted, 6 not found, 7 not supported by this kernel",
};

static void help_row(const struct app *app, struct json_object *rows,
		     const char *noun, const struct command *command)
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
}

static void help_command(const struct app *app, struct json_object *rows,
			 const struct command *command)
{
	const struct command *verb;

	if (!command->verbs)
		help_row(app, rows, "", command);
	for (verb = command->verbs; verb && verb->name; verb++)
		help_row(app, rows, command->name, verb);
}

enum status do_help(struct app *app, char **arguments)
{
	const struct command *only = NULL;
	const struct command *command;
	struct json_object *result;
	struct json_object *rows;
	size_t i;

	if (*arguments) {
		only = find_command(app, commands, *arguments);
		if (!only)
			return STATUS_USAGE;
	}
	result = json_result("klpctl-help/1");
	rows = json_new_array();
	print_text(app, "usage:");
	if (only)
		help_command(app, rows, only);
	for (command = commands; !only && command->name; command++)
		help_command(app, rows, command);
	for (i = 0; !only && i < sizeof(option_lines) / sizeof(option_lines[0]);
	     i++)
		print_text(app, "%s", option_lines[i]);
	json_add(result, "commands", rows);
	if (app->json)
		print_json(app, result);
	else
		json_object_put(result);
	return STATUS_OK;
}
