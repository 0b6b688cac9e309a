// SPDX-License-Identifier: GPL-2.0
/*
 * old_code.c - reads what code a livepatch was made to replace
 *
 * Nothing in the section is believed before it has been compared with the
 * section's size, and no byte is looked at by two entries.
 */
#include <sha2.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oom.h"
#include "old_code.h"

_Static_assert(OLD_CODE_DIGEST == SHA256_DIGEST_LENGTH, "a SHA-256");
_Static_assert(sizeof(struct old_code_header) == 64, "no gaps");

#define DAMAGED "its section " OLD_CODE_SECTION " is damaged: "

/* What is left of the section. */
struct reader {
	struct old_codes *codes;
	const u8 *at;
	size_t left;
};

__attribute__((format(printf, 2, 3))) static int
damaged(struct old_codes *codes, const char *fmt, ...)
{
	const size_t prefix = strlen(DAMAGED);
	va_list args;

	memcpy(codes->said, DAMAGED, prefix);
	va_start(args, fmt);
	vsnprintf(codes->said + prefix, sizeof(codes->said) - prefix, fmt,
		  args);
	va_end(args);
	codes->error = codes->said;
	return -1;
}

void old_code_digest(const u8 *bytes, u32 size, u8 digest[OLD_CODE_DIGEST])
{
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, bytes, size);
	SHA256Final(digest, &context);
}

static uint64_t words(uint64_t size)
{
	return (size + 3) & ~(uint64_t)3;
}

static bool is_zero(const u8 *bytes, size_t size)
{
	while (size > 0 && bytes[size - 1] == 0)
		size--;
	return size == 0;
}

static int check_header(struct reader *reader,
			const struct old_code_header *header)
{
	struct old_codes *codes = reader->codes;
	uint64_t size;

	if (header->magic != OLD_CODE_MAGIC)
		return damaged(codes, "entry %zu does not begin like one",
			       codes->count + 1);
	if (header->version != OLD_CODE_VERSION) {
		snprintf(codes->said, sizeof(codes->said),
			 "its section " OLD_CODE_SECTION " has version %u, and"
			 " this klpctl reads version %u: use one that is as"
			 " new as the klp-build that made it",
			 header->version, OLD_CODE_VERSION);
		codes->error = codes->said;
		return -1;
	}
	size = sizeof(*header) +
	       (uint64_t)header->masks * sizeof(struct old_code_mask) +
	       words(header->code) + words(header->names);
	if (header->size != size || size > reader->left)
		return damaged(codes,
			       "entry %zu has %u bytes, and should have"
			       " %llu of %zu",
			       codes->count + 1, header->size,
			       (unsigned long long)size, reader->left);
	if (!header->code || header->flags & ~OLD_CODE_THUMB)
		return damaged(codes, "entry %zu has %s", codes->count + 1,
			       header->code ? "unknown flags" : "no code");
	return 0;
}

/* Two names, each with its end, and nothing behind. */
static int read_names(struct old_codes *codes, struct old_code *code,
		      const char *names, u32 size)
{
	const size_t object = strnlen(names, size);
	const size_t name =
		object < size ? strnlen(names + object + 1, size - object - 1) :
				0;

	if (object == 0 || name == 0 || object + name + 2 != size)
		return damaged(codes, "entry %zu does not name a function",
			       codes->count);
	code->object = names;
	code->name = names + object + 1;
	return 0;
}

static int check_masks(struct old_codes *codes, const struct old_code *code)
{
	u32 end = 0;
	size_t i;

	for (i = 0; i < code->masks; i++) {
		const struct old_code_mask *mask = &code->mask[i];

		if (!mask->size || mask->offset > code->size ||
		    mask->size > code->size - mask->offset)
			return damaged(codes,
				       "mask %zu of '%.64s' is outside of its"
				       " code",
				       i, code->name);
		if (i && mask->offset <= end)
			return damaged(codes,
				       "mask %zu of '%.64s' overlaps the one"
				       " before it, or touches it",
				       i, code->name);
		if (!is_zero(code->bytes + mask->offset, mask->size))
			return damaged(codes,
				       "mask %zu of '%.64s' does not cover"
				       " zeros",
				       i, code->name);
		end = mask->offset + mask->size;
	}
	return 0;
}

static int check_code(struct old_codes *codes, struct old_code *code,
		      const u8 wanted[OLD_CODE_DIGEST])
{
	u8 digest[OLD_CODE_DIGEST];
	size_t i;

	if (!is_zero(code->bytes + code->size,
		     (size_t)words(code->size) - code->size))
		return damaged(codes, "'%.64s' has more code than it says",
			       code->name);
	old_code_digest(code->bytes, code->size, digest);
	if (memcmp(digest, wanted, sizeof(digest)) != 0)
		return damaged(codes,
			       "the SHA-256 of '%.64s' is not that of its"
			       " code",
			       code->name);
	for (i = 0; i < sizeof(digest); i++)
		snprintf(code->digest + 2 * i, 3, "%02x", digest[i]);
	return 0;
}

