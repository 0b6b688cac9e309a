// SPDX-License-Identifier: GPL-2.0
/*
 * desired.c - the patches that a machine is to run, and why it does not
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <linux/magic.h>

#include "bound.h"
#include "clock.h"
#include "desired.h"
#include "module.h"
#include "nouns.h"

/* Thousands of patches fit; what is larger is another file. */
#define LARGEST_FILE (1 << 20)

/* More than any kernel runs, so that names can be compared with each other. */
#define MOST_PATCHES 1024

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define BLANKS " \t\r"

static const struct {
	const char *label; /* of a metric */
	const char *name; /* as in JSON */
} reasons[DESIRED_REASONS] = {
	{ "not_loaded", "not-loaded" },
	{ "disabled", "disabled" },
	{ "transition", "transition" },
	{ "wrong_version", "wrong-version" },
	{ "not_enabled", "not-enabled" },
	{ "core_busy", "core-busy" },
	{ "version_unknown", "version-unknown" },
};

const char *desired_reason_label(size_t number)
{
	return reasons[number].label;
}

const char *desired_reason_name(size_t number)
{
	return reasons[number].name;
}

static int refuse(struct desired *desired, enum error error, const char *fmt,
		  ...) __attribute__((format(printf, 3, 4)));

static int refuse(struct desired *desired, enum error error, const char *fmt,
		  ...)
{
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&desired->why, fmt, args) < 0)
		out_of_memory();
	va_end(args);
	desired->error = error;
	return -1;
}

static int refuse_errno(struct desired *desired, const char *path)
{
	enum error error =
		errno == ENOENT || errno == ENOTDIR ? ERROR_NOT_FOUND :
		errno == EACCES || errno == EPERM   ? ERROR_NOT_PERMITTED :
						      ERROR_FAILURE;

	return refuse(desired, error, "%s: %s", path, strerror(errno));
}

/* Waits for a writer's data. False if the time of the command is up. */
static bool await_text(const struct app *app, int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	const uint64_t now = now_ms();
	const uint64_t end_ms = app->deadline_ms;
	const uint64_t left_ms = end_ms > now ? end_ms - now : 0;

	return poll(&poll_fd, 1, end_ms ? (int)left_ms : -1) != 0;
}

/* Reads until the end; one byte too many if it is not near. -1 with an error. */
static ssize_t read_bytes(struct desired *desired, const struct app *app,
			  int fd)
{
	size_t len = 0;
	ssize_t got = 1;

	while (got != 0 && len <= LARGEST_FILE) {
		got = read(fd, desired->text + len, LARGEST_FILE + 1 - len);
		if (got > 0)
			len += (size_t)got;
		else if (got < 0 && errno == EAGAIN && !await_text(app, fd))
			return refuse(desired, ERROR_TIMED_OUT,
				      "%s: its end has not come within %u s",
				      app->desired, app->timeout_s);
		else if (got < 0 && errno != EINTR && errno != EAGAIN)
			return refuse_errno(desired, app->desired);
	}
	return (ssize_t)len;
}

/* One that has a name, to which a writer may come, or not. */
static bool is_fifo(int fd)
{
	struct statfs system;
	struct stat file;

	return fstat(fd, &file) == 0 && S_ISFIFO(file.st_mode) &&
	       fstatfs(fd, &system) == 0 && system.f_type != PIPEFS_MAGIC;
}

/* A FIFO that nobody writes to is not waited for: it has no list. */
static int read_text(struct desired *desired, const struct app *app)
{
	const char *path = app->desired;
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool silent;
	ssize_t len;

	if (fd < 0)
		return refuse_errno(desired, path);
	desired->text = malloc(LARGEST_FILE + 1);
	if (!desired->text)
		out_of_memory();
	len = read_bytes(desired, app, fd);
	silent = len == 0 && is_fifo(fd);
	close(fd);
	if (len < 0)
		return -1;
	if (silent)
		return refuse(desired, ERROR_FAILURE,
			      "%s: a FIFO that nobody has written to: start its"
			      " writer first",
			      path);
	if (len > LARGEST_FILE)
		return refuse(desired, ERROR_USAGE,
			      "%s: too large for a list of patches", path);
	desired->text[len] = '\0';
	if (strlen(desired->text) != (size_t)len)
		return refuse(desired, ERROR_USAGE,
			      "%s: has a NUL byte, so it is no text", path);
	return 0;
}

