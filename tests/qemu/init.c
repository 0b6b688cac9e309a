// SPDX-License-Identifier: GPL-2.0
/*
 * init.c - process 1 of the test guest: mount, run one command, report, stop.
 *
 * The host side is scripts/guest-run, which appends /.guest/ to the image:
 *
 *   /.guest/argv   the command, one NUL-terminated word after the other;
 *                  absent for an interactive guest
 *   /.guest/env    NAME=VALUE words in the same form
 *
 * and attaches these virtio ports, found by name:
 *
 *   klp.out, klp.err   what the command writes, byte for byte
 *   klp.log            the kernel's log buffer, once the command has ended
 *   klp.status         the verdict, one line: "exit N" or "signal N"
 *
 * The verdict is written last. A guest that stops without it has died.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORT_DIR "/sys/class/virtio-ports"
#define PORT_WAIT_MS 10000
#define MAX_WORDS 1024

/* From include/uapi/linux: the C library does not export them all. */
#define LOG_READ_ALL 3
#define LOG_SIZE_BUFFER 10

static void __attribute__((noreturn)) stop(void)
{
	sync();
	reboot(RB_POWER_OFF);
	reboot(RB_AUTOBOOT); /* no power-off handler: qemu has -no-reboot */
	for (;;)
		pause();
}

