/* SPDX-License-Identifier: GPL-2.0 */
/*
 * same.h - is an object, compiled again, the one that the kernel has?
 */
#ifndef KLP_BUILD_SAME_H
#define KLP_BUILD_SAME_H

#include "elf32.h"

/**
 * same() - compare two objects byte for byte, as far as they are loaded
 * @again: compiled again
 * @kept: as the kernel's build left it
 * @fault: the first difference
 *
 * What recordmcount changes after the compiler, its table and the tracing calls
 * that it takes out, makes no difference.
 *
 * Return: whether they are the same.
 */
bool same(const struct elf32 *again, const struct elf32 *kept,
	  struct fault *fault);

#endif /* KLP_BUILD_SAME_H */
