/* SPDX-License-Identifier: GPL-2.0 */
/*
 * late_name.h - names of what the livepatch core looks up
 */
#ifndef KLP_BUILD_LATE_NAME_H
#define KLP_BUILD_LATE_NAME_H

#include <stdbool.h>

/** LATE_SYMBOL_PREFIX - how the name of a symbol begins */
#define LATE_SYMBOL_PREFIX ".klp.sym."

/** LATE_SECTION_PREFIX - how the name of a section of relocations begins */
#define LATE_SECTION_PREFIX ".klp.rela."

/**
 * late_core_name() - the name as the core knows it
 * @name: of an undefined symbol
 *
 * Return: where it begins in @name; NULL if the core is not to look it up.
 */
const char *late_core_name(const char *name);

/**
 * late_object_of() - the object whose coming a symbol is looked up at
 * @name: of the symbol, which has a core's name
 *
 * Return: to be freed; NULL if the name does not say.
 */
char *late_object_of(const char *name);

#endif /* KLP_BUILD_LATE_NAME_H */
