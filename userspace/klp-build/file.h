/* SPDX-License-Identifier: GPL-2.0 */
/*
 * file.h - a text file as a string
 */
#ifndef KLP_BUILD_FILE_H
#define KLP_BUILD_FILE_H

#include "fault.h"

/**
 * file_read() - read a whole file
 * @path: of the file
 * @size: set to its size, without the NUL that is appended
 * @fault: why not
 *
 * Return: the text, to be freed; NULL on failure.
 */
char *file_read(const char *path, size_t *size, struct fault *fault);

#endif /* KLP_BUILD_FILE_H */
