// SPDX-License-Identifier: GPL-2.0
/*
 * link.c - klp-diff link: give a module its livepatch relocations
 *
 * The module is written anew beside, and renamed when it is complete.
 */
#include <errno.h>
#include <fcntl.h>
#include <libelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "fault.h"
#include "late.h"

/* What ends a module that is signed: include/linux/module_signature.h */
#define SIGNED "~Module signature appended~\n"

static bool is_signed(int fd)
{
	char end[sizeof(SIGNED) - 1];
	off_t size = lseek(fd, 0, SEEK_END);

	return size >= (off_t)sizeof(end) &&
	       pread(fd, end, sizeof(end), size - (off_t)sizeof(end)) ==
		       (ssize_t)sizeof(end) &&
	       memcmp(end, SIGNED, sizeof(end)) == 0;
}

static bool write_module(int fd, const char *path, struct fault *fault)
{
	const Elf32_Ehdr *header = NULL;
	bool done;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_RDWR, NULL);
	if (elf && elf_kind(elf) == ELF_K_ELF)
		header = elf32_getehdr(elf);
	if (!header || header->e_type != ET_REL || header->e_machine != EM_ARM)
		done = fault_set(fault, "%s: not a module of 32-bit ARM code",
				 path);
	else
		done = late_write(elf, path, fault);
	elf_end(elf);
	return done;
}

/* Change the copy, which is the only name that the file has so far. */
static bool link_copy(const char *path, const char *copy, struct fault *fault)
{
	bool done;
	int fd = open(copy, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return fault_set(fault, "%s: %s", copy, strerror(errno));
	if (is_signed(fd))
		done = fault_set(fault,
				 "%s: is signed, and would not be any more:"
				 " sign it afterwards",
				 path);
	else
		done = write_module(fd, path, fault);
	if (done && fsync(fd))
		done = fault_set(fault, "%s: %s", copy, strerror(errno));
	close(fd);
	return done;
}

static bool copy_bytes(const char *path, int from, const char *copy, int to,
		       struct fault *fault)
{
	char buffer[65536];
	ssize_t length;

	while ((length = read(from, buffer, sizeof(buffer))) > 0) {
		ssize_t done = 0;

		while (done < length) {
			ssize_t now = write(to, buffer + done,
					    (size_t)(length - done));

			if (now < 0)
				return fault_set(fault, "%s: %s", copy,
						 strerror(errno));
			done += now;
		}
	}
	return length == 0 || fault_set(fault, "%s: %s", path, strerror(errno));
}

/* Copy a file beside itself; @copy is a template of mkstemp(). */
static bool copy_beside(const char *path, char *copy, struct fault *fault)
{
	struct stat status;
	bool done;
	int from = open(path, O_RDONLY | O_CLOEXEC);
	int to;

	if (from < 0)
		return fault_set(fault, "%s: %s", path, strerror(errno));
	to = mkostemp(copy, O_CLOEXEC);
	if (to < 0) {
		fault_set(fault, "%s: %s", copy, strerror(errno));
		*copy = '\0';
		close(from);
		return false;
	}
	done = copy_bytes(path, from, copy, to, fault);
	if (done && (fstat(from, &status) || fchmod(to, status.st_mode & 0777)))
		done = fault_set(fault, "%s: %s", copy, strerror(errno));
	close(from);
	if (close(to) && done)
		done = fault_set(fault, "%s: %s", copy, strerror(errno));
	return done;
}

int command_link(int argc, char **argv)
{
	struct fault fault = { 0 };
	char *copy;
	bool done;

	if (argc != 1)
		return OUTCOME_USAGE;
	if (asprintf(&copy, "%s.XXXXXX", argv[0]) < 0)
		out_of_memory();
	done = copy_beside(argv[0], copy, &fault) &&
	       link_copy(argv[0], copy, &fault);
	if (done && rename(copy, argv[0]))
		done = fault_set(&fault, "%s: %s", argv[0], strerror(errno));
	if (!done && *copy)
		unlink(copy);
	free(copy);
	return done ? OUTCOME_DONE : command_fail(&fault);
}
