// SPDX-License-Identifier: GPL-2.0
/*
 * build_id_running.c - the build ids of what is running
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "build_id.h"
#include "lines.h"
#include "module.h"

/* The notes of a module are a few hundred bytes. */
#define LARGEST_NOTES 65536

struct json_object *json_build_id(const uint8_t *bytes, size_t len)
{
	char text[BUILD_ID_TEXT];

	return build_id_to_text(bytes, len, text) ? json_bytes(text) : NULL;
}

static bool build_id_in_file(const char *path, char *text)
{
	static uint8_t notes[LARGEST_NOTES];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t size = 0;
	ssize_t got = 1;

	*text = '\0';
	if (fd < 0 && is_out_of_descriptors(errno))
		out_of_descriptors();
	if (fd < 0)
		return false;
	while (got != 0 && size < sizeof(notes)) {
		got = read(fd, notes + size, sizeof(notes) - size);
		if (got < 0 && errno != EINTR)
			break;
		if (got > 0)
			size += (size_t)got;
	}
	close(fd);
	return build_id_in_notes(notes, size, text);
}

bool build_id_of_kernel(const struct klp_info *info, char *text)
{
	size_t len = 0;
	const uint8_t *bytes = klp_info_build_id(info, &len);

	return build_id_to_text(bytes, len, text);
}

bool build_id_of_loaded_module(const char *name, char *text)
{
	char path[128];
	int len = snprintf(path, sizeof(path), "%s/%s/notes/.note.gnu.build-id",
			   SYS_MODULE, name);

	*text = '\0';
	return len > 0 && (size_t)len < sizeof(path) &&
	       build_id_in_file(path, text);
}
