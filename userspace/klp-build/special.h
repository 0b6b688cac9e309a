/* SPDX-License-Identifier: GPL-2.0 */
/*
 * special.h - what each section of an object means to the kernel
 */
#ifndef KLP_BUILD_SPECIAL_H
#define KLP_BUILD_SPECIAL_H

#include <stdbool.h>

#include "elf32.h"

/** enum special_kind - how a section is looked at */
enum special_kind {
	SPECIAL_NOTHING, /* not loaded, or follows from the code */
	SPECIAL_CODE,
	SPECIAL_DATA,
	SPECIAL_TEXT, /* strings, known by what they say */
	SPECIAL_NOTES, /* data of single places in functions */
	SPECIAL_TABLE, /* entries that belong to functions */
	SPECIAL_CALLBACK, /* functions that the livepatch core calls */
	SPECIAL_FIXED, /* the kernel has read it; a livepatch cannot add to it */
	SPECIAL_UNKNOWN,
};

/**
 * struct special - one section's rule
 * @name: of the section, or how its name begins
 * @prefix: the latter
 * @kind: how it is looked at
 * @entry: size of an entry of a table; its first word refers to the code
 * @skip: offset in an entry of bytes that do not count
 * @skipped: how many
 * @what: what is in there, for messages
 */
struct special {
	const char *name;
	bool prefix;
	enum special_kind kind;
	unsigned int entry;
	unsigned int skip;
	unsigned int skipped;
	const char *what;
};

/**
 * special_of() - the rule for a section
 * @section: of an object
 *
 * Return: the rule, never NULL.
 */
const struct special *special_of(const struct elf32_section *section);

/**
 * special_is_init() - does the kernel free the section after it has booted?
 * @section: of an object
 */
bool special_is_init(const struct elf32_section *section);

/** SPECIAL_PERCPU - the section of a module's per-cpu data */
#define SPECIAL_PERCPU ".data..percpu"

/**
 * special_is_percpu() - does it have per-cpu data, aligned in whatever way?
 * @name: of a section
 */
bool special_is_percpu(const char *name);

/**
 * special_is_exit() - is it left out of a vmlinux?
 * @section: of an object
 */
bool special_is_exit(const struct elf32_section *section);

#endif /* KLP_BUILD_SPECIAL_H */
