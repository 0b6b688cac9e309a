// SPDX-License-Identifier: GPL-2.0
/*
 * cycle.c - load, disable and unload a livepatch, again and again
 *
 *   cycle COUNT NAME
 *
 * takes NAME.ko of this directory. It sleeps instead of starting programs that
 * do, which would be one more task to switch each time.
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
	const char *name;
	char file[96];
	char transition[128];
	char enabled[128];
};

static int fail(const struct patch *patch, const char *what)
{
	fprintf(stderr, "cycle: %s: %s: %s\n", patch->name, what,
		strerror(errno));
	return 1;
}

static bool insert(const struct patch *patch)
{
	int fd = open(patch->file, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && !syscall(SYS_finit_module, fd, "", 0);

	if (fd >= 0)
		close(fd);
	return good;
}

static bool disable(const struct patch *patch)
{
	int fd = open(patch->enabled, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && write(fd, "0", 1) == 1;

	if (fd >= 0)
		close(fd);
	return good;
}

static bool settled(const struct patch *patch)
{
	int fd = open(patch->transition, O_RDONLY | O_CLOEXEC);
	char value = '0';
	bool good = fd < 0 || (read(fd, &value, 1) >= 0 && value == '0');

	if (fd >= 0)
		close(fd);
	return good;
}

static bool gone(const struct patch *patch)
{
	return access(patch->enabled, F_OK) != 0;
}

/* The core gives the module back some time after its transition. */
static bool removed(const struct patch *patch)
{
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
	struct patch patch = { .name = argc == 3 ? argv[2] : NULL };
	int err = 0;

	if (!patch.name) {
		fputs("Usage: cycle COUNT NAME\n", stderr);
		return 2;
	}
	snprintf(patch.file, sizeof(patch.file), "%s.ko", patch.name);
	snprintf(patch.transition, sizeof(patch.transition),
		 "/sys/kernel/livepatch/%s/transition", patch.name);
	snprintf(patch.enabled, sizeof(patch.enabled),
		 "/sys/kernel/livepatch/%s/enabled", patch.name);
	for (long i = strtol(argv[1], NULL, 10); i > 0 && !err; i--)
		err = cycle(&patch);
	return err;
}
