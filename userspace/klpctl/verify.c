// SPDX-License-Identifier: GPL-2.0
/*
 * verify.c - klpctl verify: can these functions be replaced, and if not, why
 */
#include <inttypes.h>
#include <stdio.h>

#include "nouns.h"
#include "verify.h"

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
	return row_of(row)->redirectable ? json_number(row_of(row)->sp_delta) :
					   NULL;
}

static struct json_object *get_restored(const void *row)
{
	return row_of(row)->redirectable ?
		       json_registers(row_of(row)->restored) :
		       NULL;
}

static struct json_object *get_patched(const void *row)
{
	return row_of(row)->patched ? json_flag(true) : NULL;
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
}

void verify_count(struct verify_report *report)
{
	report->checked++;
}

enum status verify_conclude(struct verify_report *report)
{
	const struct app *app = report->app;
	struct json_object *result;

	if (app->json) {
		result = json_result("klpctl-verify/1");
		if (report->patch)
			json_add(result, "patch", json_bytes(report->patch));
		json_add(result, "checked", json_number(report->checked));
		json_add(result, "refused", json_number(report->refused));
		json_add(result, "missing", json_number(report->missing));
		json_add(result, "funcs", report->rows);
		print_json(app, result);
	} else {
		if (json_object_array_length(report->rows) > 0)
			print_table(app, verify_fields, report->rows, "", true);
		print_text(app,
			   "%" PRIu64 " checked, %" PRIu64
			   " cannot be redirected, %" PRIu64 " not found",
			   report->checked, report->refused, report->missing);
		json_object_put(report->rows);
	}
	report->rows = NULL;
	if (report->missing)
		return STATUS_NOT_FOUND;
	return report->refused ? STATUS_FAILURE : STATUS_OK;
}

enum status do_verify(struct app *app, char **arguments)
{
	struct verify_report report = { .app = app };
	enum status status;

	if (!(app->given & (OPTION_VMLINUX | OPTION_MODULE)))
		return fail(app, ERROR_USAGE,
			    "'verify' needs --vmlinux FILE or --module FILE");
	if ((app->given & OPTION_MODULE) && *arguments)
		return fail(app, ERROR_USAGE,
			    "--module names the functions: leave out '%s'",
			    *arguments);
	report.rows = json_new_array();
	status = verify_files(&report, arguments);
	/* Printed rows are gone; these are those of a run that failed. */
	json_object_put(report.rows);
	return status;
}