/* Grow by doubling. */
static struct old_code *add_code(struct old_codes *codes)
{
	const size_t used = codes->count;

	if (!(used & (used - 1))) {
		size_t room = used ? 2 * used : 1;

		codes->code =
			reallocarray(codes->code, room, sizeof(*codes->code));
		if (!codes->code)
			out_of_memory();
	}
	memset(&codes->code[used], 0, sizeof(*codes->code));
	codes->count++;
	return &codes->code[used];
}

static int read_entry(struct reader *reader)
{
	struct old_codes *codes = reader->codes;
	struct old_code_header header;
	struct old_code *code;
	const u8 *at = reader->at + sizeof(header);
	size_t masks;

	if (reader->left < sizeof(header))
		return damaged(codes, "there are %zu bytes behind its end",
			       reader->left);
	memcpy(&header, reader->at, sizeof(header));
	if (check_header(reader, &header))
		return -1;
	code = add_code(codes);
	code->sympos = header.sympos;
	code->thumb = header.flags & OLD_CODE_THUMB;
	code->size = header.code;
	code->masks = header.masks;
	masks = code->masks * sizeof(*code->mask);
	code->mask = malloc(masks + 1);
	if (!code->mask)
		out_of_memory();
	memcpy(code->mask, at, masks);
	code->bytes = at + masks;
	reader->at += header.size;
	reader->left -= header.size;
	if (read_names(codes, code,
		       (const char *)code->bytes + words(code->size),
		       header.names) ||
	    check_masks(codes, code))
		return -1;
	return check_code(codes, code, header.digest);
}

/* Position 0 is that of the only symbol of the name. */
static u32 position_of(u32 sympos)
{
	return sympos ? sympos : 1;
}

static int compare_codes(const void *left, const void *right)
{
	const struct old_code *a = left;
	const struct old_code *b = right;
	int order = strcmp(a->object, b->object);

	if (!order)
		order = strcmp(a->name, b->name);
	if (!order)
		order = (position_of(a->sympos) > position_of(b->sympos)) -
			(position_of(a->sympos) < position_of(b->sympos));
	return order;
}

/* Sorted, so that they can be found. */
static int sort_codes(struct old_codes *codes)
{
	size_t i;

	if (codes->count)
		qsort(codes->code, codes->count, sizeof(*codes->code),
		      compare_codes);
	for (i = 1; i < codes->count; i++) {
		if (compare_codes(&codes->code[i], &codes->code[i - 1]) == 0)
			return damaged(codes, "it has '%.64s' of '%.64s' twice",
				       codes->code[i].name,
				       codes->code[i].object);
	}
	return 0;
}

int old_codes_read(const struct image *image, struct old_codes *codes)
{
	size_t i;

	memset(codes, 0, sizeof(*codes));
	for (i = 1; i < image->sections; i++) {
		const struct image_section *section = &image->section[i];
		struct reader reader = { codes, section->data, section->size };

		if (strcmp(section->name, OLD_CODE_SECTION) != 0)
			continue;
		if (section->rel || !section->size)
			return damaged(codes, "it has %s",
				       section->rel ? "relocations" :
						      "nothing in it");
		while (reader.left > 0) {
			if (read_entry(&reader))
				return -1;
		}
	}
	return sort_codes(codes);
}

void old_codes_release(struct old_codes *codes)
{
	size_t i;

	for (i = 0; i < codes->count; i++)
		free(codes->code[i].mask);
	free(codes->code);
	codes->code = NULL;
	codes->count = 0;
}

const struct old_code *old_codes_find(const struct old_codes *codes,
				      const char *object, const char *name,
				      u32 sympos)
{
	const struct old_code wanted = { .object = object,
					 .name = name,
					 .sympos = sympos };

	if (!codes->count)
		return NULL;
	return bsearch(&wanted, codes->code, codes->count, sizeof(*codes->code),
		       compare_codes);
}

bool old_code_differs(const struct old_code *code, const u8 *bytes, u32 size,
		      u32 *offset)
{
	const u32 shorter = size < code->size ? size : code->size;
	size_t mask = 0;
	u32 i = 0;

	while (i < shorter) {
		if (mask < code->masks && i == code->mask[mask].offset) {
			i += code->mask[mask++].size;
			continue;
		}
		if (bytes[i] != code->bytes[i])
			break;
		i++;
	}
	*offset = i < shorter ? i : shorter;
	return i < shorter || size != code->size;
}
