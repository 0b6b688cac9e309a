// SPDX-License-Identifier: GPL-2.0
/*
 * late.c - the livepatch relocations of a module
 *
 * Until it is linked, a module refers to what the livepatch core has to look up by
 * undefined symbols, which are named as the core names them, weak, so that modpost
 * lets them pass:
 *
 *	.klp.sym.OBJECT.NAME,POSITION
 *
 * (Documentation/livepatch/module-elf-format.rst). Relocations against these move
 * to sections of their own, .klp.rela.OBJECT.SECTION, as SHT_RELA. Where code for
 * one module refers to another module, the name is
 *
 *	.klp.rela.MODULE/.klp.sym.OBJECT.NAME,POSITION
 *
 * and what is before the slash is when the core looks it up: when MODULE comes.
 *
 * All other sections and symbols keep what they hold. The one with the code that the
 * livepatch replaces is no more loaded.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "late.h"
#include "late_name.h"
#include "old_code.h"
#include "reloc.h"
#include "reloc_field.h"
#include "special.h"

/* include/uapi/linux/elf.h */
#define SHN_LIVEPATCH 0xff20
#define SHF_RELA_LIVEPATCH 0x00100000

/* What relocates one section, for one object. */
struct late {
	char *name; /* of the new section */
	size_t target; /* section that is relocated */
	Elf32_Rela *rela;
	size_t count;
};

/* A module while it is being changed. */
struct linker {
	Elf *elf;
	const char *path;
	Elf_Scn *symtab;
	Elf32_Sym *symbol;
	size_t symbols;
	Elf_Data *strings;
	size_t names; /* section of the names of sections */
	struct late *late;
	size_t late_count;
	struct fault *fault;
};

/* A section that is relocated. */
struct place {
	size_t index;
	const char *name;
	Elf_Data *bytes;
};

static bool elf_fault(struct linker *linker)
{
	return fault_set(linker->fault, "%s: %s", linker->path, elf_errmsg(-1));
}

static bool has_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The name of a symbol, or "" for one whose name lies outside of the table. */
static const char *symbol_name(const struct linker *linker, size_t index)
{
	const Elf_Data *strings = linker->strings;
	size_t at = linker->symbol[index].st_name;

	if (!strings || at >= strings->d_size ||
	    !memchr((const char *)strings->d_buf + at, '\0',
		    strings->d_size - at))
		return "";
	return (const char *)strings->d_buf + at;
}

static struct late *find_late(struct linker *linker, const char *object,
			      const struct place *place)
{
	struct late *late;
	char *name;
	size_t i;

	if (asprintf(&name, LATE_SECTION_PREFIX "%s.%s", object, place->name) <
	    0)
		out_of_memory();
	for (i = 0; i < linker->late_count; i++) {
		late = &linker->late[i];
		if (late->target == place->index && !strcmp(late->name, name)) {
			free(name);
			return late;
		}
	}
	linker->late = array_more(linker->late, linker->late_count,
				  sizeof(*linker->late));
	late = &linker->late[linker->late_count++];
	*late = (struct late){ .name = name, .target = place->index };
	return late;
}

/*
 * Is the section gone, or has the kernel used it, when a module comes? The loader
 * reads tables when it loads the livepatch (kernel/module/main.c, arch/arm/kernel).
 */
static bool is_used_up(const char *section)
{
	static const char *const used[] = { "__jump_table", "__ex_table",
					    "__bug_table", ".alt.smp.init",
					    ".pv_table" };
	size_t i;

	if (has_prefix(section, ".init"))
		return true;
	for (i = 0; i < sizeof(used) / sizeof(used[0]); i++) {
		if (strcmp(section, used[i]) == 0)
			return true;
	}
	return false;
}

/* Can the kernel write this relocation, each time that the object comes? */
static bool may_move(struct linker *linker, const Elf32_Rel *rel,
		     const char *name, const char *object,
		     const struct place *place)
{
	const struct reloc_type *type = reloc_type(ELF32_R_TYPE(rel->r_info));

	if (!object)
		return fault_set(
			linker->fault,
			"%s: symbol '%s' is not named " LATE_SYMBOL_PREFIX
			"OBJECT.NAME,POSITION",
			linker->path, name);
	if (!type || !klp_arm_reloc_is_known(type->type) ||
	    rel->r_offset > place->bytes->d_size ||
	    reloc_size(type) > place->bytes->d_size - rel->r_offset)
		return fault_set(linker->fault,
				 "%s: relocation of type %u at %s+%#x against"
				 " '%s' cannot be a livepatch relocation",
				 linker->path, ELF32_R_TYPE(rel->r_info),
				 place->name, rel->r_offset, name);
	if (strcmp(object, "vmlinux") != 0 && is_used_up(place->name))
		return fault_set(linker->fault,
				 "%s: section '%s' refers to '%s', and is gone"
				 " or was read when '%s' is loaded once more",
				 linker->path, place->name, name, object);
	return true;
}

