// SPDX-License-Identifier: GPL-2.0
/*
 * replay.c - the commands that Kbuild saved for each object
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "replay.h"

static char *copy(const char *text, size_t len)
{
	char *copied = strndup(text, len);

	if (!copied)
		out_of_memory();
	return copied;
}

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* In a Makefile "$$" is a dollar, and $(pound) a '#'. */
static void from_make(char *text)
{
	const char *from = text;

	while (*from) {
		if (starts(from, "$(pound)")) {
			*text++ = '#';
			from += strlen("$(pound)");
		} else {
			from += starts(from, "$$");
			*text++ = *from++;
		}
	}
	*text = '\0';
}

/* "savedcmd_OBJECT := COMMAND"; kernels before 6.2 write "cmd_OBJECT". */
static void read_command(struct saved *saved, const char *line, size_t len)
{
	const char *assign = memmem(line, len, " := ", 4);
	size_t prefix = 0;

	if (starts(line, "savedcmd_"))
		prefix = strlen("savedcmd_");
	else if (starts(line, "cmd_"))
		prefix = strlen("cmd_");
	if (!prefix || !assign || saved->command)
		return;
	saved->object = copy(line + prefix, (size_t)(assign - line) - prefix);
	saved->command = copy(assign + 4, len - (size_t)(assign + 4 - line));
	from_make(saved->command);
}

static void read_source(struct saved *saved, const char *line, size_t len)
{
	const char *assign = memmem(line, len, " := ", 4);

	if (assign && starts(line, "source_") && !saved->source)
		saved->source =
			copy(assign + 4, len - (size_t)(assign + 4 - line));
}

/* Blanks and '#' in names have a backslash before them, as compilers write it. */
static void add_dep(struct saved *saved, const char *word, size_t len)
{
	char *name = copy(word, len);
	const char *from = name;
	char *to = name;

	while (*from) {
		from += *from == '\\' && strchr(" #", from[1]) && from[1];
		*to++ = *from++;
	}
	*to = '\0';
	from_make(name);
	saved->deps =
		array_more(saved->deps, saved->dep_count, sizeof(*saved->deps));
	saved->deps[saved->dep_count++] = name;
}

static size_t word_size(const char *line, size_t len)
{
	size_t i = 0;

	while (i < len && !strchr(" \t\r", line[i]))
		i += line[i] == '\\' && i + 1 < len ? 2 : 1;
	return i;
}

/* Words of a Makefile's rule; $(wildcard include/config/...) is no file. */
static void read_words(struct saved *saved, const char *line, size_t len)
{
	size_t i = 0;

	if (len && line[len - 1] == '\\') /* it goes on with the next line */
		len--;
	while (i < len) {
		size_t size;

		if (strchr(" \t\r", line[i])) {
			i++;
			continue;
		}
		if (len - i >= 2 && line[i] == '$' && line[i + 1] == '(') {
			while (i < len && line[i] != ')')
				i++;
			i += i < len;
			continue;
		}
		size = word_size(line + i, len - i);
		if (line[i + size - 1] != ':')
			add_dep(saved, line + i, size);
		i += size;
	}
}

/* Fills what is saved from the lines of a file, each with its length. */
static bool read_lines(const char *path, struct saved *saved,
		       void (*read_line)(struct saved *saved, const char *line,
					 size_t len),
		       struct fault *fault)
{
	size_t size;
	char *text;
	char *line;

	memset(saved, 0, sizeof(*saved));
	text = file_read(path, &size, fault);
	if (!text)
		return false;
	for (line = text; *line;) {
		size_t len = strcspn(line, "\n");

		read_line(saved, line, len);
		line += len + (line[len] == '\n');
	}
	free(text);
	return true;
}

static void read_saved(struct saved *saved, const char *line, size_t len)
{
	bool goes_on = len && line[len - 1] == '\\';

	if (saved->in_deps)
		read_words(saved, line, len);
	read_command(saved, line, len);
	read_source(saved, line, len);
	saved->in_deps = goes_on && (saved->in_deps || starts(line, "deps_"));
}

bool saved_read(const char *path, struct saved *saved, struct fault *fault)
{
	if (!read_lines(path, saved, read_saved, fault))
		return false;
	return saved->command ||
	       fault_set(fault, "%s: no command of Kbuild in it", path);
}

void saved_free(struct saved *saved)
{
	while (saved->dep_count > 0)
		free(saved->deps[--saved->dep_count]);
	free(saved->deps);
	free(saved->object);
	free(saved->command);
	free(saved->source);
	memset(saved, 0, sizeof(*saved));
}

/*
 * As the kernel knows the module, with underscores for dashes. There is a colon in
 * it if several modules have the object (scripts/Makefile.lib).
 */
static char *module_name(const struct saved *saved)
{
	static const char define[] = " -DKBUILD_MODNAME='\"";
	const char *start = strstr(saved->command, define);
	char *name;
	char *pos;

	if (!start)
		return NULL;
	start += strlen(define);
	name = copy(start, strcspn(start, "\""));
	for (pos = name; *pos; pos++) {
		if (*pos == '-')
			*pos = '_';
	}
	return name;
}

static bool ends(const char *text, const char *with)
{
	size_t len = strlen(text);

	return len >= strlen(with) &&
	       strcmp(text + len - strlen(with), with) == 0;
}

char *saved_kind(const struct saved *saved)
{
	if (!saved->source || !strstr(saved->command, " -D__KERNEL__") ||
	    strstr(saved->object, "/boot/"))
		return NULL;
	if (strstr(saved->object, "/vdso/"))
		return copy("vdso", 4);
	if (ends(saved->object, ".s"))
		return copy("offsets", 7);
	if (!ends(saved->object, ".o"))
		return NULL;
	if (ends(saved->source, ".S"))
		return copy("asm", 3);
	if (strstr(saved->command, " -DMODULE "))
		return module_name(saved);
	return copy("vmlinux", 7);
}

static bool is_file(const char *dep, const char *tree, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *whole;
	char *real;
	bool is;

	/* Most are told by their last part, without asking the system. */
	if (!ends(dep, slash ? slash + 1 : path))
		return false;
	if (asprintf(&whole, "%s/%s", *dep == '/' ? "" : tree, dep) < 0)
		out_of_memory();
	real = realpath(whole, NULL);
	is = real && strcmp(real, path) == 0;
	free(real);
	free(whole);
	return is;
}

bool saved_depends(const struct saved *saved, const char *tree,
		   const char *path)
{
	size_t i;

	/* The source is not among the files that are read for it. */
	if (saved->source && is_file(saved->source, tree, path))
		return true;
	for (i = 0; i < saved->dep_count; i++) {
		if (is_file(saved->deps[i], tree, path))
			return true;
	}
	return false;
}

bool replay_deps(const char *path, struct saved *saved, struct fault *fault)
{
	return read_lines(path, saved, read_words, fault);
}
