// SPDX-License-Identifier: GPL-2.0
/*
 * refusal.c - why the kernel did not take a module, or give one up
 *
 * The errno alone tells nothing: the code of the patch may return any, and one
 * stands for many reasons. A reason is told if the kernel's log or its state
 * shows it; otherwise the errno is told as what it is.
 */
#include <errno.h>
#include <linux/capability.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bound.h"
#include "lines.h"
#include "module.h"
#include "nouns.h"
#include "refusal.h"

#define ERRNO_LEN 16

struct reason {
	enum error error;
	char *text; /* newly allocated */
};

__attribute__((format(printf, 2, 3))) static struct reason
reason(enum error error, const char *fmt, ...)
{
	struct reason result = { .error = error };
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&result.text, fmt, args) < 0)
		out_of_memory();
	va_end(args);
	return result;
}

/* A module may return what only the kernel has a name for. */
static const char *name_of_errno(int err, char *number)
{
	const char *name = strerrorname_np(err);

	if (name)
		return name;
	snprintf(number, ERRNO_LEN, "%d", err);
	return number;
}

/* The number in a file of /proc/sys/kernel, or -1 if it cannot be read. */
static long read_sysctl(const char *name)
{
	char path[64];
	char text[16] = "";
	long value = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/sys/kernel/%s", name);
	file = open_text(path);
	if (!file)
		return -1;
	if (fgets(text, sizeof(text), file))
		value = strtol(text, NULL, 10);
	fclose(file);
	return value;
}

static bool has_capability(unsigned int number)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct data[2] = { 0 };

	if (syscall(SYS_capget, &header, data))
		return false;
	return data[CAP_TO_INDEX(number)].effective & CAP_TO_MASK(number);
}

static bool is_denied(int err)
{
	return err == -EPERM || err == -EACCES;
}

/* Why nobody, or not this process, may load or remove modules; or NULL. */
static const char *denial(void)
{
	if (!has_capability(CAP_SYS_MODULE))
		return "this process lacks CAP_SYS_MODULE";
	if (read_sysctl("modules_disabled") == 1)
		return "kernel.modules_disabled is 1, until the next boot";
	return NULL;
}

/* What the kernel has logged names the kind of the reason. */
static struct reason reason_of_log(const struct kmsg_lines *lines, int err)
{
	const char *cause = lines->cause;
	char number[ERRNO_LEN];
	char meanwhile[96] = "";
	static const struct {
		const char *words;
		enum error error;
		const char *advice;
	} kinds[] = {
		{ "Lockdown: ", ERROR_NOT_PERMITTED, "" },
		{ "version magic", ERROR_WRONG_KERNEL, "" },
		{ "disagrees about version of symbol", ERROR_WRONG_KERNEL, "" },
		{ "unresolvable ambiguity for symbol", ERROR_REFUSED,
		  "; the old_sympos of the patch must say which one it changes:"
		  " 'klpctl verify --module' tells how many there are" },
		{ "not found in symbol table", ERROR_REFUSED,
		  "; 'klpctl verify --module' tells what the compiler made of"
		  " the function" },
	};
	enum error error = ERROR_REFUSED;
	const char *advice = "";
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!strstr(cause, kinds[i].words))
			continue;
		error = kinds[i].error;
		advice = kinds[i].advice;
	}
	if (!lines->names_module)
		snprintf(meanwhile, sizeof(meanwhile),
			 "%s was returned, and meanwhile the kernel logged: ",
			 name_of_errno(-err, number));
	if (strstr(cause, "ftrace") && read_sysctl("ftrace_enabled") == 0)
		return reason(error,
			      "%s%s; kernel.ftrace_enabled is 0, and live"
			      " patches need 1",
			      meanwhile, cause);
	return reason(error, "%s%s%s", meanwhile, cause, advice);
}

