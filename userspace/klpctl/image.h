/* SPDX-License-Identifier: GPL-2.0 */
/*
 * image.h - functions, traced calls and unwind data of an ARM vmlinux or module
 *
 * What the kernel knows about itself when it decides whether a function can be
 * redirected, read from the file that it is made from.
 */
#ifndef KLPCTL_IMAGE_H
#define KLPCTL_IMAGE_H

#include <elf.h>
#include <stddef.h>

#include "prologue.h"

/* A place in the image: a section and an offset in it. */
struct image_place {
	size_t section;
	u32 offset;
};

struct image_func {
	struct image_place start; /* section 0: the symbol is in none */
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

/* What image_find() looks for. */
struct image_name {
	const char *name;
	u32 address; /* 0 in a module */
	u32 symbol;
};

/* A variable of a module. */
struct image_variable {
	struct image_place start;
	u32 end;
};

struct image_section {
	const u8 *data; /* NULL: no bytes in the file */
	u32 size; /* of data */
	u32 span; /* of memory */
	u32 address;
	u32 flags;
	u32 type;
	u32 link;
	u32 info;
	size_t rel; /* the first section that relocates this one, 0: none */
	size_t next_rel; /* the next one that relocates the same as this */
	const char *name;
};

/**
 * struct image - a parsed file; arrays are sorted by place
 *
 * Everything is owned by the image and freed by image_close(), strings too.
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
	struct image_variable *variable; /* of a module only */
	size_t variables;
	struct image_name *name; /* sorted, once image_find() was called */
	size_t names;
	u32 **tables;
	size_t table_count;
	size_t symtab; /* a section */
	size_t symbols;
	u32 init_start; /* the init text of a vmlinux, as addresses */
	u32 init_end;
	bool relocatable; /* a module */
	const u8 *file;
	size_t file_size;
	u8 *unpacked; /* file, if that is not the mapped one */
	const char *error; /* what image_open() found wrong */
	int err; /* and the errno, if that is all there is to it */
};

/* Returns 0, or -1 with image->error; image_close() is due in either case. */
int image_open(struct image *image, const char *path);
void image_close(struct image *image);

/* The function around a place, and the index entry that covers it, or NULL. */
const struct image_func *image_func_at(const struct image *image,
				       struct image_place place);
const struct image_unwind *image_unwind_at(const struct image *image,
					   struct image_place place);

/* Is the code at a place freed once the kernel or the module has started? */
bool image_is_init_text(const struct image *image, struct image_place place);

/* The first traced call in a function, or NULL. */
const struct image_place *image_site_in(const struct image *image,
					const struct image_func *func);

/* A function and its traced call as the verifier is asked about them. */
void image_describe(const struct image *image, const struct image_func *func,
		    struct image_place site, struct klp_arm_prologue *prologue);

/* Symbols of one name, in the order in which the livepatch core counts them. */
size_t image_find(struct image *image, const char *name,
		  struct image_func *found, size_t room);

/*
 * The functions that the compiler made of one and named after it, such as
 * NAME.part.0, each once. They are room at most; returns how many.
 */
size_t image_clones(struct image *image, const char *name, const char **found,
		    size_t room);

/*
 * For the data of a module: where the word at a place points once the module
 * is loaded, the symbol that its relocation names, the string at a place, the
 * end of the largest variable at a place. False or NULL if there is none.
 */
bool image_pointer(const struct image *image, struct image_place place,
		   struct image_place *target);
const char *image_pointer_symbol(const struct image *image,
				 struct image_place place);
const char *image_string(const struct image *image, struct image_place place);
bool image_variable_end(const struct image *image, struct image_place place,
			u32 *end);

/* The word at a place that is inside its section. */
u32 image_word(const struct image *image, struct image_place place);

#endif /* KLPCTL_IMAGE_H */
