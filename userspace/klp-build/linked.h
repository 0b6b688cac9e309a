/* SPDX-License-Identifier: GPL-2.0 */
/*
 * linked.h - the symbols of a vmlinux or a module, as the livepatch core counts them
 */
#ifndef KLP_BUILD_LINKED_H
#define KLP_BUILD_LINKED_H

#include "elf32.h"
#include "image.h"

/** LINKED_NONE - the index of no block */
#define LINKED_NONE SIZE_MAX

/** LINKED_VMLINUX - the name that the livepatch core has for the kernel itself */
#define LINKED_VMLINUX "vmlinux"

/**
 * struct linked_symbol - one symbol
 * @object: that has it: "vmlinux" or a module
 * @name: of the symbol
 * @position: how the livepatch core counts it among all of its name, from 1 on;
 *	0 if it is the only one
 * @func: it is a function
 * @thumb: of Thumb code
 * @freed: it is not there any more when the kernel has booted, or may not be when
 *	the module is loaded
 * @unsteady: a symbol of its name that comes before it is gone when the module has
 *	been initialized, so that the core counts it in two ways
 * @place: in the file
 * @size: bytes
 */
struct linked_symbol {
	const char *object;
	const char *name;
	unsigned int position;
	bool func;
	bool thumb;
	bool freed;
	bool unsteady;
	struct image_place place;
	uint32_t size;
};

/**
 * struct linked_block - local symbols that are from one object
 * @name: of its source
 * @first: symbol in the symbol table
 * @end: symbol behind the last one
 */
struct linked_block {
	const char *name;
	size_t first;
	size_t end;
};

/**
 * struct linked - a vmlinux or a module
 * @object: its name
 * @image: the file
 * @block: in the order in which the objects were linked
 * @blocks: how many
 */
struct linked {
	const char *object;
	struct image image;
	struct linked_block *block;
	size_t blocks;
};

/**
 * linked_open() - read a vmlinux or a module
 * @linked: set; linked_close() it in either case
 * @object: its name, "vmlinux" for a vmlinux; has to stay
 * @path: of the file
 * @fault: why not
 */
bool linked_open(struct linked *linked, const char *object, const char *path,
		 struct fault *fault);

/**
 * linked_close() - forget it
 * @linked: of linked_open()
 */
void linked_close(struct linked *linked);

/**
 * linked_is_module() - is it a module?
 * @linked: of linked_open()
 */
bool linked_is_module(const struct linked *linked);

/**
 * linked_global() - look up a symbol that all objects see
 * @linked: the vmlinux or the module
 * @name: of the symbol
 * @symbol: set, if there is one
 */
bool linked_global(struct linked *linked, const char *name,
		   struct linked_symbol *symbol);

/**
 * linked_value() - the value of a symbol that all objects see
 * @linked: the vmlinux or the module
 * @name: of the symbol
 * @value: set, if there is one; of the end of a section, too
 */
bool linked_value(const struct linked *linked, const char *name,
		  uint32_t *value);

/**
 * linked_local() - look up a symbol of one object
 * @linked: the vmlinux or the module
 * @block: the object's, or LINKED_NONE if it is not known
 * @name: of the symbol
 * @symbol: set, if there is one
 *
 * Without the block, there has to be one symbol of that name at all.
 */
bool linked_local(struct linked *linked, size_t block, const char *name,
		  struct linked_symbol *symbol);

/**
 * linked_count() - how many symbols of a name are there?
 * @linked: the vmlinux or the module
 * @name: of the symbols
 */
size_t linked_count(const struct linked *linked, const char *name);

/**
 * linked_needs() - is another module always there when this one is?
 * @linked: the module
 * @module: name of the other one, with underscores
 */
bool linked_needs(const struct linked *linked, const char *module);

#endif /* KLP_BUILD_LINKED_H */
