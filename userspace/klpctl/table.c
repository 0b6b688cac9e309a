// SPDX-License-Identifier: GPL-2.0
/*
 * table.c - results as tables of text, which fit the terminal
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "bound.h"
#include "clock.h"
#include "colour.h"
#include "output.h"
#include "text.h"

/* The widest table has fewer columns. */
#define MOST_COLUMNS 16

/* Between two columns. */
#define GAP 2

/* To shorten a column further would leave nothing to know it by. */
#define SHORTEST_COLUMN 12

/* What is left out where there is no room, the least important first. */
static const char *const droppable[] = {
	"id",		"pid",		"cpu",	      "kthread",
	"object_count", "offset",	"signals",    "attempts",
	"new_addr",	"old_addr",	"references", "redirectable",
	"sympos",	"func_count",	"entry_path", "hits",
	"replace",	"stack_reason", "date",	      "where",
};

struct column {
	const struct field *field;
	size_t width;
	bool number; /* to the right */
};

struct table {
	const struct app *app;
	struct json_object *rows;
	const char *indent;
	bool heading;
	struct column column[MOST_COLUMNS];
	size_t columns;
};

/* 0: there is no limit. */
static size_t width_of_output(const struct app *app)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size = { 0 };
	unsigned long width;
	char *end;

	if (app->wide)
		return 0;
	if (columns && *columns >= '0' && *columns <= '9') {
		width = strtoul(columns, &end, 10);
		if (!*end)
			return width;
	}
	if (!isatty(STDOUT_FILENO) ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0)
		return 0;
	return size.ws_col;
}

/* A duration is a number of milliseconds to JSON, and one form to people. */
static bool is_duration(const char *name, struct json_object *value)
{
	size_t len = strlen(name);

	return len > 3 && strcmp(name + len - 3, "_ms") == 0 &&
	       json_object_is_type(value, json_type_int);
}

/* Text of one cell, newly allocated. */
static char *cell_text(struct json_object *row, const char *name)
{
	char duration[DURATION_SIZE];
	struct json_object *value;
	char *text;

	if (!json_object_object_get_ex(row, name, &value) || !value) {
		text = strdup("-");
	} else if (json_object_is_type(value, json_type_boolean)) {
		text = strdup(json_object_get_boolean(value) ? "yes" : "no");
	} else if (is_duration(name, value)) {
		duration_text(json_object_get_uint64(value), duration);
		text = strdup(duration);
	} else {
		text = text_for_terminal(json_to_text(value));
	}
	if (!text)
		out_of_memory();
	return text;
}

/* Cuts text that is wider, and marks it. */
static void shorten(char *text, size_t width)
{
	static const char mark[] = "...";
	const size_t kept = width - strlen(mark);
	size_t used = 0;

	if (text_width(text) <= width)
		return;
	/* A character begins with a byte that does not continue one. */
	for (; *text; text++) {
		if (((unsigned char)*text & 0xc0) != 0x80 && used++ == kept)
			break;
	}
	memcpy(text, mark, sizeof(mark));
}

static void print_spaces(size_t count)
{
	while (count-- > 0)
		putchar(' ');
}

static void print_cell(const struct table *table, size_t number,
		       enum colour colour, char *text)
{
	const struct column *column = &table->column[number];
	size_t used;

	shorten(text, column->width);
	used = column->width - text_width(text);
	if (column->number)
		print_spaces(used);
	print_coloured(table->app, colour, text);
	/* Nothing is padded at the end of a line. */
	if (number + 1 < table->columns)
		print_spaces(GAP + (column->number ? 0 : used));
}

void print_value(const struct app *app, struct json_object *row,
		 const char *name)
{
	char *text = cell_text(row, name);

	print_coloured(app, colour_of(name, text), text);
	free(text);
}

/* The headings without a row. */
static void print_row(const struct table *table, struct json_object *row)
{
	size_t i;

	fputs(table->indent, stdout);
	for (i = 0; i < table->columns; i++) {
		const struct field *field = table->column[i].field;
		char *text = row ? cell_text(row, field->name) :
				   strdup(field->heading);

		if (!text)
			out_of_memory();
		print_cell(table, i,
			   row ? colour_of(field->name, text) : COLOUR_NONE,
			   text);
		free(text);
	}
	putchar('\n');
}

/* A column of numbers alone, where there is one at all. */
static void measure(struct table *table, const struct field *field)
{
	const size_t rows = json_object_array_length(table->rows);
	struct column *column = &table->column[table->columns++];
	bool words = false;
	size_t row;

	*column = (struct column){
		.field = field,
		.width = table->heading ? strlen(field->heading) : 0,
	};
	for (row = 0; row < rows; row++) {
		struct json_object *object =
			json_object_array_get_idx(table->rows, row);
		char *text = cell_text(object, field->name);
		struct json_object *value;

		if (text_width(text) > column->width)
			column->width = text_width(text);
		free(text);
		if (!json_object_object_get_ex(object, field->name, &value))
			continue;
		if (json_object_is_type(value, json_type_int))
			column->number = true;
		else
			words = true;
	}
	column->number = column->number && !words;
}

static size_t width_of(const struct table *table)
{
	size_t width = strlen(table->indent);
	size_t i;

	for (i = 0; i < table->columns; i++)
		width += table->column[i].width + (i ? GAP : 0);
	return width;
}

static void drop(struct table *table, const char *name)
{
	size_t i;

	for (i = 0; i < table->columns; i++) {
		if (strcmp(table->column[i].field->name, name) != 0)
			continue;
		table->columns--;
		memmove(&table->column[i], &table->column[i + 1],
			(table->columns - i) * sizeof(table->column[0]));
		return;
	}
}

/* The widest column of words that may become shorter, or NULL. */
static struct column *widest(struct table *table)
{
	struct column *found = NULL;
	size_t i;

	for (i = 0; i < table->columns; i++) {
		struct column *column = &table->column[i];

		if (!column->number && column->width > SHORTEST_COLUMN &&
		    (!found || column->width > found->width))
			found = column;
	}
	return found;
}

/* What is shortened is whole in JSON, and with --wide. */
static void fit(struct table *table, size_t limit)
{
	struct column *column;
	size_t i;

	for (i = 0; i < sizeof(droppable) / sizeof(droppable[0]) &&
		    width_of(table) > limit;
	     i++)
		drop(table, droppable[i]);
	while (width_of(table) > limit && (column = widest(table)))
		column->width--;
}

void print_table(const struct app *app, const struct field *fields,
		 struct json_object *rows, const char *indent, bool heading)
{
	struct table table = {
		.app = app, .rows = rows, .indent = indent, .heading = heading
	};
	const size_t row_count = json_object_array_length(rows);
	const size_t limit = width_of_output(app);
	size_t row;

	bound_claim();
	for (; fields->name && table.columns < MOST_COLUMNS; fields++) {
		if (fields->heading)
			measure(&table, fields);
	}
	if (limit)
		fit(&table, limit);
	if (heading)
		print_row(&table, NULL);
	for (row = 0; row < row_count; row++)
		print_row(&table, json_object_array_get_idx(rows, row));
}
