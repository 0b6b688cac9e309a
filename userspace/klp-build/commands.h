/* SPDX-License-Identifier: GPL-2.0 */
/*
 * commands.h - the commands of klp-diff
 *
 * Each gets the arguments behind its name, and returns enum outcome.
 */
#ifndef KLP_BUILD_COMMANDS_H
#define KLP_BUILD_COMMANDS_H

#include "fault.h"

/** enum outcome - exit statuses of klp-diff, and of klp-build */
enum outcome {
	OUTCOME_DONE = 0,
	OUTCOME_FAILED = 1,
	OUTCOME_USAGE = 2,
	OUTCOME_REFUSED = 3,
	OUTCOME_NO_CHANGE = 4,
};

/**
 * command_fail() - print why a command failed
 * @fault: the reason
 *
 * Return: OUTCOME_FAILED.
 */
int command_fail(const struct fault *fault);

/**
 * command_check() - compare pairs of objects, and report
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_check(int argc, char **argv);

/**
 * command_extract() - make an object of what a livepatch needs of a new one
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_extract(int argc, char **argv);

/**
 * command_callers() - list who calls a function of vmlinux
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_callers(int argc, char **argv);

/**
 * command_same() - is an object, compiled again, the one that the kernel has?
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_same(int argc, char **argv);

/**
 * command_patch() - list the files of a patch, and refuse some
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_patch(int argc, char **argv);

/**
 * command_keep() - print what a patch does to some files, and leave out the rest
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_keep(int argc, char **argv);

/**
 * command_lines() - print a changed file with #line directives
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_lines(int argc, char **argv);

/**
 * command_objects() - list the objects that some files become part of
 * @argc: number of arguments
 * @argv: the arguments
 *
 * And the files of which none is made.
 */
int command_objects(int argc, char **argv);

/**
 * command_inventory() - list all objects of a kernel, and the files that were
 * read for them
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_inventory(int argc, char **argv);

/**
 * command_inputs() - print what an object was compiled from, and when that was
 * last changed
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_inputs(int argc, char **argv);

/**
 * command_command() - print how to compile an object again
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_command(int argc, char **argv);

/**
 * command_saved() - print a command that Kbuild saved, for a shell
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_saved(int argc, char **argv);

/**
 * command_source() - print the source of an object
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_source(int argc, char **argv);

/**
 * command_compiler() - print the compiler, what it is started by, and the
 * source's name, if that is another one than the command's
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_compiler(int argc, char **argv);

/**
 * command_vmlinux() - print the build id of a vmlinux
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_vmlinux(int argc, char **argv);

/**
 * command_deps() - list which of some files a compiler has read
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_deps(int argc, char **argv);

/**
 * command_link() - give a module its livepatch relocations
 * @argc: number of arguments
 * @argv: the arguments
 */
int command_link(int argc, char **argv);

#endif /* KLP_BUILD_COMMANDS_H */