static void __attribute__((noreturn, format(printf, 1, 2)))
die(const char *fmt, ...)
{
	int err = errno;
	va_list ap;

	fprintf(stderr, "guest init: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, ": %s\n", strerror(err));
	stop();
}

static void write_all(int fd, const char *buf, size_t len)
{
	while (len) {
		ssize_t n = write(fd, buf, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			die("cannot write to the host");
		buf += n;
		len -= n;
	}
}

static void mount_all(void)
{
	static const struct {
		const char *type, *where, *data;
		bool optional; /* the kernel under test may lack it */
	} mounts[] = {
		{ "proc", "/proc", NULL, false },
		{ "sysfs", "/sys", NULL, false },
		{ "devtmpfs", "/dev", NULL, false },
		{ "devpts", "/dev/pts", "ptmxmode=666", true },
		{ "tmpfs", "/dev/shm", "mode=1777", true },
		{ "tmpfs", "/run", "mode=755", true },
		{ "tmpfs", "/tmp", "mode=1777", true },
		{ "debugfs", "/sys/kernel/debug", NULL, true },
		{ "tracefs", "/sys/kernel/tracing", NULL, true },
	};

	for (size_t i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		mkdir(mounts[i].where, 0755);
		if (mount(mounts[i].type, mounts[i].where, mounts[i].type, 0,
			  mounts[i].data) &&
		    !mounts[i].optional)
			die("cannot mount %s", mounts[i].where);
	}
}

/* devtmpfs has only devices: the usual links into /proc are user space's. */
static void link_fds(void)
{
	static const char *const links[][2] = {
		{ "/proc/self/fd", "/dev/fd" },
		{ "/proc/self/fd/0", "/dev/stdin" },
		{ "/proc/self/fd/1", "/dev/stdout" },
		{ "/proc/self/fd/2", "/dev/stderr" },
	};

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (symlink(links[i][0], links[i][1]) && errno != EEXIST)
			die("cannot link %s", links[i][1]);
}

static int open_named_port(const char *name)
{
	DIR *dir = opendir(PORT_DIR);
	char path[512], found[64];
	struct dirent *entry;
	int fd = -1;

	while (dir && (entry = readdir(dir))) {
		FILE *f;

		snprintf(path, sizeof(path), PORT_DIR "/%s/name",
			 entry->d_name);
		f = fopen(path, "r");
		if (!f)
			continue;
		if (fscanf(f, "%63s", found) == 1 && !strcmp(found, name)) {
			snprintf(path, sizeof(path), "/dev/%s", entry->d_name);
			fd = open(path, O_WRONLY | O_CLOEXEC);
		}
		fclose(f);
		if (fd >= 0)
			break;
	}
	if (dir)
		closedir(dir);
	return fd;
}

/* Ports and their names arrive in messages after the device: wait for them. */
static int open_port(const char *name)
{
	for (int waited = 0; waited < PORT_WAIT_MS; waited += 5) {
		int fd = open_named_port(name);

		if (fd >= 0)
			return fd;
		poll(NULL, 0, 5);
	}
	errno = ETIMEDOUT;
	die("virtio port %s did not appear", name);
}

/* Reads a file of NUL-terminated words; false if there is no such file. */
static bool read_words(const char *path, char **words)
{
	FILE *f = fopen(path, "r");
	size_t size = 0, count = 0;
	char *word = NULL;

	if (!f)
		return false;
	while (getdelim(&word, &size, 0, f) > 0 && count < MAX_WORDS) {
		words[count++] = word;
		word = NULL;
		size = 0;
	}
	words[count] = NULL;
	free(word);
	fclose(f);
	return true;
}

static void set_environment(void)
{
	char *words[MAX_WORDS + 1] = { NULL };

	setenv("PATH",
	       "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
	       1);
	setenv("HOME", "/root", 1);
	setenv("TERM", "linux", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	read_words("/.guest/env", words);
	for (size_t i = 0; words[i]; i++)
		putenv(words[i]);
}

static pid_t start(char **argv, int out, int err)
{
	pid_t pid = fork();
	int null;

	if (pid < 0)
		die("cannot fork");
	if (pid)
		return pid;

	setsid();
	null = open("/dev/null", O_RDWR);
	if (dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
		_exit(125);
	close(null);
	execvp(argv[0], argv);
	fprintf(stderr, "guest: cannot run '%s': %s\n", argv[0],
		strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

static void child_ended(int sig)
{
	(void)sig;
}

/* Moves what is in the pipe to the port; false at end of file. */
static bool pump(int from, int to)
{
	static char buf[16384];
	ssize_t n = read(from, buf, sizeof(buf));

	if (n > 0)
		write_all(to, buf, n);
	return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

/*
 * Reaps orphans too. When the command has ended, what it left running is
 * killed, so that both pipes reach their end.
 */
static bool reap(pid_t command, int *status)
{
	bool ended = false;
	int st;
	pid_t pid;

	while ((pid = waitpid(-1, &st, WNOHANG)) > 0) {
		if (pid != command)
			continue;
		*status = st;
		ended = true;
		kill(-1, SIGKILL);
	}
	return ended;
}

static int run(char **argv, int out_port, int err_port)
{
	struct pollfd fds[2] = { { .events = POLLIN }, { .events = POLLIN } };
	const int ports[2] = { out_port, err_port };
	bool ended = false;
	int out[2], err[2], status = 0;
	sigset_t chld, none;
	pid_t command;

	if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
		die("cannot make a pipe");

	/* Blocked outside ppoll(): an end between reap and wait is not lost. */
	signal(SIGCHLD, child_ended);
	sigemptyset(&none);
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);

	command = start(argv, out[1], err[1]);
	sigprocmask(SIG_BLOCK, &chld, NULL);
	close(out[1]);
	close(err[1]);
	fds[0].fd = out[0];
	fds[1].fd = err[0];

	while (!ended || fds[0].fd >= 0 || fds[1].fd >= 0) {
		ended |= reap(command, &status);
		if (ended && fds[0].fd < 0 && fds[1].fd < 0)
			break;
		if (ppoll(fds, 2, NULL, &none) < 0)
			continue;
		for (int i = 0; i < 2; i++)
			if (fds[i].fd >= 0 && fds[i].revents &&
			    !pump(fds[i].fd, ports[i]))
				fds[i].fd = -1;
	}
	return status;
}

static void send_kernel_log(int port)
{
	int size = klogctl(LOG_SIZE_BUFFER, NULL, 0);
	char *log = size > 0 ? malloc(size) : NULL;

	if (!log)
		return;
	size = klogctl(LOG_READ_ALL, log, size);
	if (size > 0)
		write_all(port, log, size);
	free(log);
}

static void __attribute__((noreturn)) run_and_report(char **argv)
{
	int out = open_port("klp.out"), err = open_port("klp.err");
	int log = open_port("klp.log"), verdict = open_port("klp.status");
	int status = run(argv, out, err);

	send_kernel_log(log);
	if (WIFSIGNALED(status))
		dprintf(verdict, "signal %d\n", WTERMSIG(status));
	else
		dprintf(verdict, "exit %d\n", WEXITSTATUS(status));
	stop();
}

static void __attribute__((noreturn)) interact(void)
{
	static char *const shell[] = { "bash", "-l", NULL };
	pid_t pid = fork(), ended;

	if (!pid) {
		int tty;

		setsid();
		tty = open("/dev/console", O_RDWR);
		ioctl(tty, TIOCSCTTY, 1);
		dup2(tty, 0);
		dup2(tty, 1);
		dup2(tty, 2);
		if (chdir("/root") == 0)
			execvp(shell[0], shell);
		_exit(127);
	}
	do
		ended = wait(NULL);
	while (ended != pid && !(ended < 0 && errno == ECHILD));
	stop();
}

int main(void)
{
	static char *argv[MAX_WORDS + 1];

	if (getpid() != 1) {
		fputs("guest init: runs only as process 1 of a guest\n",
		      stderr);
		return 2;
	}
	mount_all();
	link_fds();
	sethostname("guest", 5);
	set_environment();
	umask(022);
	if (chdir("/root"))
		die("no /root in the image");
	if (read_words("/.guest/argv", argv) && argv[0])
		run_and_report(argv);
	interact();
}
