/* SPDX-License-Identifier: GPL-2.0 */
/*
 * image.h - what the coverage tool wants from an ARM vmlinux or module.
 */
#ifndef KLP_TEST_IMAGE_H
#define KLP_TEST_IMAGE_H

#include <stddef.h>

#include "prologue.h"

/* A place in the image: a section and an offset in it. */
struct image_place {
	size_t section;
	u32 offset;
};

struct image_func {
	struct image_place start;
	u32 size;
	bool thumb;
	const char *name;
};

struct image_unwind {
	struct image_place start;
	enum klp_arm_unwind_kind kind;
	u32 inline_word;
	const u32 *table; /* NULL: use inline_word */
	u32 words;
};

struct image_section {
	const u8 *data;
	u32 size;
	u32 address;
	u32 flags;
	const char *name;
};

/**
 * struct image - a parsed file; arrays are sorted by place
 *
 * Everything is owned by the image and freed by image_close().
 */
struct image {
	struct image_section *section;
	size_t sections;
	struct image_func *func;
	size_t funcs;
	struct image_unwind *unwind;
	size_t unwinds;
	struct image_place *site;
	size_t sites;
	u32 **tables;
	size_t table_count;
	void *elf;
	int fd;
};

int image_open(struct image *image, const char *path);
void image_close(struct image *image);
const struct image_func *image_func_at(const struct image *image,
				       struct image_place place);
const struct image_unwind *image_unwind_at(const struct image *image,
					   struct image_place place);

#endif /* KLP_TEST_IMAGE_H */
