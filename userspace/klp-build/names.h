/* SPDX-License-Identifier: GPL-2.0 */
/*
 * names.h - what compilers and macros append to names
 */
#ifndef KLP_BUILD_NAMES_H
#define KLP_BUILD_NAMES_H

#include <stdbool.h>

#include "elf32.h"

/**
 * names_base() - a name without the numbers that change from one compile to
 * the next
 * @name: of a symbol
 *
 * The number of a static local (x.3), of a clone (f.constprop.0 becomes
 * f.constprop), of __UNIQUE_ID() and of an initcall.
 *
 * Return: the name, to be freed.
 */
char *names_base(const char *name);

/**
 * names_is_clone() - did the compiler derive this function from another one?
 * @name: of a function
 *
 * What parameters such a function has is the compiler's choice each time.
 */
bool names_is_clone(const char *name);

/**
 * names_is_local() - is it a static variable of a function?
 * @name: of a variable
 */
bool names_is_local(const char *name);

/**
 * names_is_note() - is it a variable that a macro made for one place?
 * @name: of a variable
 * @section: that it is in: authors may have used the name for one of their own
 *
 * It tells of that place, or keeps that something was said there already. A
 * function that is replaced gets one of its own.
 */
bool names_is_note(const char *name, const struct elf32_section *section);

/**
 * names_is_tracepoint() - is it a tracepoint?
 * @name: of a variable
 */
bool names_is_tracepoint(const char *name);

#endif /* KLP_BUILD_NAMES_H */
