// SPDX-License-Identifier: GPL-2.0
/*
 * sysfs-walk.c - the state of live patches without netlink, to compare with
 *
 *   sysfs-walk
 *
 * reads what /sys/kernel/livepatch has of patches, objects and functions, and
 * the mark of every task in /proc, as an agent has to that knows nothing else.
 * The totals are printed: what was read was seen.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIVEPATCH "/sys/kernel/livepatch"
#define PATH_SIZE 512

static struct {
	unsigned int patches, values, objects, functions, tasks, unswitched;
} seen;

typedef void (*entry_fn)(const char *path, const char *name);

static bool join(char path[PATH_SIZE], const char *directory, const char *name)
{
	int len = snprintf(path, PATH_SIZE, "%s/%s", directory, name);

	return len > 0 && len < PATH_SIZE;
}

/* Tasks come and go: what is gone by now is not there. */
static void each_entry(const char *directory, bool only_directories,
		       entry_fn fn)
{
	DIR *dir = opendir(directory);
	const struct dirent *entry;
	char path[PATH_SIZE];

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] != '.' &&
		    (!only_directories || entry->d_type == DT_DIR) &&
		    join(path, directory, entry->d_name))
			fn(path, entry->d_name);
	}
	if (dir)
		closedir(dir);
}

/* The number in a file, or -2 if it cannot be read. */
static int read_number(const char *directory, const char *name)
{
	char path[PATH_SIZE];
	char text[32];
	ssize_t len = -1;
	int fd;

	if (!join(path, directory, name))
		return -2;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -2;
	len = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (len < 0)
		return -2;
	text[len] = '\0';
	return atoi(text);
}

/* Functions are directories with nothing in them: "name,position". */
static void see_function(const char *path, const char *name)
{
	(void)path;
	seen.functions += strchr(name, ',') != NULL;
}

static void see_object(const char *path, const char *name)
{
	(void)name;
	seen.objects++;
	seen.values += read_number(path, "patched") >= 0;
	each_entry(path, true, see_function);
}

static void see_patch(const char *path, const char *name)
{
	static const char *const files[] = { "enabled", "transition",
					     "replace" };
	size_t i;

	(void)name;
	seen.patches++;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		seen.values += read_number(path, files[i]) >= 0;
	each_entry(path, true, see_object);
}

static void see_task(const char *path, const char *name)
{
	int state = read_number(path, "patch_state");

	(void)name;
	seen.tasks += state >= -1;
	seen.unswitched += state >= 0;
}

static void see_process(const char *path, const char *name)
{
	char tasks[PATH_SIZE];

	if (name[0] >= '0' && name[0] <= '9' && join(tasks, path, "task"))
		each_entry(tasks, true, see_task);
}

int main(void)
{
	each_entry(LIVEPATCH, true, see_patch);
	each_entry("/proc", true, see_process);
	printf("{\"patches\": %u, \"values\": %u, \"objects\": %u, "
	       "\"functions\": %u, \"tasks\": %u, \"in_transition\": %u}\n",
	       seen.patches, seen.values, seen.objects, seen.functions,
	       seen.tasks, seen.unswitched);
	return seen.patches && seen.tasks ? 0 : 1;
}
