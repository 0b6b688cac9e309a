/* SPDX-License-Identifier: GPL-2.0 */
/*
 * memory_file.h - bytes as a file, for what takes the name of one
 */
#ifndef KLP_FUZZ_MEMORY_FILE_H
#define KLP_FUZZ_MEMORY_FILE_H

#include <stddef.h>
#include <stdint.h>

/* The name of a file with these bytes: the same file for each call. */
const char *memory_file(const uint8_t *data, size_t size);

#endif /* KLP_FUZZ_MEMORY_FILE_H */
