// SPDX-License-Identifier: GPL-2.0
/*
 * patch.c - which files a patch changes, and whether it may
 */
#include <stdlib.h>
#include <string.h>

#include "patch.h"

/* What is left of the text. */
struct reader {
	const char *text;
	size_t size;
	size_t number; /* of the line that was read last */
};

static bool next_line(struct reader *reader, const char **line, size_t *len)
{
	const char *newline;

	if (reader->size == 0)
		return false;
	newline = memchr(reader->text, '\n', reader->size);
	*line = reader->text;
	*len = newline ? (size_t)(newline - reader->text) : reader->size;
	reader->size -= *len + (newline ? 1 : 0);
	reader->text += *len + (newline ? 1 : 0);
	reader->number++;
	return true;
}

static bool starts(const char *line, size_t len, const char *with)
{
	return len >= strlen(with) && memcmp(line, with, strlen(with)) == 0;
}

/* The name behind "--- " or "+++ ", without the time that may follow. */
static char *read_name(const char *line, size_t len)
{
	const char *tab;
	char *name;

	line += 4;
	len -= 4;
	tab = memchr(line, '\t', len);
	if (tab)
		len = (size_t)(tab - line);
	if (len && line[len - 1] == '\r')
		len--;
	name = strndup(line, len);
	if (!name)
		out_of_memory();
	return name;
}

/* Each part of the path has to lead downwards. */
static bool stays_inside(const char *path)
{
	while (*path) {
		size_t len = strcspn(path, "/");

		if (len == 0 || (len == 1 && path[0] == '.') ||
		    (len == 2 && path[0] == '.' && path[1] == '.'))
			return false;
		path += len;
		if (*path == '/' && *++path == '\0')
			return false;
	}
	return true;
}

static bool add_file(struct patch *patch, const char *old, const char *new,
		     struct fault *fault)
{
	bool added = strcmp(old, "/dev/null") == 0;
	bool removed = strcmp(new, "/dev/null") == 0;
	const char *path = strchr(removed ? old : new, '/');
	struct patch_file *file;
	size_t i;

	if (!path || path == (removed ? old : new) || !path[1] ||
	    !stays_inside(path + 1) || strpbrk(path, "\"\\\n") ||
	    old[0] == '"' || (added && removed))
		return fault_set(fault,
				 "the patch names a file as '%s', which is not"
				 " a path with one directory more: make it with"
				 " a/ and b/, as git diff and diff -u a/FILE"
				 " b/FILE do",
				 removed ? old : new);
	if (!added && !removed &&
	    (!strchr(old, '/') || strcmp(strchr(old, '/'), path) != 0))
		return fault_set(
			fault,
			"the patch renames %s to %s, which is no change"
			" of code: make it of two files of one name, as"
			" git diff and diff -u a/FILE b/FILE do",
			old, new);
	path++;
	for (i = 0; i < patch->count; i++) {
		if (strcmp(patch->file[i].path, path) == 0) {
			patch->current = i;
			return true;
		}
	}
	patch->current = patch->count;
	patch->file =
		array_more(patch->file, patch->count, sizeof(*patch->file));
	file = &patch->file[patch->count++];
	file->path = text_copy(path);
	file->added = added;
	file->removed = removed;
	return true;
}

/* "12,3" or "12" */
static const char *read_count(const char *pos, size_t *count)
{
	char *end;

	strtoul(pos, &end, 10);
	*count = 1;
	if (end == pos)
		return NULL;
	if (*end != ',')
		return end;
	pos = end + 1;
	*count = strtoul(pos, &end, 10);
	return end == pos ? NULL : end;
}

#define HUNK_SIZE 128

/* Lines of a hunk are passed over: they may look like the head of a file. */
static bool skip_hunk(struct reader *reader, const char *line, size_t len,
		      struct fault *fault)
{
	char head[HUNK_SIZE] = "";
	size_t olds;
	size_t news;
	const char *pos;

	memcpy(head, line, len < sizeof(head) ? len : sizeof(head) - 1);
	pos = read_count(head + 4, &olds);
	if (pos && strncmp(pos, " +", 2) == 0)
		pos = read_count(pos + 2, &news);
	else
		pos = NULL;
	if (!pos)
		return fault_set(fault, "line %zu of the patch is no hunk: %s",
				 reader->number, head);
	while (olds || news) {
		char kind = ' ';

		if (!next_line(reader, &line, &len))
			return fault_set(fault, "the patch ends in a hunk");
		if (len)
			kind = line[0];
		if (kind == '\\')
			continue;
		if ((kind == '-' && !olds) || (kind == '+' && !news) ||
		    (kind == ' ' && (!olds || !news)) || !strchr("-+ ", kind))
			return fault_set(
				fault,
				"line %zu of the patch is more than its hunk has"
				" by its numbers",
				reader->number);
		olds -= kind != '+';
		news -= kind != '-';
	}
	return true;
}

