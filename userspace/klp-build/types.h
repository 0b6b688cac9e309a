/* SPDX-License-Identifier: GPL-2.0 */
/*
 * types.h - the structures and unions that an object's debug information has
 */
#ifndef KLP_BUILD_TYPES_H
#define KLP_BUILD_TYPES_H

#include "elf32.h"

/**
 * struct member - a member of a structure that has a size of its own
 * @path: its name, behind those of unnamed structures that it is in; unnamed
 *	members are numbered
 * @offset: in the outermost structure, in bits
 * @size: in bits, 0 of an array without end
 * @holds: the named type whose objects are inside of it, NULL if there is none
 */
struct member {
	char *path;
	uint64_t offset;
	uint64_t size;
	char *holds;
};

/**
 * struct type - a structure or union with a name
 * @name: as C spells it, "struct page" or the name of a typedef
 * @file: where it is defined, "" if that is not known
 * @line: in @file
 * @size: in bytes
 * @member: in the order of the source, without those that only wrap others
 * @members: how many
 */
struct type {
	char *name;
	char *file;
	int line;
	uint64_t size;
	struct member *member;
	size_t members;
};

/**
 * struct types - all that functions and variables of an object use
 * @type: sorted by name; none twice
 * @count: how many
 */
struct types {
	struct type *type;
	size_t count;
};

/**
 * types_read() - read the types of an object
 * @elf: the object, compiled with -g
 * @types: set; types_free() it in either case
 * @fault: why not
 *
 * Types that are defined in a function are left out: their objects do not
 * outlive its call, or are static variables, which are compared as such.
 *
 * Return: whether all of them could be read.
 */
bool types_read(const struct elf32 *elf, struct types *types,
		struct fault *fault);

/**
 * types_source() - the name of a source, as the kernel's tree has it
 * @file: as the debug information has it: it may start from the build's directory;
 *	or NULL
 */
const char *types_source(const char *file);

/**
 * types_find() - look a type up
 * @types: of types_read()
 * @name: as in struct type
 *
 * Return: the type, NULL if the object does not have it.
 */
const struct type *types_find(const struct types *types, const char *name);

/**
 * types_free() - forget types
 * @types: of types_read()
 */
void types_free(struct types *types);

#endif /* KLP_BUILD_TYPES_H */
