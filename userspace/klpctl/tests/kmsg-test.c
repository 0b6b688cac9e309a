// SPDX-License-Identifier: GPL-2.0
/*
 * kmsg-test.c - kmsg.c reads a log that has no end: whenever a record is read,
 * another has been written
 */
#include <stdio.h>
#include <string.h>

#include "../kmsg.h"
#include "kmsg-log.h"

/* The first record that is written after the module was refused. */
#define END 6

/* Descriptors of the log: where each of them reads next. */
#define MOST_LOGS 4
static unsigned int next_record[MOST_LOGS];
static int opened;
static unsigned int reads;

int log_open(const char *path, int flags, ...)
{
	(void)path;
	(void)flags;
	/* The first is opened at the present end, the second later. */
	next_record[opened] = opened ? END : 2;
	return opened++;
}

off_t log_seek(int fd, off_t offset, int whence)
{
	(void)fd;
	(void)offset;
	return whence == SEEK_END ? 0 : -1;
}

ssize_t log_read(int fd, void *data, size_t size)
{
	const unsigned int number = next_record[fd]++;

	reads++;
	return snprintf(data, size, "%d,%u,1,-;%s\n KEY=value\n",
			number == 3 || number == 4 ? 3 :
			number == 2		   ? 4 :
						     6,
			number,
			number == 2 ? "klp_arm: a warning" :
			number == 3 ? "klp_arm: other: not a build id" :
			number == 4 ? "livepatch: symbol 'f' not found" :
			number == 5 ? "other: noise" :
				      "demo: too late");
}

int log_close(int fd)
{
	return fd < opened ? 0 : -1;
}

/* output.c's, for text that needs nothing done to it. */
struct json_object *json_bytes(const char *bytes)
{
	return json_object_new_string(bytes);
}

struct json_object *json_new_array(void)
{
	return json_object_new_array();
}

void json_append(struct json_object *array, struct json_object *value)
{
	json_object_array_add(array, value);
}

int main(void)
{
	struct kmsg kmsg = kmsg_open();
	struct kmsg_lines lines = kmsg_take(&kmsg, "demo");
	const size_t count = json_object_array_length(lines.text);
	const bool ends = reads <= END + 1;
	const bool tells =
		count == 2 && lines.cause &&
		strcmp(lines.cause, "livepatch: symbol 'f' not found") == 0;

	const bool unnamed = lines.cause && !lines.names_module;

	printf("KTAP version 1\n1..3\n");
	printf("# %u records read, %zu lines\n", reads, count);
	printf("%sok 1 - klpctl: a log that is written all the time has an"
	       " end\n",
	       ends ? "" : "not ");
	printf("%sok 2 - klpctl: what was logged until then tells the cause\n",
	       tells ? "" : "not ");
	printf("%sok 3 - klpctl: a line that names no module is not called its"
	       " own\n",
	       unnamed ? "" : "not ");
	json_object_put(lines.text);
	return !ends || !tells || !unnamed;
}
