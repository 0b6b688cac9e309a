// SPDX-License-Identifier: GPL-2.0
/*
 * exercise_files.c - files, directories, pipes, and what mounts them
 */

#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>
#include <signal.h>

#include "exercise.h"
#include "exercise_file.h"

static char page[4096];

static void copy_between(void)
{
	int from = open("from", O_RDWR | O_CREAT | O_TRUNC, 0600);
	int to = open("to", O_RDWR | O_CREAT | O_TRUNC, 0600);
	int ends[2];
	off64_t at = 0;
	struct iovec vector = { .iov_base = page, .iov_len = sizeof(page) };

	write(from, page, sizeof(page));
	pwritev(from, &vector, 1, 8192);
	preadv(from, &vector, 1, 0);
	copy_file_range(from, &at, to, NULL, sizeof(page), 0);
	sendfile(to, from, NULL, sizeof(page));
	if (!pipe(ends)) {
		at = 0;
		splice(from, &at, ends[1], NULL, 1024, 0);
		splice(ends[0], NULL, to, NULL, 512, 0);
		vmsplice(ends[1], &vector, 1, 0);
		tee(ends[0], ends[1], 16, SPLICE_F_NONBLOCK);
		close(ends[0]);
		close(ends[1]);
	}
	fallocate(from, 0, 0, 65536);
	lseek(from, 0, SEEK_DATA);
	ftruncate(from, 100);
	fsync(from);
	flock(from, LOCK_EX);
	close(from);
	close(to);
}

static void extents_of(int file)
{
	struct {
		struct fiemap_head {
			uint64_t start, length;
			uint32_t flags, mapped, count, reserved;
		} head;
		char extents[56];
	} map = { .head = { .length = ~0ULL, .count = 1 } };

	/* FS_IOC_FIEMAP, whose header does not agree with the one of the C library */
	ioctl(file, _IOWR('f', 11, struct fiemap_head), &map);
}

static void names_and_handles(void)
{
	struct {
		struct file_handle head;
		char bytes[128];
	} handle = { .head = { .handle_bytes = 128 } };
	struct statx about;
	struct statfs system;
	int mount_id, file, here = open(".", O_RDONLY | O_DIRECTORY);

	mkdir("directory", 0700);
	close(open("directory/file", O_RDWR | O_CREAT, 0600));
	link("directory/file", "linked");
	symlink("directory/file", "symbolic");
	rename("linked", "directory/renamed");
	renameat2(AT_FDCWD, "symbolic", AT_FDCWD, "directory/file",
		  RENAME_EXCHANGE);
	statx(AT_FDCWD, "directory/renamed", 0, STATX_ALL, &about);
	statfs(".", &system);
	name_to_handle_at(AT_FDCWD, "directory/renamed", &handle.head,
			  &mount_id, 0);
	file = open_by_handle_at(here, &handle.head, O_RDONLY);
	extents_of(file);
	close(file);
	name_to_handle_at(AT_FDCWD, "directory", &handle.head, &mount_id, 0);
	close(open_by_handle_at(here, &handle.head, O_RDONLY));
	unlink("directory/renamed");
	unlink("directory/file");
	unlink("symbolic");
	rmdir("directory");
	close(open("/dev/null", O_RDWR));
	mknod("block", S_IFBLK | 0600, makedev(7, 0));
	mount("block", "/mnt", "tmpfs", 0, NULL);
	umount("/mnt");
	close(here);
}

static void events_of_files(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	int poll = epoll_create1(0), counter = eventfd(1, EFD_NONBLOCK),
	    signals;
	uint64_t value = 1;
	sigset_t set;
	struct signalfd_siginfo info;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signals = signalfd(-1, &set, SFD_NONBLOCK);
	epoll_ctl(poll, EPOLL_CTL_ADD, counter, &event);
	epoll_ctl(poll, EPOLL_CTL_ADD, signals, &event);
	epoll_wait(poll, &event, 1, 10);
	raise(SIGUSR1);
	read(signals, &info, sizeof(info));
	read(counter, &value, sizeof(value));
	write(counter, &value, sizeof(value));
	close(poll);
	close(counter);
	close(signals);
}

