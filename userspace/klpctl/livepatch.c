// SPDX-License-Identifier: GPL-2.0
/*
 * livepatch.c - the functions that a livepatch module replaces, from its file
 *
 * They are in its initialized data, as include/linux/livepatch.h lays it out
 * for 32 bits:
 *
 *   struct klp_patch    0 mod, 4 objs, ...
 *   struct klp_object   0 name, 4 funcs, then pointers to code only
 *   struct klp_func     0 old_name, 4 new_func, 8 old_sympos, ...
 *
 * What follows these members depends on the kernel's configuration, so the
 * size of an element is not known. It is not needed: pointers are relocations,
 * and where they lead tells which member they are. The size of a variable is
 * in the symbol table.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "livepatch.h"
#include "oom.h"

#define PATCH_OBJS 4
#define OBJECT_FUNCS 4
#define FUNC_NEW_FUNC 4
#define FUNC_OLD_SYMPOS 8
#define FUNC_MEMBERS 12

/* Every list belongs to one patch or object, so no word is looked at twice. */
#define OVERLAP "damaged: its lists of objects and functions overlap"

static struct image_place behind(struct image_place place, u32 bytes)
{
	place.offset += bytes;
	return place;
}

static bool leads_to(const struct image *image, struct image_place place,
		     bool code, struct image_place *target)
{
	const struct image_section *section;

	if (!image_pointer(image, place, target))
		return false;
	section = &image->section[target->section];
	return (section->flags & SHF_ALLOC) &&
	       !(section->flags & SHF_EXECINSTR) == !code;
}

/* Is there a struct klp_func at the place? */
static bool is_func(const struct image *image, struct image_place place,
		    const char **name)
{
	struct image_place target;
	struct image_place code;

	if (!leads_to(image, place, false, &target) ||
	    !leads_to(image, behind(place, FUNC_NEW_FUNC), true, &code))
		return false;
	*name = image_string(image, target);
	return *name != NULL;
}

static void add_func(struct livepatch *livepatch, const char *object,
		     const char *name, u32 sympos)
{
	const size_t used = livepatch->funcs;

	/* Grow by doubling. */
	if (!(used & (used - 1))) {
		size_t room = used ? 2 * used : 1;

		livepatch->func = reallocarray(livepatch->func, room,
					       sizeof(*livepatch->func));
		if (!livepatch->func)
			out_of_memory();
	}
	livepatch->func[livepatch->funcs++] = (struct livepatch_func){
		.object = object,
		.name = name,
		.sympos = sympos,
		.list = livepatch->lists,
	};
}

static const char *read_funcs(const struct image *image,
			      struct livepatch *livepatch,
			      struct image_place place, const char *object)
{
	const char *name;
	u32 end;

	if (!image_variable_end(image, place, &end))
		return "its list of functions has no symbol: give an"
		       " unstripped module";
	for (; place.offset < end && end - place.offset >= FUNC_MEMBERS;
	     place.offset += 4) {
		if (livepatch->words-- == 0)
			return OVERLAP;
		if (is_func(image, place, &name))
			add_func(livepatch, object, name,
				 image_word(image,
					    behind(place, FUNC_OLD_SYMPOS)));
	}
	return NULL;
}

__attribute__((format(printf, 2, 3))) static const char *
say(struct livepatch *livepatch, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(livepatch->said, sizeof(livepatch->said), fmt, args);
	va_end(args);
	return livepatch->said;
}

/* Names that the kernel takes, and that lead nowhere. */
static const char *check_name(const char *name)
{
	if (!name)
		return "one of its objects has an empty name: leave out the"
		       " name of the kernel itself";
	if (strcmp(name, "vmlinux") == 0)
		return "one of its objects has the name 'vmlinux', which no"
		       " module has: leave out the name of the kernel itself";
	return NULL;
}

/* Position 0 is that of the only symbol of the name. */
static u32 position_of(const struct livepatch_func *func)
{
	return func->sympos ? func->sympos : 1;
}

