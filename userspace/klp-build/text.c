// SPDX-License-Identifier: GPL-2.0
/*
 * text.c - klp-diff patch, keep and lines: what it knows of patches and of C
 */
#include <stdio.h>
#include <stdlib.h>

#include "commands.h"
#include "file.h"
#include "lines.h"
#include "patch.h"

static int list_files(const struct patch *patch)
{
	int status = OUTCOME_DONE;
	size_t i;

	for (i = 0; i < patch->count; i++) {
		const struct patch_file *file = &patch->file[i];
		const char *refusal = patch_refusal(file);

		if (refusal) {
			printf("refused\t%s\t%s\n", file->path, refusal);
			status = OUTCOME_REFUSED;
		} else {
			printf("%s\t%s\n", file->added ? "added" : "changed",
			       file->path);
		}
	}
	return status;
}

int command_patch(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct patch patch = { 0 };
	size_t size;
	char *text;
	int status;

	if (argc != 1)
		return OUTCOME_USAGE;
	text = file_read(argv[0], &size, &fault);
	if (!text)
		return command_fail(&fault);
	if (patch_read(text, size, &patch, &fault))
		status = list_files(&patch);
	else
		status = command_fail(&fault);
	patch_free(&patch);
	free(text);
	return status;
}

int command_keep(int argc, char **argv)
{
	struct fault fault = { 0 };
	size_t size;
	char *text;
	bool done;

	if (argc < 1)
		return OUTCOME_USAGE;
	text = file_read(argv[0], &size, &fault);
	done = text && patch_keep(text, size, argv + 1, (size_t)argc - 1,
				  stdout, &fault);
	free(text);
	return done ? OUTCOME_DONE : command_fail(&fault);
}

int command_lines(int argc, char **argv)
{
	struct lines_hunks hunks = { 0 };
	struct fault fault = { 0 };
	int status = OUTCOME_DONE;
	size_t diff_size;
	size_t size;
	char *diff;
	char *text;

	if (argc != 2)
		return OUTCOME_USAGE;
	text = file_read(argv[0], &size, &fault);
	diff = file_read(argv[1], &diff_size, &fault);
	if (text && diff && lines_read_diff(diff, diff_size, &hunks, &fault))
		lines_place(text, size, &hunks, stdout);
	else
		status = command_fail(&fault);
	free(hunks.hunk);
	free(diff);
	free(text);
	return status;
}
