/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tape.h - a transport that answers from the bytes of a fuzzer
 *
 * It takes the place of nl.c, as tests/replay.c of the library does, which
 * explains itself in text. Here an answer costs no more than its bytes:
 *
 *   two bytes, low one first: h
 *   h >= 0xf000       receiving fails with errno h & 0xfff; a listener with 0
 *                     finds nothing this time
 *   else              h & 0x7fff bytes of a datagram follow, or what is left.
 *                     Unless h & 0x8000, its messages get the number of the
 *                     request, and none is longer than what is left of it
 *
 * Requests and listeners take their answers from the same tape. At its end
 * nothing comes any more.
 */
#ifndef KLP_FUZZ_TAPE_H
#define KLP_FUZZ_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <klp/klp.h>

/* The number of the family and of its group, as the recorded answers have it. */
#define TAPE_FAMILY 0x1f
#define TAPE_GROUP 5

/* A context that answers from these bytes, which it borrows. */
struct klp_ctx *tape_open(const uint8_t *data, size_t size);

/* Spares the lookup of the family, which would be the first answer. */
void tape_know_family(struct klp_ctx *ctx);

bool tape_at_end(void);

/* Frees the context. What it opened must have been closed. */
void tape_close(struct klp_ctx *ctx);

#endif /* KLP_FUZZ_TAPE_H */
