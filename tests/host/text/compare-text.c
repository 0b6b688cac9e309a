// SPDX-License-Identifier: GPL-2.0
/*
 * compare-text.c - compare the functions of two kernel builds, byte by byte.
 *
 *   compare-text [--exclude FILE]... [--caller-of SYMBOL] OBJECTS-A OBJECTS-B
 *
 * Looks at every relocatable object below both directories and compares, for
 * each function, its bytes and the relocations in it. Objects before the link
 * are compared because there a function depends least on where others are: of
 * a branch within a section, the target is compared.
 *
 * Functions of an excluded object (path relative to the directory, or a
 * directory ending in '/') are counted, not judged. With --caller-of, a
 * function that refers to SYMBOL in one of the builds is counted apart.
 *
 * Exit status: 0 if all others are equal, 1 if not, 2 if it could not run.
 */
#include <err.h>
#include <fcntl.h>
#include <ftw.h>
#include <gelf.h>
#include <getopt.h>
#include <libelf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_EXCLUDED 64

/* An object file, opened. */
struct object {
	int fd;
	Elf *elf;
	Elf_Data *symbols;
	size_t symbol_count;
	size_t strings;
};

/* A function in it. */
struct function {
	const char *name;
	GElf_Sym symbol;
	const unsigned char *code;
};

static struct {
	const char *excluded[MAX_EXCLUDED];
	int excluded_count;
	const char *caller_of;
	const char *dir[2];
	unsigned long objects, equal, differ, apart, ignored;
} run;

static void object_close(struct object *object)
{
	elf_end(object->elf);
	close(object->fd);
}

/* Return: false if @path is not a relocatable object with symbols. */
static bool object_open(struct object *object, const char *path)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	GElf_Ehdr elf;

	memset(object, 0, sizeof(*object));
	object->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (object->fd < 0)
		return false;
	object->elf = elf_begin(object->fd, ELF_C_READ_MMAP, NULL);
	if (!object->elf || elf_kind(object->elf) != ELF_K_ELF ||
	    !gelf_getehdr(object->elf, &elf) || elf.e_type != ET_REL)
		goto fail;
	while ((section = elf_nextscn(object->elf, section))) {
		if (gelf_getshdr(section, &header) &&
		    header.sh_type == SHT_SYMTAB) {
			object->symbols = elf_getdata(section, NULL);
			object->symbol_count =
				header.sh_size / header.sh_entsize;
			object->strings = header.sh_link;
			return object->symbols != NULL;
		}
	}
fail:
	object_close(object);
	return false;
}

static const char *symbol_name(const struct object *object, size_t index,
			       GElf_Sym *symbol)
{
	GElf_Shdr header;
	Elf_Scn *section;
	const char *name;
	size_t names;

	if (!gelf_getsym(object->symbols, (int)index, symbol))
		return "";
	if (GELF_ST_TYPE(symbol->st_info) == STT_SECTION) {
		section = elf_getscn(object->elf, symbol->st_shndx);
		if (!section || !gelf_getshdr(section, &header) ||
		    elf_getshdrstrndx(object->elf, &names))
			return "";
		name = elf_strptr(object->elf, names, header.sh_name);
	} else {
		name = elf_strptr(object->elf, object->strings,
				  symbol->st_name);
	}
	return name ? name : "";
}

/* The function behind symbol @index, if it is one with code. */
static bool function_at(const struct object *object, size_t index,
			struct function *function)
{
	Elf_Scn *section;
	Elf_Data *data;

	function->name = symbol_name(object, index, &function->symbol);
	if (GELF_ST_TYPE(function->symbol.st_info) != STT_FUNC ||
	    !function->symbol.st_size)
		return false;
	section = elf_getscn(object->elf, function->symbol.st_shndx);
	data = section ? elf_getdata(section, NULL) : NULL;
	if (!data || !data->d_buf ||
	    function->symbol.st_value + function->symbol.st_size > data->d_size)
		return false;
	function->code =
		(const unsigned char *)data->d_buf + function->symbol.st_value;
	return true;
}

/* The @nth function called @name: static ones may share a name. */
static bool function_find(const struct object *object, const char *name,
			  unsigned int nth, struct function *function)
{
	size_t i;

	for (i = 1; i < object->symbol_count; i++) {
		if (function_at(object, i, function) &&
		    !strcmp(function->name, name) && !nth--)
			return true;
	}
	return false;
}

