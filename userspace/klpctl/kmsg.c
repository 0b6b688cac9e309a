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
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "kmsg.h"

/* The kernel's own limit for one record, PRINTKRB_RECORD_MAX, is 1024. */
#define RECORD_SIZE 8192

/* More lines than one refusal writes; a bound against a busy log. */
#define MOST_LINES 64

struct kmsg kmsg_open(void)
{
	struct kmsg kmsg = { .fd = open("/dev/kmsg",
					O_RDONLY | O_NONBLOCK | O_CLOEXEC) };

	if (kmsg.fd < 0 || lseek(kmsg.fd, 0, SEEK_END) < 0) {
		kmsg.err = -errno;
		kmsg_close(&kmsg);
	}
	return kmsg;
}

void kmsg_close(struct kmsg *kmsg)
{
	if (kmsg->fd >= 0)
		close(kmsg->fd);
	kmsg->fd = -1;
}

static bool begins(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* What a line is worth; the first of the highest is the cause. */
enum worth {
	NOTHING, /* not of this module */
	DETAIL,
	COMPLAINT, /* by the module itself */
	CAUSE, /* by what refused it */
};

/* The loader of modules does not always name the module. */
static bool is_of_loader(const char *text)
{
	return begins(text, "Lockdown: ") || begins(text, "Loading of ") ||
	       begins(text, "Invalid ELF ");
}

/* Not part of a longer name. */
static bool is_named(const char *text, const char *module)
{
	const size_t len = strlen(module);
	const char *at = text;

	while ((at = strstr(at, module))) {
		if ((at == text || strchr(" '(/", at[-1])) &&
		    strchr(": ')/", at[len]))
			return true;
		at += len;
	}
	return false;
}

/* "NAME: " as klp_arm begins what it says of a module. */
static bool begins_with_name(const char *text)
{
	return text[strcspn(text, ": ")] == ':';
}

/* sysfs tells of a function, or of a patch, that is there twice. */
static bool is_of_sysfs(const char *text)
{
	return begins(text, "sysfs: cannot create duplicate filename") ||
	       begins(text, "kobject: ");
}

/*
 * Other modules may be loaded at the same time. Most lines name the one that they
 * are about, and of the others nothing tells.
 */
static bool is_of_another(const char *text, const char *module)
{
	if (is_named(text, module))
		return false;
	if (begins(text, "klp_arm: "))
		return begins_with_name(text + strlen("klp_arm: "));
	return (begins(text, "livepatch: ") && strstr(text, "patch '")) ||
	       strstr(text, "'/kernel/livepatch/");
}

/*
 * Of livepatch itself only complaints: its notices tell how the patch came and
 * went. What klp_arm says of a function and the loader of a module, counts.
 */
static enum worth worth_of(unsigned int level, const char *text,
			   const char *module)
{
	size_t len = strlen(module);

	/* Every module out of the tree says this; it explains no refusal. */
	if (strstr(text, "taints kernel") || strstr(text, "tainting kernel"))
		return NOTHING;
	if (is_of_another(text, module))
		return NOTHING;
	if (is_of_loader(text) || is_of_sysfs(text))
		return CAUSE;
	if (begins(text, "livepatch: "))
		return level <= LOG_WARNING ? CAUSE : NOTHING;
	/* It refuses with errors; what it warns of it has let through. */
	if (begins(text, "klp_arm: "))
		return level <= LOG_ERR ? CAUSE : DETAIL;
	if (begins(text, module) && begins(text + len, ": "))
		return level <= LOG_WARNING ? COMPLAINT : DETAIL;
	return NOTHING;
}

struct record {
	char text[RECORD_SIZE];
	uint64_t number;
	unsigned int level;
};

/* Reads a record of the log; false at its end. */
static bool read_record(int fd, struct record *record)
{
	ssize_t len;
	char *at;

	/* EPIPE: records were overwritten before they were read. */
	do {
		len = read(fd, record->text, sizeof(record->text) - 1);
	} while (len < 0 && (errno == EINTR || errno == EPIPE));
	if (len <= 0)
		return false;
	record->text[len] = '\0';
	record->level = LOG_PRI(strtoul(record->text, &at, 10));
	record->number = *at == ',' ? strtoull(at + 1, NULL, 10) : 0;
	return true;
}

/* The text of a record, cut off where its dictionary begins. */
static const char *text_of(struct record *record)
{
	char *text = strchr(record->text, ';');
	char *end;

	if (!text)
		return "";
	end = strchr(text, '\n');
	if (end)
		*end = '\0';
	return text + 1;
}

/*
 * Where the log ends now cannot be asked, but a second descriptor that is there
 * now reads as its first record the first one that is too late, once there is
 * one. Without this, a log that is written faster than it is read has no end.
 */
struct end {
	struct kmsg kmsg;
	uint64_t number; /* of the first record that is too late; 0: not known */
};

static bool is_too_late(struct end *end, const struct record *record)
{
	static struct record first;

	if (end->number == 0 && end->kmsg.fd >= 0 &&
	    read_record(end->kmsg.fd, &first))
		end->number = first.number;
	return end->number && record->number >= end->number;
}

/* What is looked for, and what was found so far. */
struct search {
	const char *module;
	enum worth best;
	bool enabling; /* the core enables its patch, and does nothing else */
};

static void add_line(struct kmsg_lines *lines, const char *text,
		     enum worth worth, struct search *search)
{
	struct json_object *line = json_bytes(text);

	json_append(lines->text, line);
	if (worth >= COMPLAINT && worth > search->best) {
		search->best = worth;
		lines->cause = json_object_get_string(line);
		lines->names_module = search->enabling ||
				      is_named(text, search->module);
	}
}

/*
 * The core enables one patch at a time, and says when it begins: what it says next
 * is of that patch, even if it does not name it.
 */
static void take_line(struct kmsg_lines *lines, unsigned int level,
		      const char *text, struct search *search)
{
	const enum worth worth = worth_of(level, text, search->module);

	if (begins(text, "livepatch: enabling patch '"))
		search->enabling = is_named(text, search->module);
	if (worth != NOTHING)
		add_line(lines, text, worth, search);
}

/* More than any log has; a bound should its end not be known. */
#define MOST_RECORDS (1 << 16)

struct kmsg_lines kmsg_take(struct kmsg *kmsg, const char *module)
{
	static struct record record;
	struct kmsg_lines lines = { .text = json_new_array(),
				    .err = kmsg->err };
	struct end end = { .kmsg = kmsg_open() };
	struct search search = { .module = module };
	unsigned int count = 0;

	while (kmsg->fd >= 0 && count++ < MOST_RECORDS &&
	       json_object_array_length(lines.text) < MOST_LINES &&
	       read_record(kmsg->fd, &record) && !is_too_late(&end, &record))
		take_line(&lines, record.level, text_of(&record), &search);
	kmsg_close(&end.kmsg);
	kmsg_close(kmsg);
	return lines;
}
