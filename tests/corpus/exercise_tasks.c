// SPDX-License-Identifier: GPL-2.0
/*
 * exercise_tasks.c - memory, processes, futexes and timers
 */

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "exercise.h"
#include "exercise_file.h"

#define AREA (64 * 4096)

/* PAGEMAP_SCAN, which the C library's headers do not have yet */
struct scan {
	uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
	uint64_t inverted, mask, anyof, returned;
};

static void scan_pages(void *area)
{
	struct {
		uint64_t start, end, categories;
	} found[4];
	struct scan scan = { .size = sizeof(scan),
			     .start = (uintptr_t)area,
			     .end = (uintptr_t)area + AREA,
			     .vec = (uintptr_t)found,
			     .vec_len = 4,
			     .anyof = 0x3f,
			     .returned = 0x3f };
	int map = open("/proc/self/pagemap", O_RDONLY);

	ioctl(map, _IOWR('f', 16, struct scan), &scan);
	show_file("/proc/self/pagemap");
	close(map);
}

void exercise_memory(void)
{
	char *area = mmap(NULL, AREA, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int shared = (int)syscall(SYS_memfd_create, "m", 2), file;
	char *other;

	memset(area, 1, AREA);
	scan_pages(area);
	madvise(area, AREA, 20 /* MADV_COLD */);
	madvise(area, AREA, 21 /* MADV_PAGEOUT */);
	madvise(area, AREA, MADV_DONTNEED);
	mlock(area, AREA);
	munlock(area, AREA);
	mlockall(MCL_CURRENT);
	munlockall();
	mprotect(area, AREA / 2, PROT_READ);
	area = mremap(area, AREA, 2 * AREA, MREMAP_MAYMOVE);
	ftruncate(shared, AREA);
	other = mmap(NULL, AREA, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
	memset(other, 2, AREA);
	msync(other, AREA, MS_SYNC);
	madvise(other, AREA, MADV_REMOVE);
	fallocate(shared, 3 /* FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE */, 0,
		  8192);
	lseek(shared, 0, SEEK_HOLE);
	fcntl(shared, 1033 /* F_ADD_SEALS */, 8);
	file = open("/proc/self/mem", O_RDWR);
	pread(file, area, 16, (off_t)(uintptr_t)other);
	close(file);
	show_file("/proc/self/smaps");
	show_file("/proc/self/maps");
	put_file("/proc/sys/vm/drop_caches", "3");
	put_file("/proc/sys/vm/compact_memory", "1");
	munmap(other, AREA);
	munmap(area, 2 * AREA);
	close(shared);
}

static uint32_t word;

static void *waits(void *unused)
{
	struct timespec soon = { .tv_nsec = 20000000 };

	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, &soon, NULL, 0);
	return unused;
}

static void *locks(void *mutex)
{
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
	return NULL;
}

static void threads_and_futexes(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t mutex;
	pthread_t threads[4];
	int i;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&mutex, &attributes);
	pthread_mutex_lock(&mutex);
	for (i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, i & 1 ? locks : waits,
			       i & 1 ? &mutex : NULL);
	usleep(5000);
	syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 8, NULL, NULL, 0);
	pthread_mutex_unlock(&mutex);
	for (i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
}

static void filtered_child(void)
{
	struct sock_filter all[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
	};
	struct sock_fprog program = { .len = 4, .filter = all };
	struct seccomp_notif request = { 0 };
	struct seccomp_notif_resp response = { 0 };
	struct seccomp_notif_addfd added = { 0 };
	int listener;
	pid_t pid;

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
				SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
	if (listener < 0)
		return;
	pid = fork();
	if (pid == 0) {
		syscall(SYS_getppid);
		_exit(0);
	}
	ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &request);
	added.id = request.id;
	ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &added);
	response.id = request.id;
	ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
	waitpid(pid, NULL, 0);
	close(listener);
}

static void spaces_and_programs(void)
{
	siginfo_t info;
	char program[] = "/bin/true";
	char *words[] = { program, NULL };
	pid_t pid;

	if (!posix_spawn(&pid, program, NULL, NULL, words, NULL))
		waitid(P_PID, (id_t)pid, &info, WEXITED);
	pid = fork();
	if (pid == 0) {
		unshare(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWUTS |
			CLONE_NEWNET);
		if (fork() == 0) {
			raise(SIGSTOP);
			_exit(0);
		}
		_exit(0);
	}
	waitpid(pid, NULL, WUNTRACED);
	pid = fork();
	if (pid == 0) {
		struct rlimit core = { 1 << 20, 1 << 20 };

		setrlimit(RLIMIT_CORE, &core);
		raise(SIGSEGV);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

void exercise_tasks(void)
{
	cpu_set_t set;

	threads_and_futexes();
	spaces_and_programs();
	CPU_ZERO(&set);
	CPU_SET(0, &set);
	sched_setaffinity(0, sizeof(set), &set);
	setpriority(PRIO_PROCESS, 0, 5);
	sched_yield();
	nice(1);
	getpgid(0);
	show_file("/proc/self/status");
	show_file("/proc/self/stack");
	show_file("/proc/kallsyms");
	show_file("/proc/modules");
	filtered_child();
}

static void posix_timers(clockid_t clock)
{
	struct itimerspec soon = { .it_value = { .tv_nsec = 1000000 },
				   .it_interval = { .tv_nsec = 1000000 } };
	struct sigevent event = { .sigev_notify = SIGEV_NONE };
	struct timespec now, pause = { .tv_nsec = 2000000 };
	timer_t timer;
	int spin;

	if (timer_create(clock, &event, &timer))
		return;
	timer_settime(timer, 0, &soon, NULL);
	for (spin = 0; spin < 20000; spin++)
		getppid();
	clock_gettime(clock, &now);
	/* The time of a process that sleeps does not go on. */
	if (clock == CLOCK_MONOTONIC || clock == CLOCK_REALTIME)
		clock_nanosleep(clock, 0, &pause, NULL);
	timer_gettime(timer, &soon);
	timer_getoverrun(timer);
	timer_delete(timer);
}

void exercise_timers(void)
{
	struct itimerval soon = { .it_value = { .tv_usec = 1000 } };
	struct timex adjust = { .modes = 0 };
	struct timespec now;
	struct tms spent;
	struct rlimit limit = { 100, 200 };

	signal(SIGVTALRM, SIG_IGN);
	signal(SIGPROF, SIG_IGN);
	setitimer(ITIMER_VIRTUAL, &soon, NULL);
	setitimer(ITIMER_PROF, &soon, NULL);
	getitimer(ITIMER_VIRTUAL, &soon);
	posix_timers(CLOCK_MONOTONIC);
	posix_timers(CLOCK_PROCESS_CPUTIME_ID);
	posix_timers(CLOCK_THREAD_CPUTIME_ID);
	posix_timers(CLOCK_REALTIME);
	clock_gettime(CLOCK_REALTIME, &now);
	clock_settime(CLOCK_REALTIME, &now);
	adjtimex(&adjust);
	adjust.modes = ADJ_OFFSET;
	adjust.offset = 10;
	adjtimex(&adjust);
	times(&spent);
	setrlimit(RLIMIT_CPU, &limit);
	getrusage(RUSAGE_SELF, &(struct rusage){ 0 });
}
