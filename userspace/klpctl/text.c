// SPDX-License-Identifier: GPL-2.0
/*
 * text.c - making names, which are bytes, fit for JSON and for terminals
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "text.h"

/* Each byte grows to "\xNN" at most. */
#define GROWTH 4

/*
 * Decodes the character at bytes. Returns its length, or 0 if it is not well
 * formed: Unicode 15, table 3-7 (no overlong forms, surrogates, or values
 * above U+10FFFF). The final NUL is no continuation byte, so it stops here.
 */
static size_t decode(const unsigned char *bytes, uint32_t *character)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len;
	size_t i;

	if (bytes[0] < 0x80) {
		*character = bytes[0];
		return 1;
	}
	if (bytes[0] >= 0xf0 && bytes[0] < 0xf8)
		len = 4;
	else if (bytes[0] >= 0xe0)
		len = bytes[0] < 0xf0 ? 3 : 0;
	else
		len = bytes[0] >= 0xc0 ? 2 : 0;
	if (len == 0)
		return 0;

	*character = bytes[0] & (0x7fU >> len);
	for (i = 1; i < len; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		*character = (*character << 6) | (bytes[i] & 0x3f);
	}
	if (*character < smallest[len] || *character > 0x10ffff)
		return 0;
	if (*character >= 0xd800 && *character <= 0xdfff)
		return 0;
	return len;
}

/*
 * Characters that would act on a terminal or change how a line reads: C0, C1
 * and DEL, line and paragraph separators, marks that change the direction.
 */
static bool is_unsafe(uint32_t character)
{
	return character < 0x20 || (character >= 0x7f && character <= 0x9f) ||
	       character == 0x061c ||
	       (character >= 0x200e && character <= 0x200f) ||
	       (character >= 0x2028 && character <= 0x202e) ||
	       (character >= 0x2066 && character <= 0x2069);
}

static char *put_escaped(char *to, const unsigned char *from, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	while (len-- > 0) {
		*to++ = '\\';
		*to++ = 'x';
		*to++ = digits[*from >> 4];
		*to++ = digits[*from & 15];
		from++;
	}
	return to;
}

static char *make_room(const char *text)
{
	char *room = malloc(strlen(text) * GROWTH + 1);

	if (!room)
		out_of_memory();
	return room;
}

char *text_from_bytes(const char *bytes)
{
	const unsigned char *from = (const unsigned char *)bytes;
	char *text = make_room(bytes);
	char *to = text;
	uint32_t character;

	while (*from) {
		size_t len = decode(from, &character);

		if (len == 0) {
			to = put_escaped(to, from, 1);
			from++;
			continue;
		}
		if (character == '\\')
			*to++ = '\\';
		memcpy(to, from, len);
		to += len;
		from += len;
	}
	*to = '\0';
	return text;
}

char *text_for_terminal(const char *text)
{
	const unsigned char *from = (const unsigned char *)text;
	char *safe = make_room(text);
	char *to = safe;
	uint32_t character;

	while (*from) {
		size_t len = decode(from, &character);

		if (len == 0 || is_unsafe(character)) {
			len = len ? len : 1;
			to = put_escaped(to, from, len);
		} else {
			memcpy(to, from, len);
			to += len;
		}
		from += len;
	}
	*to = '\0';
	return safe;
}

size_t text_width(const char *text)
{
	size_t width = 0;

	for (; *text; text++) {
		if (((unsigned char)*text & 0xc0) != 0x80)
			width++;
	}
	return width;
}
