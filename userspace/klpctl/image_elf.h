/* SPDX-License-Identifier: GPL-2.0 */
/*
 * image_elf.h - the ELF side of an image: sections, symbols, relocations
 */
#ifndef KLPCTL_IMAGE_ELF_H
#define KLPCTL_IMAGE_ELF_H

#include "image.h"

/* Reads the tables of the mapped file. Returns NULL, or what is wrong. */
const char *image_read_elf(struct image *image);

Elf32_Sym image_symbol(const struct image *image, size_t index);

/* Never NULL. */
const char *image_symbol_name(const struct image *image,
			      const Elf32_Sym *symbol);
bool image_symbol_place(const struct image *image, const Elf32_Sym *symbol,
			struct image_place *place);
void image_func_from_symbol(const struct image *image, const Elf32_Sym *symbol,
			    struct image_place place, struct image_func *func);
bool image_place_of_address(const struct image *image, u32 address,
			    struct image_place *place);

/* For qsort(): by section, then by offset. */
int image_compare_places(const void *left, const void *right);

/* As image_pointer(), for a field that holds this addend. */
bool image_relocated(const struct image *image, struct image_place place,
		     u32 addend, struct image_place *target);

#endif /* KLPCTL_IMAGE_ELF_H */
