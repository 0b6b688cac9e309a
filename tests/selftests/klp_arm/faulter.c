// SPDX-License-Identifier: GPL-2.0
/*
 * faulter.c - a system call that takes a page fault in the kernel.
 *
 * faulter KIND
 *
 * Maps the file of target_fault, whose pages are there once the module's users
 * are released, makes a system call with the mapping and prints what it returned.
 */
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "test_modules/target_fault.h"

#define TARGET "/sys/kernel/debug/target_fault"
#define SIZE 64

static int target;
static int pipe_ends[2];
static char *page;

static ssize_t do_pipe(void)
{
	return write(pipe_ends[1], page, SIZE);
}

static ssize_t read_from(const char *path)
{
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		err(1, "%s", path);
	return read(fd, page, SIZE);
}

static ssize_t do_zero(void)
{
	return read_from("/dev/zero");
}

static ssize_t do_file(void)
{
	return read_from("/proc/cpuinfo");
}

static ssize_t do_path(void)
{
	return open(page, O_RDONLY);
}

static ssize_t do_ioctl(void)
{
	return ioctl(pipe_ends[0], FIONREAD, page);
}

static ssize_t do_take(void)
{
	return write(target, page, SIZE);
}

static ssize_t do_give(void)
{
	return read(target, page, SIZE);
}

static ssize_t do_bare(void)
{
	return ioctl(target, TARGET_FAULT_BARE, page);
}

static ssize_t do_store(void)
{
	return ioctl(target, TARGET_FAULT_STORE, page);
}

static const struct {
	const char *name;
	ssize_t (*run)(void);
} kinds[] = {
	{ "pipe", do_pipe }, { "zero", do_zero },   { "file", do_file },
	{ "path", do_path }, { "ioctl", do_ioctl }, { "take", do_take },
	{ "give", do_give }, { "bare", do_bare },   { "store", do_store },
};

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: faulter KIND");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	target = open(TARGET, O_RDWR);
	if (target < 0)
		err(1, "%s", TARGET);
	page = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, target, 0);
	if (page == MAP_FAILED || pipe(pipe_ends))
		err(1, "cannot prepare");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(kinds[i].name, argv[1]))
			continue;
		printf("%zd\n", kinds[i].run());
		return 0;
	}
	errx(2, "no such kind: %s", argv[1]);
}