static int compare_funcs(const void *left, const void *right)
{
	const struct livepatch_func *a = left;
	const struct livepatch_func *b = right;
	int order = strcmp(a->object, b->object);

	if (!order)
		order = strcmp(a->name, b->name);
	if (!order)
		order = (position_of(a) > position_of(b)) -
			(position_of(a) < position_of(b));
	return order;
}

/* The kernel makes a directory of each object, and in it one of each function. */
static const char *check_twins(struct livepatch *livepatch)
{
	const size_t size = livepatch->funcs * sizeof(*livepatch->func);
	struct livepatch_func *sorted = malloc(size);
	const char *error = NULL;
	size_t i;

	if (!sorted)
		out_of_memory();
	memcpy(sorted, livepatch->func, size);
	qsort(sorted, livepatch->funcs, sizeof(*sorted), compare_funcs);
	for (i = 1; !error && i < livepatch->funcs; i++) {
		const struct livepatch_func *func = &sorted[i];
		const struct livepatch_func *last = func - 1;

		if (strcmp(func->object, last->object) != 0)
			continue;
		if (func->list != last->list)
			error = say(livepatch,
				    "it has two objects '%s', which the kernel"
				    " refuses: make one of them",
				    func->object);
		else if (compare_funcs(func, last) == 0)
			error = say(livepatch,
				    "it has function '%s' of object '%s'"
				    " twice, which the kernel refuses: leave"
				    " out one of them",
				    func->name, func->object);
	}
	free(sorted);
	return error;
}

static const char *read_objects(const struct image *image,
				struct livepatch *livepatch,
				struct image_place place)
{
	struct image_place target;
	const char *error = NULL;
	const char *name;
	u32 end;

	if (!image_variable_end(image, place, &end))
		return "its list of objects has no symbol: give an unstripped"
		       " module";
	for (;
	     !error && place.offset < end && end - place.offset > OBJECT_FUNCS;
	     place.offset += 4) {
		const char *object = NULL;
		struct image_place funcs;

		if (livepatch->words-- == 0)
			return OVERLAP;
		if (!leads_to(image, behind(place, OBJECT_FUNCS), false,
			      &funcs) ||
		    !is_func(image, funcs, &name))
			continue;
		if (leads_to(image, place, false, &target)) {
			object = image_string(image, target);
			error = check_name(object);
		}
		livepatch->lists++;
		if (!error)
			error = read_funcs(image, livepatch, funcs,
					   object ? object : "vmlinux");
	}
	return error;
}

/* Is there a struct klp_patch at the place? Returns its list of objects. */
static bool is_patch(const struct image *image, struct image_place place,
		     struct image_place *objects)
{
	const char *owner = image_pointer_symbol(image, place);
	struct image_place funcs;
	const char *name;

	return owner && strcmp(owner, "__this_module") == 0 &&
	       leads_to(image, behind(place, PATCH_OBJS), false, objects) &&
	       leads_to(image, behind(*objects, OBJECT_FUNCS), false, &funcs) &&
	       is_func(image, funcs, &name);
}

int livepatch_read(const struct image *image, struct livepatch *livepatch)
{
	struct image_place place;

	memset(livepatch, 0, sizeof(*livepatch));
	livepatch->words = image->file_size / 4;
	for (place.section = 1; place.section < image->sections;
	     place.section++) {
		const struct image_section *section =
			&image->section[place.section];

		if (!(section->flags & SHF_ALLOC) || !section->data ||
		    (section->flags & SHF_EXECINSTR))
			continue;
		for (place.offset = 0; section->size - place.offset >= 4;
		     place.offset += 4) {
			struct image_place objects;

			if (!is_patch(image, place, &objects))
				continue;
			livepatch->error =
				read_objects(image, livepatch, objects);
			if (livepatch->error)
				return -1;
		}
	}
	if (livepatch->funcs) {
		livepatch->error = check_twins(livepatch);
		return livepatch->error ? -1 : 0;
	}
	livepatch->error = "no list of functions was found in its data: one"
			   " that is made when it is loaded cannot be checked";
	return -1;
}

void livepatch_release(struct livepatch *livepatch)
{
	free(livepatch->func);
	livepatch->func = NULL;
	livepatch->funcs = 0;
}
