/* SPDX-License-Identifier: GPL-2.0 */
/*
 * die.h - entries of debug information
 */
#ifndef KLP_BUILD_DIE_H
#define KLP_BUILD_DIE_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * die_number() - read an attribute that is a number
 * @die: the entry
 * @name: DW_AT_...
 * @number: set, if it has the attribute
 *
 * Return: whether it has.
 */
bool die_number(Dwarf_Die *die, unsigned int name, uint64_t *number);

/**
 * die_is_aggregate() - is it a structure or a union?
 * @die: the entry
 */
bool die_is_aggregate(Dwarf_Die *die);

/**
 * die_is_static() - is it a variable with an address, not in a register or a frame?
 * @die: the entry of a variable
 */
bool die_is_static(Dwarf_Die *die);

/**
 * die_type() - the type of a variable or member, or what a type is made of
 * @die: the entry
 * @type: set
 *
 * Return: whether it has one; what leads to void has none.
 */
bool die_type(Dwarf_Die *die, Dwarf_Die *type);

/**
 * die_strip() - what is behind typedefs and qualifiers, and in arrays
 * @type: a type; replaced by what is found
 * @arrays: look in arrays, too
 * @name: set to the name of that, or if it is an unnamed structure to the name of
 *	the typedef that is nearest to it; NULL if there is none
 *
 * Return: whether it could be found: a qualifier of void leads to nothing.
 */
bool die_strip(Dwarf_Die *type, bool arrays, const char **name);

/**
 * die_is_constant() - is it an object that is not written to once it is there?
 * @die: the entry of a variable
 */
bool die_is_constant(Dwarf_Die *die);

#endif /* KLP_BUILD_DIE_H */
