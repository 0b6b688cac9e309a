/* SPDX-License-Identifier: GPL-2.0 */
/*
 * late.h - the livepatch relocations of a module
 */
#ifndef KLP_BUILD_LATE_H
#define KLP_BUILD_LATE_H

#include <libelf.h>
#include <stdbool.h>

#include "fault.h"

/**
 * late_write() - make livepatch relocations of those that are named so
 * @elf: the module, opened for reading and writing; it is written
 * @path: its name, for messages
 * @fault: why not
 *
 * Return: whether the module is complete now. If not, the file may be damaged.
 */
bool late_write(Elf *elf, const char *path, struct fault *fault);

#endif /* KLP_BUILD_LATE_H */
