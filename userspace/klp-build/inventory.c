// SPDX-License-Identifier: GPL-2.0
/*
 * inventory.c - klp-diff inventory: the objects of a kernel, and all files that
 * were read to compile them
 */
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "replay.h"
#include "walk.h"

/* Where the files are, as real paths, and each name that was seen, once. */
struct inventory {
	const char *tree;
	char *real_tree;
	char *real_source;
	void *names;
	void *lines; /* to print, sorted */
};

static int compare(const void *left, const void *right)
{
	return strcmp(left, right);
}

/* Takes what it is given; returns whether that was new. */
static bool note(void **set, char *text)
{
	char *const *found = tsearch(text, set, compare);

	if (!found)
		out_of_memory();
	if (*found == text)
		return true;
	free(text);
	return false;
}

/* What of a path is below a directory, NULL if it is not there. */
static const char *below(const char *path, const char *directory)
{
	const size_t len = strlen(directory);

	if (strncmp(path, directory, len) != 0 || path[len] != '/')
		return NULL;
	return path + len + 1;
}

/* Links to directories are followed, and a link that is the file itself is not. */
static char *real_path(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *directory = strndup(path, (size_t)(slash - path));
	char *real;
	char *whole;

	if (!directory)
		out_of_memory();
	real = realpath(*directory ? directory : "/", NULL);
	free(directory);
	if (!real)
		return NULL;
	whole = text_make("%s%s", real, slash);
	free(real);
	return whole;
}

/* An object tree may be in the source, or be the source; then all is source. */
static void note_place(struct inventory *inventory, const char *path)
{
	const char *source = below(path, inventory->real_source);
	const char *built = below(path, inventory->real_tree);

	if (built && strcmp(inventory->real_tree, inventory->real_source) != 0)
		note(&inventory->lines, text_make("built\t%s", built));
	else if (source)
		note(&inventory->lines, text_make("source\t%s", source));
}

/* A link, and what it leads to. */
static void note_file(struct inventory *inventory, const char *name)
{
	char *path;
	char *place;
	char *end;

	if (!note(&inventory->names, text_copy(name)))
		return;
	path = *name == '/' ? text_copy(name) :
			      text_make("%s/%s", inventory->tree, name);
	place = real_path(path);
	end = realpath(path, NULL);
	if (place && end) {
		note_place(inventory, place);
		note_place(inventory, end);
	} else {
		note(&inventory->lines, text_make("missing\t%s", name));
	}
	free(end);
	free(place);
	free(path);
}

/* Many .cmd files are of no object. */
static void take_saved(void *context, const char *path)
{
	struct inventory *inventory = context;
	struct fault fault = { 0 };
	struct saved saved;
	char *kind = NULL;
	size_t i;

	if (saved_read(path, &saved, &fault))
		kind = saved_kind(&saved);
	if (kind) {
		note(&inventory->lines, text_make("object\t%s\t%s\t%s", kind,
						  saved.object, saved.source));
		note_file(inventory, saved.source);
		for (i = 0; i < saved.dep_count; i++)
			note_file(inventory, saved.deps[i]);
	}
	free(kind);
	saved_free(&saved);
}

static void print_line(const void *node, VISIT visit, int depth)
{
	(void)depth;
	if (visit == postorder || visit == leaf)
		puts(*(char *const *)node);
}

int command_inventory(int argc, char **argv)
{
	struct inventory inventory = { 0 };
	struct fault fault = { 0 };

	if (argc != 2)
		return OUTCOME_USAGE;
	inventory.tree = argv[0];
	inventory.real_tree = realpath(argv[0], NULL);
	inventory.real_source = realpath(argv[1], NULL);
	if (inventory.real_tree && inventory.real_source) {
		walk_saved(argv[0], take_saved, &inventory);
		twalk(inventory.lines, print_line);
	} else {
		fault_set(&fault, "%s is not there",
			  argv[inventory.real_tree ? 1 : 0]);
	}
	tdestroy(inventory.names, free);
	tdestroy(inventory.lines, free);
	free(inventory.real_tree);
	free(inventory.real_source);
	return *fault.text ? command_fail(&fault) : OUTCOME_DONE;
}
