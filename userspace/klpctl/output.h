/* SPDX-License-Identifier: GPL-2.0 */
/*
 * output.h - printing results and errors, as text or as JSON
 */
#ifndef KLPCTL_OUTPUT_H
#define KLPCTL_OUTPUT_H

#include <json-c/json.h>

#include "main.h"
#include "oom.h"

/* Why a command failed; output.c has the names and exit statuses. */
enum error {
	ERROR_FAILURE,
	ERROR_USAGE,
	ERROR_BAD_FILE,
	ERROR_NOT_LIVEPATCH,
	ERROR_WRONG_KERNEL,
	ERROR_ALREADY_LOADED,
	ERROR_REFUSED,
	ERROR_BUSY,
	ERROR_RUNNING,
	ERROR_TIMED_OUT,
	ERROR_NOT_PERMITTED,
	ERROR_NOT_FOUND,
	ERROR_NOT_SUPPORTED,
	ERROR_OTHER_VERSION,
};

/*
 * Prints an error, on stderr or as a JSON object on stdout. details, which may
 * be NULL and is consumed, adds members to the object; the lines of its "log"
 * are printed as text too.
 */
enum status fail(const struct app *app, enum error error, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
enum status fail_with(const struct app *app, enum error error,
		      struct json_object *details, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* The error of a libklp call, with the text that the library keeps. */
enum status fail_klp(const struct app *app, int err);

/*
 * From here on, errors are told as monitoring plugins tell them: in a line on
 * stdout, and with the status PLUGIN_UNKNOWN.
 */
#define CHECK_SCHEMA "klpctl-check/1"
#define PLUGIN_UNKNOWN 3
void start_plugin(struct app *app);

/* check.c: the line of a check that found out nothing. */
void print_unknown(const struct app *app, const char *message);

/*
 * One row per attribute, for text and JSON alike. get() returns a new value,
 * or NULL if this object lacks the attribute.
 */
struct field {
	const char *name; /* the spec's, with '_' for '-' */
	const char *heading; /* of a text column; NULL: in JSON only */
	struct json_object *(*get)(const void *object);
};

/*
 * Many readers of JSON, and those of metrics, take numbers for doubles. Returns
 * the number, or the largest that they hold exactly, 2^53 - 1, if it is larger.
 */
uint64_t exact_number(uint64_t value);

/* Ownership goes up: an object owns what was added to it. */
struct json_object *json_from_fields(const struct field *fields,
				     const void *object);
/* Of a name, which is bytes; of text that is well-formed UTF-8 already. */
struct json_object *json_bytes(const char *bytes);
struct json_object *json_text(const char *text);
struct json_object *json_flag(bool value);
/* That number: exact_number() of the value. */
struct json_object *json_number(uint64_t value);
/* Nanoseconds, as microseconds: those since 1970 exceed 2^53. */
struct json_object *json_us(uint64_t ns);
/* Hexadecimal; a date of nanoseconds since 1970. */
struct json_object *json_address(uint64_t address);
struct json_object *json_date(uint64_t real);
struct json_object *json_new_object(void);
struct json_object *json_new_array(void);
void json_add(struct json_object *object, const char *name,
	      struct json_object *value);
void json_append(struct json_object *array, struct json_object *value);

/* Starts a result: an object with its "schema". */
struct json_object *json_result(const char *schema);

/* What JSON has for a value that is not null; the value keeps it. */
const char *json_to_text(struct json_object *value);

/* Prints a result as JSON and frees it. */
void print_json(const struct app *app, struct json_object *result);

/*
 * Writes what has been printed and is still in a buffer. Returns 0, or the
 * negative errno of the first write that failed.
 */
int flush_output(void);

/* Prints an array that json_from_fields() filled, as an aligned table. */
void print_table(const struct app *app, const struct field *fields,
		 struct json_object *rows, const char *indent, bool heading);

/* Prints one value of such an object, with its colour and no newline. */
void print_value(const struct app *app, struct json_object *row,
		 const char *name);

/* Prints text, made safe for terminals; in JSON mode nothing. */
void print_text(const struct app *app, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif /* KLPCTL_OUTPUT_H */
