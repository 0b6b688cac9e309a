// SPDX-License-Identifier: GPL-2.0
/*
 * verify.c - klpctl verify: can these functions be replaced, and if not, why
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ko.h"
#include "nouns.h"
#include "verify.h"
#include "verify_running.h"

/* Options that mean files, and not the running kernel. */
#define FILES (OPTION_VMLINUX | OPTION_MODULE | OPTION_TARGET)

static const struct verify_row *row_of(const void *object)
{
	return object;
}

static struct json_object *get_object(const void *row)
{
	return json_bytes(row_of(row)->object);
}

static struct json_object *get_name(const void *row)
{
	return json_bytes(row_of(row)->name);
}

static struct json_object *get_sympos(const void *row)
{
	return row_of(row)->sympos ? json_number(row_of(row)->sympos) : NULL;
}

static struct json_object *get_redirectable(const void *row)
{
	return json_flag(row_of(row)->redirectable);
}

static struct json_object *get_reason(const void *row)
{
	return row_of(row)->reason ? json_bytes(row_of(row)->reason) : NULL;
}

static struct json_object *get_why(const void *row)
{
	return row_of(row)->why ? json_bytes(row_of(row)->why) : NULL;
}

static struct json_object *get_offset(const void *row)
{
	return row_of(row)->has_offset ? json_number(row_of(row)->offset) :
					 NULL;
}

static struct json_object *get_sp_delta(const void *row)
{
	return row_of(row)->has_recipe ? json_number(row_of(row)->sp_delta) :
					 NULL;
}

static struct json_object *get_restored(const void *row)
{
	return row_of(row)->has_recipe ? json_registers(row_of(row)->restored) :
					 NULL;
}

static struct json_object *get_patched(const void *row)
{
	return row_of(row)->patched ? json_flag(true) : NULL;
}

static struct json_object *get_code(const void *row)
{
	return row_of(row)->code ? json_bytes(row_of(row)->code) : NULL;
}

static struct json_object *get_code_offset(const void *row)
{
	return row_of(row)->has_code_offset ?
		       json_number(row_of(row)->code_offset) :
		       NULL;
}

static struct json_object *get_code_sha256(const void *row)
{
	return row_of(row)->digest ? json_bytes(row_of(row)->digest) : NULL;
}

static struct json_object *get_clones(const void *row)
{
	const struct verify_row *missing = row_of(row);
	struct json_object *clones;
	size_t i;

	if (!missing->clone_count)
		return NULL;
	clones = json_new_array();
	for (i = 0; i < missing->clone_count; i++)
		json_append(clones, json_bytes(missing->clones[i]));
	return clones;
}

static const struct field verify_fields[] = {
	{ "object", "OBJECT", get_object },
	{ "name", "FUNCTION", get_name },
	{ "sympos", "SYMPOS", get_sympos },
	{ "redirectable", "REDIRECTABLE", get_redirectable },
	{ "reason", "REASON", get_reason },
	{ "offset", "OFFSET", get_offset },
	{ "why", "WHY", get_why },
	{ "sp_delta", NULL, get_sp_delta },
	{ "restored", NULL, get_restored },
	{ "patched", NULL, get_patched },
	{ "code", "CODE", get_code },
	{ "code_offset", "AT", get_code_offset },
	{ "code_sha256", NULL, get_code_sha256 },
	{ "clones", NULL, get_clones },
	{ NULL, NULL, NULL },
};

void verify_add(struct verify_report *report, const struct verify_row *row)
{
	json_append(report->rows, json_from_fields(verify_fields, row));
	report->checked++;
	if (!row->found)
		report->missing++;
	else if (!row->redirectable)
		report->refused++;
	if (row->code && row->found)
		report->compared++;
	if (row->has_code_offset)
		report->differing++;
}

void verify_count(struct verify_report *report)
{
	report->checked++;
}

static void conclude_json(struct verify_report *report)
{
	struct json_object *result = json_result("klpctl-verify/1");

	if (report->patch) {
		json_add(result, "patch", json_bytes(report->patch));
		json_add(result, "target",
			 json_bytes(klp_target_name(report->target)));
	}
	json_add(result, "checked", json_number(report->checked));
	json_add(result, "refused", json_number(report->refused));
	json_add(result, "missing", json_number(report->missing));
	if (report->compared)
		json_add(result, "differing", json_number(report->differing));
	if (report->init_text)
		json_add(result, "init_text", json_number(report->init_text));
	json_add(result, "funcs", report->rows);
	print_json(report->app, result);
}

static void conclude_text(struct verify_report *report)
{
	const struct app *app = report->app;

	if (report->patch)
		print_text(app, "target: %s", klp_target_name(report->target));
	if (json_object_array_length(report->rows) > 0)
		print_table(app, verify_fields, report->rows, "", true);
	if (report->init_text)
		print_text(app,
			   "%" PRIu64 " functions of init text are left"
			   " out: they are freed once they have run",
			   report->init_text);
	if (report->compared)
		print_text(app,
			   "%" PRIu64 " compared: %" PRIu64 " of the code that"
			   " the patch was made for, %" PRIu64 " of other code",
			   report->compared,
			   report->compared - report->differing,
			   report->differing);
	print_text(app,
		   "%" PRIu64 " checked: %" PRIu64
		   " can be redirected, %" PRIu64 " cannot, %" PRIu64
		   " not found",
		   report->checked,
		   report->checked - report->refused - report->missing,
		   report->refused, report->missing);
	json_object_put(report->rows);
}

enum status verify_conclude(struct verify_report *report)
{
	if (report->app->json)
		conclude_json(report);
	else
		conclude_text(report);
	report->rows = NULL;
	if (report->missing)
		return STATUS_NOT_FOUND;
	return report->refused || report->differing ? STATUS_FAILURE :
						      STATUS_OK;
}

/* Names of functions have no slash, and no suffix that is one of modules. */
static bool is_file(const char *word)
{
	return strchr(word, '/') || has_module_suffix(word);
}

enum status do_verify(struct app *app, char **arguments)
{
	struct verify_report report = { .app = app };
	enum status status;
	char **names;

	for (names = arguments; *names; names++) {
		if (!is_file(*names))
			continue;
		return fail(app, ERROR_USAGE,
			    "'%s' is a file and no function: --module %s"
			    " verifies the functions of a livepatch",
			    *names, *names);
	}
	if (!(app->given & FILES) && !*arguments)
		return fail(app, ERROR_USAGE,
			    "'verify' needs a function, or --vmlinux FILE");
	if ((app->given & OPTION_MODULE) && *arguments)
		return fail(app, ERROR_USAGE,
			    "--module names the functions: leave out '%s'",
			    *arguments);
	report.rows = json_new_array();
	if (app->given & FILES)
		status = verify_files(&report, arguments);
	else
		status = verify_kernel(&report, arguments);
	/* Printed rows are gone; these are those of a run that failed. */
	json_object_put(report.rows);
	return status;
}
