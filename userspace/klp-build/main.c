// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - klp-diff, which klp-build does with what a shell cannot
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "fault.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *arguments;
};

static const struct command commands[] = {
	{ "check", command_check,
	  "[--json] [--left COUNT] [--livepatch FILE] [--vmlinux FILE]\n"
	  "                      [--refused CLASS FILE TEXT]...\n"
	  "                      [--unbuilt FILE OPTION]...\n"
	  "                      [FILE OBJECT OLD.o NEW.o]..." },
	{ "extract", command_extract,
	  "[--module NAME FILE.ko] [--symvers FILE]...\n"
	  "                        VMLINUX SYMVERS OLD.o NEW.o KEPT.o OUTPUT.o" },
	{ "callers", command_callers, "VMLINUX FUNC" },
	{ "same", command_same, "AGAIN.o KEPT.o" },
	{ "patch", command_patch, "PATCH" },
	{ "keep", command_keep, "PATCH FILE..." },
	{ "lines", command_lines, "FILE DIFF" },
	{ "objects", command_objects, "[--in DIR] TREE SOURCE FILE..." },
	{ "inventory", command_inventory, "TREE SOURCE" },
	{ "inputs", command_inputs, "TREE OBJECT" },
	{ "command", command_command,
	  "TREE OBJECT OUTPUT DEPFILE [[--from DIR]... --to DIR]...\n"
	  "                        [--flags FLAGS] [--compiler CC] [--launcher]\n"
	  "                        [--keep-maps]" },
	{ "compiler", command_compiler, "SAVED.cmd" },
	{ "saved", command_saved, "SAVED.cmd" },
	{ "source", command_source, "SAVED.cmd" },
	{ "vmlinux", command_vmlinux, "VMLINUX" },
	{ "deps", command_deps, "DEPFILE TREE SOURCE FILE..." },
	{ "link", command_link, "MODULE.ko" },
};

static int usage(void)
{
	size_t i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(stderr, "%s klp-diff %s %s\n",
			i ? "      " : "Usage:", commands[i].name,
			commands[i].arguments);
	return OUTCOME_USAGE;
}

int main(int argc, char **argv)
{
	size_t i;
	int status;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (argc < 2 || strcmp(argv[1], commands[i].name) != 0)
			continue;
		status = commands[i].run(argc - 2, argv + 2);
		if (status == OUTCOME_USAGE)
			return usage();
		if (fflush(stdout) != 0 || ferror(stdout))
			err(OUTCOME_FAILED, "standard output");
		return status;
	}
	return usage();
}
