// SPDX-License-Identifier: GPL-2.0
/*
 * metrics_file.c - klpctl metrics: where the metrics go
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bound.h"
#include "clock.h"
#include "metrics.h"
#include "output.h"

#define HEARTBEAT "klp_collections_total"

/* Others who write there take a moment each. */
#define LOCK_MS 10000
#define LOCK_INTERVAL_MS 10

/* What is left of --timeout to write the file in, whoever has the lock. */
#define WRITE_MS 1000

/* What is there already may be a file, and nothing else: no pipe, no device. */
static bool is_replaceable(const char *path)
{
	struct stat there;

	return lstat(path, &there) < 0 ? errno == ENOENT :
					 S_ISREG(there.st_mode);
}

/* How often the file has been written, from the file itself. */
static uint64_t last_heartbeat(const char *path)
{
	const int fd =
		open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat there;
	uint64_t count = 0;
	char line[256];
	FILE *file;

	if (fd < 0)
		return 0;
	file = fstat(fd, &there) == 0 && S_ISREG(there.st_mode) ?
		       fdopen(fd, "r") :
		       NULL;
	if (!file) {
		close(fd);
		return 0;
	}
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, HEARTBEAT " %" SCNu64, &count) == 1)
			break;
	}
	fclose(file);
	return exact_number(count);
}

static int write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t done = write(fd, text, len);

		if (done < 0 && errno != EINTR)
			return -errno;
		if (done > 0) {
			text += done;
			len -= (size_t)done;
		}
	}
	/* As any file that everyone may read: the collector is another user. */
	return fchmod(fd, 0644) < 0 || fsync(fd) < 0 ? -errno : 0;
}

/* Opens the directory that the path is in. */
static int open_directory(const char *path, int flags)
{
	const char *slash = strrchr(path, '/');
	char *directory;
	int fd;

	/* With the slash, so that that of the root is not lost. */
	directory = slash ? strndup(path, (size_t)(slash - path) + 1) :
			    strdup(".");
	if (!directory)
		out_of_memory();
	fd = open(directory, flags | O_CLOEXEC, 0600);
	free(directory);
	return fd;
}

/* A file without a name, in the directory of the path: -1 if there is none. */
static int open_nameless(const char *path)
{
	return open_directory(path, O_TMPFILE | O_WRONLY);
}

/*
 * Two who write at once would both count from the same number. The file itself is
 * replaced, so its directory is locked, which leaves nothing behind. Anybody who
 * may read that may lock it too, for as long as they like: then the file is more
 * than its count. -1 where there is nothing to lock; closing it unlocks.
 */
static int lock_directory(const struct app *app)
{
	const int fd = open_directory(app->output, O_DIRECTORY | O_RDONLY);
	uint64_t end_ms = now_ms() + LOCK_MS;

	if (app->deadline_ms && end_ms > app->deadline_ms - WRITE_MS)
		end_ms = app->deadline_ms - WRITE_MS;
	while (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0 &&
	       errno == EWOULDBLOCK && now_ms() < end_ms)
		pause_ms(LOCK_INTERVAL_MS);
	return fd;
}

/*
 * A link does not replace a file, so the new one gets a name on the way. Of
 * what has the name already, a whole file of one who was killed right here, or
 * is here right now, the latest is kept.
 */
static int give_name(int fd, const char *path)
{
	char source[sizeof("/proc/self/fd/") + 16];
	char *name = NULL;
	int err;

	snprintf(source, sizeof(source), "/proc/self/fd/%d", fd);
	if (asprintf(&name, "%s.new", path) < 0)
		out_of_memory();
	do {
		err = linkat(AT_FDCWD, source, AT_FDCWD, name,
			     AT_SYMLINK_FOLLOW) ?
			      -errno :
			      0;
	} while (err == -EEXIST && unlink(name) == 0);
	if (!err) {
		/* If it is not there, another has renamed or replaced it. */
		err = rename(name, path) < 0 && errno != ENOENT ? -errno : 0;
		unlink(name);
	}
	free(name);
	return err;
}

/*
 * With a name from the start: nothing but SIGKILL makes it stay. It is known
 * before there is a file, so that it can be removed at any time.
 */
