/* SPDX-License-Identifier: GPL-2.0 */
/*
 * stands.h - what of the kernel a function or variable of an object stands for
 */
#ifndef ORACLE_STANDS_H
#define ORACLE_STANDS_H

#include "kernel.h"

/**
 * stands_in_object() - find a function or variable of a fixed object in the kernel
 * @kernel: the vmlinux
 * @object: the object
 * @block: its local symbols in the kernel
 * @atom: the function or variable
 *
 * Return: NULL if the kernel does not have it.
 */
const struct object_symbol *stands_in_object(const struct kernel *kernel,
					     const struct object *object,
					     struct kernel_block block,
					     const struct object_symbol *atom);

/**
 * stands_by_label() - find what a livepatch's function replaces
 * @kernel: the vmlinux
 * @object: the livepatch
 * @atom: the function
 *
 * Return: NULL if it replaces none.
 */
const struct object_symbol *stands_by_label(const struct kernel *kernel,
					    const struct object *object,
					    const struct object_symbol *atom);

/**
 * stands_named() - find a livepatch's function in an object
 * @object: a fixed object
 * @atom: the function
 *
 * Return: the object's function of the same name and size, or NULL.
 */
const struct object_symbol *stands_named(const struct object *object,
					 const struct object_symbol *atom);

/**
 * stands_base() - a name without the numbers that the compiler appends
 * @name: of the symbol
 *
 * Return: its length.
 */
size_t stands_base(const char *name);

#endif /* ORACLE_STANDS_H */
