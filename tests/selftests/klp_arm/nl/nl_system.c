// SPDX-License-Identifier: GPL-2.0
/*
 * nl_system.c - load and disable patches without netlink.
 *
 * The tests change the system through system calls and sysfs alone, so what
 * netlink says can be compared with it.
 */

#include "nl_system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define WAIT_SECONDS 60
#define POLL_MS 10

uint64_t sys_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);

	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Modules are beside the test program, which is run from there. */
int sys_load(const char *module)
{
	char path[128];
	long ret;
	int fd;

	snprintf(path, sizeof(path), "%s.ko", module);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = syscall(SYS_finit_module, fd, "", 0);
	if (ret)
		ret = -errno;
	close(fd);

	return (int)ret;
}

static bool unloaded(const void *module)
{
	return !syscall(SYS_delete_module, module, O_NONBLOCK) ||
	       errno == ENOENT;
}

/* A patch gives its module back some time after its transition. */
int sys_unload(const char *module)
{
	return sys_wait(unloaded, module) ? 0 : -EBUSY;
}

int sys_write(const char *path, const char *value)
{
	int fd, ret = 0;

	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, value, strlen(value)) < 0)
		ret = -errno;
	close(fd);

	return ret;
}

int sys_read(const char *path, char *buf, int size)
{
	ssize_t len;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	len = read(fd, buf, (size_t)size - 1);
	if (len < 0)
		len = -errno;
	else
		buf[len] = '\0';
	close(fd);

	return (int)len;
}

bool sys_wait(bool (*done)(const void *arg), const void *arg)
{
	const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };

	for (int i = 0; i < WAIT_SECONDS * 1000 / POLL_MS; i++) {
		if (done(arg))
			return true;
		nanosleep(&pause, NULL);
	}

	return false;
}

static bool settled(const void *patch)
{
	char path[128], value[8] = "";

	snprintf(path, sizeof(path), "/sys/kernel/livepatch/%s/transition",
		 (const char *)patch);

	return sys_read(path, value, sizeof(value)) < 0 || value[0] == '0';
}

/* Wait until the patch is not in transition, if it is there at all. */
bool sys_settled(const char *patch)
{
	return sys_wait(settled, patch);
}

int sys_disable(const char *patch)
{
	char path[128];

	snprintf(path, sizeof(path), "/sys/kernel/livepatch/%s/enabled", patch);

	return sys_write(path, "0");
}

/* Disable a patch that is enabled, and unload it. */
int sys_remove(const char *patch)
{
	int err;

	if (!sys_settled(patch))
		return -EBUSY;
	err = sys_disable(patch);
	if (err)
		return err;
	if (!sys_settled(patch))
		return -EBUSY;

	return sys_unload(patch);
}
