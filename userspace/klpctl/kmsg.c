// SPDX-License-Identifier: GPL-2.0
/*
 * kmsg.c - what the kernel logs about an operation while it runs
 *
 * finit_module() returns an errno; the function that was refused, and why, is
 * in the kernel log. Each read() of /dev/kmsg gives one record,
 * "priority,sequence,time,flags;text\n" and lines of a dictionary
 * (Documentation/ABI/testing/dev-kmsg).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "kmsg.h"

/* The kernel's own limit for one record, PRINTKRB_RECORD_MAX, is 1024. */
#define RECORD_SIZE 8192

/* More lines than one refusal writes; a bound against a busy log. */
#define MOST_LINES 64

int kmsg_open(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0 && lseek(fd, 0, SEEK_END) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool begins(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/*
 * Of livepatch itself only complaints: its notices tell how the patch came and
 * went. What klp_arm says of a function and the loader of a module, counts.
 */
static bool is_reason(unsigned int level, const char *text, const char *module)
{
	size_t len = strlen(module);

	/* Every module out of the tree says this; it explains no refusal. */
	if (strstr(text, "taints kernel") || strstr(text, "tainting kernel"))
		return false;
	if (begins(text, "livepatch: "))
		return level <= LOG_WARNING;
	return begins(text, "klp_arm: ") ||
	       (begins(text, module) && begins(text + len, ": "));
}

/* The text of a record, cut off where its dictionary begins. */
static const char *text_of(char *record, unsigned int *level)
{
	char *text = strchr(record, ';');
	char *end;

	if (!text)
		return "";
	end = strchr(text, '\n');
	if (end)
		*end = '\0';
	*level = LOG_PRI(strtoul(record, NULL, 10));
	return text + 1;
}

struct json_object *kmsg_take(int fd, const char *module)
{
	struct json_object *lines = json_new_array();
	char record[RECORD_SIZE];

	if (fd < 0)
		return lines;
	while (json_object_array_length(lines) < MOST_LINES) {
		ssize_t len = read(fd, record, sizeof(record) - 1);
		unsigned int level = 0;
		const char *text;

		/* EPIPE: records were overwritten before they were read. */
		if (len < 0 && (errno == EINTR || errno == EPIPE))
			continue;
		if (len <= 0)
			break;
		record[len] = '\0';
		text = text_of(record, &level);
		if (is_reason(level, text, module))
			json_append(lines, json_bytes(text));
	}
	close(fd);
	return lines;
}
