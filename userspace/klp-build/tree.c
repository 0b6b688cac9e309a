// SPDX-License-Identifier: GPL-2.0
/*
 * tree.c - klp-diff objects, command, deps and inputs: what it knows of object
 * trees
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "commands.h"
#include "replay.h"
#include "walk.h"

/* The changed files of a source tree, as real paths and by the names given. */
struct files {
	char **path;
	const char **name;
	bool *read; /* for an object of the kernel */
	size_t count;
};

/* A name that begins with a slash is in no directory. */
static char *join(const char *directory, const char *name)
{
	char *path;

	if (*name == '/')
		return text_copy(name);
	if (asprintf(&path, "%s/%s", directory, name) < 0)
		out_of_memory();
	return path;
}

/* A file that is not there was read by no one. */
static void find_files(const char *source, char **names, size_t count,
		       struct files *files)
{
	size_t i;

	files->path = array_new(count, sizeof(*files->path));
	files->name = array_new(count, sizeof(*files->name));
	files->read = array_new(count, sizeof(*files->read));
	files->count = 0;
	for (i = 0; i < count; i++) {
		char *path = join(source, names[i]);
		char *real = realpath(path, NULL);

		if (real) {
			files->name[files->count] = names[i];
			files->path[files->count++] = real;
		}
		free(path);
	}
}

static void free_files(struct files *files)
{
	while (files->count > 0)
		free(files->path[--files->count]);
	free(files->path);
	free(files->name);
	free(files->read);
}

static bool depends(const struct saved *saved, const char *tree,
		    const struct files *files)
{
	size_t i;

	for (i = 0; i < files->count; i++) {
		if (saved_depends(saved, tree, files->path[i]))
			return true;
	}
	return false;
}

static void note_read(const struct saved *saved, const char *tree,
		      struct files *files)
{
	size_t i;

	for (i = 0; i < files->count; i++) {
		if (!files->read[i])
			files->read[i] =
				saved_depends(saved, tree, files->path[i]);
	}
}

static void print_unread(const struct files *files)
{
	size_t i;

	for (i = 0; i < files->count; i++) {
		if (!files->read[i])
			printf("unread\t-\t%s\n", files->name[i]);
	}
}

/* An object that is concerned, and whether its own source is what changed. */
struct concerned {
	char *kind;
	char *object;
	bool named;
};

struct list {
	struct concerned *object;
	size_t count;
	bool elsewhere; /* names in .cmd files do not begin where they are */
	const char *tree;
	struct files *files;
};

/* An object of a module that is built elsewhere: DIRECTORY/.NAME.cmd to NAME */
static char *object_path(const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	char *object;

	if (asprintf(&object, "%.*s%.*s", (int)(name - path), path,
		     (int)(strlen(name) - strlen("..cmd")), name + 1) < 0)
		out_of_memory();
	return object;
}

static void take_object(void *context, const char *path)
{
	struct list *list = context;
	struct fault fault = { 0 };
	struct concerned *object;
	struct saved saved;
	char *kind = NULL;

	/* Many .cmd files are of no object. */
	if (saved_read(path, &saved, &fault) &&
	    depends(&saved, list->tree, list->files))
		kind = saved_kind(&saved);
	if (kind) {
		const struct saved source = { .source = saved.source };

		list->object = array_more(list->object, list->count,
					  sizeof(*list->object));
		object = &list->object[list->count++];
		object->kind = kind;
		object->object = list->elsewhere ? object_path(path) :
						   text_copy(saved.object);
		object->named = depends(&source, list->tree, list->files);
		note_read(&saved, list->tree, list->files);
	}
	saved_free(&saved);
}

/* First those whose source is named, or one, if it is none. */
static void print_objects(struct list *list)
{
	bool named = false;
	size_t i;

	for (i = 0; i < list->count; i++)
		named = named || list->object[i].named;
	if (list->count && !named)
		list->object[0].named = true;
	for (named = true;; named = false) {
		for (i = 0; i < list->count; i++) {
			const struct concerned *object = &list->object[i];

			if (object->named == named)
				printf("%s\t%s\t%s\n",
				       named ? "named" : "reads", object->kind,
				       object->object);
		}
		if (!named)
			break;
	}
	while (list->count > 0) {
		free(list->object[--list->count].kind);
		free(list->object[list->count].object);
	}
	free(list->object);
}

int command_objects(int argc, char **argv)
{
	struct list list = { 0 };
	struct files files;
	const char *root = NULL;

	if (argc > 2 && strcmp(argv[0], "--in") == 0) {
		list.elsewhere = true;
		root = argv[1];
		argc -= 2;
		argv += 2;
	}
	if (argc < 3)
		return OUTCOME_USAGE;
	find_files(argv[1], argv + 2, (size_t)argc - 2, &files);
	list.tree = argv[0];
	list.files = &files;
	walk_saved(root ? root : argv[0], take_object, &list);
	print_unread(&files);
	free_files(&files);
	print_objects(&list);
	return OUTCOME_DONE;
}

/* NAME of an object in DIRECTORY: DIRECTORY/.../.NAME.cmd */
static char *saved_path(const char *tree, const char *object)
{
	const char *slash = strrchr(object, '/');
	const char *name = slash ? slash + 1 : object;
	char *path;
	char *below;

	if (asprintf(&below, "%.*s.%s.cmd", (int)(name - object), object,
		     name) < 0)
		out_of_memory();
	path = join(tree, below);
	free(below);
	return path;
}

