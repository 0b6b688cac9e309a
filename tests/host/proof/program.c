// SPDX-License-Identifier: GPL-2.0
/*
 * program.c - a kernel, a module or an object file, placed where it can run.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "image_elf.h"
#include "program.h"

#define PAGE 4096U

/* Object files have no addresses: any where a kernel might be will do. */
#define OBJECT_BASE 0xc0000000U

/*
 * Left out of kernels: the vectors, which are linked for the top of memory,
 * several sections for the same place.
 */
#define VECTORS 0xffff0000U

/* More than the text and data of any kernel. */
#define LARGEST (512U << 20)

/* Code of another file. */
#define BORROWED 0x0a000000U

static u32 round_up(u32 value, u32 to)
{
	return (value + to - 1) / to * to;
}

static bool is_placed(const struct image_section *section)
{
	return section->flags & SHF_ALLOC && section->data && section->size &&
	       section->address < VECTORS;
}

static bool choose_addresses(struct program *program)
{
	struct image *image = &program->image;
	u32 next = OBJECT_BASE;
	size_t i;

	program->start = UINT32_MAX;
	for (i = 1; i < image->sections; i++) {
		const struct image_section *section = &image->section[i];
		u32 address = section->address;

		if (!is_placed(section))
			continue;
		if (image->relocatable) {
			address = next;
			next = round_up(next + section->size, 64);
		}
		program->address[i] = address;
		if (address < program->start)
			program->start = address;
		if (address + section->size > program->end)
			program->end = address + section->size;
	}
	if (program->start >= program->end ||
	    program->end - program->start > LARGEST)
		return false;
	program->start -= program->start % PAGE;
	program->end = round_up(program->end, PAGE);
	return true;
}

static void place(struct program *program, struct paths *paths)
{
	const struct image *image = &program->image;
	u8 *memory = core_map(&paths->core, program->start,
			      program->end - program->start, false);
	size_t i;

	for (i = 1; i < image->sections; i++)
		if (program->address[i])
			memcpy(memory + (program->address[i] - program->start),
			       image->section[i].data, image->section[i].size);
	paths_add_pool(paths, program->start - PATHS_POOL_SIZE);
	paths_add_pool(paths, program->end);
}

/* Without a Thumb bit. */
static u32 find_symbol(struct program *program, const char *name)
{
	struct image_func found;
	u32 address = 0;

	if (image_find(&program->image, name, &found, 1) > 0)
		address = program->address[found.start.section];
	return address ? address + found.start.offset : 0;
}

static bool is_thumb(struct program *program, const char *name)
{
	struct image_func found;

	return image_find(&program->image, name, &found, 1) > 0 && found.thumb;
}

static void find_code(struct program *program, struct paths *paths)
{
	struct path_code *code = &paths->code;

	/* In an object file calls have not been linked. */
	if (program->image.relocatable)
		return;
	code->thumb = is_thumb(program, "klp_arm_discard_frame");
	code->discard_frame = find_symbol(program, "klp_arm_discard_frame");
	code->handler_caller = find_symbol(program, "klp_arm_handler_caller");
	code->handle_call = find_symbol(program, "klp_arm_handle_call");
	code->redirect = find_symbol(program, "klp_arm_redirect");
	code->regs_caller = find_symbol(program, "ftrace_regs_caller");
	code->regs_call = find_symbol(program, "ftrace_regs_call");
	code->trace_op = find_symbol(program, "function_trace_op");
}

/* The kernel's build lists the calls (recordmcount); a compiler does not. */
static void find_calls(struct image *image)
{
	size_t i, k, count = 0;

	for (i = 1; i < image->sections; i++)
		if (image->section[i].type == SHT_REL)
			count += image->section[i].size / sizeof(Elf32_Rel);
	image->site = calloc(count + 1, sizeof(*image->site));
	if (!image->site)
		err(2, NULL);
	for (i = 1; i < image->sections; i++) {
		const struct image_section *section = &image->section[i];

		if (section->type != SHT_REL)
			continue;
		for (k = 0; k < section->size / sizeof(Elf32_Rel); k++) {
			Elf32_Sym symbol;
			Elf32_Rel rel;

			memcpy(&rel, section->data + k * sizeof(rel),
			       sizeof(rel));
			if (ELF32_R_SYM(rel.r_info) >= image->symbols)
				continue;
			symbol = image_symbol(image, ELF32_R_SYM(rel.r_info));
			if (strcmp(image_symbol_name(image, &symbol),
				   "__gnu_mcount_nc") != 0)
				continue;
			image->site[image->sites++] =
				(struct image_place){ section->info,
						      rel.r_offset };
		}
	}
}

bool program_open(struct program *program, const char *path,
		  struct paths *paths)
{
	struct image *image = &program->image;

	memset(program, 0, sizeof(*program));
	if (image_open(image, path)) {
		warnx("%s: %s", path, image->error);
		return false;
	}
	if (image->relocatable && !image->sites)
		find_calls(image);
	program->address = calloc(image->sections, sizeof(u32));
	if (!program->address)
		err(2, NULL);
	if (!choose_addresses(program)) {
		warnx("%s: cannot be placed in memory", path);
		return false;
	}
	place(program, paths);
	find_code(program, paths);
	return true;
}

void program_close(struct program *program)
{
	free(program->address);
	image_close(&program->image);
}

bool program_borrow(const char *path, struct paths *paths)
{
	const struct image_section *section = NULL;
	struct image_func found;
	struct image image;
	u8 *memory;

	if (image_open(&image, path)) {
		warnx("%s: %s", path, image.error);
		image_close(&image);
		return false;
	}
	if (image_find(&image, "klp_arm_discard_frame", &found, 1) == 1)
		section = &image.section[found.start.section];
	/* It is two instructions that run anywhere, of 8 bytes at most. */
	if (!section || !section->data || section->size < 8 ||
	    found.start.offset > section->size - 8) {
		warnx("%s: has no klp_arm_discard_frame", path);
		image_close(&image);
		return false;
	}
	memory = core_map(&paths->core, BORROWED, PAGE, false);
	memcpy(memory, section->data + found.start.offset, 8);
	paths->code.thumb = found.thumb;
	paths->code.discard_frame = BORROWED;
	image_close(&image);
	return true;
}

struct path_func program_func(const struct program *program,
			      const struct image_func *func,
			      struct image_place site)
{
	u32 address = program->address[func->start.section];
	struct path_func placed = {
		.entry = address + func->start.offset,
		.site = address + site.offset,
		.thumb = func->thumb,
	};

	return placed;
}
