/* SPDX-License-Identifier: GPL-2.0 */
/*
 * enums.h - the constants of enumerations
 */
#ifndef KLP_BUILD_ENUMS_H
#define KLP_BUILD_ENUMS_H

#include "members.h"

struct author;
struct refusals;

/**
 * enums_read() - read the constants of an enumeration
 * @reader: what is being read
 * @table: gets them
 * @die: its entry
 *
 * Return: whether they could be read.
 */
bool enums_read(struct reader *reader, struct constants *table, Dwarf_Die *die);

/**
 * enums_sort() - sort constants by name
 * @table: of enums_read()
 */
void enums_sort(struct constants *table);

/**
 * enums_compare() - refuse enumerations whose constants have other values
 * @old: of the old object
 * @new: of the new one
 * @author: what the fix wants to be ignored
 * @refusals: where to note them
 *
 * Memory of the running kernel has the old values. One that ends an enumeration, and
 * says so by its name, may grow: what it counts are the others.
 */
void enums_compare(const struct constants *old, const struct constants *new,
		   struct author *author, struct refusals *refusals);

/**
 * enums_free() - forget them
 * @table: of enums_read()
 */
void enums_free(struct constants *table);

#endif /* KLP_BUILD_ENUMS_H */