/* The next relocation of @function, from *@at on; false at the end. */
static bool next_relocation(const struct object *object,
			    const struct function *function, size_t *at,
			    GElf_Rel *rel)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	Elf_Data *data;

	while ((section = elf_nextscn(object->elf, section))) {
		if (!gelf_getshdr(section, &header) ||
		    header.sh_type != SHT_REL ||
		    header.sh_info != function->symbol.st_shndx)
			continue;
		data = elf_getdata(section, NULL);
		while (data && gelf_getrel(data, (int)*at, rel)) {
			++*at;
			if (rel->r_offset >= function->symbol.st_value &&
			    rel->r_offset < function->symbol.st_value +
						    function->symbol.st_size)
				return true;
		}
	}
	return false;
}

static bool same_relocations(const struct object *objects,
			     const struct function *functions)
{
	size_t at[2] = { 0, 0 };
	const char *names[2];
	GElf_Sym symbol;
	GElf_Rel rel[2];
	bool more[2];
	int i;

	do {
		for (i = 0; i < 2; i++)
			more[i] = next_relocation(&objects[i], &functions[i],
						  &at[i], &rel[i]);
		if (more[0] != more[1])
			return false;
		if (!more[0])
			return true;
		for (i = 0; i < 2; i++) {
			names[i] = symbol_name(&objects[i],
					       GELF_R_SYM(rel[i].r_info),
					       &symbol);
			rel[i].r_offset -= functions[i].symbol.st_value;
		}
	} while (rel[0].r_offset == rel[1].r_offset &&
		 GELF_R_TYPE(rel[0].r_info) == GELF_R_TYPE(rel[1].r_info) &&
		 !strcmp(names[0], names[1]));
	return false;
}

static bool refers_to(const struct object *object,
		      const struct function *function, const char *wanted)
{
	GElf_Sym symbol;
	GElf_Rel rel;
	size_t at = 0;

	while (next_relocation(object, function, &at, &rel)) {
		if (!strcmp(symbol_name(object, GELF_R_SYM(rel.r_info),
					&symbol),
			    wanted))
			return true;
	}
	return false;
}

static uint32_t word_at(const struct function *function, size_t offset)
{
	const unsigned char *byte = function->code + offset;

	return byte[0] | byte[1] << 8 | byte[2] << 16 | (uint32_t)byte[3] << 24;
}

/*
 * Where the B or BL @word at @offset goes: a name, and the distance from it.
 * The assembler resolves branches within a section, so their words change
 * with whatever lies between (ARM ARM, A8.8.18: PC is 8 ahead, imm24 words).
 */
static bool branch_target(const struct object *object,
			  const struct function *from, size_t offset,
			  struct function *target, GElf_Addr *distance)
{
	int32_t imm = (int32_t)(word_at(from, offset) << 8) >> 6;
	GElf_Addr address = from->symbol.st_value + offset + 8 + imm;
	size_t i;

	for (i = 1; i < object->symbol_count; i++) {
		if (!function_at(object, i, target) ||
		    target->symbol.st_shndx != from->symbol.st_shndx ||
		    address < target->symbol.st_value ||
		    address >= target->symbol.st_value + target->symbol.st_size)
			continue;
		*distance = address - target->symbol.st_value;
		return true;
	}
	return false;
}

static bool same_branch(const struct object *objects,
			const struct function *functions, size_t offset)
{
	struct function targets[2];
	GElf_Addr distances[2];
	int i;

	for (i = 0; i < 2; i++) {
		if ((word_at(&functions[i], offset) & 0x0e000000) != 0x0a000000)
			return false;
		if (!branch_target(&objects[i], &functions[i], offset,
				   &targets[i], &distances[i]))
			return false;
	}
	return word_at(&functions[0], offset) >> 24 ==
		       word_at(&functions[1], offset) >> 24 &&
	       distances[0] == distances[1] &&
	       !strcmp(targets[0].name, targets[1].name);
}

