/* SPDX-License-Identifier: GPL-2.0 */
/*
 * old_code.h - the code that a livepatch was made to replace
 *
 * klp-build notes it in the livepatch, in a section of its own, so that what is
 * there can be told from what merely has the same name. The section is one entry
 * for each function, one behind the other, as a linker puts those of several
 * objects. An entry is, in little-endian words:
 *
 *	header	struct old_code_header
 *	masks	struct old_code_mask, in order, apart from each other
 *	code	as linked, with zeros in the masks and behind its end
 *	names	of the object and of the function, and zeros behind them
 *
 * Each part is a whole number of words.
 */
#ifndef KLPCTL_OLD_CODE_H
#define KLPCTL_OLD_CODE_H

#include <stdbool.h>

#include "image.h"

#define OLD_CODE_SECTION ".klp_arm.funcs"

/* "KLPF" */
#define OLD_CODE_MAGIC 0x46504c4b

/* Another one means that the parts are others. */
#define OLD_CODE_VERSION 1U

/* Bytes of a SHA-256. */
#define OLD_CODE_DIGEST 32

/* The function is Thumb code. */
#define OLD_CODE_THUMB 1U

/**
 * struct old_code_header - what an entry begins with
 * @magic: OLD_CODE_MAGIC
 * @version: OLD_CODE_VERSION
 * @size: bytes of the entry, with this
 * @sympos: which of the functions of that name; 0 if it is the only one
 * @flags: OLD_CODE_THUMB
 * @code: bytes of code
 * @masks: how many
 * @names: bytes of both names, with a NUL behind each
 * @digest: SHA-256 of the code, with zeros in the masks
 */
struct old_code_header {
	u32 magic;
	u32 version;
	u32 size;
	u32 sympos;
	u32 flags;
	u32 code;
	u32 masks;
	u32 names;
	u8 digest[OLD_CODE_DIGEST];
};

/**
 * struct old_code_mask - bytes that are not the same when the code is loaded
 * @offset: in the function
 * @size: bytes
 */
struct old_code_mask {
	u32 offset;
	u32 size;
};

/**
 * struct old_code - one function
 * @object: "vmlinux", or the module that has it
 * @name: of the function
 * @sympos: which one of that name; 0 if it is the only one
 * @thumb: it is Thumb code
 * @size: bytes
 * @bytes: as linked, with zeros in the masks
 * @mask: what is not compared
 * @masks: how many
 * @digest: SHA-256 of @bytes, as hexadecimal digits
 *
 * Strings and bytes belong to the image.
 */
struct old_code {
	const char *object;
	const char *name;
	u32 sympos;
	bool thumb;
	u32 size;
	const u8 *bytes;
	struct old_code_mask *mask;
	size_t masks;
	char digest[2 * OLD_CODE_DIGEST + 1];
};

/**
 * struct old_codes - all functions of a livepatch
 * @code: each
 * @count: how many; 0 if the livepatch does not tell
 * @error: what is wrong with the section
 */
struct old_codes {
	struct old_code *code;
	size_t count;
	const char *error;
	char said[256]; /* what error may point to */
};

/* Returns 0, or -1 with codes->error; release it in either case. */
int old_codes_read(const struct image *image, struct old_codes *codes);
void old_codes_release(struct old_codes *codes);

/* The code of a function, or NULL. Position 0 and 1 are the same one. */
const struct old_code *old_codes_find(const struct old_codes *codes,
				      const char *object, const char *name,
				      u32 sympos);

/*
 * Is other code that is there? Sets the offset of the first byte that differs,
 * which is behind the end of the shorter one if that is all.
 */
bool old_code_differs(const struct old_code *code, const u8 *bytes, u32 size,
		      u32 *offset);

/* SHA-256 of some bytes. */
void old_code_digest(const u8 *bytes, u32 size, u8 digest[OLD_CODE_DIGEST]);

#endif /* KLPCTL_OLD_CODE_H */
