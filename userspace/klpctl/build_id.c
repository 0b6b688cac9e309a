// SPDX-License-Identifier: GPL-2.0
/*
 * build_id.c - build ids: as text, and from notes
 *
 * A section of notes is a list of entries: the lengths of name and description,
 * a type, then name and description, each padded to four bytes. That of the
 * build id has the name "GNU" and the type NT_GNU_BUILD_ID.
 */
#include <elf.h>
#include <stdio.h>
#include <string.h>

#include "build_id.h"

bool build_id_to_text(const uint8_t *bytes, size_t len, char *text)
{
	size_t i;

	*text = '\0';
	if (!bytes || len == 0 || len > LONGEST_BUILD_ID)
		return false;
	for (i = 0; i < len; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	return true;
}

static size_t padded(size_t len)
{
	return (len + 3) & ~(size_t)3;
}

bool build_id_in_notes(const uint8_t *notes, size_t size, char *text)
{
	Elf32_Nhdr note;

	*text = '\0';
	while (size >= sizeof(note)) {
		const uint8_t *name = notes + sizeof(note);
		size_t room = size - sizeof(note);
		size_t skip;

		memcpy(&note, notes, sizeof(note));
		/* Neither sum can wrap: each length has been compared first. */
		if (note.n_namesz > room || padded(note.n_namesz) > room)
			return false;
		skip = padded(note.n_namesz);
		if (note.n_descsz > room - skip)
			return false;
		if (note.n_type == NT_GNU_BUILD_ID &&
		    note.n_namesz == sizeof(ELF_NOTE_GNU) &&
		    memcmp(name, ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU)) == 0)
			return build_id_to_text(name + skip, note.n_descsz,
						text);
		skip += padded(note.n_descsz);
		/* The last entry may lack its padding. */
		if (skip >= room)
			return false;
		notes = name + skip;
		size = room - skip;
	}
	return false;
}
