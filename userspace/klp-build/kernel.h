/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kernel.h - the symbols of a vmlinux, as the livepatch core and modules see them
 */
#ifndef KLP_BUILD_KERNEL_H
#define KLP_BUILD_KERNEL_H

#include "elf32.h"
#include "image.h"

/** KERNEL_NONE - the index of no block */
#define KERNEL_NONE SIZE_MAX

/**
 * struct kernel_symbol - one symbol
 * @name: of the symbol
 * @position: how the livepatch core counts it among all of its name, from 1 on;
 *	0 if it is the only one
 * @func: it is a function
 * @freed: the kernel frees it after it has booted
 * @place: in vmlinux
 * @size: bytes
 */
struct kernel_symbol {
	const char *name;
	unsigned int position;
	bool func;
	bool freed;
	struct image_place place;
	uint32_t size;
};

/**
 * struct kernel_block - local symbols that are from one object
 * @name: of its source
 * @first: symbol in the symbol table
 * @end: symbol behind the last one
 */
struct kernel_block {
	const char *name;
	size_t first;
	size_t end;
};

/**
 * struct kernel - a vmlinux
 * @image: the file
 * @block: in the order in which the objects were linked
 * @blocks: how many
 * @symvers: text of the file with all exports
 * @export: names that any module may refer to, sorted
 * @exports: how many
 */
struct kernel {
	struct image image;
	struct kernel_block *block;
	size_t blocks;
	char *symvers;
	const char **export;
	size_t exports;
};

/**
 * kernel_open() - read a vmlinux and what it exports
 * @kernel: set; kernel_close() it in either case
 * @path: of vmlinux
 * @symvers: path of the Module.symvers that goes with it
 * @fault: why not
 */
bool kernel_open(struct kernel *kernel, const char *path, const char *symvers,
		 struct fault *fault);

/**
 * kernel_close() - forget a vmlinux
 * @kernel: of kernel_open()
 */
void kernel_close(struct kernel *kernel);

/**
 * kernel_global() - look up a symbol that all objects see
 * @kernel: the vmlinux
 * @name: of the symbol
 * @symbol: set, if there is one
 */
bool kernel_global(struct kernel *kernel, const char *name,
		   struct kernel_symbol *symbol);

/**
 * kernel_local() - look up a symbol of one object
 * @kernel: the vmlinux
 * @block: the object's, or KERNEL_NONE if it is not known
 * @name: of the symbol
 * @symbol: set, if there is one
 *
 * Without the block, there has to be one symbol of that name at all.
 */
bool kernel_local(struct kernel *kernel, size_t block, const char *name,
		  struct kernel_symbol *symbol);

/**
 * kernel_count() - how many symbols of a name are there?
 * @kernel: the vmlinux
 * @name: of the symbols
 */
size_t kernel_count(const struct kernel *kernel, const char *name);

/**
 * kernel_exports() - may each module refer to a symbol by its name alone?
 * @kernel: the vmlinux
 * @name: of the symbol
 *
 * Return: false for what is exported in a namespace, too.
 */
bool kernel_exports(const struct kernel *kernel, const char *name);

#endif /* KLP_BUILD_KERNEL_H */
