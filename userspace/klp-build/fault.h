/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fault.h - why something could not be done, and memory that never lacks
 */
#ifndef KLP_BUILD_FAULT_H
#define KLP_BUILD_FAULT_H

#include <stdbool.h>
#include <stddef.h>

#define FAULT_SIZE 1024

/** struct fault - the text of an error; empty as long as there is none. */
struct fault {
	char text[FAULT_SIZE];
};

/**
 * fault_set() - note why something failed
 * @fault: where; what was noted there before stays
 * @format: as for printf(), without a newline
 *
 * Return: false, for the caller to return.
 */
bool fault_set(struct fault *fault, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * out_of_memory() - end the program with a message
 *
 * By this name klpctl's files that are part of klp-diff call it, too.
 */
_Noreturn void out_of_memory(void);

/**
 * array_more() - make room for one more element
 * @array: from malloc(), or NULL
 * @count: elements in it
 * @size: of one element
 *
 * The room doubles, so that many additions cost little. Without memory the
 * program ends with a message.
 *
 * Return: the array, which may have moved.
 */
void *array_more(void *array, size_t count, size_t size);

/**
 * array_new() - an array of zeros
 * @count: elements in it; of none, there is still a pointer
 * @size: of one element
 *
 * Without memory the program ends with a message.
 *
 * Return: the array, to be freed.
 */
void *array_new(size_t count, size_t size);

/**
 * text_copy() - a copy of a string
 * @text: the string
 *
 * Without memory the program ends with a message.
 *
 * Return: the copy, to be freed.
 */
char *text_copy(const char *text);

/**
 * text_make() - a string by a format
 * @format: as for printf()
 *
 * Without memory the program ends with a message.
 *
 * Return: the string, to be freed.
 */
char *text_make(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif /* KLP_BUILD_FAULT_H */
