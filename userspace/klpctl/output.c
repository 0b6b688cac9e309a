// SPDX-License-Identifier: GPL-2.0
/*
 * output.c - results as JSON, and the same values as tables of text
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "clock.h"
#include "colour.h"
#include "output.h"
#include "text.h"

/* The widest table has fewer columns. */
#define MOST_COLUMNS 16

static struct json_object *need(struct json_object *value)
{
	if (!value)
		out_of_memory();
	return value;
}

struct json_object *json_bytes(const char *bytes)
{
	char *text = text_from_bytes(bytes);
	struct json_object *value = need(json_object_new_string(text));

	free(text);
	return value;
}

struct json_object *json_flag(bool value)
{
	return need(json_object_new_boolean(value));
}

struct json_object *json_number(uint64_t value)
{
	return need(json_object_new_uint64(value));
}

struct json_object *json_address(uint64_t address)
{
	char text[sizeof("0x") + 16];

	snprintf(text, sizeof(text), "0x%08" PRIx64, address);
	return json_bytes(text);
}

struct json_object *json_date(uint64_t real)
{
	char text[DATE_SIZE];

	date_text(real, text);
	return json_bytes(text);
}

struct json_object *json_new_object(void)
{
	return need(json_object_new_object());
}

struct json_object *json_new_array(void)
{
	return need(json_object_new_array());
}

void json_add(struct json_object *object, const char *name,
	      struct json_object *value)
{
	if (json_object_object_add(object, name, value) < 0)
		out_of_memory();
}

void json_append(struct json_object *array, struct json_object *value)
{
	if (json_object_array_add(array, value) < 0)
		out_of_memory();
}

struct json_object *json_result(const char *schema)
{
	struct json_object *result = json_new_object();

	json_add(result, "schema", json_bytes(schema));
	return result;
}

struct json_object *json_from_fields(const struct field *fields,
				     const void *object)
{
	struct json_object *result = json_new_object();

	for (; fields->name; fields++) {
		struct json_object *value = fields->get(object);

		if (value)
			json_add(result, fields->name, value);
	}
	return result;
}

int flush_output(void)
{
	/* The first one: what could not be written is not tried again. */
	static int failed;

	errno = 0;
	if ((fflush(stdout) != 0 || ferror(stdout)) && !failed)
		failed = errno ? -errno : -EIO;
	return failed;
}

void print_json(const struct app *app, struct json_object *result)
{
	int flags = JSON_C_TO_STRING_NOSLASHESCAPE;

	bound_claim();
	if (app->pretty)
		flags |= JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED;
	puts(json_object_to_json_string_ext(result, flags));
	json_object_put(result);
}

/* Text of one cell, newly allocated. */
static char *cell_text(struct json_object *row, const char *name)
{
	struct json_object *value;
	char *text;

	if (!json_object_object_get_ex(row, name, &value) || !value)
		text = strdup("-");
	else if (json_object_is_type(value, json_type_boolean))
		text = strdup(json_object_get_boolean(value) ? "yes" : "no");
	else
		text = text_for_terminal(json_object_get_string(value));
	if (!text)
		out_of_memory();
	return text;
}

static void print_cell(const struct app *app, const char *text,
		       enum colour colour, size_t width)
{
	size_t used = text_width(text);

	print_coloured(app, colour, text);
	while (used++ < width)
		putchar(' ');
}

void print_value(const struct app *app, struct json_object *row,
		 const char *name)
{
	char *text = cell_text(row, name);

	print_coloured(app, colour_of(name, text), text);
	free(text);
}

static void print_row(const struct app *app, const struct field *const *columns,
		      const size_t *widths, size_t count,
		      struct json_object *row, const char *indent)
{
	size_t i;

	fputs(indent, stdout);
	for (i = 0; i < count; i++) {
		/* Nothing is padded at the end of a line. */
		size_t width = i + 1 < count ? widths[i] + 2 : 0;
		char *text;

		if (!row) {
			print_cell(app, columns[i]->heading, COLOUR_NONE,
				   width);
			continue;
		}
		text = cell_text(row, columns[i]->name);
		print_cell(app, text, colour_of(columns[i]->name, text), width);
		free(text);
	}
	putchar('\n');
}

void print_table(const struct app *app, const struct field *fields,
		 struct json_object *rows, const char *indent, bool heading)
{
	const struct field *columns[MOST_COLUMNS];
	size_t widths[MOST_COLUMNS];
	size_t row_count = json_object_array_length(rows);
	size_t count = 0;
	size_t row;

	bound_claim();
	for (; fields->name && count < MOST_COLUMNS; fields++) {
		if (!fields->heading)
			continue;
		widths[count] = heading ? strlen(fields->heading) : 0;
		columns[count] = fields;
		for (row = 0; row < row_count; row++) {
			char *text =
				cell_text(json_object_array_get_idx(rows, row),
					  fields->name);

			if (text_width(text) > widths[count])
				widths[count] = text_width(text);
			free(text);
		}
		count++;
	}
	if (heading)
		print_row(app, columns, widths, count, NULL, indent);
	for (row = 0; row < row_count; row++)
		print_row(app, columns, widths, count,
			  json_object_array_get_idx(rows, row), indent);
}

void print_text(const struct app *app, const char *fmt, ...)
{
	char *bytes = NULL;
	char *text;
	char *safe;
	va_list args;

	if (app->json)
		return;
	bound_claim();
	va_start(args, fmt);
	if (vasprintf(&bytes, fmt, args) < 0)
		out_of_memory();
	va_end(args);
	text = text_from_bytes(bytes);
	safe = text_for_terminal(text);
	puts(safe);
	free(safe);
	free(text);
	free(bytes);
}
