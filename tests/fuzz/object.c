// SPDX-License-Identifier: GPL-2.0
/*
 * object.c - fuzzes klp-diff's reader of objects, and what it makes of them
 *
 * The input is an object file. Whatever it says, it must not differ from itself.
 */
#include "compare.h"
#include "found.h"
#include "memory_file.h"
#include "same.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void see_atoms(const struct atoms *atoms)
{
	size_t i;

	for (i = 0; i < atoms->count; i++) {
		const struct atom *atom = &atoms->atom[i];

		see_text(atom->name);
		see_text(atoms_section(atoms, atom)->name);
		if (atom->offset + (uint64_t)atom->size >
		    atoms_section(atoms, atom)->size)
			found("an atom beyond the end of its section");
	}
	for (i = 0; i < atoms->refs; i++) {
		const struct ref *ref = &atoms->ref[i];

		if (ref->kind == REF_TEXT)
			see_text(ref->text);
		else if (ref->target >= (ref->kind == REF_ATOM ?
						 atoms->count :
						 atoms->elf.symbols))
			found("a reference to nothing");
	}
}

static void see_comparison(const struct atoms *old, const struct atoms *new)
{
	struct comparison comparison;
	struct fault fault = { 0 };
	size_t i;

	if (!compare(old, new, &comparison, &fault)) {
		see_text(fault.text);
	} else {
		for (i = 0; i < old->count; i++) {
			if (comparison.old_change[i] != CHANGE_NONE ||
			    comparison.new_change[i] != CHANGE_NONE)
				found("an object that differs from itself");
		}
	}
	comparison_free(&comparison);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = memory_file(data, size);
	struct fault fault = { 0 };
	struct atoms old;
	struct atoms new = { .elf.fd = -1 };

	if (atoms_read(&old, path, &fault) && atoms_read(&new, path, &fault)) {
		see_atoms(&old);
		see_comparison(&old, &new);
		if (!same(&old.elf, &new.elf, &fault))
			found("an object that is not the same as itself");
	} else {
		see_text(fault.text);
	}
	atoms_free(&new);
	atoms_free(&old);
	return 0;
}
