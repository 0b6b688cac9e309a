/* SPDX-License-Identifier: GPL-2.0 */
/*
 * replay.h - the commands that Kbuild saved for each object
 *
 * Kbuild writes a file .NAME.o.cmd beside each NAME.o: the command, the source,
 * and all files that were read (scripts/Kbuild.include, scripts/basic/fixdep.c).
 */
#ifndef KLP_BUILD_REPLAY_H
#define KLP_BUILD_REPLAY_H

#include <stdio.h>

#include "fault.h"

/**
 * struct saved - one saved command
 * @object: what it makes, below the object tree
 * @command: for a shell in the object tree
 * @source: as the command has it, NULL if there is none
 * @deps: files that were read, by name as Kbuild has it
 * @dep_count: how many
 * @in_deps: while it is read: a rule of what it depends on goes on
 */
struct saved {
	char *object;
	char *command;
	char *source;
	char **deps;
	size_t dep_count;
	bool in_deps;
};

/**
 * saved_read() - read a .cmd file
 * @path: of the file
 * @saved: set, saved_free() it in either case
 * @fault: why not
 *
 * Return: whether there is a command in it.
 */
bool saved_read(const char *path, struct saved *saved, struct fault *fault);

/**
 * saved_free() - forget a command
 * @saved: of saved_read()
 */
void saved_free(struct saved *saved);

/**
 * saved_kind() - what an object becomes part of
 * @saved: of saved_read()
 *
 * Return: "vmlinux" or the name of a module, to be freed; "asm" for what is
 * written in assembly, "vdso", or "offsets" for numbers that assembly uses. NULL
 * if it is no part of a kernel, but of its loader or of a program.
 */
char *saved_kind(const struct saved *saved);

/**
 * saved_depends() - was a file read for the object?
 * @saved: of saved_read()
 * @tree: directory that names of @saved start from
 * @path: real path of the file
 */
bool saved_depends(const struct saved *saved, const char *tree,
		   const char *path);

/**
 * struct renamed - another name for a tree
 * @from: as the command has it
 * @to: the tree to take instead
 */
struct renamed {
	const char *from;
	const char *to;
};

/**
 * struct replay - what to change in a saved command
 * @tree: trees to take others instead of
 * @trees: how many
 * @keep_maps: leave in -fmacro-prefix-map and its like the old name
 * @output: the object to make
 * @depfile: where to note the files that are read
 * @flags: to add, "" for none
 * @compiler: to use, NULL for that of the command
 * @launcher: leave in what stands before the compiler, as ccache does
 */
struct replay {
	struct renamed *tree;
	size_t trees;
	bool keep_maps;
	const char *output;
	const char *depfile;
	const char *flags;
	const char *compiler;
	bool launcher;
};

/**
 * replay_command() - a saved command for another output or source
 * @saved: of saved_read()
 * @replay: what to change
 * @fault: why not
 *
 * Return: the command for a shell, to be freed; NULL on failure.
 */
char *replay_command(const struct saved *saved, const struct replay *replay,
		     struct fault *fault);

/**
 * replay_compiler() - what a saved command calls
 * @saved: of saved_read()
 * @launcher: set to what stands before the compiler, or to NULL; to be freed
 *
 * Return: the compiler, to be freed.
 */
char *replay_compiler(const struct saved *saved, char **launcher);

/**
 * replay_renamed() - has a launcher given the source another name?
 * @saved: of saved_read()
 *
 * As ccache does with its option base_dir, so that the text of __FILE__ is not
 * what the saved command would make of it.
 */
bool replay_renamed(const struct saved *saved);

/**
 * replay_deps() - read what a compiler noted with -MMD
 * @path: of its file
 * @saved: its files are set, saved_free() it in either case
 * @fault: why not
 */
bool replay_deps(const char *path, struct saved *saved, struct fault *fault);

#endif /* KLP_BUILD_REPLAY_H */
