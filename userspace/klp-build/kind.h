/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kind.h - what the bytes of a value mean
 */
#ifndef KLP_BUILD_KIND_H
#define KLP_BUILD_KIND_H

#include <elfutils/libdw.h>
#include <stdbool.h>

/**
 * kind_spell() - say what the bytes of a value mean
 * @type: its type
 * @bits: it is a bit field
 *
 * New code may read what old code wrote if both have the same kind. Integers and
 * enumerations of one size do, with or without a sign: a fix often changes that, and
 * means it. So do pointers to the same, and structures of one name, whose members
 * are compared by themselves.
 *
 * Return: words of C's; free() them.
 */
char *kind_spell(Dwarf_Die *type, bool bits);

#endif /* KLP_BUILD_KIND_H */
