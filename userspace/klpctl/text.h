/* SPDX-License-Identifier: GPL-2.0 */
/*
 * text.h - making names, which are bytes, fit for JSON and for terminals
 */
#ifndef KLPCTL_TEXT_H
#define KLPCTL_TEXT_H

#include <stddef.h>

/*
 * Both return newly allocated text, or end the program when memory is short.
 *
 * text_from_bytes() makes well-formed UTF-8: a backslash becomes two, a byte
 * that is not part of well-formed UTF-8 becomes \xNN. That can be undone.
 *
 * text_for_terminal() takes well-formed UTF-8 and writes the bytes of control
 * characters, and of those that reorder or break lines, as \xNN.
 */
char *text_from_bytes(const char *bytes);
char *text_for_terminal(const char *text);

/* How many characters there are in well-formed UTF-8. */
size_t text_width(const char *text);

#endif /* KLPCTL_TEXT_H */
