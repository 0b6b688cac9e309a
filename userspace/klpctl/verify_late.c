// SPDX-License-Identifier: GPL-2.0
/*
 * verify_late.c - can the livepatch relocations of a module be written?
 *
 * What is not exported is referred to by relocations that the livepatch core writes
 * itself: Documentation/livepatch/module-elf-format.rst. Their sections are named
 * .klp.rela.OBJECT.SECTION, their symbols .klp.sym.OBJECT.NAME,POSITION. The types
 * are those that the kernel knows: its own table is compiled into klpctl.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image_elf.h"
#include "reloc_field.h"
#include "verify_late.h"

#define SECTION_PREFIX ".klp.rela."
#define SYMBOL_PREFIX ".klp.sym."

/* include/uapi/linux/elf.h */
#define SHN_LIVEPATCH 0xff20
#define SHF_RELA_LIVEPATCH 0x00100000

/* The limits of the core's own sscanf() */
#define OBJECT_SIZE 56
#define NAME_SIZE 512

/* More symbols of one name than any kernel has */
#define MOST_SYMBOLS 4096

struct late {
	const struct app *app;
	const struct image *patch;
	const struct image_section *section;
	late_find find;
	void *cookie;
	bool *referred; /* by symbol: some relocation is against it */
};

struct late_symbol {
	char object[OBJECT_SIZE];
	char name[NAME_SIZE];
	unsigned long position;
};

static bool has_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool read_symbol_name(const char *text, struct late_symbol *symbol)
{
	return sscanf(text, SYMBOL_PREFIX "%55[^.].%511[^,],%lu",
		      symbol->object, symbol->name, &symbol->position) == 3;
}

/* Is there exactly the one symbol that is meant? */
static enum status find_symbol(const struct late *late,
			       const struct late_symbol *symbol)
{
	struct image *image;
	const char *path = late->app->module;
	struct image_func *found;
	size_t count;

	if (!late->find(late->cookie, symbol->object, &image))
		return fail(late->app, ERROR_NOT_FOUND,
			    "%s: refers to '%s' of '%s', for which no file was"
			    " given: add %s",
			    path, symbol->name, symbol->object,
			    strcmp(symbol->object, "vmlinux") == 0 ?
				    "--vmlinux" :
				    "--target");
	if (!image)
		return STATUS_OK;
	found = calloc(MOST_SYMBOLS, sizeof(*found));
	if (!found)
		out_of_memory();
	count = image_find(image, symbol->name, found, MOST_SYMBOLS);
	free(found);
	if (count == 0 || symbol->position > count)
		return fail(late->app, ERROR_REFUSED,
			    "%s: refers to number %lu of the symbols '%s' of"
			    " '%s', which has %zu: the kernel would not load"
			    " it",
			    path, symbol->position, symbol->name,
			    symbol->object, count);
	if (symbol->position == 0 && count > 1)
		return fail(late->app, ERROR_REFUSED,
			    "%s: refers to '%s' of '%s', which has %zu symbols"
			    " of this name, without saying which: the kernel"
			    " would not load it",
			    path, symbol->name, symbol->object, count);
	return STATUS_OK;
}

static enum status bad_relocation(const struct late *late, size_t number,
				  const char *what)
{
	return fail(late->app, ERROR_REFUSED,
		    "%s: relocation %zu of section '%s' %s: the kernel would"
		    " not load it",
		    late->app->module, number, late->section->name, what);
}

/* @section_object is when the symbol is looked up: when that object is there. */
static enum status check_relocation(const struct late *late, size_t number,
				    const char *section_object)
{
	struct late_symbol symbol;
	Elf32_Rela rela;
	Elf32_Sym entry;
	const char *name;

	memcpy(&rela, late->section->data + number * sizeof(rela),
	       sizeof(rela));
	if (!klp_arm_reloc_is_known(ELF32_R_TYPE(rela.r_info)))
		return bad_relocation(late, number, "is of an unknown type");
	if (ELF32_R_SYM(rela.r_info) >= late->patch->symbols)
		return bad_relocation(late, number, "has no symbol");
	entry = image_symbol(late->patch, ELF32_R_SYM(rela.r_info));
	name = image_symbol_name(late->patch, &entry);
	if (entry.st_shndx != SHN_LIVEPATCH || !read_symbol_name(name, &symbol))
		return bad_relocation(late, number,
				      "is not against a livepatch symbol");
	if (strcmp(symbol.object, "vmlinux") == 0 &&
	    strcmp(section_object, "vmlinux") != 0)
		return bad_relocation(late, number,
				      "is against vmlinux, in a section of"
				      " another object");
	late->referred[ELF32_R_SYM(rela.r_info)] = true;
	return find_symbol(late, &symbol);
}

static enum status check_section(const struct late *late)
{
	const struct image_section *section = late->section;
	char object[OBJECT_SIZE];
	enum status status = STATUS_OK;
	size_t i;

	if (sscanf(section->name, SECTION_PREFIX "%55[^.]", object) != 1 ||
	    section->type != SHT_RELA ||
	    !(section->flags & SHF_RELA_LIVEPATCH) ||
	    section->size % sizeof(Elf32_Rela))
		return fail(late->app, ERROR_BAD_FILE,
			    "%s: section '%s' is not one of livepatch"
			    " relocations, though it is named so",
			    late->app->module, section->name);
	for (i = 0;
	     status == STATUS_OK && i < section->size / sizeof(Elf32_Rela); i++)
		status = check_relocation(late, i, object);
	return status;
}

/* A relocation that got lost leaves its symbol, and a call that goes anywhere. */
static enum status check_symbols(const struct late *late)
{
	size_t i;

	for (i = 1; i < late->patch->symbols; i++) {
		const Elf32_Sym entry = image_symbol(late->patch, i);

		if (entry.st_shndx == SHN_LIVEPATCH && !late->referred[i])
			return fail(late->app, ERROR_BAD_FILE,
				    "%s: symbol '%s' is for livepatch"
				    " relocations, and there is none against"
				    " it: the file is damaged, build it again",
				    late->app->module,
				    image_symbol_name(late->patch, &entry));
	}
	return STATUS_OK;
}

enum status verify_late(const struct app *app, const struct image *patch,
			late_find find, void *cookie)
{
	struct late late = {
		.app = app, .patch = patch, .find = find, .cookie = cookie
	};
	enum status status = STATUS_OK;
	size_t i;

	late.referred = calloc(patch->symbols + 1, sizeof(*late.referred));
	if (!late.referred)
		out_of_memory();
	for (i = 1; status == STATUS_OK && i < patch->sections; i++) {
		late.section = &patch->section[i];
		if (has_prefix(late.section->name, SECTION_PREFIX))
			status = check_section(&late);
	}
	if (status == STATUS_OK)
		status = check_symbols(&late);
	free(late.referred);
	return status;
}