/* Move one relocation: its addend leaves the field, which holds zero then. */
static bool move(struct linker *linker, Elf32_Rel *rel, const char *name,
		 const struct place *place)
{
	const struct reloc_type *type = reloc_type(ELF32_R_TYPE(rel->r_info));
	char *object = late_object_of(name);
	struct late *late;
	uint8_t *field;
	uint32_t bits;

	if (!may_move(linker, rel, name, object, place)) {
		free(object);
		return false;
	}
	late = find_late(linker, object, place);
	free(object);

	field = (uint8_t *)place->bytes->d_buf + rel->r_offset;
	bits = reloc_load(type, field);
	late->rela = array_more(late->rela, late->count, sizeof(*late->rela));
	late->rela[late->count++] = (Elf32_Rela){
		.r_offset = rel->r_offset,
		.r_info = rel->r_info,
		.r_addend = reloc_decode(type, bits),
	};
	reloc_store(type, field, reloc_encode(type, bits, 0));
	rel->r_info = ELF32_R_INFO(0, R_ARM_NONE);
	return true;
}

/* The section that relocations are for, if it is loaded and holds anything. */
static bool find_place(struct linker *linker, size_t index, struct place *place)
{
	Elf_Scn *scn = elf_getscn(linker->elf, index);
	const Elf32_Shdr *header = scn ? elf32_getshdr(scn) : NULL;

	if (!header || !(header->sh_flags & SHF_ALLOC))
		return false;
	place->index = index;
	place->name = elf_strptr(linker->elf, linker->names, header->sh_name);
	place->bytes = elf_getdata(scn, NULL);
	return place->name && place->bytes && place->bytes->d_buf;
}

/*
 * Linux 6.12 lays out per-cpu data apart from all other sections, and leaves out its
 * relocations, of every kind (apply_relocations() in kernel/module/main.c).
 */
static bool may_relocate(struct linker *linker, const Elf32_Rel *rel,
			 const struct place *place)
{
	if (!special_is_percpu(place->name) ||
	    ELF32_R_TYPE(rel->r_info) == R_ARM_NONE)
		return true;
	return fault_set(linker->fault,
			 "%s: a per-cpu variable begins with an address, at"
			 " %s+%#x: the kernel leaves that at 0; set it in code",
			 linker->path, place->name, rel->r_offset);
}

static bool move_section(struct linker *linker, Elf_Scn *scn)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	struct place place;
	bool moved = false;
	size_t i;

	if (!data)
		return elf_fault(linker);
	if (!find_place(linker, elf32_getshdr(scn)->sh_info, &place))
		return true;
	for (i = 0; i < data->d_size / sizeof(Elf32_Rel); i++) {
		Elf32_Rel *rel = (Elf32_Rel *)data->d_buf + i;
		size_t index = ELF32_R_SYM(rel->r_info);
		const char *name;

		if (index >= linker->symbols)
			return fault_set(linker->fault,
					 "%s: a relocation names symbol %zu of"
					 " %zu",
					 linker->path, index, linker->symbols);
		if (!may_relocate(linker, rel, &place))
			return false;
		name = symbol_name(linker, index);
		if (!late_core_name(name))
			continue;
		if (!move(linker, rel, name, &place))
			return false;
		moved = true;
	}
	if (moved) {
		elf_flagdata(data, ELF_C_SET, ELF_F_DIRTY);
		elf_flagdata(place.bytes, ELF_C_SET, ELF_F_DIRTY);
	}
	return true;
}

static bool find_tables(struct linker *linker)
{
	Elf_Scn *scn = NULL;
	Elf_Data *data;

	if (elf_getshdrstrndx(linker->elf, &linker->names))
		return elf_fault(linker);
	while ((scn = elf_nextscn(linker->elf, scn))) {
		const Elf32_Shdr *header = elf32_getshdr(scn);

		if (!header)
			return elf_fault(linker);
		if (header->sh_type != SHT_SYMTAB)
			continue;
		linker->symtab = scn;
		data = elf_getdata(scn, NULL);
		scn = elf_getscn(linker->elf, header->sh_link);
		linker->strings = scn ? elf_getdata(scn, NULL) : NULL;
		if (!data || !linker->strings || !linker->strings->d_buf)
			return elf_fault(linker);
		linker->symbol = data->d_buf;
		linker->symbols = data->d_size / sizeof(Elf32_Sym);
		return true;
	}
	return fault_set(linker->fault, "%s: there is no symbol table",
			 linker->path);
}

