// SPDX-License-Identifier: GPL-2.0
/*
 * error.c - what a failed command prints, and the exit status it ends with
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "lines.h"
#include "output.h"
#include "text.h"

static const struct {
	const char *code;
	enum status status;
} errors[] = {
	[ERROR_FAILURE] = { "failure", STATUS_FAILURE },
	[ERROR_USAGE] = { "usage", STATUS_USAGE },
	[ERROR_BAD_FILE] = { "bad-file", STATUS_FAILURE },
	[ERROR_NOT_LIVEPATCH] = { "not-livepatch", STATUS_FAILURE },
	[ERROR_WRONG_KERNEL] = { "wrong-kernel", STATUS_FAILURE },
	[ERROR_ALREADY_LOADED] = { "already-loaded", STATUS_FAILURE },
	[ERROR_REFUSED] = { "refused", STATUS_FAILURE },
	[ERROR_BUSY] = { "busy", STATUS_FAILURE },
	[ERROR_RUNNING] = { "transition-running", STATUS_RUNNING },
	[ERROR_TIMED_OUT] = { "timed-out", STATUS_BLOCKED },
	[ERROR_NOT_PERMITTED] = { "not-permitted", STATUS_NOT_PERMITTED },
	[ERROR_NOT_FOUND] = { "not-found", STATUS_NOT_FOUND },
	[ERROR_NOT_SUPPORTED] = { "not-supported", STATUS_NOT_SUPPORTED },
	[ERROR_OTHER_VERSION] = { "other-version", STATUS_FAILURE },
};

/* What a plugin says around the reason when there is nothing to say it with. */
static const char *last_words[2];

void start_plugin(struct app *app)
{
	app->plugin = true;
	last_words[0] = app->json ? "{\"schema\":\"" CHECK_SCHEMA
				    "\",\"status\":\"unknown\",\"message\":\"" :
				    "KLP UNKNOWN - ";
	last_words[1] = app->json ? "\"}\n" : "\n";
}

_Noreturn static void end_for_want_of(const char *what)
{
	if (last_words[0]) {
		printf("%sout of %s%s", last_words[0], what, last_words[1]);
		exit(PLUGIN_UNKNOWN);
	}
	fprintf(stderr, "klpctl: out of %s\n", what);
	exit(STATUS_FAILURE);
}

_Noreturn void out_of_memory(void)
{
	end_for_want_of("memory");
}

_Noreturn void out_of_descriptors(void)
{
	end_for_want_of("file descriptors: see 'ulimit -n'");
}

static void print_error_line(const char *prefix, const char *text)
{
	char *safe = text_for_terminal(text);

	fprintf(stderr, "%s%s\n", prefix, safe);
	free(safe);
}

static void print_error_text(const char *message, struct json_object *details)
{
	struct json_object *log;
	size_t i;

	print_error_line("klpctl: ", message);
	if (!json_object_object_get_ex(details, "log", &log))
		return;
	for (i = 0; i < json_object_array_length(log); i++)
		print_error_line("  kernel: ",
				 json_object_get_string(
					 json_object_array_get_idx(log, i)));
}

static void print_error_json(const struct app *app, enum error error,
			     const char *message, struct json_object *details)
{
	struct json_object *result = json_new_object();
	struct json_object *body = json_new_object();

	json_add(body, "code", json_bytes(errors[error].code));
	/* The message has been made well-formed already. */
	json_add(body, "message", json_text(message));
	if (details) {
		json_object_object_foreach(details, name, value)
			json_add(body, name, json_object_get(value));
	}
	json_add(result, "error", body);
	json_add(result, "schema", json_bytes("klpctl-error/1"));
	print_json(app, result);
}

static enum status vfail(const struct app *app, enum error error,
			 struct json_object *details, const char *fmt,
			 va_list args)
{
	char *bytes = NULL;
	char *message;

	bound_claim();
	if (vasprintf(&bytes, fmt, args) < 0)
		out_of_memory();
	message = text_from_bytes(bytes);
	if (app->plugin)
		print_unknown(app, bytes);
	else if (app->json)
		print_error_json(app, error, message, details);
	else
		print_error_text(message, details);
	free(message);
	free(bytes);
	json_object_put(details);
	return app->plugin ? (enum status)PLUGIN_UNKNOWN : errors[error].status;
}

enum status fail(const struct app *app, enum error error, const char *fmt, ...)
{
	enum status status;
	va_list args;

	va_start(args, fmt);
	status = vfail(app, error, NULL, fmt, args);
	va_end(args);
	return status;
}

enum status fail_with(const struct app *app, enum error error,
		      struct json_object *details, const char *fmt, ...)
{
	enum status status;
	va_list args;

	va_start(args, fmt);
	status = vfail(app, error, details, fmt, args);
	va_end(args);
	return status;
}

enum status fail_klp(const struct app *app, int err)
{
	const char *text = klp_last_error(app->ctx);

	switch (err) {
	case -EOPNOTSUPP:
		return fail(app, ERROR_NOT_SUPPORTED, "%s", text);
	case -EPERM:
	case -EACCES:
		return fail(app, ERROR_NOT_PERMITTED, "%s", text);
	case -ETIMEDOUT:
		return fail(app, ERROR_TIMED_OUT, "%s", text);
	case -EBUSY:
		return fail(app, ERROR_BUSY, "%s", text);
	case -ENOENT:
		return fail(app, ERROR_NOT_FOUND, "%s", text);
	default:
		return fail(app, ERROR_FAILURE, "%s", text);
	}
}
