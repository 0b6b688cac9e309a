// SPDX-License-Identifier: GPL-2.0
/*
 * cycle.c - enable and disable a livepatch, again and again
 *
 *   cycle COUNT FILE      loads NAME.ko, disables it and unloads it
 *   cycle COUNT NAME      does not: NAME is loaded, and made with klp_again.h
 *
 * It sleeps instead of starting programs that do, which would be one more task
 * to switch each time.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define WAIT_MS 60000
#define POLL_MS 5

struct patch {
	const char *file;
	bool stays;
	char name[64];
	char enable[128];
	char holders[128];
	char transition[128];
	char enabled[128];
};

static int fail(const struct patch *patch, const char *what)
{
	fprintf(stderr, "cycle: %s: %s: %s\n", patch->name, what,
		strerror(errno));
	return 1;
}

static bool write_value(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && write(fd, value, 1) == 1;

	if (fd >= 0)
		close(fd);
	return good;
}

/* Is the value at a path this one, or the path gone? */
static bool has_value(const char *path, char wanted)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char value = wanted;
	bool good = fd < 0 || (read(fd, &value, 1) >= 0 && value == wanted);

	if (fd >= 0)
		close(fd);
	return good;
}

static bool insert(const struct patch *patch)
{
	int fd;
	bool good;

	if (patch->stays)
		return write_value(patch->enable, "1");

	fd = open(patch->file, O_RDONLY | O_CLOEXEC);
	good = fd >= 0 && !syscall(SYS_finit_module, fd, "", 0);
	if (fd >= 0)
		close(fd);
	return good;
}

static bool disable(const struct patch *patch)
{
	return write_value(patch->enabled, "0");
}

static bool settled(const struct patch *patch)
{
	return has_value(patch->transition, '0');
}

static bool gone(const struct patch *patch)
{
	return access(patch->enabled, F_OK) != 0;
}

/* The core gives the module back some time after its transition. */
static bool removed(const struct patch *patch)
{
	if (patch->stays)
		return has_value(patch->holders, '0');
	return !syscall(SYS_delete_module, patch->name, O_NONBLOCK);
}

static bool wait_for(bool (*done)(const struct patch *patch),
		     const struct patch *patch)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };

	for (int i = 0; i < WAIT_MS / POLL_MS; i++) {
		if (done(patch))
			return true;
		nanosleep(&pause, NULL);
	}
	errno = ETIME;
	return false;
}

static int cycle(const struct patch *patch)
{
	if (!insert(patch))
		return fail(patch, "cannot load");
	if (!wait_for(settled, patch))
		return fail(patch, "cannot enable");
	if (!disable(patch) || !wait_for(gone, patch))
		return fail(patch, "cannot disable");
	if (!wait_for(removed, patch))
		return fail(patch, "cannot unload");
	return 0;
}

int main(int argc, char **argv)
{
	struct patch patch = { .file = argc == 3 ? argv[2] : NULL };
	const char *base;
	int err = 0;

	if (!patch.file) {
		fputs("Usage: cycle COUNT FILE|NAME\n", stderr);
		return 2;
	}
	base = strrchr(patch.file, '/');
	base = base ? base + 1 : patch.file;
	snprintf(patch.name, sizeof(patch.name), "%.*s",
		 (int)strcspn(base, "."), base);
	patch.stays = !strchr(base, '.');
	snprintf(patch.enable, sizeof(patch.enable),
		 "/sys/module/%s/parameters/enable", patch.name);
	snprintf(patch.holders, sizeof(patch.holders), "/sys/module/%s/refcnt",
		 patch.name);
	snprintf(patch.transition, sizeof(patch.transition),
		 "/sys/kernel/livepatch/%s/transition", patch.name);
	snprintf(patch.enabled, sizeof(patch.enabled),
		 "/sys/kernel/livepatch/%s/enabled", patch.name);
	for (long i = strtol(argv[1], NULL, 10); i > 0 && !err; i--)
		err = cycle(&patch);
	return err;
}
