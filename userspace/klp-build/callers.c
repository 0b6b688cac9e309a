// SPDX-License-Identifier: GPL-2.0
/*
 * callers.c - which functions of a vmlinux call one that cannot be replaced
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "branch.h"
#include "callers.h"
#include "commands.h"
#include "image_elf.h"

/* What is looked for: the addresses of one name. */
struct targets {
	uint32_t *address;
	size_t count;
};

static uint32_t address_of(const struct image *image, struct image_place place)
{
	return image->section[place.section].address + place.offset;
}

static void add_target(struct targets *targets, uint32_t address)
{
	targets->address = array_more(targets->address, targets->count,
				      sizeof(*targets->address));
	targets->address[targets->count++] = address;
}

/* Local symbols come behind the name of their source, and before all others. */
static void find_targets(const struct image *image, const char *name,
			 const char *source, struct targets *targets)
{
	const char *file = "";
	size_t i;

	for (i = 0; i < image->symbols; i++) {
		Elf32_Sym symbol = image_symbol(image, i);
		const char *own = image_symbol_name(image, &symbol);
		struct image_place place;

		if (ELF32_ST_TYPE(symbol.st_info) == STT_FILE)
			file = own;
		if (ELF32_ST_TYPE(symbol.st_info) != STT_FUNC ||
		    strcmp(own, name) != 0 ||
		    !image_symbol_place(image, &symbol, &place))
			continue;
		if (source && ELF32_ST_BIND(symbol.st_info) == STB_LOCAL &&
		    strcmp(file, source) != 0)
			continue;
		add_target(targets, address_of(image, place));
	}
}

static bool has_target(const struct targets *targets, uint32_t address)
{
	size_t i;

	for (i = 0; i < targets->count; i++) {
		if (targets->address[i] == address)
			return true;
	}
	return false;
}

/*
 * Data in the code is decoded as well, and Thumb code at each halfword: what leads
 * to the first byte of a function by chance can be left out of account.
 */
static bool calls(const struct image *image, const struct image_func *func,
		  const struct targets *targets)
{
	const struct image_section *section =
		&image->section[func->start.section];
	const uint32_t step = func->thumb ? 2 : 4;
	struct branch branch = { 0 };
	uint32_t end = section->size;

	if (!section->data || func->start.offset >= end)
		return false;
	if (func->size < end - func->start.offset)
		end = func->start.offset + func->size;
	for (branch.offset = func->start.offset; end - branch.offset >= step;
	     branch.offset += step) {
		const u8 *at = section->data + branch.offset;
		uint32_t first = (uint32_t)at[0] | (uint32_t)at[1] << 8;
		uint32_t second = 0;
		bool found;

		if (end - branch.offset >= 4)
			second = (uint32_t)at[2] | (uint32_t)at[3] << 8;
		found = func->thumb ? branch_thumb(first, second, &branch) :
				      branch_arm(second << 16 | first, &branch);
		if (found &&
		    has_target(targets,
			       section->address + (uint32_t)branch.target))
			return true;
	}
	return false;
}

static bool is_there(const struct callers *callers, const char *name)
{
	size_t i;

	for (i = 0; i < callers->count; i++) {
		if (strcmp(callers->caller[i].name, name) == 0)
			return true;
	}
	return false;
}

static void add_caller(const struct image *image, const struct image_func *func,
		       struct callers *callers)
{
	struct caller *caller;

	if (is_there(callers, func->name))
		return;
	callers->caller = array_more(callers->caller, callers->count,
				     sizeof(*callers->caller));
	caller = &callers->caller[callers->count++];
	caller->name = text_copy(func->name);
	caller->replaceable = image_site_in(image, func) &&
			      !image_is_init_text(image, func->start);
}

/* Those that can be replaced first; else the order stays. */
static void sort_callers(struct callers *callers)
{
	struct caller *sorted = array_new(callers->count, sizeof(*sorted));
	size_t count = 0;
	size_t i;

	for (i = 0; i < callers->count; i++) {
		if (callers->caller[i].replaceable)
			sorted[count++] = callers->caller[i];
	}
	for (i = 0; i < callers->count; i++) {
		if (!callers->caller[i].replaceable)
			sorted[count++] = callers->caller[i];
	}
	free(callers->caller);
	callers->caller = sorted;
}

void callers_find(const struct image *image, const char *name,
		  const char *source, struct callers *callers)
{
	struct targets targets = { 0 };
	size_t i;

	memset(callers, 0, sizeof(*callers));
	find_targets(image, name, source, &targets);
	callers->found = targets.count > 0;
	for (i = 0; targets.count && i < image->funcs; i++) {
		const struct image_func *func = &image->func[i];

		/* Another name of the same function */
		if (i &&
		    image_compare_places(&func[-1].start, &func->start) == 0)
			continue;
		if (!has_target(&targets, address_of(image, func->start)) &&
		    calls(image, func, &targets))
			add_caller(image, func, callers);
	}
	sort_callers(callers);
	free(targets.address);
}

void callers_free(struct callers *callers)
{
	while (callers->count > 0)
		free(callers->caller[--callers->count].name);
	free(callers->caller);
	memset(callers, 0, sizeof(*callers));
}

bool callers_open(struct image *image, const char *path, struct fault *fault)
{
	if (image_open(image, path) != 0)
		return fault_set(fault, "%s: %s", path,
				 image->error ? image->error :
						strerror(image->err));
	if (image->relocatable)
		return fault_set(fault, "%s: not a vmlinux", path);
	return true;
}

void callers_name(struct refusals *refusals, const struct atoms *atoms,
		  const struct image *image)
{
	size_t i;

	for (i = 0; i < refusals->count; i++) {
		struct refusal *refusal = &refusals->refusal[i];
		struct callers callers;
		const char *source = NULL;
		size_t j;

		if (strcmp(refusal->kind, "untraceable") != 0)
			continue;
		for (j = 1; j < atoms->elf.symbols && !source; j++) {
			if (atoms->elf.symbol[j].type == STT_FILE)
				source = atoms->elf.symbol[j].name;
		}
		callers_find(image, refusal->symbol, source, &callers);
		refusal_take_callers(refusal, callers.caller, callers.count);
	}
}

int command_callers(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct callers callers = { 0 };
	struct image image = { 0 };
	size_t i;

	if (argc != 2)
		return OUTCOME_USAGE;
	if (callers_open(&image, argv[0], &fault)) {
		callers_find(&image, argv[1], NULL, &callers);
		if (!callers.found)
			fault_set(&fault, "%s has no function '%s'", argv[0],
				  argv[1]);
	}
	for (i = 0; i < callers.count; i++)
		printf("%s%s\n", callers.caller[i].name,
		       callers.caller[i].replaceable ? "" :
						       " (cannot be replaced)");
	callers_free(&callers);
	image_close(&image);
	return fault.text[0] ? command_fail(&fault) : OUTCOME_DONE;
}
