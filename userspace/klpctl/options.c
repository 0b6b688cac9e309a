// SPDX-License-Identifier: GPL-2.0
/*
 * options.c - the options of the command line
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nouns.h"
#include "options.h"
#include "output.h"

#define LONGEST_TIMEOUT_S (7 * 24 * 3600)

/* A long option without a letter has its bit beyond all letters. */
#define OF_BIT(bit) ((bit) << 8)

/* Those of every command have neither. */
#define COLOR 1
#define WIDE 2

static const char short_options[] = ":jphVw:c:";
static const struct option long_options[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "pretty", no_argument, NULL, 'p' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ "color", required_argument, NULL, COLOR },
	{ "wide", no_argument, NULL, WIDE },
	{ "wait", no_argument, NULL, OF_BIT(OPTION_WAIT) },
	{ "timeout", required_argument, NULL, OF_BIT(OPTION_TIMEOUT) },
	{ "vmlinux", required_argument, NULL, OF_BIT(OPTION_VMLINUX) },
	{ "module", required_argument, NULL, OF_BIT(OPTION_MODULE) },
	{ "target", required_argument, NULL, OF_BIT(OPTION_TARGET) },
	{ "object", required_argument, NULL, OF_BIT(OPTION_OBJECT) },
	{ "patch", required_argument, NULL, OF_BIT(OPTION_PATCH) },
	{ "stack", no_argument, NULL, OF_BIT(OPTION_STACK) },
	{ "clear", no_argument, NULL, OF_BIT(OPTION_CLEAR) },
	{ "follow", no_argument, NULL, OF_BIT(OPTION_FOLLOW) },
	{ "confirm", no_argument, NULL, OF_BIT(OPTION_CONFIRM) },
	{ "output", required_argument, NULL, OF_BIT(OPTION_OUTPUT) },
	{ "desired", required_argument, NULL, OF_BIT(OPTION_DESIRED) },
	{ "warning", required_argument, NULL, 'w' },
	{ "critical", required_argument, NULL, 'c' },
	{ "for", required_argument, NULL, OF_BIT(OPTION_FOR) },
	{ "on-timeout", required_argument, NULL, OF_BIT(OPTION_ON_TIMEOUT) },
	{ "all", no_argument, NULL, OF_BIT(OPTION_ALL) },
	{ "replaced", no_argument, NULL, OF_BIT(OPTION_REPLACED) },
	{ "replace-unload", no_argument, NULL, OF_BIT(OPTION_REPLACE_UNLOAD) },
	{ 0 },
};

const char *option_name(unsigned int mask)
{
	static char name[32];
	const struct option *option;

	if (mask & (OPTION_WARNING | OPTION_CRITICAL))
		return mask & OPTION_WARNING ? "-w" : "-c";
	for (option = long_options; option->name; option++) {
		if (mask & ((unsigned int)option->val >> 8)) {
			snprintf(name, sizeof(name), "--%s", option->name);
			return name;
		}
	}
	return "this option";
}

/* Of an option as getopt_long() returns it. */
static const char *name_of(int option)
{
	if (option == COLOR)
		return "--color";
	return option_name(option == 'w' ? OPTION_WARNING :
			   option == 'c' ? OPTION_CRITICAL :
					   (unsigned int)option >> 8);
}

static bool parse_seconds(const char *text, unsigned int *seconds)
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