/* What the core is to look up is marked so, and its name is the core's. */
static void mark_symbols(struct linker *linker)
{
	size_t i;

	for (i = 1; i < linker->symbols; i++) {
		const char *name = symbol_name(linker, i);
		Elf32_Sym *symbol = &linker->symbol[i];

		if (!late_core_name(name))
			continue;
		symbol->st_name += (Elf32_Word)(late_core_name(name) - name);
		symbol->st_shndx = SHN_LIVEPATCH;
		symbol->st_value = 0;
		symbol->st_info = ELF32_ST_INFO(STB_GLOBAL,
						ELF32_ST_TYPE(symbol->st_info));
	}
	elf_flagdata(elf_getdata(linker->symtab, NULL), ELF_C_SET, ELF_F_DIRTY);
}

/* Append a name to the table of section names; sets @at to where it is. */
static bool add_name(struct linker *linker, const char *name, Elf32_Word *at)
{
	Elf_Scn *scn = elf_getscn(linker->elf, linker->names);
	Elf_Data *data = NULL;
	Elf_Data *more;
	size_t end = 0;

	while ((data = elf_getdata(scn, data)))
		end = (size_t)data->d_off + data->d_size;
	more = elf_newdata(scn);
	if (!more)
		return elf_fault(linker);
	more->d_buf = (char *)name;
	more->d_size = strlen(name) + 1;
	more->d_off = (int64_t)end;
	more->d_align = 1;
	*at = (Elf32_Word)end;
	return true;
}

static bool add_section(struct linker *linker, const struct late *late)
{
	Elf_Scn *scn = elf_newscn(linker->elf);
	Elf_Data *data = scn ? elf_newdata(scn) : NULL;
	Elf32_Shdr *header = scn ? elf32_getshdr(scn) : NULL;

	if (!data || !header)
		return elf_fault(linker);
	data->d_buf = late->rela;
	data->d_size = late->count * sizeof(*late->rela);
	data->d_type = ELF_T_RELA;
	data->d_align = sizeof(Elf32_Word);
	if (!add_name(linker, late->name, &header->sh_name))
		return false;
	header->sh_type = SHT_RELA;
	header->sh_flags = SHF_ALLOC | SHF_INFO_LINK | SHF_RELA_LIVEPATCH;
	header->sh_link = (Elf32_Word)elf_ndxscn(linker->symtab);
	header->sh_info = (Elf32_Word)late->target;
	header->sh_entsize = sizeof(Elf32_Rela);
	header->sh_addralign = sizeof(Elf32_Word);
	elf_flagshdr(scn, ELF_C_SET, ELF_F_DIRTY);
	return true;
}

/* By object and section, so that the same input gives the same module. */
static int compare_late(const void *left, const void *right)
{
	const struct late *a = left;
	const struct late *b = right;
	int order = strcmp(a->name, b->name);

	return order ? order :
		       (a->target > b->target) - (a->target < b->target);
}

/*
 * klpctl reads what code is replaced from the file: the kernel need not keep it.
 * Until here modpost would have warned of a section that is not loaded.
 */
static bool leave_unloaded(struct linker *linker, Elf_Scn *scn,
			   Elf32_Shdr *header)
{
	const char *name =
		elf_strptr(linker->elf, linker->names, header->sh_name);

	if (!name)
		return elf_fault(linker);
	if (strcmp(name, OLD_CODE_SECTION) != 0)
		return true;
	header->sh_flags &= ~(Elf32_Word)SHF_ALLOC;
	elf_flagshdr(scn, ELF_C_SET, ELF_F_DIRTY);
	return true;
}

static bool change(struct linker *linker)
{
	Elf_Scn *scn = NULL;
	size_t i;

	if (!find_tables(linker))
		return false;
	while ((scn = elf_nextscn(linker->elf, scn))) {
		Elf32_Shdr *header = elf32_getshdr(scn);

		if (!header)
			return elf_fault(linker);
		if (header->sh_type == SHT_REL && !move_section(linker, scn))
			return false;
		if (!leave_unloaded(linker, scn, header))
			return false;
	}
	mark_symbols(linker);
	if (linker->late_count)
		qsort(linker->late, linker->late_count, sizeof(*linker->late),
		      compare_late);
	for (i = 0; i < linker->late_count; i++)
		if (!add_section(linker, &linker->late[i]))
			return false;
	/*
	 * Where the table of sections stays at its place, libelf (0.188) writes the one
	 * that it has read, and what lies behind that in memory as the new sections,
	 * unless the whole file is marked (updatefile() in elf32_updatefile.c).
	 */
	elf_flagelf(linker->elf, ELF_C_SET, ELF_F_DIRTY);
	return elf_update(linker->elf, ELF_C_WRITE) >= 0 || elf_fault(linker);
}

bool late_write(Elf *elf, const char *path, struct fault *fault)
{
	struct linker linker = { .elf = elf, .path = path, .fault = fault };
	bool done = change(&linker);
	size_t i;

	for (i = 0; i < linker.late_count; i++) {
		free(linker.late[i].name);
		free(linker.late[i].rela);
	}
	free(linker.late);
	return done;
}
