// SPDX-License-Identifier: GPL-2.0
/*
 * callers.c - which functions of a vmlinux call one that cannot be replaced
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "branch.h"
#include "callers.h"
#include "commands.h"
#include "image_elf.h"

/* How far callers of callers are followed, and how many there may be */
#define MOST_LEVELS 8
#define MOST_CALLERS 500

/* The first byte of a function */
struct target {
	uint32_t address;
	const char *through; /* its name, NULL for what was asked for */
};

/* What is looked for: those behind "from". Those before were. */
struct targets {
	struct target *target;
	size_t count;
	size_t from;
};

static uint32_t address_of(const struct image *image, struct image_place place)
{
	return image->section[place.section].address + place.offset;
}

static void add_target(struct targets *targets, uint32_t address,
		       const char *through)
{
	targets->target = array_more(targets->target, targets->count,
				     sizeof(*targets->target));
	targets->target[targets->count].address = address;
	targets->target[targets->count++].through = through;
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
		add_target(targets, address_of(image, place), NULL);
	}
}

static const struct target *find_target(const struct targets *targets,
					size_t from, uint32_t address)
{
	size_t i;

	for (i = from; i < targets->count; i++) {
		if (targets->target[i].address == address)
			return &targets->target[i];
	}
	return NULL;
}

/*
 * Data in the code is decoded as well, and Thumb code at each halfword: what leads
 * to the first byte of a function by chance can be left out of account.
 */
static const struct target *called(const struct image *image,
				   const struct image_func *func,
				   const struct targets *targets)
{
	const struct image_section *section =
		&image->section[func->start.section];
	const uint32_t step = func->thumb ? 2 : 4;
	struct branch branch = { 0 };
	uint32_t end = section->size;

	if (!section->data || func->start.offset >= end)
		return NULL;
	if (func->size < end - func->start.offset)
		end = func->start.offset + func->size;
	for (branch.offset = func->start.offset; end - branch.offset >= step;
	     branch.offset += step) {
		const u8 *at = section->data + branch.offset;
		uint32_t first = (uint32_t)at[0] | (uint32_t)at[1] << 8;
		const struct target *target = NULL;
		uint32_t second = 0;

		if (end - branch.offset >= 4)
			second = (uint32_t)at[2] | (uint32_t)at[3] << 8;
		if (func->thumb ? branch_thumb(first, second, &branch) :
				  branch_arm(second << 16 | first, &branch))
			target = find_target(targets, targets->from,
					     section->address +
						     (uint32_t)branch.target);
		if (target)
			return target;
	}
	return NULL;
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
		       const struct target *target, struct callers *callers)
{
	struct caller *caller;

	if (is_there(callers, func->name) || callers->count == MOST_CALLERS)
		return;
	callers->caller = array_more(callers->caller, callers->count,
				     sizeof(*callers->caller));
	caller = &callers->caller[callers->count++];
	caller->name = text_copy(func->name);
	caller->through = target->through ? text_copy(target->through) : NULL;
	caller->address = address_of(image, func->start);
	caller->freed = image_is_init_text(image, func->start);
	caller->replaceable = image_site_in(image, func) && !caller->freed;
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

/* Who was looked for is not a caller, however often it calls itself. */
static void find_direct(const struct image *image,
			const struct targets *targets, struct callers *callers)
{
	size_t i;

	for (i = 0; i < image->funcs; i++) {
		const struct image_func *func = &image->func[i];
		const struct target *target;

		/* Another name of the same function */
		if (i &&
		    image_compare_places(&func[-1].start, &func->start) == 0)
			continue;
		if (find_target(targets, 0, address_of(image, func->start)))
			continue;
		target = called(image, func, targets);
		if (target)
			add_caller(image, func, target, callers);
	}
}

void callers_find(const struct image *image, const char *name,
		  const char *source, struct callers *callers)
{
	struct targets targets = { 0 };
	size_t level;
	size_t done = 0;

	memset(callers, 0, sizeof(*callers));
	find_targets(image, name, source, &targets);
	callers->found = targets.count > 0;
	for (level = 0; targets.from < targets.count && level < MOST_LEVELS;
	     level++) {
		size_t last = targets.count;

		find_direct(image, &targets, callers);
		for (; done < callers->count; done++) {
			const struct caller *caller = &callers->caller[done];

			/* Who calls init code has done so. */
			if (!caller->replaceable && !caller->freed)
				add_target(&targets, caller->address,
					   caller->name);
		}
		targets.from = last;
	}
	sort_callers(callers);
	free(targets.target);
}

void callers_free(struct callers *callers)
{
	while (callers->count > 0) {
		free(callers->caller[--callers->count].name);
		free(callers->caller[callers->count].through);
	}
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

static void print_callers(const struct callers *callers)
{
	size_t i;

	for (i = 0; i < callers->count; i++) {
		const struct caller *caller = &callers->caller[i];

		printf("%s%s%s%s%s\n", caller->name,
		       caller->through ? " (through " : "",
		       caller->through ? caller->through : "",
		       caller->through ? ")" : "",
		       caller->replaceable ? "" : " (cannot be replaced)");
	}
}

/* What the compiler made of it has another name: NAME.constprop.0 and the like. */
static const char *find_clone(const struct image *image, const char *name)
{
	const size_t len = strlen(name);
	size_t i;

	for (i = 0; i < image->funcs; i++) {
		if (strncmp(image->func[i].name, name, len) == 0 &&
		    image->func[i].name[len] == '.')
			return image->func[i].name;
	}
	return NULL;
}

static void set_missing(const char *path, const struct image *image,
			const char *name, struct fault *fault)
{
	const char *clone = find_clone(image, name);

	if (clone)
		fault_set(fault, "%s has no function '%s': try '%s'", path,
			  name, clone);
	else
		fault_set(fault,
			  "%s has no function '%s': it may have been inlined"
			  " wherever it is called, or be a module's",
			  path, name);
}

int command_callers(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct callers callers = { 0 };
	struct image image = { 0 };

	if (argc != 2)
		return OUTCOME_USAGE;
	if (callers_open(&image, argv[0], &fault)) {
		callers_find(&image, argv[1], NULL, &callers);
		if (!callers.found)
			set_missing(argv[0], &image, argv[1], &fault);
		else if (!callers.count)
			warnx("no function of %s calls '%s', but by a pointer,"
			      " or from a module",
			      argv[0], argv[1]);
	}
	print_callers(&callers);
	callers_free(&callers);
	image_close(&image);
	return fault.text[0] ? command_fail(&fault) : OUTCOME_DONE;
}
