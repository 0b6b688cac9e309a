/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kernel.h - the vmlinux that a livepatch is for
 */
#ifndef ORACLE_KERNEL_H
#define ORACLE_KERNEL_H

#include "object.h"

/**
 * struct kernel - a vmlinux
 * @object: the file
 * @by_name: its symbols, sorted by name and then by address
 * @by_address: its functions, variables and labels, sorted by address
 * @names: how many are in @by_name
 * @places: how many are in @by_address
 * @exports: it has a table of exports
 * @thumb: its functions are Thumb code
 */
struct kernel {
	struct object object;
	const struct object_symbol **by_name;
	const struct object_symbol **by_address;
	size_t names;
	size_t places;
	bool exports;
	bool thumb;
};

/**
 * struct kernel_block - the local symbols that are from one object
 * @first: index of the first symbol
 * @end: index behind the last one; 0 if it cannot be told which block is the object's
 */
struct kernel_block {
	u32 first;
	u32 end;
};

/**
 * kernel_open() - read a vmlinux
 * @kernel: set
 * @path: of the file
 */
void kernel_open(struct kernel *kernel, const char *path);

/**
 * kernel_close() - forget it
 * @kernel: of kernel_open()
 */
void kernel_close(struct kernel *kernel);

/**
 * kernel_global() - look up a symbol that all objects see
 * @kernel: the vmlinux
 * @name: of the symbol
 *
 * Return: NULL if there is none.
 */
const struct object_symbol *kernel_global(const struct kernel *kernel,
					  const char *name);

/**
 * kernel_is_exported() - may modules refer to a symbol?
 * @kernel: the vmlinux; if it has no exports at all, they may to any
 * @name: of the symbol
 */
bool kernel_is_exported(const struct kernel *kernel, const char *name);

/**
 * kernel_position() - look up a symbol as the livepatch core does
 * @kernel: the vmlinux
 * @name: of the symbol
 * @position: which of those of the name, by address from 1 on; 0 for the only one
 *
 * Return: NULL if there is none, or several for 0.
 */
const struct object_symbol *kernel_position(const struct kernel *kernel,
					    const char *name, u32 position);

/**
 * kernel_find_block() - find an object's local symbols
 * @kernel: the vmlinux
 * @object: the object, or one of another version of its source
 */
struct kernel_block kernel_find_block(const struct kernel *kernel,
				      const struct object *object);

/**
 * kernel_symbol_at() - find what is at an address
 * @kernel: the vmlinux
 * @address: any
 *
 * Return: the symbol around the address or the last one before it; NULL if the
 * address is not in the kernel.
 */
const struct object_symbol *kernel_symbol_at(const struct kernel *kernel,
					     u32 address);

/**
 * kernel_copy_constants() - read what is never written
 * @kernel: the vmlinux
 * @address: of @size bytes
 * @to: those of them that are code or constant data are copied there
 * @size: in bytes
 */
void kernel_copy_constants(const struct kernel *kernel, u32 address, u8 *to,
			   u32 size);

#endif /* ORACLE_KERNEL_H */
