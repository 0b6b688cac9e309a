// SPDX-License-Identifier: GPL-2.0
/*
 * names.c - what compilers and macros append to names
 */
#include <ctype.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "names.h"

static bool starts(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* "__12_34_", as initcalls have it between module and function. */
static size_t initcall_numbers(const char *text)
{
	size_t first;
	size_t second;

	if (!starts(text, "__"))
		return 0;
	first = digits(text + 2);
	if (first == 0 || text[2 + first] != '_')
		return 0;
	second = digits(text + 3 + first);
	if (second == 0 || text[3 + first + second] != '_')
		return 0;
	return 4 + first + second;
}

/* Removes each ".12" that is a whole part of the name. */
static void drop_suffixes(char *name)
{
	char *to = name;
	const char *from = name;

	while (*from) {
		size_t number = *from == '.' ? digits(from + 1) : 0;

		if (number && from != name &&
		    (from[1 + number] == '.' || from[1 + number] == '\0'))
			from += 1 + number;
		else
			*to++ = *from++;
	}
	*to = '\0';
}

static void drop_unique(char *name)
{
	size_t len = strlen(name);

	if (!starts(name, "__UNIQUE_ID_") && !starts(name, "__ADDRESSABLE_"))
		return;
	while (len > 0 && isdigit((unsigned char)name[len - 1]))
		name[--len] = '\0';
}

static void drop_initcall(char *name)
{
	char *pos;

	if (!starts(name, "__initcall__"))
		return;
	for (pos = name + strlen("__initcall__"); *pos; pos++) {
		size_t numbers = initcall_numbers(pos);

		if (numbers) {
			memmove(pos, pos + numbers, strlen(pos + numbers) + 1);
			return;
		}
	}
}

char *names_base(const char *name)
{
	char *base = text_copy(name);

	drop_suffixes(base);
	drop_unique(base);
	drop_initcall(base);
	return base;
}

/* Has the name this part, and then a dot or its end? */
static bool has_part(const char *name, const char *part)
{
	const char *found = name;

	while ((found = strstr(found, part))) {
		found += strlen(part);
		if (*found == '.' || *found == '\0')
			return true;
	}
	return false;
}

bool names_is_clone(const char *name)
{
	return has_part(name, ".constprop") || has_part(name, ".part") ||
	       has_part(name, ".isra") || has_part(name, ".cold");
}

bool names_is_local(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot != name && dot[1] && dot[1 + digits(dot + 1)] == '\0';
}

bool names_is_note(const char *name, const struct elf32_section *section)
{
	/* NULL: it is constant, and anywhere; "": anywhere. */
	static const struct {
		const char *name;
		const char *section;
	} notes[] = {
		{ "__func__", NULL },
		{ "__FUNCTION__", NULL },
		{ "__PRETTY_FUNCTION__", NULL },
		{ "CSWTCH", NULL },
		{ "_entry", NULL },
		{ "_entry_ptr", ".printk_index" },
		{ "__already_done", ".data..once" },
		{ "__print_once", ".data..once" },
		{ "__warned", ".data..once" },
		{ "__warned", ".data.unlikely" },
		{ "descriptor", "__dyndbg" },
		{ "__key", "" },
		{ "_rs", "" },
	};
	size_t len = strcspn(name, ".");
	size_t i;

	if (starts(name, "__UNIQUE_ID_ddebug"))
		return true;
	if (!names_is_local(name))
		return false;
	for (i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
		if (strlen(notes[i].name) == len &&
		    strncmp(name, notes[i].name, len) == 0 &&
		    (notes[i].section ?
			     starts(section->name, notes[i].section) :
			     !(section->flags & SHF_WRITE)))
			return true;
	}
	return false;
}

/* include/linux/tracepoint.h */
bool names_is_tracepoint(const char *name)
{
	static const char prefix[] = "__tracepoint_";

	return strncmp(name, prefix, strlen(prefix)) == 0;
}
