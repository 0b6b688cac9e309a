// SPDX-License-Identifier: GPL-2.0
/*
 * exercise_rings.c - io_uring, by its system calls
 */

#include <linux/io_uring.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exercise.h"

#define ENTRIES 16
#define RING_BYTES 16384

struct ring {
	int file;
	struct io_uring_params params;
	char *indices;
	struct io_uring_sqe *entries;
};

static char buffer[4096];

static int ring_open(struct ring *ring, uint32_t flags)
{
	memset(ring, 0, sizeof(*ring));
	ring->params.flags = flags;
	ring->params.sq_thread_idle = 10;
	ring->file = (int)syscall(SYS_io_uring_setup, ENTRIES, &ring->params);
	if (ring->file < 0)
		return -1;
	ring->indices = mmap(NULL, RING_BYTES, PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_POPULATE, ring->file,
			     IORING_OFF_SQ_RING);
	ring->entries = mmap(NULL, ENTRIES * sizeof(*ring->entries),
			     PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
			     ring->file, (off_t)IORING_OFF_SQES);
	if (ring->indices != MAP_FAILED && ring->entries != MAP_FAILED)
		return 0;
	close(ring->file);
	return -1;
}

/* One at a time, and it is not waited for: what is left is cancelled with the ring. */
static void submit(const struct ring *ring, const struct io_uring_sqe *entry)
{
	uint32_t *tail =
		(uint32_t *)(void *)(ring->indices + ring->params.sq_off.tail);
	uint32_t *array =
		(uint32_t *)(void *)(ring->indices + ring->params.sq_off.array);
	uint32_t slot = *tail & (ENTRIES - 1);

	ring->entries[slot] = *entry;
	array[slot] = slot;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	syscall(SYS_io_uring_enter, ring->file, 1, 0, IORING_ENTER_GETEVENTS,
		NULL, 0);
}

static void times_and_processes(const struct ring *ring)
{
	static struct {
		int64_t seconds, nanoseconds;
	} later = { 30, 0 }, soon = { 0, 1000000 };
	static siginfo_t info;
	struct io_uring_sqe entry = { .opcode = IORING_OP_TIMEOUT,
				      .addr = (uintptr_t)&later,
				      .len = 1,
				      .user_data = 1 };
	pid_t pid = fork();

	if (pid == 0) {
		usleep(2000);
		_exit(0);
	}
	submit(ring, &entry);
	entry.user_data = 2;
	entry.addr = (uintptr_t)&soon;
	submit(ring, &entry);
	entry = (struct io_uring_sqe){ .opcode = IORING_OP_TIMEOUT_REMOVE,
				       .addr = 1 };
	submit(ring, &entry);
	/* IORING_OP_WAITID */
	entry = (struct io_uring_sqe){ .opcode = 50,
				       .fd = pid,
				       .len = P_PID,
				       .file_index = WEXITED,
				       .addr2 = (uintptr_t)&info };
	submit(ring, &entry);
	usleep(5000);
	entry.fd = 1;
	entry.user_data = 9;
	submit(ring, &entry);
	entry = (struct io_uring_sqe){ .opcode = IORING_OP_ASYNC_CANCEL,
				       .addr = 9 };
	submit(ring, &entry);
	waitpid(pid, NULL, WNOHANG);
}

static void sockets_and_buffers(const struct ring *ring)
{
	static struct sockaddr_in nobody = { .sin_family = AF_INET,
					     .sin_port = 1,
					     .sin_addr.s_addr = 0x0100007f };
	struct io_uring_sqe entry = { .opcode = IORING_OP_PROVIDE_BUFFERS,
				      .fd = 4,
				      .len = 256,
				      .addr = (uintptr_t)buffer,
				      .buf_group = 1 };
	int ends[2], tcp = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	submit(ring, &entry);
	socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
	entry = (struct io_uring_sqe){ .opcode = IORING_OP_SEND,
				       .fd = ends[0],
				       .len = 100,
				       .addr = (uintptr_t)buffer };
	submit(ring, &entry);
	entry = (struct io_uring_sqe){ .opcode = IORING_OP_RECV,
				       .fd = ends[1],
				       .len = 100,
				       .flags = IOSQE_BUFFER_SELECT,
				       .buf_group = 1 };
	submit(ring, &entry);
	entry = (struct io_uring_sqe){ .opcode = IORING_OP_CONNECT,
				       .fd = tcp,
				       .addr = (uintptr_t)&nobody,
				       .off = sizeof(nobody) };
	submit(ring, &entry);
	entry = (struct io_uring_sqe){ .opcode = IORING_OP_POLL_ADD,
				       .fd = ends[0],
				       .poll32_events = POLLIN };
	submit(ring, &entry);
	close(ends[0]);
	close(ends[1]);
	close(tcp);
}

static void registered(const struct ring *ring)
{
	struct iovec vector = { .iov_base = buffer, .iov_len = sizeof(buffer) };
	struct io_uring_buf_reg group = { 0 };
	void *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int files[2] = { 0, -1 };
	struct io_uring_sqe entry = { .opcode = IORING_OP_READ_FIXED,
				      .fd = 0,
				      .len = 10,
				      .addr = (uintptr_t)buffer };

	syscall(SYS_io_uring_register, ring->file, IORING_REGISTER_BUFFERS,
		&vector, 1);
	syscall(SYS_io_uring_register, ring->file, IORING_REGISTER_FILES, files,
		2);
	submit(ring, &entry);
	group.ring_addr = (uintptr_t)shared;
	group.ring_entries = 8;
	group.bgid = 2;
	syscall(SYS_io_uring_register, ring->file,
		22 /* IORING_REGISTER_PBUF_RING */, &group, 1);
	syscall(SYS_io_uring_register, ring->file, IORING_REGISTER_PERSONALITY,
		NULL, 0);
	entry = (struct io_uring_sqe){ .opcode = IORING_OP_NOP,
				       .flags = IOSQE_ASYNC };
	submit(ring, &entry);
	entry.opcode = IORING_OP_FSYNC;
	entry.fd = 0;
	submit(ring, &entry);
	usleep(2000);
	syscall(SYS_io_uring_register, ring->file, IORING_UNREGISTER_BUFFERS,
		NULL, 0);
	syscall(SYS_io_uring_register, ring->file, IORING_UNREGISTER_FILES,
		NULL, 0);
}

void exercise_rings(void)
{
	struct ring ring;
	struct io_uring_sqe nothing = { .opcode = IORING_OP_NOP };

	if (!ring_open(&ring, 0)) {
		registered(&ring);
		sockets_and_buffers(&ring);
		times_and_processes(&ring);
		close(ring.file);
	}
	if (!ring_open(&ring, IORING_SETUP_SQPOLL)) {
		submit(&ring, &nothing);
		syscall(SYS_io_uring_enter, ring.file, 1, 0,
			IORING_ENTER_SQ_WAKEUP, NULL, 0);
		usleep(30000);
		close(ring.file);
	}
}
