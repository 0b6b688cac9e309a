// SPDX-License-Identifier: GPL-2.0
/*
 * late_name.c - names of what the livepatch core looks up
 */
#include <string.h>

#include "late_name.h"

/* What the core's own sscanf() takes of an object's name, and of a symbol's */
#define OBJECT_LENGTH 55
#define NAME_LENGTH 511

static bool has_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

const char *late_core_name(const char *name)
{
	const char *slash = strchr(name, '/');

	if (has_prefix(name, LATE_SYMBOL_PREFIX))
		return name;
	if (!has_prefix(name, LATE_SECTION_PREFIX) || !slash ||
	    !has_prefix(slash + 1, LATE_SYMBOL_PREFIX))
		return NULL;
	return slash + 1;
}

/* What the core's own sscanf() demands: an object, a name, and a position. */
static bool is_well_formed(const char *core)
{
	const char *object = core + strlen(LATE_SYMBOL_PREFIX);
	size_t object_length = strcspn(object, ".");
	const char *name = object + object_length + 1;
	size_t length;
	const char *position;

	if (!object_length || object_length > OBJECT_LENGTH ||
	    object[object_length] != '.')
		return false;
	length = strcspn(name, ",");
	if (!length || length > NAME_LENGTH || name[length] != ',')
		return false;
	position = name + length + 1;
	return *position && !position[strspn(position, "0123456789")];
}

char *late_object_of(const char *name)
{
	const char *core = late_core_name(name);
	const char *begin;
	size_t length;

	if (!is_well_formed(core))
		return NULL;
	if (core == name) {
		begin = name + strlen(LATE_SYMBOL_PREFIX);
		return strndup(begin, strcspn(begin, "."));
	}
	begin = name + strlen(LATE_SECTION_PREFIX);
	length = strcspn(begin, "./");
	if (!length || length > OBJECT_LENGTH || begin[length] != '/')
		return NULL;
	return strndup(begin, length);
}
