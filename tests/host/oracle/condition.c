// SPDX-License-Identifier: GPL-2.0
/*
 * condition.c - which conditional branches may go either way
 *
 * Encodings: ARM ARM (DDI 0406C), A8.8.18.
 */
#include "condition.h"

#define CONDITION_HI 8
#define CONDITION_LS 9
#define CONDITION_ALWAYS 14

static bool may_be(u32 condition)
{
	return condition < CONDITION_ALWAYS && condition != CONDITION_HI &&
	       condition != CONDITION_LS;
}

bool condition_may_be_any(bool thumb, u32 word)
{
	u32 first = word & 0xffff, second = word >> 16;

	if (!thumb)
		return (word & 0x0f000000) == 0x0a000000 && may_be(word >> 28);
	if ((first & 0xf000) == 0xd000)
		return may_be(first >> 8 & 15);
	return (first & 0xf800) == 0xf000 && (second & 0xd000) == 0x8000 &&
	       may_be(first >> 6 & 15);
}
