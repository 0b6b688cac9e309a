// SPDX-License-Identifier: GPL-2.0
/*
 * image_note.c - the build id of an image
 */
#include "build_id.h"
#include "image.h"

bool image_build_id(const struct image *image, char *text)
{
	size_t i;

	*text = '\0';
	for (i = 1; i < image->sections; i++) {
		const struct image_section *section = &image->section[i];

		if (section->type == SHT_NOTE && section->data &&
		    build_id_in_notes(section->data, section->size, text))
			return true;
	}
	return false;
}
