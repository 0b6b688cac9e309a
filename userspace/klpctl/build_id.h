/* SPDX-License-Identifier: GPL-2.0 */
/*
 * build_id.h - build ids: as text, from notes, and those of what is running
 */
#ifndef KLPCTL_BUILD_ID_H
#define KLPCTL_BUILD_ID_H

#include "output.h"

/* Build ids are hashes; SHA-512, the longest, has 64 bytes. */
#define LONGEST_BUILD_ID 64

/* Room for the hexadecimal digits and a NUL. */
#define BUILD_ID_TEXT (2 * LONGEST_BUILD_ID + 1)

/* False, and an empty text, if there are no bytes or too many. */
bool build_id_to_text(const uint8_t *bytes, size_t len, char *text);

/* NULL, which is no member of an object, if there is none. */
struct json_object *json_build_id(const uint8_t *bytes, size_t len);

/* The build id in the bytes of a section of ELF notes. */
bool build_id_in_notes(const uint8_t *notes, size_t size, char *text);

/* Of a file that is a vmlinux or a module. */
struct image;
bool image_build_id(const struct image *image, char *text);

/* False if it has none, or if it cannot be found out. */
bool build_id_of_kernel(const struct klp_info *info, char *text);
bool build_id_of_loaded_module(const char *name, char *text);

#endif /* KLPCTL_BUILD_ID_H */
