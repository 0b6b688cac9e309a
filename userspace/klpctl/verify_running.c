// SPDX-License-Identifier: GPL-2.0
/*
 * verify_running.c - what the running kernel says of functions
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ko.h"
#include "lines.h"
#include "module.h"
#include "nouns.h"
#include "reason.h"
#include "verify_code.h"
#include "verify_running.h"

#define BLANKS " \t\n"

/* The verifier's reasons have the numbers that the kernel tells. */
static enum klp_arm_reason reason_of(const struct klp_verdict *verdict)
{
	return (enum klp_arm_reason)klp_verdict_reason(verdict);
}

static struct verify_row row_of(const struct klp_verdict *verdict)
{
	struct verify_row row = {
		.object = klp_verdict_object(verdict),
		.name = klp_verdict_name(verdict),
		.sympos = klp_verdict_sympos(verdict),
		.redirectable = klp_verdict_redirectable(verdict),
		.found = true,
		.patched = klp_verdict_patched(verdict),
		.has_recipe = klp_verdict_has_recipe(verdict),
		.sp_delta = klp_verdict_sp_delta(verdict),
		.restored = klp_verdict_restored(verdict),
	};

	if (!row.redirectable) {
		row.reason =
			klp_verdict_reason_name(klp_verdict_reason(verdict));
		row.why = klp_arm_reason_text(reason_of(verdict));
		row.offset = klp_verdict_offset(verdict);
		row.has_offset = reason_of(verdict) <=
				 KLP_ARM_REASON_LAST_OF_CODE;
	}
	return row;
}

/* A line is "address type name", and "[module]" for what is not vmlinux. */
static bool is_clone(char *line, const struct verify_row *row, char **name)
{
	const size_t len = strlen(row->name);
	const char *module;
	const char *type;
	char *save = NULL;

	if (!strtok_r(line, BLANKS, &save))
		return false;
	type = strtok_r(NULL, BLANKS, &save);
	*name = strtok_r(NULL, BLANKS, &save);
	if (!type || !*name || tolower(*type) != 't' ||
	    strncmp(*name, row->name, len) != 0 || (*name)[len] != '.')
		return false;
	module = strtok_r(NULL, "[]" BLANKS, &save);
	return strcmp(module ? module : "vmlinux", row->object) == 0;
}

/* Adds the row of a function whose module is not there to have any. */
static bool add_not_loaded(struct verify_report *report, struct verify_row *row)
{
	if (strcmp(row->object, "vmlinux") == 0 ||
	    (is_module_name(row->object) &&
	     module_is_loaded(row->object) != MODULE_NO))
		return false;
	row->reason = "object-not-loaded";
	row->why = "no module of this name is loaded: --target FILE.ko judges"
		   " the functions of one that is not";
	verify_add(report, row);
	return true;
}

/* Everybody may read which names there are. */
static void add_missing(struct verify_report *report, struct verify_row *row)
{
	char *found[VERIFY_MOST_CLONES];
	char *line = NULL;
	size_t count = 0;
	size_t size = 0;
	FILE *file;

	if (add_not_loaded(report, row))
		return;
	file = open_text("/proc/kallsyms");
	while (file && count < VERIFY_MOST_CLONES &&
	       read_line_of(file, &line, &size)) {
		if (!is_clone(line, row, &found[count]))
			continue;
		found[count] = strdup(found[count]);
		if (!found[count++])
			out_of_memory();
	}
	if (file)
		fclose(file);
	free(line);
	verify_add_missing(report, row, (const char *const *)found, count);
	while (count > 0)
		free(found[--count]);
}

/* A file answers what the running kernel does not. */
static enum status fail_to_ask(const struct app *app, int err)
{
	if (err == -EPERM || err == -EACCES)
		return fail(app, ERROR_NOT_PERMITTED,
			    "%s; 'klpctl verify --vmlinux FILE' reads a file"
			    " instead, and needs no privilege",
			    klp_last_error(app->ctx));
	if (err == -EOPNOTSUPP)
		return fail(app, ERROR_NOT_SUPPORTED,
			    "%s; 'klpctl verify --vmlinux FILE' reads a file"
			    " instead, on any machine",
			    klp_last_error(app->ctx));
	return fail_klp(app, err);
}

enum status verify_kernel(struct verify_report *report, char **names)
{
	const struct app *app = report->app;
	struct klp_verdict_list *list;
	size_t i;
	int err;

	for (; *names; names++) {
		struct verify_row row = {
			.object = app->object ? app->object : "vmlinux",
			.name = *names,
		};

		err = klp_verdict_list_get(app->ctx, app->object, *names, 0,
					   &list);
		if (err && err != -ENOENT)
			return fail_to_ask(app, err);
		if (err) {
			add_missing(report, &row);
			continue;
		}
		for (i = 0; i < klp_verdict_list_count(list); i++) {
			row = row_of(klp_verdict_list_at(list, i));
			verify_add(report, &row);
		}
		klp_verdict_list_free(list);
	}
	return verify_conclude(report);
}

/* Nothing is said of code that the kernel does not give, as one of before. */
static void compare_running(const struct app *app, const struct old_code *code,
			    const struct verify_func *func,
			    struct verify_row *row)
{
	struct klp_code *there;
	const uint8_t *bytes;
	size_t size;
	int err;

	err = klp_code_get(app->ctx, func->object, func->name, func->sympos,
			   &there);
	if (err == -ENOENT)
		row->code = "gone";
	if (err)
		return;
	bytes = klp_code_bytes(there, &size);
	/* What aligns the next function is no part of this one. */
	if (size > code->size)
		size = code->size;
	verify_code(code, bytes, (uint32_t)size, row);
	klp_code_free(there);
}

bool verify_running(struct verify_report *report,
		    const struct verify_func *func, const struct old_code *code)
{
	struct verify_row row = {
		.object = func->object,
		.name = func->name,
		.sympos = func->sympos,
		.digest = code ? code->digest : NULL,
	};
	struct klp_verdict_list *list;
	int err = klp_verdict_list_get(report->app->ctx, func->object,
				       func->name, func->sympos, &list);

	if (err && err != -ENOENT)
		return false;
	if (err) {
		row.code = code ? "gone" : NULL;
		add_missing(report, &row);
		return true;
	}
	if (klp_verdict_list_count(list) > 1) {
		verify_refuse_ambiguous(&row);
	} else {
		row = row_of(klp_verdict_list_at(list, 0));
		row.digest = code ? code->digest : NULL;
		if (code)
			compare_running(report->app, code, func, &row);
	}
	verify_add(report, &row);
	klp_verdict_list_free(list);
	return true;
}
