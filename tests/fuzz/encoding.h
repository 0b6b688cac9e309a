/* SPDX-License-Identifier: GPL-2.0 */
/*
 * encoding.h - how the bytes of a fuzzer make a function and an unwind table
 *
 * A function: struct code_head, its unwind words, its code to the last byte.
 * A table: one byte, see ehabi.c, then its words. Numbers are in the byte order of the host.
 */
#ifndef KLP_FUZZ_ENCODING_H
#define KLP_FUZZ_ENCODING_H

#include <stdint.h>

#define CODE_THUMB 0x80 /* in kind; the rest of it is the kind, modulo 3 */

struct code_head {
	uint8_t kind;
	uint8_t words;
	uint16_t site;
};

#endif /* KLP_FUZZ_ENCODING_H */
