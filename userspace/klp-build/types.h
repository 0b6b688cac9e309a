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
 * @kind: kind_spell() of anything else, NULL if @holds is not
 */
struct member {
	char *path;
	uint64_t offset;
	uint64_t size;
	char *holds;
	char *kind;
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
 * struct type_table - some of them
 * @type: sorted by name; none twice
 * @count: how many
 */
struct type_table {
	struct type *type;
	size_t count;
};

/**
 * struct constant - a constant of an enumeration
 * @name: its name
 * @tag: name of the enumeration, "" if it has none
 * @file: where it is defined, "" if that is not known
 * @line: in @file
 * @value: its value
 */
struct constant {
	char *name;
	char *tag;
	char *file;
	int line;
	int64_t value;
};

/**
 * struct constants - those of all enumerations
 * @constant: sorted by name
 * @count: how many
 */
struct constants {
	struct constant *constant;
	size_t count;
};

/**
 * struct types - all that functions and variables of an object use
 * @named: structures and unions
 * @variable: what is in variables that can be written to, each as if it were the only
 *	member of a structure of its name; static ones of functions are named
 *	"FUNCTION.NAME", the second of a name "FUNCTION.NAME.1"
 * @enums: constants of enumerations that are defined in no function
 */
struct types {
	struct type_table named;
	struct type_table variable;
	struct constants enums;
};

/**
 * types_read() - read the types of an object
 * @elf: the object, compiled with -g
 * @types: set; types_free() it in either case
 * @fault: why not
 *
 * Types that are defined in a function are left out: their objects do not
 * outlive its call, or are static variables, which have their members.
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
 * @table: of types_read()
 * @name: as in struct type
 *
 * Return: the type, NULL if the object does not have it.
 */
const struct type *types_find(const struct type_table *table, const char *name);

/**
 * types_free() - forget types
 * @types: of types_read()
 */
void types_free(struct types *types);

#endif /* KLP_BUILD_TYPES_H */