static int replace_named(const char *path, const char *text, size_t len)
{
	char *name = NULL;
	sigset_t old;
	sigset_t all;
	int err;
	int fd;

	if (asprintf(&name, "%s.%ld", path, (long)getpid()) < 0)
		out_of_memory();
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	bound_part(name);
	/* Of one who was killed. */
	unlink(name);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	err = fd < 0 ? -errno : write_all(fd, text, len);
	if (fd >= 0) {
		if (close(fd) < 0 && !err)
			err = -errno;
		if (!err && rename(name, path) < 0)
			err = -errno;
		if (err)
			unlink(name);
	}
	bound_part(NULL);
	sigprocmask(SIG_SETMASK, &old, NULL);
	free(name);
	return err;
}

/*
 * Readers see the whole old file or the whole new one. It has no name until it
 * is whole, so that nothing is left when its writer is killed. Not every file
 * system can do that, nor can it be done without /proc.
 */
static int replace_file(const char *path, const char *text, size_t len)
{
	const int fd = open_nameless(path);
	int err;

	if (fd < 0)
		return replace_named(path, text, len);
	err = write_all(fd, text, len);
	if (err) {
		close(fd);
		return err;
	}
	err = give_name(fd, path);
	if (close(fd) < 0 && !err)
		err = -errno;
	return err ? replace_named(path, text, len) : 0;
}

static enum status fail_file(const struct app *app, int err)
{
	return fail(app,
		    err == -EACCES || err == -EPERM ? ERROR_NOT_PERMITTED :
		    err == -ENOENT		    ? ERROR_NOT_FOUND :
						      ERROR_FAILURE,
		    "%s: cannot write: %s", app->output, strerror(-err));
}

static enum status print_metrics(const struct app *app, const char *text)
{
	struct json_object *result;

	if (!app->json) {
		if (!app->output)
			fputs(text, stdout);
		return STATUS_OK;
	}
	result = json_result("klpctl-metrics/1");
	if (app->output)
		json_add(result, "file", json_bytes(app->output));
	else
		json_add(result, "text", json_text(text));
	print_json(app, result);
	return STATUS_OK;
}

/* The metrics, newly allocated, and what could not be read. */
static char *collect(const struct app *app, struct desired *desired,
		     int *failed, bool *tainted)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (out)
		*failed = metrics_put(out, app->ctx, desired, tainted);
	if (!out || fclose(out) != 0 || !text)
		out_of_memory();
	return text;
}

/* Writes the file of --output, with its own count behind the metrics. */
static int write_file(const struct app *app, const char *metrics)
{
	char *text = NULL;
	int lock;
	int err;

	bound_file(app->output);
	lock = lock_directory(app);
	if (asprintf(
		    &text,
		    "%s# HELP " HEARTBEAT " How often this file was written.\n"
		    "# TYPE " HEARTBEAT " counter\n" HEARTBEAT " %" PRIu64 "\n",
		    metrics, exact_number(last_heartbeat(app->output) + 1)) < 0)
		out_of_memory();
	err = replace_file(app->output, text, strlen(text));
	free(text);
	if (lock >= 0)
		close(lock);
	bound_file(NULL);
	return err;
}

/* What is printed tells it too, as the file does. */
static enum status fail_collection(const struct app *app, const char *text,
				   int failed)
{
	if (!app->output && !app->json)
		fputs(text, stdout);
	if (failed && failed != -EOPNOTSUPP)
		return fail_klp(app, failed);
	return fail(app, ERROR_FAILURE,
		    METRICS_TAINTED ": cannot be read, so the flags that taint"
				    " the kernel are not known: is /proc"
				    " mounted?");
}

/*
 * A kernel without live patching is something to tell, not a failure. What
 * else could not be read is both: the file says so, and the exit status.
 */
static enum status report(const struct app *app, struct desired *desired)
{
	enum status status;
	bool tainted = true;
	int failed = 0;
	int err = 0;
	char *text;

	text = collect(app, desired, &failed, &tainted);
	if (app->output)
		err = write_file(app, text);
	if (err)
		status = fail_file(app, err);
	else if ((failed && failed != -EOPNOTSUPP) || !tainted)
		status = fail_collection(app, text, failed);
	else
		status = print_metrics(app, text);
	free(text);
	return status;
}

enum status do_metrics(struct app *app, char **arguments)
{
	struct desired desired = { 0 };
	enum status status;

	(void)arguments;
	if (app->output && !is_replaceable(app->output))
		return fail(app, ERROR_FAILURE,
			    "%s: is there and is not a regular file: give the"
			    " name of one, or of none",
			    app->output);
	if (app->desired && desired_read(&desired, app))
		status = fail(app, desired.error, "%s", desired.why);
	else
		status = report(app, app->desired ? &desired : NULL);
	desired_release(&desired);
	return status;
}