static bool read_file(struct reader *reader, const char *line, size_t len,
		      struct patch *patch, struct fault *fault)
{
	char *old = read_name(line, len);
	char *new = NULL;
	bool done;

	if (next_line(reader, &line, &len) && starts(line, len, "+++ "))
		new = read_name(line, len);
	done = new ? add_file(patch, old, new, fault) :
		     fault_set(fault, "line %zu of the patch is not '+++'",
			       reader->number);
	free(old);
	free(new);
	return done;
}

/* The head of a file in a context diff has other marks, and a line of stars. */
static bool is_context_diff(const struct reader *reader, const char *line,
			    size_t len)
{
	struct reader ahead = *reader;

	return starts(line, len, "*** ") && next_line(&ahead, &line, &len) &&
	       starts(line, len, "--- ") && next_line(&ahead, &line, &len) &&
	       starts(line, len, "***************");
}

bool patch_read(const char *text, size_t size, struct patch *patch,
		struct fault *fault)
{
	struct reader reader = { text, size, 0 };
	const char *line;
	size_t len;

	patch->file = NULL;
	patch->count = 0;
	while (next_line(&reader, &line, &len)) {
		bool done = true;

		if (starts(line, len, "--- ") && reader.size &&
		    starts(reader.text, reader.size, "+++ "))
			done = read_file(&reader, line, len, patch, fault);
		else if (starts(line, len, "@@ -") && patch->count)
			done = skip_hunk(&reader, line, len, fault);
		else if (starts(line, len, "GIT binary patch") ||
			 starts(line, len, "Binary files "))
			done = fault_set(fault, "the patch is of binary files");
		else if (is_context_diff(&reader, line, len))
			done = fault_set(
				fault, "the patch has a context diff: make a"
				       " unified one, by git diff or diff -u");
		else if (starts(line, len, "rename from ") ||
			 starts(line, len, "copy from "))
			done = fault_set(fault, "the patch renames files");
		if (!done)
			return false;
	}
	if (patch->count)
		return true;
	return fault_set(fault, "there is no unified diff in it: make one, by"
				" git diff or diff -u");
}

static bool is_wanted(const struct patch *patch, char *const *paths,
		      size_t count)
{
	size_t i;

	for (i = 0; patch->file && i < count; i++) {
		if (strcmp(patch->file[patch->current].path, paths[i]) == 0)
			return true;
	}
	return false;
}

bool patch_keep(const char *text, size_t size, char *const *paths, size_t count,
		FILE *out, struct fault *fault)
{
	struct reader reader = { text, size, 0 };
	struct patch patch = { 0 };
	const char *line;
	bool done = true;
	size_t len;

	while (done && next_line(&reader, &line, &len)) {
		const char *begin = line;

		if (starts(line, len, "--- ") && reader.size &&
		    starts(reader.text, reader.size, "+++ "))
			done = read_file(&reader, line, len, &patch, fault);
		else if (starts(line, len, "@@ -") && patch.count)
			done = skip_hunk(&reader, line, len, fault);
		else if (!patch.count || !starts(line, len, "\\ "))
			continue;
		if (done && is_wanted(&patch, paths, count))
			fwrite(begin, 1, (size_t)(reader.text - begin), out);
	}
	patch_free(&patch);
	return done;
}

void patch_free(struct patch *patch)
{
	while (patch->count > 0)
		free(patch->file[--patch->count].path);
	free(patch->file);
	patch->file = NULL;
}

static bool ends(const char *name, const char *with)
{
	size_t len = strlen(name);

	return len >= strlen(with) &&
	       strcmp(name + len - strlen(with), with) == 0;
}

const char *patch_refusal(const struct patch_file *file)
{
	const char *name = strrchr(file->path, '/');

	name = name ? name + 1 : file->path;
	if (ends(name, ".S"))
		return "assembly or a linker script: not C of this kernel";
	if (strncmp(name, "Kconfig", 7) == 0)
		return "Kconfig: what is compiled would change";
	if (strcmp(name, "Makefile") == 0 || strcmp(name, "Kbuild") == 0 ||
	    strncmp(name, "Makefile.", 9) == 0)
		return "a Makefile: what is compiled would change";
	if (strncmp(file->path, "scripts/", 8) == 0)
		return "a part of the build: what it makes would change";
	if (ends(name, ".lds.h"))
		return "a linker script: not C of this kernel";
	if (strstr(file->path, "/vdso/"))
		return "vDSO: its code runs in processes, not in the kernel";
	if (strcmp(name, "asm-offsets.c") == 0 || strcmp(name, "bounds.c") == 0)
		return "offsets for assembly: not C of this kernel";
	if (file->removed)
		return "the file is removed";
	if (file->added && ends(name, ".c"))
		return "a new source file: no object is built from it";
	return NULL;
}