/* Options of "klp-diff command" that have one value. */
#define OPTIONS 2

static bool read_options(int argc, char **argv, struct replay *replay)
{
	const struct {
		const char *name;
		const char **value;
	} values[OPTIONS] = {
		{ "--compiler", &replay->compiler },
		{ "--flags", &replay->flags },
	};
	size_t known;
	size_t named = 0; /* trees that have another name so far */
	int i;

	for (i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--launcher") == 0) {
			replay->launcher = true;
			continue;
		}
		if (strcmp(argv[i], "--keep-maps") == 0) {
			replay->keep_maps = true;
			continue;
		}
		for (known = 0; known < OPTIONS; known++) {
			if (strcmp(argv[i], values[known].name) == 0)
				break;
		}
		if (i + 1 == argc)
			return false;
		if (known < OPTIONS)
			*values[known].value = argv[++i];
		else if (strcmp(argv[i], "--from") == 0)
			replay->tree[replay->trees++].from = argv[++i];
		else if (strcmp(argv[i], "--to") == 0)
			for (i++; named < replay->trees; named++)
				replay->tree[named].to = argv[i];
		else
			return false;
	}
	return named == replay->trees;
}

int command_command(int argc, char **argv)
{
	struct replay replay = { .flags = "" };
	struct fault fault = { 0 };
	char *command = NULL;
	struct saved saved;
	char *path;

	if (argc < 4)
		return OUTCOME_USAGE;
	replay.output = argv[2];
	replay.depfile = argv[3];
	replay.tree = array_new((size_t)argc, sizeof(*replay.tree));
	if (!read_options(argc - 4, argv + 4, &replay)) {
		free(replay.tree);
		return OUTCOME_USAGE;
	}
	path = saved_path(argv[0], argv[1]);
	if (saved_read(path, &saved, &fault))
		command = replay_command(&saved, &replay, &fault);
	if (command)
		printf("%s\n", command);
	saved_free(&saved);
	free(path);
	free(replay.tree);
	if (!command)
		return command_fail(&fault);
	free(command);
	return OUTCOME_DONE;
}

int command_source(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct saved saved;
	bool read;

	if (argc != 1)
		return OUTCOME_USAGE;
	read = saved_read(argv[0], &saved, &fault);
	if (read && !saved.source)
		read = fault_set(&fault, "%s: does not say its source",
				 argv[0]);
	if (read)
		printf("%s\n", saved.source);
	saved_free(&saved);
	return read ? OUTCOME_DONE : command_fail(&fault);
}

int command_saved(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct saved saved;
	bool read;

	if (argc != 1)
		return OUTCOME_USAGE;
	read = saved_read(argv[0], &saved, &fault);
	if (read)
		printf("%s\n", saved.command);
	saved_free(&saved);
	return read ? OUTCOME_DONE : command_fail(&fault);
}

int command_compiler(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct saved saved;
	char *launcher;
	char *compiler;

	if (argc != 1)
		return OUTCOME_USAGE;
	if (!saved_read(argv[0], &saved, &fault)) {
		saved_free(&saved);
		return command_fail(&fault);
	}
	compiler = replay_compiler(&saved, &launcher);
	printf("%s\t%s\t%s\n", compiler, launcher ? launcher : "",
	       replay_renamed(&saved) ? saved.source : "");
	free(launcher);
	free(compiler);
	saved_free(&saved);
	return OUTCOME_DONE;
}

int command_deps(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct saved saved;
	struct files files;
	size_t i;

	if (argc < 4)
		return OUTCOME_USAGE;
	if (!replay_deps(argv[0], &saved, &fault)) {
		saved_free(&saved);
		return command_fail(&fault);
	}
	find_files(argv[2], argv + 3, (size_t)argc - 3, &files);
	for (i = 0; i < saved.dep_count; i++) {
		const struct saved one = { .deps = &saved.deps[i],
					   .dep_count = 1 };

		if (depends(&one, argv[1], &files))
			printf("%s\n", saved.deps[i]);
	}
	free_files(&files);
	saved_free(&saved);
	return OUTCOME_DONE;
}

/* As it is now: what changes a file changes this, whatever its clock says. */
static void print_state(const char *tree, const char *name)
{
	char *path = join(tree, name);
	struct stat state;

	if (stat(path, &state) != 0)
		printf("%s is not there\n", name);
	else
		printf("%s %ju:%ju %ju %jd.%09ld %jd.%09ld\n", name,
		       (uintmax_t)state.st_dev, (uintmax_t)state.st_ino,
		       (uintmax_t)state.st_size, (intmax_t)state.st_mtim.tv_sec,
		       state.st_mtim.tv_nsec, (intmax_t)state.st_ctim.tv_sec,
		       state.st_ctim.tv_nsec);
	free(path);
}

int command_inputs(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct saved saved;
	char *path;
	bool read;
	size_t i;

	if (argc != 2)
		return OUTCOME_USAGE;
	path = saved_path(argv[0], argv[1]);
	read = saved_read(path, &saved, &fault);
	if (read) {
		printf("%s\n", saved.command);
		print_state(argv[0], argv[1]);
		if (saved.source)
			print_state(argv[0], saved.source);
	}
	for (i = 0; read && i < saved.dep_count; i++)
		print_state(argv[0], saved.deps[i]);
	saved_free(&saved);
	free(path);
	return read ? OUTCOME_DONE : command_fail(&fault);
}