static bool same_code(const struct object *objects,
		      const struct function *functions)
{
	size_t size = functions[0].symbol.st_size, offset;

	if (size != functions[1].symbol.st_size ||
	    !same_relocations(objects, functions))
		return false;
	for (offset = 0; offset + 4 <= size; offset += 4) {
		if (memcmp(functions[0].code + offset,
			   functions[1].code + offset, 4) &&
		    !same_branch(objects, functions, offset))
			return false;
	}
	return !memcmp(functions[0].code + offset, functions[1].code + offset,
		       size - offset);
}

static void judge(const char *path, const struct object *objects,
		  const struct function *functions)
{
	if (same_code(objects, functions)) {
		run.equal++;
	} else if (run.caller_of &&
		   (refers_to(&objects[0], &functions[0], run.caller_of) ||
		    refers_to(&objects[1], &functions[1], run.caller_of))) {
		run.apart++;
	} else {
		run.differ++;
		printf("differs: %s: %s\n", path, functions[0].name);
	}
}

static void compare_objects(const char *path, const struct object *objects,
			    bool excluded)
{
	struct function functions[2], other;
	unsigned int nth;
	size_t i, j;

	for (i = 1; i < objects[0].symbol_count; i++) {
		if (!function_at(&objects[0], i, &functions[0]))
			continue;
		if (excluded) {
			run.ignored++;
			continue;
		}
		for (nth = 0, j = 1; j < i; j++)
			nth += function_at(&objects[0], j, &other) &&
			       !strcmp(other.name, functions[0].name);
		if (function_find(&objects[1], functions[0].name, nth,
				  &functions[1])) {
			judge(path, objects, functions);
		} else {
			run.differ++;
			printf("gone: %s: %s\n", path, functions[0].name);
		}
	}
}

static bool is_excluded(const char *path)
{
	size_t length;
	int i;

	for (i = 0; i < run.excluded_count; i++) {
		length = strlen(run.excluded[i]);
		if (run.excluded[i][length - 1] == '/' ?
			    !strncmp(path, run.excluded[i], length) :
			    !strcmp(path, run.excluded[i]))
			return true;
	}
	return false;
}

static int visit(const char *path, const struct stat *status, int type,
		 struct FTW *where)
{
	const char *relative = path + strlen(run.dir[0]) + 1;
	struct object objects[2];
	char other[4096];
	size_t length = strlen(path);

	(void)status;
	if (type != FTW_F || length < 2 || strcmp(path + length - 2, ".o") ||
	    path[where->base] == '.' || !strcmp(relative, "vmlinux.o"))
		return 0;
	snprintf(other, sizeof(other), "%s/%s", run.dir[1], relative);
	if (!object_open(&objects[0], path))
		return 0;
	if (object_open(&objects[1], other)) {
		run.objects++;
		compare_objects(relative, objects, is_excluded(relative));
		object_close(&objects[1]);
	} else if (!is_excluded(relative)) {
		printf("only in %s: %s\n", run.dir[0], relative);
	}
	object_close(&objects[0]);
	return 0;
}

static void usage(void)
{
	errx(2,
	     "usage: compare-text [--exclude FILE]... [--caller-of SYMBOL] OBJECTS-A OBJECTS-B");
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "exclude", required_argument, NULL, 'x' },
		{ "caller-of", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'x' && *optarg &&
		    run.excluded_count < MAX_EXCLUDED)
			run.excluded[run.excluded_count++] = optarg;
		else if (option == 'c')
			run.caller_of = optarg;
		else
			usage();
	}
	if (argc - optind != 2)
		usage();
	run.dir[0] = argv[optind];
	run.dir[1] = argv[optind + 1];

	if (elf_version(EV_CURRENT) == EV_NONE)
		errx(2, "libelf is too old");
	if (nftw(run.dir[0], visit, 32, FTW_PHYS))
		err(2, "cannot walk '%s'", run.dir[0]);
	if (!run.objects)
		errx(2, "no objects in both '%s' and '%s'", run.dir[0],
		     run.dir[1]);

	printf("%lu objects: %lu functions equal, %lu differ", run.objects,
	       run.equal, run.differ);
	if (run.caller_of)
		printf(", %lu callers of %s differ", run.apart, run.caller_of);
	printf(", %lu in excluded objects\n", run.ignored);
	return run.differ != 0;
}
