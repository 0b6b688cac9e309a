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
#include "output.h"
#include "text.h"

/* Readers take numbers for doubles, which have 53 bits. */
#define MOST_EXACT ((1ULL << 53) - 1)

#define NS_PER_US 1000

static struct json_object *need(struct json_object *value)
{
	if (!value)
		out_of_memory();
	return value;
}

struct json_object *json_text(const char *text)
{
	return need(json_object_new_string(text));
}

struct json_object *json_bytes(const char *bytes)
{
	char *text = text_from_bytes(bytes);
	struct json_object *value = json_text(text);

	free(text);
	return value;
}

struct json_object *json_flag(bool value)
{
	return need(json_object_new_boolean(value));
}

uint64_t exact_number(uint64_t value)
{
	return value < MOST_EXACT ? value : MOST_EXACT;
}

struct json_object *json_number(uint64_t value)
{
	return need(json_object_new_uint64(exact_number(value)));
}

struct json_object *json_us(uint64_t ns)
{
	return json_number(ns / NS_PER_US);
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

/*
 * Where json-c has no memory for more text it leaves out a part, and returns the
 * rest as if it were whole. Only errno tells, which realloc() has set.
 */
static const char *whole(const char *text)
{
	if (!text || errno == ENOMEM)
		out_of_memory();
	return text;
}

const char *json_to_text(struct json_object *value)
{
	errno = 0;
	return whole(json_object_get_string(value));
}

void print_json(const struct app *app, struct json_object *result)
{
	int flags = JSON_C_TO_STRING_NOSLASHESCAPE;
	const char *text;

	bound_claim();
	if (app->pretty)
		flags |= JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED;
	errno = 0;
	text = whole(json_object_to_json_string_ext(result, flags));
	puts(text);
	json_object_put(result);
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