static void asynchronous(void)
{
	aio_context_t context = 0;
	int file = open("from", O_RDWR | O_CREAT, 0600),
	    counter = eventfd(0, EFD_NONBLOCK);
	struct iocb read_it = { .aio_fildes = (uint32_t)file,
				.aio_lio_opcode = IOCB_CMD_PREAD,
				.aio_buf = (uintptr_t)page,
				.aio_nbytes = 64,
				.aio_flags = IOCB_FLAG_RESFD,
				.aio_resfd = (uint32_t)counter };
	struct iocb poll_it = { .aio_fildes = (uint32_t)counter,
				.aio_lio_opcode = IOCB_CMD_POLL,
				.aio_buf = 1 };
	struct iocb *all[] = { &poll_it, &read_it };
	struct io_event events[2];
	struct timespec soon = { .tv_nsec = 10000000 };

	syscall(SYS_io_setup, 8, &context);
	syscall(SYS_io_submit, context, 2, all);
	syscall(SYS_io_getevents, context, 1, 2, events, &soon);
	syscall(SYS_io_cancel, context, &poll_it, events);
	syscall(SYS_io_destroy, context);
	close(file);
	close(counter);
}

void exercise_files(void)
{
	copy_between();
	names_and_handles();
	events_of_files();
	asynchronous();
	sync();
}

static void move_mounts(void)
{
	int tree, system, made;

	tree = (int)syscall(SYS_open_tree, AT_FDCWD, "m", OPEN_TREE_CLONE);
	mkdir("moved", 0700);
	syscall(SYS_move_mount, tree, "", AT_FDCWD, "moved",
		MOVE_MOUNT_F_EMPTY_PATH);
	umount2("moved", MNT_EXPIRE);
	umount2("moved", MNT_EXPIRE);
	close(tree);
	system = (int)syscall(SYS_fsopen, "tmpfs", 0);
	syscall(SYS_fsconfig, system, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	made = (int)syscall(SYS_fsmount, system, 0, 0);
	close(made);
	close(system);
}

/* The kernel's numbers; the C library's headers are older. */
static void list_mounts(void)
{
	struct {
		uint32_t size, spare;
		uint64_t mnt_id, param;
	} request = { .size = 24, .mnt_id = ~0ULL, .param = 0x3f };
	uint64_t ids[16];
	struct statx about;

	syscall(458, &request, ids, 16, 0);
	statx(AT_FDCWD, "/", 0, 0x4000, &about);
	request.mnt_id = *(uint64_t *)((char *)&about + 0x90);
	syscall(457, &request, page, sizeof(page), 0);
}

void exercise_mounts(void)
{
	unshare(CLONE_NEWNS);
	mount("none", "/", NULL, MS_REC | MS_SHARED, NULL);
	mkdir("m", 0700);
	mkdir("n", 0700);
	mount("tmpfs", "m", "tmpfs", 0, "size=1m");
	mkdir("m/inside", 0700);
	mount("m", "n", NULL, MS_BIND | MS_REC, NULL);
	mount("tmpfs", "m/inside", "tmpfs", 0, NULL);
	mount("none", "m", NULL, MS_SLAVE, NULL);
	mount("none", "m", NULL, MS_REMOUNT | MS_RDONLY, NULL);
	mount("none", "m", NULL, MS_PRIVATE, NULL);
	move_mounts();
	list_mounts();
	put_file("/dev/null", "");
	show_file("/proc/self/mountinfo");
	umount2("m/inside", 0);
	umount2("n", MNT_DETACH);
	umount2("m", MNT_DETACH);
	unshare(CLONE_NEWNS);
	mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
	close(open("/proc/self/ns/mnt", O_RDONLY));
	setns(open("/proc/1/ns/mnt", O_RDONLY), CLONE_NEWNS);
}
