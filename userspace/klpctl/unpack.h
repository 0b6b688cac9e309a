/* SPDX-License-Identifier: GPL-2.0 */
/*
 * unpack.h - modules as distributions ship them, compressed
 */
#ifndef KLPCTL_UNPACK_H
#define KLPCTL_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

/* Are these the first bytes of a file that modprobe would unpack? */
bool unpack_is_due(const unsigned char *data, size_t size);

/*
 * Unpacks a whole file that unpack_is_due(), into memory that is the caller's.
 * Returns NULL, or what is wrong with the file, for a message that names it.
 */
const char *unpack(const unsigned char *data, size_t size,
		   unsigned char **unpacked, size_t *unpacked_size);

#endif /* KLPCTL_UNPACK_H */