static void add(struct desired *desired, const char *name, const char *version)
{
	const size_t used = desired->count;

	/* Grow by doubling. */
	if (!(used & (used - 1))) {
		desired->patch = reallocarray(desired->patch,
					      used ? 2 * used : 1,
					      sizeof(*desired->patch));
		if (!desired->patch)
			out_of_memory();
	}
	desired->patch[desired->count++] = (struct desired_patch){
		.name = name,
		.version = version,
	};
}

static bool is_listed(const struct desired *desired, const char *name)
{
	size_t i;

	for (i = 0; i < desired->count; i++) {
		if (strcmp(desired->patch[i].name, name) == 0)
			return true;
	}
	return false;
}

static int read_line(struct desired *desired, const char *path, size_t number,
		     char *line)
{
	char *save = NULL;
	char *name;
	const char *version;
	const char *more;

	line[strcspn(line, "#")] = '\0';
	name = strtok_r(line, BLANKS, &save);
	if (!name)
		return 0;
	module_name(name);
	version = strtok_r(NULL, BLANKS, &save);
	more = strtok_r(NULL, BLANKS, &save);
	if (more)
		return refuse(desired, ERROR_USAGE,
			      "%s: line %zu: '%s' is too much: give a name and"
			      " maybe a version",
			      path, number, more);
	if (!is_module_name(name))
		return refuse(desired, ERROR_USAGE,
			      "%s: line %zu: '%s' cannot be a patch's name",
			      path, number, name);
	if (is_listed(desired, name))
		return refuse(desired, ERROR_USAGE,
			      "%s: line %zu: '%s' is there already", path,
			      number, name);
	if (desired->count == MOST_PATCHES)
		return refuse(desired, ERROR_USAGE,
			      "%s: line %zu: more than %d patches", path,
			      number, MOST_PATCHES);
	add(desired, name, version);
	return 0;
}

int desired_read(struct desired *desired, const struct app *app)
{
	const char *path = app->desired;
	size_t number = 1;
	char *line;
	char *next;
	int err;

	memset(desired, 0, sizeof(*desired));
	bound_file(path);
	err = read_text(desired, app);
	bound_file(NULL);
	if (err)
		return -1;
	line = desired->text;
	/* A byte order mark, as some editors write it. */
	if (strncmp(line, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0)
		line += strlen(BYTE_ORDER_MARK);
	for (; line; line = next, number++) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (read_line(desired, path, number, line))
			return -1;
	}
	return 0;
}

void desired_release(struct desired *desired)
{
	free(desired->patch);
	free(desired->text);
	free(desired->why);
	memset(desired, 0, sizeof(*desired));
}

/* The kernel tells only the beginning of a long version, and /sys the rest. */
static unsigned int unmet_version(const struct desired_patch *desired,
				  const struct klp_patch *patch)
{
	if (!desired->version)
		return 0;
	switch (module_has_version(patch, desired->version)) {
	case MODULE_YES:
		return 0;
	case MODULE_NO:
		return DESIRED_WRONG_VERSION;
	default:
		return DESIRED_VERSION_UNKNOWN;
	}
}

static unsigned int unmet(const struct desired_patch *desired,
			  const struct klp_patch *patch)
{
	unsigned int mask = unmet_version(desired, patch);

	switch (klp_patch_state(patch)) {
	case KLP_PATCH_ENABLED:
		break;
	case KLP_PATCH_ENABLING:
	case KLP_PATCH_DISABLING:
		mask |= DESIRED_TRANSITION;
		break;
	default:
		/* Once it is over, the kernel has no such patch any more. */
		mask |= DESIRED_CORE_BUSY;
		break;
	}
	return mask;
}

static unsigned int compare(const struct desired_patch *desired,
			    const struct klp_patch_list *list)
{
	size_t i;

	for (i = 0; list && i < klp_patch_list_count(list); i++) {
		const struct klp_patch *patch = klp_patch_list_at(list, i);

		if (strcmp(klp_patch_name(patch), desired->name) == 0)
			return unmet(desired, patch);
	}
	/* The kernel forgets a patch that is disabled, and keeps its module. */
	switch (module_is_loaded(desired->name)) {
	case MODULE_YES:
		return DESIRED_DISABLED;
	case MODULE_NO:
		return DESIRED_NOT_LOADED;
	default:
		return DESIRED_NOT_ENABLED;
	}
}

void desired_compare(struct desired *desired, const struct klp_patch_list *list)
{
	size_t i;

	for (i = 0; i < desired->count; i++)
		desired->patch[i].unmet = compare(&desired->patch[i], list);
}