static char *complain(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

static char *complain(const char *fmt, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		out_of_memory();
	va_end(args);
	return text;
}

/* Only where there is a limit does 0 take it away. */
static const char *seconds_note(const char *option)
{
	return strcmp(option, "--timeout") == 0 ? ", 0 for no limit" : "";
}

static char *take_seconds(const char *option, unsigned int *seconds)
{
	if (parse_seconds(optarg, seconds))
		return NULL;
	return complain("%s '%s': give whole seconds up to %d%s", option,
			optarg, LONGEST_TIMEOUT_S, seconds_note(option));
}

static char *take_colour(struct app *app)
{
	app->colour_auto = strcmp(optarg, "auto") == 0;
	if (app->colour_auto)
		return NULL;
	if (strcmp(optarg, "always") == 0)
		app->colour = true;
	else if (strcmp(optarg, "never") == 0)
		app->colour = false;
	else
		return complain("--color '%s': give auto, always or never",
				optarg);
	return NULL;
}

/* The name of a patch or of another module. */
static char *take_module_name(const char *option, const char **name)
{
	if (strlen(optarg) > LONGEST_MODULE_NAME)
		return complain("%s '%s' has %zu bytes: the name of a patch or"
				" an object has %d at most",
				option, optarg, strlen(optarg),
				LONGEST_MODULE_NAME);
	*name = module_name(optarg);
	return NULL;
}

/* An option of some commands. What is wrong, newly allocated; or NULL. */
static char *take_bit(struct app *app, unsigned int bit)
{
	app->given |= bit;
	switch (bit) {
	case OPTION_TIMEOUT:
		return take_seconds("--timeout", &app->timeout_s);
	case OPTION_VMLINUX:
		app->vmlinux = optarg;
		break;
	case OPTION_MODULE:
		app->module = optarg;
		break;
	case OPTION_OBJECT:
		return take_module_name("--object", &app->object);
	case OPTION_PATCH:
		return take_module_name("--patch", &app->patch);
	case OPTION_WARNING:
		return take_seconds("-w", &app->warning_s);
	case OPTION_CRITICAL:
		return take_seconds("-c", &app->critical_s);
	case OPTION_OUTPUT:
		app->output = optarg;
		break;
	case OPTION_DESIRED:
		app->desired = optarg;
		break;
	case OPTION_FOR:
		app->goal = optarg;
		break;
	case OPTION_ON_TIMEOUT:
		app->on_timeout = optarg;
		if (strcmp(optarg, "reverse") != 0 &&
		    strcmp(optarg, "leave") != 0)
			return complain("--on-timeout '%s': give reverse or"
					" leave",
					optarg);
		break;
	case OPTION_TARGET:
		if (app->target_count == MOST_TARGETS)
			return complain("more than %d times --target",
					MOST_TARGETS);
		app->targets[app->target_count++] = optarg;
		break;
	default:
		break;
	}
	return NULL;
}

static bool takes_value(int option)
{
	const struct option *known = long_options;

	while (known->name && known->val != option)
		known++;
	return known->name && known->has_arg == required_argument;
}

/* What is wrong with an option, newly allocated; NULL if nothing is. */
static char *take_option(struct app *app, int option, const char *word,
			 const char **instead)
{
	char letter[3] = "";

	if (takes_value(option) && !*optarg)
		return complain("%s: the value is empty", name_of(option));
	switch (option) {
	case 'p':
		app->pretty = true;
		app->json = true;
		return NULL;
	case 'j':
		app->json = true;
		return NULL;
	case WIDE:
		app->wide = true;
		return NULL;
	case COLOR:
		return take_colour(app);
	case 'w':
		return take_bit(app, OPTION_WARNING);
	case 'c':
		return take_bit(app, OPTION_CRITICAL);
	case 'h':
		*instead = "help";
		return NULL;
	case 'V':
		*instead = "version";
		return NULL;
	case ':':
		return complain("'%s' needs a value", word);
	case '?':
		/* The word of a cluster of letters has not been passed yet. */
		if (optopt > 0 && optopt <= UCHAR_MAX && !strchr(word, '='))
			snprintf(letter, sizeof(letter), "-%c", optopt);
		return complain("unknown option '%s': 'klpctl help' lists them",
				letter[0] ? letter : word);
	default:
		return take_bit(app, (unsigned int)option >> 8);
	}
}

/* Goes on after a mistake: a -j or -p behind it decides how that looks. */
enum status parse_options(struct app *app, int argc, char **argv,
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
	/* Its errors have a form of their own, those of its options too. */
	if (!*instead && is_plugin(argv[optind]))
		start_plugin(app);
	if (first)
		status = fail(app, ERROR_USAGE, "%s", first);
	free(first);
	return status;
}