/* Of what is logged nowhere: is it to be seen in the state? */
static struct reason reason_of_state(const struct app *app, const char *name,
				     int err)
{
	struct klp_transition *transition = NULL;
	struct reason found = { 0 };

	if (is_denied(err) && denial())
		return reason(ERROR_NOT_PERMITTED, "%s", denial());
	if (err == -EEXIST && module_is_loaded(name) == MODULE_YES)
		return reason(ERROR_ALREADY_LOADED,
			      "a module of this name is loaded");
	if (err == -EBUSY && !klp_transition_get(app->ctx, &transition) &&
	    transition)
		found = reason(ERROR_BUSY,
			       "the transition of patch '%s' is still running",
			       klp_transition_patch(transition));
	klp_transition_free(transition);
	return found;
}

enum status fail_insert(const struct app *app, const char *name, int err,
			bool was_busy, struct kmsg_lines *lines)
{
	struct json_object *details = json_new_object();
	char number[ERRNO_LEN];
	struct reason why;
	enum status status;

	if (lines->cause)
		why = reason_of_log(lines, err);
	else
		why = reason_of_state(app, name, err);
	if (!why.text && was_busy)
		why = reason(ERROR_BUSY, "the transition of another patch was"
					 " running, and is over now: try"
					 " again");
	if (!why.text)
		why = reason(
			err == -ENOMEM || err == -EINTR ? ERROR_FAILURE :
							  ERROR_REFUSED,
			"the kernel or the module returned %s (%s), and %s",
			name_of_errno(-err, number), strerror(-err),
			lines->err ? "the kernel log cannot be read" :
				     "the kernel log has no reason");
	json_add(details, "patch", json_bytes(name));
	json_add(details, "errno", json_bytes(name_of_errno(-err, number)));
	json_add(details, "log", lines->text);
	status = fail_with(app, why.error, details,
			   "patch '%s' was refused: %s", name, why.text);
	free(why.text);
	return status;
}

bool was_forced_out(const struct app *app, const char *name)
{
	struct klp_history_list *list;
	bool forced = false;
	size_t i;

	if (klp_history_list_get(app->ctx, 0, &list))
		return false;
	for (i = 0; i < klp_history_list_count(list); i++) {
		const struct klp_history *past = klp_history_list_at(list, i);

		if (strcmp(klp_history_patch(past), name) == 0)
			forced = klp_history_result(past) ==
					 KLP_RESULT_FORCED &&
				 klp_history_direction(past) ==
					 KLP_DIRECTION_UNPATCHING;
	}
	klp_history_list_free(list);
	return forced;
}

enum status fail_remove(const struct app *app, const char *name, int err)
{
	if (err == -ETIMEDOUT)
		return fail(app, ERROR_TIMED_OUT,
			    "patch '%s': its module is still being removed"
			    " after %u s, and that goes on",
			    name, app->timeout_s);
	if (err == -ETIME)
		return fail(app, ERROR_TIMED_OUT,
			    "patch '%s': %u s were over before the kernel was"
			    " asked to remove its module: nothing was begun",
			    name, app->timeout_s);
	if (err == -ENOENT)
		return fail(app, ERROR_NOT_FOUND,
			    "no module named '%s' is loaded", name);
	if (bound_is_lost(err))
		return fail(app, ERROR_FAILURE,
			    "patch '%s': %s: 'klpctl patch list --all' shows"
			    " whether its module was removed",
			    name, bound_error(err));
	if (is_denied(err) && denial())
		return fail(app, ERROR_NOT_PERMITTED,
			    "patch '%s': the module cannot be removed: %s",
			    name, denial());
	/* EAGAIN is EWOULDBLOCK: the module is referenced. */
	if (err != -EAGAIN && err != -EBUSY)
		return fail(app,
			    is_denied(err) ? ERROR_NOT_PERMITTED :
					     ERROR_FAILURE,
			    "patch '%s': the module cannot be removed: %s",
			    name, bound_error(err));
	if (was_forced_out(app, name))
		return fail(app, ERROR_BUSY,
			    "patch '%s' was disabled by force: tasks may still"
			    " run its code, so its module stays until the next"
			    " boot",
			    name);
	return fail(app, ERROR_BUSY,
		    "patch '%s': the module is still in use: other modules may"
		    " use it, or a patch that was forced has replaced it; then"
		    " it stays until the next boot",
		    name);
}
